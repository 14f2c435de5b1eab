"""A host that one record sends into another one.

Takes two records and a release that the first recommends; gives how sure it is that such a host
exists, and what has to hold for it. The first record affects it and the second does not, until it
moves to the release from the nearest one that is affected, with everything else as it was. What a
host has already, or cannot have, is no witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product as product_of
from typing import NamedTuple

from caveat.applicability.advised import Advised
from caveat.applicability.answer import Answer, State
from caveat.applicability.facts import Facts
from caveat.applicability.judge import Question
from caveat.applicability.segments import named_traits, segments, versions_inside
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Affected, On, Range, Where
from caveat.model.evidence import EvidenceLevel
from caveat.versions import Version, VersionError

_SUREST_FIRST: tuple[EvidenceLevel, ...] = ("reproduced", "reported", "inferred")
_Wanted = Mapping[str, tuple[str, ...]]


class Witness(NamedTuple):
    """How sure it is, and what must hold beyond what the first record's readers meet: traits with
    the values that will do, and versions of products `beside`."""

    evidence: EvidenceLevel
    where: tuple[tuple[str, tuple[str, ...]], ...]
    beside: tuple[str, ...] = ()


class Witnesses:
    """Looks for witnesses in one knowledge base, and remembers what it learned of ranges."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._known: dict[object, frozenset[Version]] = {}
        self._alike: dict[tuple[str, str], list[object]] = {}

    def find(self, record: Advisory, other: Advisory, to: Advised) -> Witness | None:
        """The surest witness, if there is any."""
        try:
            found = list(self._all(record, other, to))
        except (KeyError, VersionError):  # a record that breaks a rule is reported by that rule
            return None
        return min(found, key=lambda one: _SUREST_FIRST.index(one.evidence), default=None)

    def strikes_at(self, other: Advisory, product: str, version: Version) -> bool:
        """Whether the version lies in the record's ranges, whatever its conditions."""
        try:
            return any(
                version in (self._inside(entry.on, product) or ()) for entry in other.affected
            )
        except VersionError:
            return False

    def _all(self, record: Advisory, other: Advisory, to: Advised) -> Iterator[Witness]:
        for own, entry in product_of(record.affected, other.affected):
            if to.version not in (self._inside(entry.on, to.product) or ()):
                continue
            for facts in self._hosts((record, other), (own, entry), to):
                if (level := self._struck(record, other, facts, to)) is not None:
                    asked = _wanted(self._kb, own)
                    where = {k: v for k, v in _wanted(self._kb, entry).items() if asked.get(k) != v}
                    named = {one.product for one in own.on}
                    beside = tuple(on.product for on in entry.on if on.product not in named)
                    yield Witness(level, tuple(where.items()), beside)
                    break

    def _struck(
        self, record: Advisory, other: Advisory, facts: Facts, to: Advised
    ) -> EvidenceLevel | None:
        """How sure it is that `other` strikes whoever followed `record`; None if it does not."""
        if self._answer(record, facts).state is not State.AFFECTED:
            return None
        if self._answer(other, facts).state is State.AFFECTED:
            return None
        here = facts.versions[to.product]
        answer = self._answer(other, facts.at(to.product, to.version).leaving(to.product, here))
        return answer.evidence.level if answer.state is State.AFFECTED and answer.evidence else None

    def _answer(self, record: Advisory, facts: Facts) -> Answer:
        return Question.of(self._kb, record, facts).answer(facts)

    def _hosts(
        self,
        records: tuple[Advisory, Advisory],
        entries: tuple[Affected, Affected],
        to: Advised,
    ) -> Iterator[Facts]:
        """Hosts that both entries may strike, one of each kind that the two records tell apart: the
        first at its version, the second once it has moved."""
        own, entry = entries
        ways = to.workaround.versions if to.workaround else []
        every: tuple[On | Where, ...] = (*own.on, *ways, *entry.on)
        products = dict.fromkeys((to.product, *(one.product for one in every)))
        traits = self._traits(records[0], entries, to)
        if traits is None:
            return
        choices = []
        for product in products:
            then = () if product == to.product else entry.on
            inside = self._inside((*own.on, *ways, *then), product)
            if product == to.product:
                # A fix in a product that the record does not name is a release that somebody may
                # have had all along: heeding the record enters nothing.
                inside = self._before(to, inside or frozenset(), entry)
            if inside is None:
                continue
            if not inside:
                return
            choices.append([(product, v) for v in self._kinds(records, product, inside)])
        for versions in product_of(*choices):
            for values in product_of(*traits.values()):
                chosen = {key: frozenset({v}) for key, v in zip(traits, values, strict=True)}
                yield Facts(dict(versions), chosen)

    def _before(
        self, to: Advised, inside: frozenset[Version], entry: Affected
    ) -> frozenset[Version]:
        """The release from which the step is shortest, unless a host has the other record there
        already. Whoever comes from further away passes much that is not this step's doing."""
        near = [version for version in inside if to.reached_from(version)]
        if not near:
            return frozenset()
        start = max(near) if max(near) < to.version else min(near)
        had = self._inside(entry.on, to.product) if entry.upgrade is None else None
        return frozenset() if had and start in had else frozenset({start})

    def _traits(
        self, record: Advisory, entries: tuple[Affected, Affected], to: Advised
    ) -> _Wanted | None:
        """The values with which both entries hold and the way is possible, or None where these
        contradict each other."""
        possible = {
            self._kb.trait_key(record.products[0], path) or path: tuple(values)
            for path, values in (to.workaround.when if to.workaround else {}).items()
        }
        found: dict[str, tuple[str, ...]] = {}
        for wanted in (*(_wanted(self._kb, entry) for entry in entries), possible):
            for key, values in wanted.items():
                found[key] = tuple(v for v in found.get(key, values) if v in values)
        return found if all(found.values()) else None

    def _inside(self, parts: Iterable[On | Where], product: str) -> frozenset[Version] | None:
        """Releases in the ranges of every part that names the product; None if no part does."""
        found = None
        for part in parts:
            if part.product == product:
                own = self._versions(product, part.ranges)
                found = own if found is None else found & own
        return found

    def _versions(self, product: str, ranges: Sequence[Range]) -> frozenset[Version]:
        key = (product, *((r.introduced, r.fixed, r.last_affected, r.branch) for r in ranges))
        if key not in self._known:
            self._known[key] = versions_inside(self._kb, product, list(ranges))
        return self._known[key]

    def _kinds(
        self, records: Sequence[Advisory], product: str, versions: frozenset[Version]
    ) -> list[Version]:
        """One of the versions of each kind; to both records, those of a kind are alike."""
        found: dict[object, Version] = {}
        alike = zip(*(self._segments(record, product) for record in records), strict=True)
        for version, kind in zip(self._kb.catalogues[product].versions, alike, strict=True):
            if version in versions:
                found.setdefault(kind, version)
        return list(found.values())

    def _segments(self, record: Advisory, product: str) -> list[object]:
        if (record.id, product) not in self._alike:
            self._alike[record.id, product] = segments(self._kb, record, product)
        return self._alike[record.id, product]


def _wanted(kb: KnowledgeBase, entry: Affected) -> _Wanted:
    """The traits that an entry names, by their one name, with the values that will do."""
    return {
        key: tuple(value for value in lists[0] if all(value in one for one in lists))
        for key, lists in named_traits(kb, entry.on).items()
    }
