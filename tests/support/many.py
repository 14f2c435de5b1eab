"""Takes a seeded source of chance; gives a knowledge base with as many records as are wanted.

Records are as varied as real ones: ranges with branches, up to four conditions, other products,
steps, partial fixes, something tested.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Product, Trait

VALUES = ("rootful", "rootless", "builtin", "slirp4netns", "implicit", "absent", "present")


def many(chance: random.Random, *, releases: int, records: int) -> KnowledgeBase:
    """A product `engine` that all records name, and a `proxy` that some name."""
    traits = [_trait(chance, f"trait-{n}") for n in range(24)]
    host = {f"host-{n}": Trait.model_validate(_trait(chance, f"host-{n}")) for n in range(12)}
    products = {
        "engine": _product(chance, "engine", releases, traits),
        "proxy": _product(chance, "proxy", 60, traits[:3]),
    }
    made = (_record(chance, number, products, host) for number in range(1, records + 1))
    return KnowledgeBase({one.id: one for one in made}, products, host, {}, {})


def _trait(chance: random.Random, id_: str) -> dict[str, Any]:
    values = chance.sample(VALUES, chance.choice((2, 2, 2, 3, 4)))
    default = [{"value": values[0]}] if chance.random() < 0.5 else []
    named = [{"id": value, "name": {"en": value}} for value in values]
    return {"id": id_, "name": {"en": id_}, "values": named, "default": default}


def _product(chance: random.Random, id_: str, count: int, traits: list[dict[str, Any]]) -> Product:
    day = date(2019, 1, 1)
    releases: list[dict[str, Any]] = []
    for version in _versions(chance, count):
        day += timedelta(days=chance.randint(1, 40))
        releases.append({"version": version, "date": day.isoformat()})
    majors = dict.fromkeys(one["version"].partition(".")[0] for one in releases)
    return Product.model_validate(
        {
            "id": id_,
            "name": id_,
            "homepage": "https://a.example/",
            "repository": "https://a.example/",
            "versioning": "semver",
            "releases": releases,
            "branches": [{"branch": major, "end_of_life": "2026-01-01"} for major in majors],
            "traits": traits,
        }
    )


def _versions(chance: random.Random, count: int) -> Iterator[str]:
    major, minor, patch = 20, 0, 0
    for _ in range(count):
        yield f"{major}.{minor}.{patch}"
        step = chance.random()
        major, minor, patch = (
            (major + 1, 0, 0)
            if step < 0.06
            else (major, minor + 1, 0)
            if step < 0.25
            else (major, minor, patch + 1)
        )


def _record(
    chance: random.Random, number: int, products: dict[str, Product], host: dict[str, Trait]
) -> Advisory:
    others = ["proxy"] if chance.random() < 0.15 else []
    entries = [
        _entry(chance, products, host, ["engine", *others])
        for _ in range(chance.choice((1, 1, 1, 2)))
    ]
    fix = chance.choice(products["engine"].releases).version
    return Advisory.model_validate(
        {
            "id": f"CAV-2025-{number:04}",
            "slug": f"record-{number}",
            "status": "published",
            "kind": "regression",
            "severity": {"level": chance.choice(("high", "medium")), "reason": {"en": "A"}},
            "title": {"en": "A"},
            "summary": {"en": "A"},
            "cause": {"en": "A"},
            "published": "2025-01-01",
            "modified": "2025-01-01",
            "affected": entries,
            "fixes": [
                {"product": "engine", "version": fix, "scope": chance.choice(("full", "partial"))}
            ],
            "references": [{"id": "a", "type": "report", "url": "https://a.example", "title": "A"}],
            "verification": {
                "last_verified": "2025-01-01",
                "review_by": "2025-02-01",
                "releases": {"engine": products["engine"].releases[-3].version},
            },
            "history": [{"date": "2025-01-01", "change": {"en": "A"}}],
        }
    )


def _entry(
    chance: random.Random,
    products: dict[str, Product],
    host: dict[str, Trait],
    names: list[str],
) -> dict[str, Any]:
    on = [
        {"product": name, "ranges": _ranges(chance, products[name]), "when": {}} for name in names
    ]
    named = {t.id: t for t in products["engine"].traits} | host
    for id_ in chance.sample(sorted(named), chance.choice((0, 1, 2, 2, 3, 4))):
        values = [value.id for value in named[id_].values]
        on[0]["when"][id_] = chance.sample(values, chance.choice((1, 1, 2)))
    reference = f"issue-{chance.randint(40000, 55000)}"
    entry = {
        "on": on,
        "evidence": {"level": chance.choice(("reported", "inferred")), "reference": reference},
    }
    if chance.random() < 0.1:
        entry["upgrade"] = {part: _ranges(chance, products["engine"]) for part in ("from", "to")}
    return entry


def _ranges(chance: random.Random, product: Product) -> list[dict[str, str]]:
    texts = [release.version for release in product.releases]
    first, last = sorted(chance.sample(range(len(texts)), 2))
    end = chance.choice(("fixed", "fixed", "last_affected", None))
    one = {"introduced": texts[first], **({end: texts[last]} if end else {})}
    if chance.random() < 0.8:
        return [one]
    branch = chance.choice(texts).rpartition(".")[0]
    inside = [text for text in texts if text.startswith(f"{branch}.")]
    return [one, {"introduced": inside[0], "branch": branch}]
