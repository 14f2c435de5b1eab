"""What a release's page shows: what bites here, what does not, and the releases beside it.

Takes a scene, a product's id and a version and gives plain values.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.applicability import Answer, State
from caveat.model import Advisory, Fix
from caveat.site.scene import Scene
from caveat.site.views import parts
from caveat.versions import Version


def view(scene: Scene, id_: str, text: str) -> dict[str, Any]:
    """The values of the page."""
    catalogue = scene.kb.catalogues[id_]
    version = catalogue.parse(text)
    release = catalogue.release(version)
    older, newer = catalogue.neighbours(version)
    biting = [_answer(scene, id_, version, *pair) for pair in scene.answers.may_bite(id_, version)]
    biting.sort(key=lambda one: parts.SEVERITIES.index(one["card"].severity))
    mended = scene.kept(("mended", id_), lambda: _mended(scene, id_)).get(version.text, [])
    name = scene.product(id_)
    return {
        "title": scene.words("release.title", product=name, version=version.text),
        "description": f"{name} {version.text} · " + scene.words("release.bites"),
        "product": name,
        "product_url": scene.link(urls.product(id_)),
        "plan": f"{scene.link(urls.PLAN)}?product={id_}&from={version.text}",
        "version": version.text,
        "date": release.date if release else None,
        "end_of_life": catalogue.end_of_life(version),
        "notes": catalogue.notes(version),
        "older": _neighbour(scene, id_, older),
        "newer": _neighbour(scene, id_, newer),
        "affected": [a for a in biting if a["state"] is State.AFFECTED],
        "unknown": [a for a in biting if a["state"] is State.UNKNOWN],
        "mended": mended,
    }


def _neighbour(scene: Scene, id_: str, version: Version | None) -> tuple[str, str] | None:
    if version is None:
        return None
    return version.text, scene.link(urls.release(id_, version.text))


def _mended(scene: Scene, id_: str) -> dict[str, list[parts.Line]]:
    """By version, the records that it mends."""
    found: dict[str, list[parts.Line]] = {}
    for record in scene.kb.by_product[id_]:
        for version in {fix.version for fix in record.fixes if fix.product == id_}:
            found.setdefault(version, []).append(parts.line(scene, record))
    return found


def _answer(
    scene: Scene, id_: str, version: Version, record: Advisory, answer: Answer
) -> dict[str, Any]:
    """What a record does to a release. Releases of one range share it, and with it its HTML."""
    catalogue = scene.kb.catalogues[id_]
    ahead = tuple(
        number
        for number, fix in enumerate(record.fixes)
        if fix.product != id_ or version < catalogue.parse(fix.version)
    )
    free = scene.answers.next_free(record, id_, version)

    def make() -> dict[str, Any]:
        fixes = [record.fixes[number] for number in ahead]
        return {
            "card": parts.line(scene, record),
            "state": answer.state,
            "reason": scene.reason(answer),
            "fixes": [
                (_fixed(scene, id_, fix), scene.link(urls.release(fix.product, fix.version)))
                for fix in fixes
            ],
            "next": _next(scene, id_, free),
        }

    # The engine gives one answer object to all releases of a range, and keeps it.
    return scene.kept(("bites", id_, record.id, id(answer), ahead, free and free.text), make)


def _fixed(scene: Scene, id_: str, fix: Fix) -> str:
    """A fix in words; in another product it says in which."""
    if fix.product != id_:
        key = "advisory.fix-in" if fix.scope == "full" else "advisory.fix-partly"
        return scene.words(key, product=scene.product(fix.product), version=fix.version)
    key = "release.fixed-in" if fix.scope == "full" else "release.partly-in"
    return scene.words(key, version=fix.version)


def _next(scene: Scene, id_: str, free: Version | None) -> dict[str, str]:
    """Where to go from here to be rid of a record: the first later release that it leaves alone."""
    if free is None:
        return {"words": scene.words("release.no-way"), "url": ""}
    words = scene.words("release.go-to", version=free.text)
    return {"words": words, "url": scene.link(urls.release(id_, free.text))}
