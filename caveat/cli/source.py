"""Where the knowledge comes from: a checkout, a folder of a published site, or its address.

Takes the argument of `--kb` and gives a `Source`; what cannot be read ends the command with a
message that says what was looked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from caveat import urls
from caveat.cli.failure import Failure
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


def open_source(named: str | None, here: Path, site_url: str = "") -> Source:
    """The source that `--kb` names, or the checkout around the folder `here`."""
    from caveat.cli.checkout import Checkout  # noqa: PLC0415 - see Command: import what is used
    from caveat.cli.published import Published  # noqa: PLC0415

    if named is None:
        return Checkout(_around(here), site_url)
    if "://" in named:
        from caveat.cli.fetching import Web  # noqa: PLC0415 - the network's modules take a while

        return Published(Web(named))
    folder = here / named
    if _is_checkout(folder):
        return Checkout(folder.resolve(), site_url)
    for api in (folder / urls.API, folder):
        if (api / _INDEX).is_file():
            from caveat.cli.published import Folder  # noqa: PLC0415

            return Published(Folder(api))
    raise Failure(f"--kb {named}: no folder with advisories/records/ or {urls.api_index()}")


def open_here(named: str | None) -> Source:
    """`open_source` for this process: its working directory, and the site that SITE_URL names."""
    return open_source(named, Path.cwd(), os.environ.get("SITE_URL", ""))


_INDEX = urls.api_index().removeprefix(urls.API)


def _around(here: Path) -> Path:
    for folder in (here, *here.parents):
        if _is_checkout(folder):
            return folder
    raise Failure(
        f"no knowledge base in {here} or above it",
        "name one with --kb: a checkout's folder, a published site's folder, or its address",
    )


def _is_checkout(folder: Path) -> bool:
    return (folder / "advisories" / "records").is_dir()
