"""Answers that several pages ask for, computed once.

Takes a knowledge base and gives matrices, answer sheets and the answers of a release with nothing
else known; the languages of a build share one.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from io import BytesIO
from typing import Any, TypeVar, cast

from caveat.applicability.answer import Answer, State
from caveat.applicability.facts import Facts, default_facts
from caveat.applicability.forms import form, product_form
from caveat.applicability.matrix import Matrix, matrix
from caveat.applicability.segments import scopes
from caveat.applicability.sheets import AnswerSheet, sheet
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version

T = TypeVar("T")

#: Matrices and sheets by all that the engine reads for one. A server that reads the tree again
#: finds those of unchanged files here; since the key is the files' contents, it can never find a
#: wrong one.
_MEMORY: dict[tuple[object, ...], object] = {}


class _Packer(pickle.Pickler):
    """Writes records by their ids: the other process has them."""

    def __init__(self, file: BytesIO, kb: KnowledgeBase) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._ids = {id(record): id_ for id_, record in kb.advisories.items()}

    def persistent_id(self, obj: object) -> str | None:
        """The id of a record."""
        return self._ids.get(id(obj))


class _Unpacker(pickle.Unpickler):
    """Reads what a `_Packer` of this program wrote, and nothing else."""

    def __init__(self, file: BytesIO, kb: KnowledgeBase) -> None:
        super().__init__(file)
        self._advisories = kb.advisories

    def persistent_load(self, pid: str) -> Advisory:
        """The record with the id."""
        return self._advisories[pid]


class Answers:
    """A memory over the engine; it holds nothing that could change an answer."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._bites = lru_cache(maxsize=1 << 12)(self._biting)
        self._sheets: dict[str, AnswerSheet] = {}
        self._matrices: dict[tuple[str, str], Matrix] = {}
        self._defaults: dict[tuple[str, str], Mapping[str, Answer]] = {}
        self._traits = tuple(kb.document(trait) for trait in kb.host_traits.values())

    def matrix(self, advisory: Advisory, product: str) -> Matrix:
        """The impact matrix of a record for one of its products."""
        key = advisory.id, product
        if key not in self._matrices:
            make = partial(matrix, self._kb, advisory, product)
            self._matrices[key] = self._remembered(product, advisory, make)
        return self._matrices[key]

    def sheet(self, advisory: Advisory) -> AnswerSheet:
        """The answers of a record for every combination of its facts."""
        if advisory.id not in self._sheets:
            make = partial(sheet, self._kb, advisory)
            self._sheets[advisory.id] = self._remembered("", advisory, make)
        return self._sheets[advisory.id]

    def prepare(self, advisories: Iterable[Advisory]) -> None:
        """Work out what pages in all languages and exports ask of these records."""
        for advisory in advisories:
            self.sheet(advisory)
            for product in advisory.products:
                self.matrix(advisory, product)

    def packed(self, advisories: Iterable[Advisory]) -> bytes:
        """What `prepare` works out, for the same knowledge in another process."""
        part = Answers(self._kb)
        part.prepare(advisories)
        written = BytesIO()
        _Packer(written, self._kb).dump((part._sheets, part._matrices))
        return written.getvalue()

    def take(self, packed: bytes) -> None:
        """Know what `packed` gave in another process. Raises EOFError where that is nothing."""
        sheets, matrices = _Unpacker(BytesIO(packed), self._kb).load()
        self._sheets.update(sheets)
        self._matrices.update(matrices)

    def of_record(self, advisory: Advisory) -> dict[str, Any]:
        """A record's sheet as plain values, for readers that compare no versions."""
        return form(self._kb, [self.sheet(advisory)])

    def of_product(self, product: str) -> dict[str, Any]:
        """The same for all records of a product that still hold."""
        records = [r for r in self._kb.by_product[product] if r.status != "withdrawn"]
        return product_form(self._kb, product, [self.sheet(record) for record in records])

    def _remembered(self, what: object, advisory: Advisory, make: Callable[[], T]) -> T:
        named = dict.fromkeys(on.product for on in scopes(advisory))
        products = tuple(self._kb.document(self._kb.products[p]) for p in named)
        key = (what, self._kb.document(advisory), products, self._traits)
        if key not in _MEMORY:
            _MEMORY[key] = make()
        return cast("T", _MEMORY[key])

    def bare(self, advisory: Advisory, product: str, version: Version) -> Answer:
        """The answer for a catalogued version with nothing else known."""
        return self.matrix(advisory, product).bare[version.text]

    def default(self, advisory: Advisory, product: str, version: Version) -> Answer:
        """The answer for a catalogued version in its default configuration, with nothing beside."""
        key = advisory.id, product
        if key not in self._defaults:
            make = partial(self._default_column, advisory, product)
            self._defaults[key] = self._remembered(("default", product), advisory, make)
        return self._defaults[key][version.text]

    def _default_column(self, advisory: Advisory, product: str) -> Mapping[str, Answer]:
        made = self.sheet(advisory)
        known = ((v, Facts().at(product, v)) for v in self._kb.catalogues[product].versions)
        return {v.text: made.answer(default_facts(self._kb, f, made.traits)) for v, f in known}

    def next_free(self, advisory: Advisory, product: str, version: Version) -> Version | None:
        """The first later release, no pre-release, that the record leaves alone for certain."""
        return self.matrix(advisory, product).next_free[version.text]

    def may_bite(self, product: str, version: Version) -> tuple[tuple[Advisory, Answer], ...]:
        """Records that strike a catalogued version, or may: affected first, then unknown."""
        return self._bites(product, version)

    def _biting(self, product: str, version: Version) -> tuple[tuple[Advisory, Answer], ...]:
        records = [r for r in self._kb.by_product[product] if r.status != "withdrawn"]
        found = [(record, self.bare(record, product, version)) for record in records]
        open_ = [(record, answer) for record, answer in found if not answer.state.is_fine]
        return tuple(sorted(open_, key=lambda pair: pair[1].state is not State.AFFECTED))
