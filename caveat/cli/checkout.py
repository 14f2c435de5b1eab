"""A checkout as a source of knowledge.

Takes its folder and gives everything in it; a file that cannot be read ends the command, since an
answer would leave it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from caveat import urls
from caveat.cli.failure import Failure
from caveat.cli.source import Named
from caveat.knowledge import KnowledgeBase, load

if TYPE_CHECKING:
    from caveat.matching import Index


class Checkout:
    """A folder with `advisories/`; `site_url` is where its site lives, or ""."""

    def __init__(self, root: Path, site_url: str = "") -> None:
        self.root = root
        self._site_url = urls.site_address(site_url, Failure)

    @property
    def checkout(self) -> Path | None:
        """This folder."""
        return self.root

    @cached_property
    def _kb(self) -> KnowledgeBase:
        kb, problems = load(self.root)
        if wrong := [str(problem) for problem in problems if problem.is_error]:
            raise Failure(*wrong, f"{self.root}: an answer would leave out what cannot be read")
        return kb

    def products(self) -> Mapping[str, tuple[str, ...]]:
        """Of every product file."""
        return {id_: (one.name, *one.aliases) for id_, one in self._kb.products.items()}

    def records(self) -> Sequence[Named]:
        """Drafts as well: whoever has the checkout may read them."""
        return [Named(id_, one.slug, one.aliases) for id_, one in self._kb.advisories.items()]

    def knowledge(self, products: Iterable[str], *, practices: bool = False) -> KnowledgeBase:  # noqa: ARG002
        """Everything: it is all here."""
        return self._kb

    def about(self, ids: Iterable[str]) -> KnowledgeBase:  # noqa: ARG002
        """Everything: it is all here."""
        return self._kb

    def signatures(self) -> Index:
        """Made from the records."""
        from caveat.matching import Index  # noqa: PLC0415 - see Command: import what is used

        return Index.of(self._kb)

    def place(self, id_: str) -> Mapping[str, str]:
        """The file, and the page where SITE_URL says where pages are."""
        file = self._kb.document(self._kb.advisories[id_]).file
        return {"url": self._site_url + urls.advisory(id_), "file": file}

    def sites(self) -> Sequence[str]:
        """What SITE_URL says."""
        return [self._site_url] if self._site_url else []
