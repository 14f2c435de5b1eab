"""How declarations hang together: the fields of a mapping, and the declaration below a field.

Takes a model and names; gives field names in their order, and the form that a value must fit.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo


class Shape(NamedTuple):
    """What stands at or below a field: a model where it holds mappings, and the pattern of its
    texts, "" where any text will do."""

    model: type[BaseModel] | None
    pattern: str


@cache
def fields(model: type[BaseModel]) -> dict[str, Shape]:
    """The keys of a mapping as a file writes them, in the order of the format."""
    return {info.alias or name: _shape(info) for name, info in model.model_fields.items()}


def model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The declaration that stands at `path` below `model`, or None where there is none."""
    current: type[BaseModel] | None = model
    for part in path:
        if current is None:
            return None
        if isinstance(part, str) and part in (known := fields(current)):
            current = known[part].model
    return current


def _shape(info: FieldInfo) -> Shape:
    own = next((one.pattern for one in info.metadata if getattr(one, "pattern", None)), None)
    return Shape(_model_in(info.annotation), str(own or _pattern_in(info.annotation) or ""))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for arg in get_args(annotation) if (m := _model_in(arg))), None)


def _pattern_in(annotation: Any) -> str | None:
    """The pattern of the texts in a list or behind an option."""
    if isinstance(annotation, StringConstraints):
        return str(annotation.pattern) if annotation.pattern else None
    inner = (*get_args(annotation), *getattr(annotation, "__metadata__", ()))
    return next((p for arg in inner if (p := _pattern_in(arg))), None)
