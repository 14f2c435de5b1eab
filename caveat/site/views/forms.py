"""What a JSON Schema wants of a value, in words: a list of version ranges, one of some words.

Takes a scene and a schema and gives pieces of text, some of which are code or lead somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from caveat.site.scene import Scene

Schema = Mapping[str, Any]

#: A part of the pattern that a text must have -> the word for that kind of text.
_PATTERNS = (
    ("CAV-", "id"),
    (r"^https://", "url"),
    (r"^\d{4}-\d{2}", "date"),
    ("{version", "form"),
    (r"\{version", "form"),
    ("GHSA", "alias"),
    (r"[.-]", "value"),
    (r"^[a-z0-9]+", "name"),
    (r"^[0-9A-Za-z][0-9", "version"),
)


class Piece(NamedTuple):
    """A part of a description: its text, whether that is code, and where it leads."""

    text: str
    is_code: bool = False
    url: str = ""


Link = Callable[[str], str]
"""From the name of a declaration to where it is described."""


def pieces(scene: Scene, schema: Schema, link: Link) -> list[Piece]:
    """What a value of `schema` looks like."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [Piece(name, True, link(name))]
    kind = schema.get("type")
    several = schema.get("anyOf") or (
        [{**schema, "type": one} for one in kind] if isinstance(kind, list) else []
    )
    if several:
        return _joined(scene, [pieces(scene, one, link) for one in several])
    if kind in ("array", "object"):
        return (_list if kind == "array" else _object)(scene, schema, link)
    if "const" in schema:
        return [Piece(str(schema["const"]), True)]
    if "enum" in schema:
        return _choice(scene, schema["enum"])
    return [Piece(scene.words(f"form.{_word(schema)}"))]


def _word(schema: Schema) -> str:
    if schema.get("type") != "string":
        return str(schema.get("type", "any"))
    if "pattern" in schema:
        found = (word for part, word in _PATTERNS if part in schema["pattern"])
        return next(found, "text")
    if schema.get("format") == "uri-reference":
        return "link"
    return "line" if "maxLength" in schema else "text"


def _choice(scene: Scene, values: list[str]) -> list[Piece]:
    found = [Piece(scene.words("form.choice"))]
    for number, value in enumerate(values):
        if number:
            found.append(Piece(scene.words("list.separator")))
        found.append(Piece(str(value), True))
    return found


def _joined(scene: Scene, several: list[list[Piece]]) -> list[Piece]:
    found = several[0]
    for one in several[1:]:
        found = [*found, Piece(scene.words("list.or")), *one]
    return found


def _list(scene: Scene, schema: Schema, link: Link) -> list[Piece]:
    if "prefixItems" in schema:
        rows = [pieces(scene, one, link) for one in schema["prefixItems"]]
        inner = rows[0]
        for one in rows[1:]:
            inner = [*inner, Piece(scene.words("list.separator")), *one]
        return [Piece(scene.words("form.row")), *inner]
    return _around(scene, "form.list", pieces(scene, schema["items"], link))


def _object(scene: Scene, schema: Schema, link: Link) -> list[Piece]:
    inner = schema.get("additionalProperties") or next(
        iter(schema.get("patternProperties", {}).values()), None
    )
    if not isinstance(inner, Mapping):
        return [Piece(scene.words("form.object"))]
    keys = schema.get("propertyNames", {}).get("enum")
    found = _around(scene, "form.map", pieces(scene, inner, link))
    return [*found, Piece(scene.words("form.keys")), *_choice(scene, keys)[1:]] if keys else found


def _around(scene: Scene, key: str, inner: list[Piece]) -> list[Piece]:
    """The words of `key` with `inner` where they say `{what}`."""
    before, _, after = scene.words(key, what="\0").partition("\0")
    return [piece for piece in (Piece(before), *inner, Piece(after)) if piece.text]
