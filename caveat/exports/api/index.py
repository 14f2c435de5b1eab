"""/api/v1/index.json: what there is, what it is called, and when it changed.

Takes the shelf and gives one file, from which a client finds all others and sees which of them it
has to fetch again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caveat import urls
from caveat.exports.export import File, Shelf, json_file
from caveat.model import Advisory

VERSION = "1"
LISTS = ("advisories", "practices", "signatures")


def files(shelf: Shelf) -> Iterator[File]:
    """The index."""
    here = urls.api_index()
    yield json_file(
        here,
        {
            "version": VERSION,
            "home": shelf.link(here, urls.HOME),
            "lists": {name: shelf.link(here, urls.api_list(name)) for name in LISTS},
            "products": [_product(shelf, id_) for id_ in shelf.kb.products],
            "advisories": [
                _advisory(shelf, one) for one in sorted(shelf.kb.published, key=lambda one: one.id)
            ],
        },
    )


def _product(shelf: Shelf, id_: str) -> dict[str, Any]:
    product = shelf.kb.products[id_]
    return {
        "id": id_,
        "name": product.name,
        "aliases": product.aliases,
        "modified": _modified(shelf, id_),
        "newest": shelf.kb.catalogues[id_].newest.text,
        "advisories": [one.id for one in shelf.kb.by_product[id_]],
        "file": shelf.link(urls.api_index(), urls.api_product(id_)),
        "url": shelf.link(urls.api_index(), urls.product(id_)),
    }


def _modified(shelf: Shelf, id_: str) -> str:
    """The day of the newest thing in the product's file: a release, or a record's change."""
    dates = [one.date or "" for one in shelf.kb.products[id_].releases]
    return max(*dates, "", *(one.modified for one in shelf.kb.by_product[id_]))


def _advisory(shelf: Shelf, record: Advisory) -> dict[str, Any]:
    return {
        "id": record.id,
        "slug": record.slug,
        "status": record.status,
        "successors": shelf.kb.successors(record),
        "published": record.published,
        "modified": record.modified,
        "aliases": record.aliases,
        "products": list(record.products),
        "file": shelf.link(urls.api_index(), urls.api_advisory(record.id)),
        "url": shelf.link(urls.api_index(), urls.advisory(record.id)),
    }
