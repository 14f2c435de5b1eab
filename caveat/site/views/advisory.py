"""What an advisory's page shows, from the first screen down to its history.

Takes a scene and the record's id and gives plain values.
"""

from __future__ import annotations

from typing import Any, get_args

from caveat import urls
from caveat.applicability import State
from caveat.applicability.remedies import best_first
from caveat.model import Advisory, Affected, Fix, Signature
from caveat.model.advisory import Omission
from caveat.rules.freshness import behind
from caveat.rules.translation import told
from caveat.site.scene import Prose, Scene
from caveat.site.views import caution, condition, kit, matrix, parts, workaround


def view(scene: Scene, id_: str) -> dict[str, Any]:
    """The values of the page."""
    record = scene.kb.advisories[id_]
    practices = [scene.kb.practices[p] for p in record.practices]
    return {
        "record": parts.card(scene, record),
        "title": scene.plain(record.title),
        "description": scene.plain(record.summary),
        "toc": _toc(scene, record),
        "severity_reason": scene.inline(record.severity.reason),
        "summary": scene.block(record.summary),
        "older": _older(scene, record),
        **_names(record),
        "ended": _ended(scene, record),
        "kit": None if record.withdrawn else kit.view(scene, record),
        "entries": [_entry(scene, entry) for entry in record.affected],
        "felt": parts.felt(record),
        "conditions": condition.view(scene, record),
        **_impact(scene, record),
        "symptoms": [scene.inline(symptom) for symptom in record.symptoms],
        "signatures": [_signature(signature) for signature in record.signatures],
        "cause": scene.block(record.cause),
        **_ways_out(scene, record),
        "omitted": _omitted(scene, record),
        "checklist": {"id": record.id, "groups": parts.checklist(scene, practices)},
        "timeline": _timeline(scene, record),
        "again": [parts.line(scene, other) for other in scene.kb.recurrences(record)],
        "related": [
            (relation, parts.card(scene, other)) for relation, other in scene.kb.related(record)
        ],
        "references": record.references,
        "unverified": [scene.inline(text) for text in record.unverified],
        "freshness": _freshness(scene, record),
        "grade": parts.grading(scene, record),
        "history": [(entry.date, scene.inline(entry.change)) for entry in record.history],
        **_machines(scene, record),
    }


def _names(record: Advisory) -> dict[str, Any]:
    """What upstream calls it, with where that leads, and all that readers may type instead."""
    return {
        "aliases": [(alias, urls.upstream(alias)) for alias in record.aliases],
        "search_names": [name for alias in record.aliases for name in _forms(alias)],
    }


def _impact(scene: Scene, record: Advisory) -> dict[str, Any]:
    """The matrix of each product, and the releases that are affected in some configuration: by
    these the word search finds the record, since the matrices name all others as well."""
    tables = [
        matrix.view(scene, record, scene.answers.matrix(record, product))
        for product in record.products
    ]
    rows = (row for table in tables for group in table["groups"] for row in group["rows"])
    struck = [
        row["version"]
        for row in rows
        if any(cell["state"] == State.AFFECTED for cell in row["cells"])
    ]
    return {"matrices": tables, "struck": list(dict.fromkeys(struck))}


def _machines(scene: Scene, record: Advisory) -> dict[str, Any]:
    """The record as tools read it: name of the format, link, media type. All but the Markdown lie
    once for both languages."""
    paths = {
        "JSON": urls.api_advisory(record.id),
        "OSV": urls.osv(record.id),
        "CSAF": urls.csaf(record.id, record.published),
    }
    found = [(name, scene.once(path), "application/json") for name, path in paths.items()]
    found.append(("Markdown", scene.link(urls.twin(record.id)), "text/markdown"))
    return {"machines": found, "exports_page": scene.link(urls.EXPORTS)}


def _older(scene: Scene, record: Advisory) -> dict[str, str] | None:
    """That some texts of the page are older than those of the other language."""
    count = sum(one.language == scene.language for one in told(scene.kb, record, "behind"))
    says = scene.words("advisory.behind-page", count=count)
    return {"says": says, "url": scene.twin} if count else None


