"""What a product's page and the list of products show.

Takes a scene and a product's id and gives plain values.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from caveat import urls
from caveat.applicability.matrix import WORTH_FOLDING
from caveat.model import Advisory
from caveat.site.scene import Scene
from caveat.site.views import history, parts
from caveat.site.views.home import by_trouble, product_health
from caveat.versions import Version

#: Releases that are shown one by one whatever they say.
_NEWEST = 4
#: Branches whose end of life stands at the head of the page, the last to end first.
_BRANCHES = 4


def index(scene: Scene) -> dict[str, Any]:
    """The values of the list of products."""
    return {
        "title": scene.words("nav.products"),
        "description": scene.words("product.index-intro"),
        "products": by_trouble(scene),
    }


def view(scene: Scene, id_: str) -> dict[str, Any]:
    """The values of a product's page."""
    product = scene.kb.products[id_]
    records = [r for r in scene.kb.by_product[id_] if r.status != "withdrawn"]
    picture = history.view(scene, id_, records)
    records.reverse()  # A phone shows the first column of a table: let it be the newest record.
    return {
        "title": product.name,
        "description": scene.words("product.index-intro"),
        "toc": [
            ("matrix", scene.words("product.matrix"), 2),
            *([("timeline", scene.words("history.heading"), 2)] if picture else []),
            ("advisories", scene.words("product.advisories"), 2),
            ("packages", scene.words("product.packages"), 2),
        ],
        "product": product,
        "version_command": shlex.join(product.version_command),
        "health": product_health(scene, id_),
        "support": _support(scene, id_),
        "records": [parts.card(scene, record) for record in records],
        "picture": picture,
        "groups": list(_groups(scene, id_, records)),
    }


def _support(scene: Scene, id_: str) -> list[tuple[str, str]]:
    """The branches whose support ends or ended last, and on which day, where known."""
    versions = scene.kb.catalogues[id_].versions
    found = [
        (one.branch, one.end_of_life)
        for one in scene.kb.products[id_].branches
        if one.end_of_life and any(version.in_branch(one.branch) for version in versions)
    ]
    return sorted(found, key=itemgetter(1), reverse=True)[:_BRANCHES]


def _groups(scene: Scene, id_: str, records: list[Advisory]) -> Iterator[dict[str, Any]]:
    """Releases, newest first; long runs in which every record says the same are folded."""
    versions = tuple(reversed(scene.kb.catalogues[id_].versions))
    rows = [_row(scene, id_, version, records) for version in versions]
    for may_fold, part in ((False, rows[:_NEWEST]), (True, rows[_NEWEST:])):
        for states, run in groupby(part, key=itemgetter("states")):
            members = list(run)
            yield {
                "folded": may_fold and len(members) >= WORTH_FOLDING,
                "states": [(state, scene.words(f"state.{state}")) for state in states],
                "first": members[-1]["version"],
                "last": members[0]["version"],
                "rows": members,
                "count": len(members),
            }


def _row(scene: Scene, id_: str, version: Version, records: list[Advisory]) -> dict[str, Any]:
    catalogue = scene.kb.catalogues[id_]
    release = catalogue.release(version)
    return {
        "version": version.text,
        "url": scene.link(urls.release(id_, version.text)),
        "date": release.date if release else None,
        "end_of_life": catalogue.end_of_life(version),
        "states": [str(scene.answers.default(record, id_, version).state) for record in records],
    }
