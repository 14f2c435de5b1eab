"""What finding by error text shows: the page, and the values that its scripts fetch on first use.

Takes a scene and gives plain values: the list of error texts, a record as a result shows it, and
the words of the results.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.model import Advisory
from caveat.site.scene import Scene
from caveat.site.views import parts

#: Records whose error texts the page lists, the newest ones; a longer page is no help.
MOST_LISTED = 200
#: Texts of the results are the words whose keys begin so.
_WORDS = "finder."


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    records = [r for r in scene.kb.published if r.status != "withdrawn" and r.signatures]
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in records[:MOST_LISTED]:
        texts = [parts.pieces(one.pattern) for one in record.signatures]
        row = {"texts": texts, "record": parts.card(scene, record)}
        groups.setdefault(record.products[0], []).append(row)
    by_name = sorted(groups.items(), key=lambda one: scene.product(one[0]).casefold())
    return {
        "title": scene.words("find.title"),
        "description": scene.words("find.description"),
        "groups": [
            {
                "id": id_,
                "name": scene.product(id_),
                "rows": rows,
                "url": scene.link(urls.product(id_)),
            }
            for id_, rows in by_name
        ],
        "more": max(len(records) - MOST_LISTED, 0),
    }


def card(scene: Scene, id_: str) -> dict[str, Any]:
    """A record as a result shows it: its name, and what tells it from others with its text."""
    record = scene.kb.advisories[id_]
    title = scene.inline(record.title)
    return {
        "title": scene.plain(record.title),
        **({"lang": title.lang} if title.lang else {}),
        "severity": record.severity.level,
        "severity_label": scene.words(f"severity.{record.severity.level}"),
        "kind": scene.words(f"kind.{record.kind}"),
        "products": list(record.products),
        "affected": scene.affected_versions(record),
        "when": _conditions(scene, record),
    }


def _conditions(scene: Scene, record: Advisory) -> list[str]:
    """What else must hold, in one line for each way to be hit."""
    colon = scene.words("sentence.colon")
    found: dict[str, None] = {}
    for entry in record.affected:
        named = [
            (scene.kb.trait_key(on.product, path) or path, values)
            for on in entry.on
            for path, values in on.when.items()
        ]
        parted = [
            f"{scene.trait(key)}{colon}{scene.any_value(key, values)}" for key, values in named
        ]
        found[scene.words("find.and").join(parted)] = None
    return [text for text in found if text]


def words(scene: Scene) -> dict[str, Any]:
    """Texts of the results, and the names of products."""
    every = scene.words.keys()
    keys = sorted(key for key in every if key.startswith(_WORDS))
    return {
        "words": {key.removeprefix(_WORDS): scene.words(key) for key in keys},
        "products": {id_: scene.product(id_) for id_ in scene.kb.products},
    }