def _ways_out(scene: Scene, record: Advisory) -> dict[str, Any]:
    """Workarounds and fixes, each with what to look at before going there."""
    warned = caution.view(scene, record)
    ways = [
        {**workaround.view(scene, record, one), "cautions": warned.get(one.id, [])}
        for one in best_first(record)
    ]
    fixes = [
        {**_fix(scene, fix), "cautions": warned.get(f"{fix.product} {fix.version}", [])}
        for fix in record.fixes
    ]
    return {"workarounds": ways, "fixes": fixes}


def _omitted(scene: Scene, record: Advisory) -> dict[str, Prose | None]:
    """Why the record has no such thing, for every thing that may be left out."""
    why = record.omitted
    return {what: scene.block(why[what]) if what in why else None for what in get_args(Omission)}


def _forms(alias: str) -> list[str]:
    """How people type an upstream name: `moby/moby#49499`, `moby#49499`, `49499`."""
    repository, mark, number = alias.partition("#")
    if not mark:
        return [alias, alias.partition(":")[2]] if ":" in alias else [alias]
    return [alias, f"{repository.rpartition('/')[2]}#{number}", number]


def _toc(scene: Scene, record: Advisory) -> list[tuple[str, str, int]]:
    toc = []
    for section in urls.SECTIONS:
        toc.append((section, scene.words(f"section.{section}"), 2))
        if section == "workarounds":
            best = best_first(record)
            toc += [(w.id, scene.plain(w.title), 3) for w in best]
    return toc


def _ended(scene: Scene, record: Advisory) -> dict[str, Any] | None:
    """Why nobody should go on from here, and where to read instead."""
    if scene.kb.standing(record) in ("published", "draft"):
        return None
    known = (scene.kb.advisories.get(id_) for id_ in scene.kb.successors(record))
    successors = [parts.card(scene, one) for one in known if one and one.status != "draft"]
    reason = scene.block(record.withdrawn.reason) if record.withdrawn else None
    return {"reason": reason, "successors": successors}


def _entry(scene: Scene, entry: Affected) -> dict[str, Any]:
    """One way to be affected, as the first screen tells it."""
    conditions = [
        (scene.trait(key), scene.any_value(key, values))
        for on in entry.on
        for path, values in on.when.items()
        if (key := scene.kb.trait_key(on.product, path)) is not None
    ]
    step, product = entry.upgrade, entry.on[0].product
    return {
        "versions": [
            (scene.product(on.product), [scene.range(r, on.product) for r in on.ranges])
            for on in entry.on
        ],
        "conditions": conditions,
        "effect": scene.block(entry.effect) if entry.effect else None,
        "evidence": entry.evidence.level,
        "upgrade": {
            "from_": scene.words.joined([scene.range(r, product) for r in step.from_]),
            "to": scene.words.joined([scene.range(r, product) for r in step.to]),
        }
        if step
        else None,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "pieces": parts.pieces(signature.pattern),
        "log": signature.log,
        "command": signature.command,
        "sample": signature.samples[0],
    }


def _fix(scene: Scene, fix: Fix) -> dict[str, Any]:
    version = scene.kb.catalogues[fix.product].parse(fix.version)
    release = scene.kb.catalogues[fix.product].release(version)
    return {
        "product": scene.product(fix.product),
        "version": fix.version,
        "url": scene.link(urls.release(fix.product, version.text)),
        "date": release.date if release else None,
        "notes": scene.kb.catalogues[fix.product].notes(version),
        "scope": fix.scope,
        "change": fix.change,
        "change_url": urls.upstream(fix.change) if fix.change else None,
        "note": scene.block(fix.note) if fix.note else None,
    }


def _timeline(scene: Scene, record: Advisory) -> list[dict[str, Any]]:
    references = {r.id: r for r in record.references}
    return [
        {
            "date": entry.date,
            "event": scene.inline(entry.event),
            "reference": references.get(entry.reference) if entry.reference else None,
        }
        for entry in record.timeline
    ]


def _freshness(scene: Scene, record: Advisory) -> dict[str, Any]:
    releases = [
        f"{scene.product(product)} {version}"
        for product, version in record.verification.releases.items()
    ]
    return {
        "verified": record.verification.last_verified,
        "review_by": record.verification.review_by,
        "releases": scene.words.joined(releases),
        "behind": [parts.lateness(scene, late) for late in behind(scene.kb, record)],
        "source": scene.kb.document(record).file,
    }
