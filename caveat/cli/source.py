"""What every place that knowledge comes from can do.

Takes nothing; the modules of the places give it, and `opening` chooses among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from caveat.knowledge import KnowledgeBase

if TYPE_CHECKING:  # only one command needs it, and it takes a while
    from caveat.matching import Index


class Named(NamedTuple):
    """A record by all that it is called."""

    id: str
    slug: str
    aliases: Sequence[str]


class Source(Protocol):
    """The knowledge, as far as a question needs it."""

    @property
    def checkout(self) -> Path | None:
        """The checkout's folder. Only what lies in one may run on this host: its owner reviews
        it."""

    def products(self) -> Mapping[str, tuple[str, ...]]:
        """All products' ids with the other names that people use."""

    def records(self) -> Sequence[Named]:
        """All records' names."""

    def knowledge(self, products: Iterable[str], *, practices: bool = False) -> KnowledgeBase:
        """All that concerns some products: their records, and the products that these name."""

    def about(self, ids: Iterable[str]) -> KnowledgeBase:
        """Some records with those that supersede them, and the products that all of these name."""

    def signatures(self) -> Index:
        """What finds records by error text."""

    def place(self, id_: str) -> Mapping[str, str]:
        """Where a person reads more: `url` (below the site's root where nobody said where the site
        lives), and `file` where there is one."""

    def sites(self) -> Sequence[str]:
        """Addresses at which the site is known to live; none where nobody said."""
