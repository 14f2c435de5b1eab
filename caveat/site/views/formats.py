"""What the list of references, the page of commands and that of the API show.

Takes a scene and gives plain values; commands and API come from what `scripts/regenerate.py` wrote.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.model import KINDS
from caveat.site import reference
from caveat.site.scene import Scene
from caveat.site.views.fields import anchor
from caveat.site.views.forms import Schema, pieces

#: What the list names beside the kinds of record: a word and where it leads. To add a reference:
#: a page in `Site.pages`, or a written one, and an entry here.
_PAGES = (
    ("rules", urls.RULES),
    ("commands", urls.COMMANDS),
    ("api", urls.API_FORMAT),
    ("exports", urls.EXPORTS),
)


def index(scene: Scene) -> dict[str, Any]:
    """The values of the list."""
    t = scene.words
    listed = [*((kind, urls.record_format(kind)) for kind in KINDS), *_PAGES]
    return {
        "title": t("formats.title"),
        "description": t("formats.intro"),
        "pages": [
            (t(f"formats.{name}"), t(f"formats.{name}-says"), scene.link(path))
            for name, path in listed
        ],
    }


_GROUPS = ("caveat", "script", "make")


def commands(scene: Scene) -> dict[str, Any]:
    """The values of the page of commands."""
    t, listed = scene.words, reference.read("commands")
    groups = [
        (name, t(f"commands.{name}"), [_command(scene, o) for o in listed if o["group"] == name])
        for name in _GROUPS
    ]
    toc = []
    for name, heading, found in groups:
        toc.append((name, heading, 2))
        toc += [(one["id"], one["name"], 3) for one in found if name != "make"]
    return {
        "up": scene.link(urls.FORMATS),
        "title": t("formats.commands"),
        "description": t("formats.commands-says"),
        "groups": groups,
        "toc": toc,
    }


def _command(scene: Scene, one: dict[str, Any]) -> dict[str, Any]:
    arguments = [
        {**argument, "says": scene.declared(argument["says"])} for argument in one["arguments"]
    ]
    return {
        "id": one["name"].replace(" ", "-").removesuffix(".py"),
        "name": one["name"],
        "says": scene.declared(one["says"]),
        "exit": scene.declared(one["exit"]),
        "arguments": arguments,
        "usage": _usage(one["arguments"]),
    }


def _usage(arguments: list[dict[str, Any]]) -> str:
    """The arguments that are no options, as a usage line has them."""
    words = []
    for one in arguments:
        if not one["names"]:
            word = one["value"] + "…" * one["many"]
            words.append(word if one["needed"] else f"[{word}]")
    return " ".join(words)


def api(scene: Scene) -> dict[str, Any]:
    """The values of the page of the API."""
    t, files = scene.words, reference.read("api")
    sections = [_file(scene, name, schema) for name, schema in files.items()]
    shared = {name: one for schema in files.values() for name, one in schema["$defs"].items()}
    parts = [
        {"id": anchor(name), "name": name, "rows": _rows(scene, "", one)}
        for name, one in shared.items()
    ]
    return {
        "up": scene.link(urls.FORMATS),
        "title": t("formats.api"),
        "description": t("formats.api-says"),
        "files": sections,
        "parts": parts,
        "toc": [(one["id"], one["name"], 2) for one in (*sections, *parts)],
    }


#: Where the files that a schema describes lie; its own name is in none of them.
_PATHS = {
    "index": urls.api_index(),
    "advisory": urls.api_advisory("<ID>"),
    "product": urls.api_product("<ID>"),
}


def _file(scene: Scene, name: str, schema: Schema) -> dict[str, Any]:
    kind = next((one["record"] for _, one in _below("", schema) if "record" in one), None)
    return {
        "id": f"file-{name}",
        "name": name,
        "path": f"/{_PATHS.get(name) or urls.api_list(name)}",
        "says": scene.words(f"api-file.{name}"),
        "schema": scene.once(urls.api_schema(name)),
        "record": (kind, scene.link(urls.record_format(kind))) if kind else None,
        "rows": _rows(scene, "", schema),
    }


def _rows(scene: Scene, path: str, schema: Schema) -> list[dict[str, Any]]:
    """Every key below a schema, with the path that leads to it."""
    return [
        {
            "path": name,
            "form": pieces(scene, one, lambda other: _described(scene, other)),
            "says": scene.declared(one.get("description", "")),
            "needed": one["needed"],
        }
        for name, one in _below(path, schema)
        if "form" not in one
    ]


def _below(path: str, schema: Schema) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if "record" in schema:
        found.append((path, {**schema, "form": None, "needed": True}))
    for key, one in schema.get("properties", {}).items():
        name = f"{path}.{key}" if path else key
        found.append((name, {**one, "needed": key in schema.get("required", ())}))
        found += _below(name, one)
    if isinstance(items := schema.get("items"), dict):
        found += _below(f"{path}[]", items)
    if isinstance(values := schema.get("additionalProperties"), dict):
        found += _below(f"{path}.*", values)
    return found


def _described(scene: Scene, name: str) -> str:
    """A declaration of the API stands on its page, one of the records on that of the advisory."""
    own = any(name in one["$defs"] for one in reference.read("api").values())
    if own:
        return f"#{anchor(name)}"
    kind = name.lower() if name.lower() in KINDS else "advisory"
    return scene.link(urls.record_format(kind), anchor(name))
