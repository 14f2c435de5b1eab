"""What the home page shows: a way in, the state of each product, the newest records.

Takes a scene and gives plain values.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.site.scene import Scene
from caveat.site.views import parts
from caveat.versions import Version

_NEWEST = 10
#: Products whose health a reader looks through; the list of products has all.
_PRODUCTS = 60
#: A product's card: releases, and records that bite in the newest of them.
_RELEASES, _WORST = 3, 3


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    return {
        "title": scene.words("site.name"),
        "description": scene.words("site.tagline"),
        "products": [product_health(scene, id_) for id_ in _by_trouble(scene)[:_PRODUCTS]],
        "products_url": scene.link(urls.PRODUCTS),
        "newest": [parts.card(scene, record) for record in scene.kb.published[:_NEWEST]],
        "find_url": scene.link(urls.FIND),
        "catalogue_url": scene.link(urls.ADVISORIES),
    }


def by_trouble(scene: Scene) -> list[dict[str, Any]]:
    """The health of all products, those with the most open problems first."""
    return [product_health(scene, id_) for id_ in _by_trouble(scene)]


def _by_trouble(scene: Scene) -> list[str]:
    def trouble(id_: str) -> tuple[int, str]:
        newest = scene.kb.catalogues[id_].newest
        return -len(scene.answers.may_bite(id_, newest)), scene.product(id_).casefold()

    return sorted(scene.kb.products, key=trouble)


def product_health(scene: Scene, id_: str) -> dict[str, Any]:
    """A product's newest releases and what may bite in the newest one, the worst first."""
    catalogue = scene.kb.catalogues[id_]
    released = [
        v for v in reversed(catalogue.versions) if not v.is_prerelease or v == catalogue.newest
    ]
    newest, *before = (_release(scene, id_, version) for version in released[:_RELEASES])
    biting = [record for record, _ in scene.answers.may_bite(id_, catalogue.newest)]
    biting.sort(key=lambda record: parts.SEVERITIES.index(record.severity.level))
    return {
        "id": id_,
        "name": scene.product(id_),
        "url": scene.link(urls.product(id_)),
        "newest": newest,
        "before": before,
        "count": parts.count(scene, len(scene.kb.by_product[id_])),
        "biting": len(biting),
        "worst": [parts.card(scene, record) for record in biting[:_WORST]],
        "more": max(len(biting) - _WORST, 0),
    }


def _release(scene: Scene, id_: str, version: Version) -> dict[str, Any]:
    """A release in a line: its day, and how many records are open in it."""
    release = scene.kb.catalogues[id_].release(version)
    return {
        "version": version.text,
        "url": scene.link(urls.release(id_, version.text)),
        "date": release.date if release else None,
        "open": len(scene.answers.may_bite(id_, version)),
    }
