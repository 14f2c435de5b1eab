"""The JSON Schemas of a record, for editors and for tools that do not run Python.

Takes the declarations of `caveat.model` and gives one schema (draft 2020-12) a kind; they describe
what a file may hold, where every scalar is text and an absent value is an absent key, never a null.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from caveat.model import KINDS, Record

NOTE = "Generated from caveat/model by scripts/regenerate.py: change it there."


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind, by the kind's name; the same bytes from the same declarations."""
    return {kind: deepcopy(_schema(model)) for kind, model in KINDS.items()}


def file_name(kind: str) -> str:
    """Name of a kind's schema file, as the first line of a record gives it."""
    return f"{kind}.schema.json"


@cache
def _schema(model: type[Record]) -> dict[str, Any]:
    body = model.model_json_schema(by_alias=True, schema_generator=_FileSchema)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "$comment": NOTE}
    first = {key: body.pop(key) for key in ("title", "description")}
    return {**head, **first, **body}


class _FileSchema(GenerateJsonSchema):
    """Says what stands in a file, not what a Python object may hold."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A file leaves out what it does not know: the reader refuses an empty value."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """No default that a file could not hold."""
        if schema.get("default", ...) is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A key that breaks its pattern is refused, where pydantic alone would let it pass."""
        found = super().dict_schema(schema)
        if "patternProperties" in found:
            found["additionalProperties"] = False
        return found
