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
    products: Iterable[Values], advisories: Iterable[Advisory], practices: Iterable[Values] = ()
) -> KnowledgeBase:
    """The knowledge in advisories and in the values of the products they name and of practices."""
    products = list(products)
    traits = {id_: one for product in products for id_, one in product[SHARED_TRAITS].items()}
    documents: dict[tuple[str, str], Document] = {}

    def kept(records: Iterable[R]) -> dict[str, R]:
        made = {one.id: one for one in sorted(records, key=lambda one: one.id)}
        for known in made.values():
            text = json.dumps(values(known), sort_keys=True)
            kind = type(known).__name__.lower()
            documents[kind, known.id] = Document(f"{known.id}.json", text, None)
        return made

    return KnowledgeBase(
        advisories=kept(advisories),
        products=kept(record(Product, one) for one in products),
        host_traits=kept(record(Trait, one) for one in traits.values()),
        practices=kept(record(Practice, one) for one in practices),
        documents=documents,
    )


def _remove(found: Any, place: tuple[str | int, ...]) -> None:
    *above, last = place
    for part in above:
        found = found[part]
    del found[last]
