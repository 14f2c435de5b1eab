"""Plain data to the model: pydantic's errors become problems with a place and a cure.

Takes a document and the model of its kind and gives the frozen record, or every fault at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from caveat.model import Record
from caveat.model.shape import fields, model_at
from caveat.problems import Problem, did_you_mean, nearest, shown
from caveat.reading.document import MOST_PROBLEMS, Document, Path, bounded

R = TypeVar("R", bound=Record)

_TYPES = {
    "model_type": "a mapping",
    "dict_type": "a mapping",
    "list_type": "a list",
    "string_type": "a text",
}
_PATTERNS = {
    "CAV-": "an id such as `CAV-2025-0001`, or `CAV-2025-new-some-words` before the merge",
    r"^https://": "a link that begins with `https://`",
    r"^\d{4}-\d{2}": "a date such as `2025-02-26`",
    r"^[a-z0-9]+": "lower-case words joined by hyphens",
    r"^[0-9A-Za-z][0-9": "a version number",
    r"^[0-9A-Za-z@]": "the name of a package",
    r"{version": "a form that holds `{version}`",
    "GHSA": "an upstream name such as `moby/moby#49499`, `CVE-2025-1234` or `launchpad:123`",
}


@dataclass(frozen=True)
class Decoded(Generic[R]):
    """A record with the document it came from."""

    record: R
    document: Document = field(repr=False)


def decode(
    document: Document, model: type[R], at: Path = ()
) -> tuple[Decoded[R] | None, list[Problem]]:
    """The record in `document`, or the one at a place inside it; None and all that is wrong with
    its form."""
    try:
        return Decoded(model.model_validate(document.get(at)), document), []
    except ValidationError as error:
        errors: list[dict[str, Any]] = [
            dict(one) for one in error.errors(include_url=False, include_input=False)
        ]
        strange = [one["loc"] for one in errors if one["type"] == "extra_forbidden"][:MOST_PROBLEMS]
        meant = {_meant(model, path) for path in strange}
        # A field under a misspelt name is there; the message about the name says which is meant.
        told = [e for e in errors if e["type"] != "missing" or e["loc"] not in meant]
        found = bounded(_problem(document, model, at, one) for one in told)
        return None, list(dict.fromkeys(found))


def _meant(model: type[BaseModel], path: Path) -> Path:
    """Where a key would stand if it were spelt as the nearest known one."""
    owner = model_at(model, path[:-1])
    near = nearest(str(path[-1]), fields(owner), 1) if owner else []
    return (*path[:-1], *near)


def _problem(
    document: Document, model: type[BaseModel], at: Path, error: dict[str, Any]
) -> Problem:
    kind, context = error["type"], error.get("ctx", {})
    inside: Path = tuple(p for p in error["loc"] if p != "[key]")
    path = (*at, *inside)
    value = document.get(path)
    on_key = "[key]" in error["loc"]
    if kind == "extra_forbidden":
        owner = model_at(model, inside[:-1])
        known = fields(owner) if owner else ()
        hint = did_you_mean(str(path[-1]), known) or "known keys: " + ", ".join(known)
        found = f"unknown key {shown(path[-1])}"
        return document.problem("CAV201", path, found, "a known key", hint, key=True)
    if kind == "missing":
        found, want = "nothing", f"the field `{path[-1]}`"
        return document.problem("CAV202", path, found, want)
    if kind in _TYPES:
        return document.problem("CAV203", path, _kind_of(value), _TYPES[kind])
    if kind == "literal_error":
        wanted = context["expected"].replace("'", "`")
        hint = did_you_mean(
            str(value), [w.strip("`") for w in wanted.replace(" or ", ", ").split(", ")]
        )
        return document.problem("CAV204", path, shown(value), f"one of {wanted}", hint)
    found = shown(path[-1]) if on_key else _shown_value(value)
    return document.problem("CAV205", path, found, _want(kind, context, error), key=on_key)


def _want(kind: str, context: dict[str, Any], error: dict[str, Any]) -> str:
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        return next((want for part, want in _PATTERNS.items() if part in pattern), pattern)
    if kind == "value_error":
        message = str(context["error"])
        return message.removeprefix("want ") if message.startswith("want ") else "a real date"
    if kind == "too_short":
        return f"at least {context['min_length']} entry"
    if kind == "string_too_short":
        return "a text"
    if kind == "string_too_long":
        return f"at most {context['max_length']} characters"
    return str(error["msg"]).lower()


def _kind_of(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return shown(value) if value else "an empty text"


def _shown_value(value: Any) -> str:
    return _kind_of(value) if isinstance(value, dict | list) or not value else shown(value)
