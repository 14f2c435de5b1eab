"""Where the knowledge comes from: a checkout, a folder of a published site, or its address.

Takes the argument of `--kb` and gives a `Source`; what cannot be read ends the command with a
message that says what was looked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from caveat.cli.failure import Failure
from caveat.knowledge import KnowledgeBase, load
from caveat.model import Advisory


class Source(Protocol):
    """The knowledge, as far as a question needs it."""

    @property
    def is_local(self) -> bool:
        """Whether its commands may run on this host: only those of a checkout, which its owner
        reviews."""

    def products(self) -> Mapping[str, tuple[str, ...]]:
        """All products' ids with the other names that people use."""

    def knowledge(self, products: Iterable[str]) -> KnowledgeBase:
        """All that concerns some products: their records, and what these name."""

    def place(self, record: Advisory) -> Mapping[str, str]:
        """Where a person reads more: `url`, and `file` where there is one."""


class Checkout:
    """A folder with `advisories/`."""

    is_local = True

    def __init__(self, root: Path, site_url: str = "") -> None:
        self.root, self._site_url = root, site_url

    @cached_property
    def _kb(self) -> KnowledgeBase:
        kb, problems = load(self.root)
        if wrong := [str(problem) for problem in problems if problem.is_error]:
            raise Failure(*wrong, f"{self.root}: an answer would leave out what cannot be read")
        return kb

    def products(self) -> Mapping[str, tuple[str, ...]]:
        """Of every product file."""
        return {id_: (one.name, *one.aliases) for id_, one in self._kb.products.items()}

    def knowledge(self, products: Iterable[str]) -> KnowledgeBase:  # noqa: ARG002
        """Everything: it is all here."""
        return self._kb

    def place(self, record: Advisory) -> Mapping[str, str]:
        """The file, and the page where SITE_URL says where pages are."""
        return {"url": self._site_url, "file": self._kb.document(record).file}


def open_source(named: str | None, here: Path, site_url: str = "") -> Source:
    """The source that `--kb` names, or the checkout around the folder `here`."""
    if named is None:
        return _around(here, site_url)
    path = Path(named)
    if _is_checkout(path):
        return Checkout(path.resolve(), site_url)
    raise Failure(f"--kb {named}: no folder with advisories/records/ or api/v1/index.json")


def _around(here: Path, site_url: str) -> Source:
    for folder in (here, *here.parents):
        if _is_checkout(folder):
            return Checkout(folder, site_url)
    raise Failure(
        f"no knowledge base in {here} or above it",
        "name one with --kb: a checkout's folder, a published site's folder, or its address",
    )


def _is_checkout(folder: Path) -> bool:
    return (folder / "advisories" / "records").is_dir()


def open_here(named: str | None) -> Source:
    """`open_source` for this process: its working directory, and the site that SITE_URL names."""
    return open_source(named, Path.cwd(), os.environ.get("SITE_URL", ""))
