"""Records as the JSON API writes them, and the same knowledge read back from there.

Takes records and gives plain values, or takes such values and gives a `KnowledgeBase`. Keys that
this version does not know are passed over, since the API only ever grows; anything else that does
not fit raises `PublishedError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Practice, Product, Record, Trait
from caveat.reading import Document

R = TypeVar("R", bound=Record)
Values = Mapping[str, Any]

#: Where a product's values hold the traits of the host that it or its records ask about.
SHARED_TRAITS = "shared_traits"


class PublishedError(ValueError):
    """Values that are no record of this version's model."""


def values(record: Record) -> dict[str, Any]:
    """A record's fields by their own names; what is not known is left out, lists are always
    there."""
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


def record(model: type[R], found: Values) -> R:
    """The record that `values` wrote."""
    try:
        return model.model_validate(found)
    except ValidationError as error:
        known = json.loads(json.dumps(found))
        for one in error.errors(include_url=False):
            if one["type"] != "extra_forbidden":
                place = ".".join(str(part) for part in one["loc"])
                raise PublishedError(f"{found.get('id')}: {place}: {one['msg']}") from None
            _remove(known, one["loc"])
        return model.model_validate(known)


def knowledge(
    products: Iterable[Values], advisories: Iterable[Values], practices: Iterable[Values] = ()
) -> KnowledgeBase:
    """The knowledge in the values of some products, of advisories about them and of practices."""
    products = list(products)
    traits = {id_: one for product in products for id_, one in product[SHARED_TRAITS].items()}
    documents: dict[tuple[str, str], Document] = {}

    def read(model: type[R], found: Iterable[Values]) -> dict[str, R]:
        made = {}
        for one in sorted(found, key=lambda one: str(one["id"])):
            known = made[one["id"]] = record(model, one)
            text = json.dumps(values(known), sort_keys=True)
            documents[model.__name__.lower(), known.id] = Document(f"{known.id}.json", text, None)
        return made

    return KnowledgeBase(
        advisories=read(Advisory, advisories),
        products=read(Product, products),
        host_traits=read(Trait, traits.values()),
        practices=read(Practice, practices),
        documents=documents,
    )


def _remove(found: Any, place: tuple[str | int, ...]) -> None:
    *above, last = place
    for part in above:
        found = found[part]
    del found[last]
