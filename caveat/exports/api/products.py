"""/api/v1/products/<id>.json: a product with its releases and traits, its advisories, and answers.

Takes the shelf and gives a file for each product, which is enough to answer for any of its releases
and any of the facts that its records ask about. It grows with the records of the product and the
borders and values that they name, hardly with releases: the answers for a hundred releases and a
hundred records are less than 40 KB as a server sends them (a test keeps that), and the prose of
the traits comes on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caveat import published, urls
from caveat.applicability.segments import named_traits, scopes
from caveat.exports.export import File, Shelf, json_file


def files(shelf: Shelf) -> Iterator[File]:
    """Every product."""
    for id_, product in shelf.kb.products.items():
        here = urls.api_product(id_)
        made = {
            **published.values(product),
            "url": shelf.link(here, urls.product(id_)),
            "advisories": [one.id for one in shelf.kb.by_product[id_]],
            published.SHARED_TRAITS: _shared(shelf, id_),
            "answers": shelf.answers.of_product(id_),
        }
        yield json_file(here, made)


def _shared(shelf: Shelf, id_: str) -> dict[str, Any]:
    """The traits of the host that the product or its records ask about."""
    kb = shelf.kb
    named = {key for one in kb.by_product[id_] for key in named_traits(kb, scopes(one))}
    wanted = named | set(kb.products[id_].host_traits)
    return {key: published.values(one) for key, one in kb.host_traits.items() if key in wanted}
