"""Takes the form of precomputed answers; gives an answer as its description tells a browser to.

It knows the description at the head of `caveat.applicability.forms`, and nothing of the engine.
"""

from collections.abc import Iterable, Mapping
from itertools import product as every
from typing import Any

Form = dict[str, Any]


#: By the identity of a list of releases, which is kept so that no other one gets it: places.
_PLACES: dict[int, tuple[list[Any], dict[str, int]]] = {}


def at(runs: list[list[Any]], index: int) -> Any:
    """The value of the run that holds the index."""
    for count, value in runs:
        if index < count:
            return value
        index -= count
    raise IndexError


def place(form: Form, product: str, version: str) -> int:
    """Where a release stands in its product's list."""
    releases = form["products"][product]["releases"]
    known, places = _PLACES.get(id(releases), ([], {}))
    if known is not releases:
        places = {release["version"]: at for at, release in enumerate(releases)}
        _PLACES[id(releases)] = releases, places
    return places[version]


def look_up(
    form: Form,
    record: Mapping[str, Any],
    versions: Mapping[str, str],
    traits: Mapping[str, Iterable[str]],
    leaves: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The record's answer for a host."""
    return dict(record["answers"][number(form, record, versions, traits, leaves)])


def number(
    form: Form,
    record: Mapping[str, Any],
    versions: Mapping[str, str],
    traits: Mapping[str, Iterable[str]],
    leaves: Mapping[str, str] | None = None,
) -> int:
    """The number of that answer."""
    facts = record["facts"]
    case = 0
    for fact in facts:
        if fact["kind"] != "trait":
            known = versions if fact["kind"] == "version" else leaves or {}
            of = fact["of"]
            found = at(fact["runs"], place(form, of, known[of])) if of in known else 0
            case = case * fact["size"] + found
    table = record["tables"][record["cases"][case]]
    asked = [facts[one] for one in table["asks"]]
    choices = [
        [fact["values"][value] for value in traits.get(fact["of"], ())] or [0] for fact in asked
    ]
    cells = []
    for classes in every(*choices):
        index = 0
        for fact, one in zip(asked, classes, strict=True):
            index = index * fact["size"] + one
        cells.append(table["cells"][index])
    return int(min(cells))
