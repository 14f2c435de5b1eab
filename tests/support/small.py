"""Takes a handful of releases and of entries; gives a knowledge base that fits on a napkin.

Each record is one list of `affected` entries, in the form of a record's file.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Product, Trait

Entry = Mapping[str, Any]


def small(
    releases: Mapping[str, Sequence[str]],
    records: Mapping[str, Sequence[Entry]],
    *,
    ended: Mapping[str, str] | None = None,
    verified: Mapping[str, str] | None = None,
) -> KnowledgeBase:
    """Products with releases; records by slug. `ended` gives days by version prefix of the first
    product, `verified` the newest release that each record was held against. The host has a trait
    `kernel` with the values `old`, its default, and `new`; each product has a trait `api`, which is
    `low` by default before 2.0.0 and `high` from there on."""
    first = next(iter(releases))
    products = {
        id_: _product(id_, versions, ended if id_ == first else None)
        for id_, versions in releases.items()
    }
    made = [
        _record(number, slug, entries, verified or {})
        for number, (slug, entries) in enumerate(records.items(), 1)
    ]
    kernel = Trait.model_validate(
        {
            "id": "kernel",
            "name": {"en": "Kernel"},
            "values": [{"id": id_, "name": {"en": id_}} for id_ in ("old", "new")],
            "default": [{"value": "old"}],
        }
    )
    return KnowledgeBase({one.id: one for one in made}, products, {"kernel": kernel}, {}, {})


def on(introduced: str, fixed: str | None = None, **more: Any) -> dict[str, Any]:
    """A part of an entry: versions of `engine`, or of the product that `more` names."""
    ends = {"fixed": fixed} if fixed else {}
    return {"product": "engine", "ranges": [{"introduced": introduced, **ends}], **more}


def entry(*parts: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A way to be affected."""
    return {"on": list(parts), "evidence": {"level": "reported"}, **more}


def _product(id_: str, versions: Sequence[str], ended: Mapping[str, str] | None) -> Product:
    branches = [{"branch": b, "end_of_life": day} for b, day in (ended or {}).items()]
    return Product.model_validate(
        {
            "id": id_,
            "name": id_,
            "homepage": "https://a.example/",
            "repository": "https://a.example/",
            "versioning": "semver",
            "releases": [{"version": version} for version in versions],
            "branches": branches,
            "traits": [_api()],
        }
    )


def _api() -> dict[str, Any]:
    ranges = {
        "low": {"introduced": "0", "fixed": "2.0.0", "reference": "a"},
        "high": {"introduced": "2.0.0"},
    }
    return {
        "id": "api",
        "name": {"en": "API"},
        "values": [{"id": id_, "name": {"en": id_}} for id_ in ("low", "high", "none")],
        "default": [{"value": value, "ranges": [one]} for value, one in ranges.items()],
    }


def _record(
    number: int, slug: str, entries: Sequence[Entry], verified: Mapping[str, str]
) -> Advisory:
    return Advisory.model_validate(
        {
            "id": f"CAV-2025-{number:04}",
            "slug": slug,
            "status": "published",
            "kind": "regression",
            "severity": {"level": "high", "reason": {"en": "A"}},
            "title": {"en": "A"},
            "summary": {"en": "A"},
            "cause": {"en": "A"},
            "published": "2025-01-01",
            "modified": "2025-01-01",
            "affected": list(entries),
            "references": [{"id": "a", "type": "report", "url": "https://a.example", "title": "A"}],
            "verification": {
                "last_verified": "2025-01-01",
                "review_by": "2025-02-01",
                "releases": dict(verified),
            },
            "history": [{"date": "2025-01-01", "change": {"en": "A"}}],
        }
    )
