"""What the home page shows: a way in, the state of each product, the newest records.

Takes a scene and gives plain values.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.site.scene import Scene
from caveat.site.views import parts

_NEWEST = 10


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    return {
        "title": scene.words("site.name"),
        "description": scene.words("site.tagline"),
        "products": by_trouble(scene),
        "newest": [parts.card(scene, record) for record in scene.kb.published[:_NEWEST]],
        "catalogue_url": scene.link(urls.ADVISORIES),
    }


def by_trouble(scene: Scene) -> list[dict[str, Any]]:
    """All products, those with the most open problems first."""
    products = [product_health(scene, id_) for id_ in scene.kb.products]
    return sorted(products, key=lambda p: (-len(p["biting"]), p["name"].casefold()))


def product_health(scene: Scene, id_: str) -> dict[str, Any]:
    """A product's newest release and what may bite in it."""
    catalogue = scene.kb.catalogues[id_]
    records = scene.kb.by_product[id_]
    newest = catalogue.newest
    release = catalogue.release(newest)
    biting = [record for record, _ in scene.answers.may_bite(id_, newest)]
    return {
        "id": id_,
        "name": scene.product(id_),
        "url": scene.link(urls.product(id_)),
        "newest": newest.text,
        "newest_url": scene.link(urls.release(id_, newest.text)),
        "newest_date": release.date if release else None,
        "count": parts.count(scene, len(records)),
        "biting": [parts.card(scene, record) for record in biting],
    }
