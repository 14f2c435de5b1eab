"""Takes a seeded source of chance; gives small worlds: catalogues, a record, hosts, in two forms.

The engine gets the model's form, the oracle plain numbers.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from caveat.applicability import Facts
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Product, Trait
from caveat.versions import Version
from tests.unit.oracle import Number, Plain, PlainEntry, PlainFix, PlainOn, PlainRange

PRODUCTS = {"engine": ("semver", 3), "proxy": ("dotted", 2), "shim": ("semver", 3)}
VALUES = ("a", "b", "c")
TRAITS = {"engine": ("engine.mode", "kernel"), "proxy": ("kernel",), "shim": ("shim.mode",)}


@dataclass(frozen=True)
class World:
    """A knowledge base with one record, and the same as the oracle sees it."""

    kb: KnowledgeBase
    record: Advisory
    plain: Plain


def text(number: Number) -> str:
    """A version as upstream writes it."""
    return ".".join(map(str, number))


def every_number(product: str) -> list[Number]:
    """All versions that a host may report, catalogued or not."""
    if PRODUCTS[product][1] == 2:
        return [(a, b) for a in (1, 2, 10) for b in (1, 2, 9, 10)]
    return [(a, b, c) for a in (1, 2, 10) for b in (0, 1, 2) for c in (0, 1)]


def world(chance: random.Random) -> World:
    """A record over one to three products, with everything that a range or a condition can be."""
    names = chance.sample(list(PRODUCTS), chance.choice((1, 1, 2, 2, 3)))
    catalogues = {
        name: frozenset(chance.sample(every_number(name), len(every_number(name)) * 3 // 4))
        for name in PRODUCTS
    }
    entries = [_entry(chance, names, catalogues) for _ in range(chance.choice((1, 1, 2, 3)))]
    used = {on.product for entry in entries for on in entry.on}
    tested = [
        replace(_entry(chance, sorted(used), catalogues), step=None)
        for _ in range(chance.choice((0, 0, 1, 2)))
    ]
    verified = {
        name: chance.choice(sorted(catalogues[name])) for name in used if chance.random() < 0.7
    }
    fixes = _fixes(chance, entries, catalogues)
    return _as_model(Plain(catalogues, tuple(entries), tuple(tested), verified, fixes))


def _fixes(
    chance: random.Random, entries: list[PlainEntry], catalogues: dict[str, frozenset[Number]]
) -> tuple[PlainFix, ...]:
    """Fixes at the ends of ranges, as records have them, and some elsewhere."""
    ends = [(on.product, r.fixed) for e in entries for on in e.on for r in on.ranges if r.fixed]
    ends += [(name, chance.choice(sorted(listed))) for name, listed in catalogues.items()]
    some = chance.sample(ends, chance.randint(0, len(ends)))
    return tuple(PlainFix(name, at, chance.random() < 0.5) for name, at in some)


def _entry(
    chance: random.Random, names: list[str], catalogues: dict[str, frozenset[Number]]
) -> PlainEntry:
    products = chance.sample(names, chance.randint(1, len(names)))
    on = tuple(
        PlainOn(name, _ranges(chance, sorted(catalogues[name])), _when(chance, name))
        for name in products
    )
    step = None
    if chance.random() < 0.2:
        listed = sorted(catalogues[products[0]])
        step = (_ranges(chance, listed), _ranges(chance, listed))
    return PlainEntry(on, step)


def _when(chance: random.Random, product: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (trait, frozenset(chance.sample(VALUES, chance.randint(1, 2))))
        for trait in TRAITS[product]
        if chance.random() < 0.4
    )


def _ranges(chance: random.Random, listed: list[Number]) -> tuple[PlainRange, ...]:
    return tuple(_range(chance, listed) for _ in range(chance.choice((1, 1, 1, 2, 3))))


def _range(chance: random.Random, listed: list[Number]) -> PlainRange:
    branch = None
    if chance.random() < 0.3:
        number = chance.choice(listed)
        branch = number[: chance.randint(1, len(number))]
    low, high = sorted((chance.choice(listed), chance.choice(listed)))
    start = None if chance.random() < 0.2 else low
    end = chance.choice(("fixed", "last", "open"))
    return PlainRange(
        start, high if end == "fixed" else None, high if end == "last" else None, branch
    )


def hosts(chance: random.Random, made: World, count: int) -> Iterator[Plain]:
    """Hosts to ask about: any version of a product of the record, facts known or not."""
    used = list(made.record.products)
    for _ in range(count):
        product = chance.choice(used)
        versions = {
            name: chance.choice(every_number(name))
            for name in PRODUCTS
            if name == product or chance.random() < 0.5
        }
        traits = {
            trait: frozenset(chance.sample(VALUES, chance.choice((1, 1, 1, 2))))
            for trait in ("engine.mode", "shim.mode", "kernel")
            if chance.random() < 0.6
        }
        leaves = chance.choice(every_number(product)) if chance.random() < 0.4 else None
        yield replace(made.plain, product=product, versions=versions, traits=traits, leaves=leaves)


def version(made: World, product: str, number: Number) -> Version:
    """A number as the engine takes it."""
    return made.kb.catalogues[product].parse(text(number))


def facts(made: World, host: Plain) -> Facts:
    """What is known of a host, as the engine takes it, without the asked version itself."""
    return Facts(
        {n: version(made, n, v) for n, v in host.versions.items() if n != host.product},
        host.traits,
    )


def _as_model(plain: Plain) -> World:
    products = {
        name: Product.model_validate(
            {
                "id": name,
                "name": name,
                "homepage": "https://a.example/",
                "repository": "https://a.example/",
                "versioning": scheme,
                "releases": [{"version": text(v)} for v in plain.catalogues[name]],
                "traits": [_trait("mode")] if f"{name}.mode" in TRAITS[name] else [],
            }
        )
        for name, (scheme, _) in PRODUCTS.items()
    }
    record = Advisory.model_validate(
        {
            "id": "CAV-2025-0001",
            "slug": "a",
            "status": "published",
            "kind": "regression",
            "severity": {"level": "low", "reason": {"en": "A"}},
            "title": {"en": "A"},
            "summary": {"en": "A"},
            "cause": {"en": "A"},
            "published": "2025-01-01",
            "modified": "2025-01-01",
            "affected": [_entry_data(entry) for entry in plain.affected],
            "unaffected": [_entry_data(entry) for entry in plain.unaffected],
            "fixes": [
                {
                    "product": fix.product,
                    "version": text(fix.version),
                    "scope": "full" if fix.full else "partial",
                }
                for fix in plain.fixes
            ],
            "references": [{"id": "a", "type": "report", "url": "https://a.example", "title": "A"}],
            "verification": {
                "last_verified": "2025-01-01",
                "review_by": "2025-02-01",
                "releases": {name: text(v) for name, v in plain.verified.items()},
            },
            "history": [{"date": "2025-01-01", "change": {"en": "A"}}],
        }
    )
    traits = {"kernel": Trait.model_validate(_trait("kernel"))}
    return World(KnowledgeBase({record.id: record}, products, traits, {}, {}), record, plain)


def _trait(id_: str) -> dict[str, object]:
    return {
        "id": id_,
        "name": {"en": id_},
        "values": [{"id": value, "name": {"en": value}} for value in VALUES],
    }


def _entry_data(entry: PlainEntry) -> dict[str, object]:
    on = [
        {
            "product": part.product,
            "ranges": [_range_data(r) for r in part.ranges],
            "when": {trait: sorted(values) for trait, values in part.when},
        }
        for part in entry.on
    ]
    data: dict[str, object] = {"on": on, "evidence": {"level": "reported"}}
    if entry.step is not None:
        leaves, reaches = ([_range_data(r) for r in ranges] for ranges in entry.step)
        data["upgrade"] = {"from": leaves, "to": reaches}
    return data


def _range_data(one: PlainRange) -> dict[str, str]:
    parts = {"fixed": one.fixed, "last_affected": one.last, "branch": one.branch}
    start = "0" if one.introduced is None else text(one.introduced)
    return {"introduced": start, **{k: text(v) for k, v in parts.items() if v is not None}}
