"""A published site as a source of knowledge: its JSON API, in a folder or behind an address.

Takes a `Library` of files and gives what a question needs, each file fetched once and several at a
time; a file that is not what the API promises ends the command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from caveat import published, urls
from caveat.cli.failure import Failure
from caveat.cli.source import Named
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.rules.walk import named_products

if TYPE_CHECKING:
    from caveat.matching import Index

_VERSION = "1"
_AT_ONCE = 8
#: An id becomes part of a path; nothing else in what was fetched does.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


class Library(Protocol):
    """Where the API's files are."""

    def read(self, name: str) -> bytes:
        """The file at `name` below the API's root."""

    def name(self, name: str) -> str:
        """What to call that file in a message."""

    def site(self) -> str:
        """The address of the site, or "" where the place says none."""


class Folder:
    """The API's files on this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes:
        """The file's bytes."""
        try:
            return (self._root / name).read_bytes()
        except OSError as error:
            raise Failure(f"{self.name(name)}: {error.strerror}") from None

    def name(self, name: str) -> str:
        """Its path."""
        return str(self._root / name)

    def site(self) -> str:
        """A folder does not know where it will be published."""
        return ""


class Published:
    """A site's API."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def checkout(self) -> Path | None:
        """There is none: what others published never runs here."""
        return None

    def products(self) -> Mapping[str, tuple[str, ...]]:
        """Of the index."""
        return {one["id"]: (one["name"], *one["aliases"]) for one in self._index["products"]}

    def records(self) -> Sequence[Named]:
        """Of the index."""
        return [Named(one["id"], one["slug"], one["aliases"]) for one in self._index["advisories"]]

    def knowledge(self, products: Iterable[str], *, practices: bool = False) -> KnowledgeBase:
        """The records of the products, with all products that these name."""
        wanted = set(products)
        records = [one for one in self._index["advisories"] if wanted & set(one["products"])]
        return self._read(records, wanted, practices=practices)

    def about(self, ids: Iterable[str]) -> KnowledgeBase:
        """The records and their successors, with all products that they name."""
        wanted = set(ids)
        known = self._index["advisories"]
        # What is to be read instead says that it replaces the record.
        wanted.update(*(one.get("successors", ()) for one in known if one["id"] in wanted))
        records = [one for one in known if one["id"] in wanted]
        return self._read(records, set(), practices=False)

    def signatures(self) -> Index:
        """As the site made it."""
        from caveat.matching import Index  # noqa: PLC0415 - see Command: import what is used

        path = urls.api_list("signatures")
        try:
            return Index.read(self._json(path))
        except (ValueError, KeyError, TypeError) as error:
            raise self._strange(path, error) from None

    def place(self, id_: str) -> Mapping[str, str]:
        """The page: where the API was found, or where its site says that it lives."""
        if base := self._library.site():
            return {"url": base + urls.advisory(id_)}
        known = [one["url"] for one in self._index["advisories"] if one["id"] == id_]
        return {"url": next((url for url in known if "://" in url), urls.advisory(id_))}

    def sites(self) -> Sequence[str]:
        """Where the API was found, and where its site says that it lives."""
        found = (self._library.site(), self._index.get("home", ""))
        return [one for one in dict.fromkeys(found) if "://" in one]

    @cached_property
    def _index(self) -> Any:
        path = urls.api_index()
        index = self._json(path)
        version = index.get("version") if isinstance(index, dict) else None
        if version != _VERSION:
            raise self._strange(path, f"version {version!r} of the API, want {_VERSION}")
        try:
            for one in index["products"]:
                _ = (one["id"], one["name"], *one["aliases"])
            for one in index["advisories"]:
                _ = (one["id"], one["slug"], one["url"], *one["aliases"], *one["products"])
        except (KeyError, TypeError) as error:
            raise self._strange(path, error) from None
        return index

    def _read(self, records: list[Any], products: set[str], *, practices: bool) -> KnowledgeBase:
        try:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                fetched = list(pool.map(self._record, records))
                advisories = [published.record(Advisory, one) for one in fetched]
                # A fix or a way round may lie in a product that the record does not affect.
                told = {one.product for record in advisories for one in named_products(record)}
                named = told & self.products().keys()
                named = named.union(products, *(one["products"] for one in records))
                paths = [
                    *(urls.api_product(self._checked(id_)) for id_ in sorted(named)),
                    *([urls.api_list("practices")] if practices else []),
                ]
                found = list(pool.map(self._json, paths))
            known = found[-1]["practices"] if practices else ()
            return published.knowledge(found[: len(named)], advisories, known)
        except (published.PublishedError, KeyError, TypeError, AttributeError) as error:
            raise self._strange(urls.api_index(), error) from None

    def _record(self, listed: Any) -> Any:
        return self._json(urls.api_advisory(self._checked(listed["id"])))

    def _json(self, path: str) -> Any:
        try:
            return json.loads(self._library.read(path.removeprefix(urls.API)))
        except (ValueError, RecursionError) as error:
            raise self._strange(path, error) from None

    def _checked(self, id_: str) -> str:
        if not _ID.fullmatch(id_):
            raise self._strange(urls.api_index(), f"the id {id_!r}")
        return id_

    def _strange(self, path: str, what: object) -> Failure:
        name = self._library.name(path.removeprefix(urls.API))
        return Failure(f"{name}: not the API that this version of caveat reads ({what!s})")
