"""/api/v1/schema/<name>.json: what each file of the API holds, as JSON Schema (draft 2020-12).

Takes the declarations of the model and those of `shapes` and gives a schema for every kind of file.
They let keys pass that they do not name: the API grows by new keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caveat import published, urls
from caveat.exports.api import shapes
from caveat.exports.export import File, Shelf, json_file
from caveat.model.schema import schemas as model_schemas

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def files(shelf: Shelf) -> Iterator[File]:  # noqa: ARG001 - every export is called alike
    """Every schema."""
    for name, schema in schemas().items():
        yield json_file(urls.api_schema(name), schema)


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by its name."""
    models = {kind: _opened(schema) for kind, schema in model_schemas().items()}
    definitions = _definitions(models)
    made = {
        "index": shapes.INDEX,
        "advisories": shapes.obj({"advisories": shapes.array(shapes.SUMMARY)}),
        "advisory": _grown(models["advisory"], shapes.RECORD_EXTRAS, shapes.RECORD_ANSWERS),
        "product": _grown(
            models["product"],
            {
                **shapes.PRODUCT_EXTRAS,
                published.SHARED_TRAITS: shapes.said(
                    shapes.by_name(shapes.ref("Trait")),
                    "Traits of the host that matter for it, by id.",
                ),
            },
        ),
        "practices": shapes.obj(
            {"practices": shapes.array(_grown(models["practice"], shapes.PRACTICE_EXTRAS))}
        ),
        "signatures": shapes.SIGNATURES,
    }
    return {
        name: {
            "$schema": DIALECT,
            "title": f"Caveat API v1: {name}",
            **body,
            **_needed(body, definitions),
        }
        for name, body in made.items()
    }


def _definitions(models: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Everything that a schema may refer to, once."""
    found = {name: one for model in models.values() for name, one in model.get("$defs", {}).items()}
    trait = {key: value for key, value in models["trait"].items() if key != "$defs"}
    return dict(sorted({**found, "Trait": trait, "Answers": shapes.ANSWERS}.items()))


def _needed(body: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that a schema refers to, directly or by way of others."""
    found: dict[str, Any] = {}
    open_ = _references(body)
    while open_:
        name = open_.pop()
        found[name] = definitions[name]
        open_ |= _references(definitions[name]) - found.keys()
    return {"$defs": dict(sorted(found.items()))} if found else {}


def _references(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {name for one in schema for name in _references(one)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"].rpartition("/")[2]} if isinstance(schema.get("$ref"), str) else set()
    return own | {name for one in schema.values() for name in _references(one)}


def _grown(
    model: dict[str, Any], extras: dict[str, Any], optional: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A record's schema with what the API adds."""
    body = {
        key: model[key] for key in model if key not in ("$schema", "$comment", "$defs", "title")
    }
    return {
        **body,
        "properties": {**body["properties"], **extras, **(optional or {})},
        "required": [*body["required"], *extras],
    }


def _opened(schema: Any) -> Any:
    """The schema of a file as that of what the API writes: lists and maps are always there, and
    keys of a later version may be."""
    if isinstance(schema, list):
        return [_opened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _opened(value) for key, value in schema.items()}
    properties = made.get("properties")
    if made.get("type") == "object" and isinstance(properties, dict):
        if made.get("additionalProperties") is False:
            del made["additionalProperties"]
        always = [key for key, one in properties.items() if one.get("default") in ([], {})]
        made["required"] = [*made.get("required", []), *always]
    return made
