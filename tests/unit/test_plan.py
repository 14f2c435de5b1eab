"""Takes steps through small worlds, random ones and the house's records; shows what plans say."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import product as every
from typing import Any

import pytest

from caveat.applicability import Facts, Item, Plan, State, judge, plan
from caveat.applicability.outcome import KINDS, Kind
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version
from tests.support.many import many
from tests.support.small import entry, on, small
from tests.unit.worlds import TRAITS, VALUES, World, world

RELEASES = ("1.0.0", "1.1.0", "2.0.0", "2.0.1", "3.0.0")
SEEDS = (1, 2)


def planned(kb: KnowledgeBase, from_: str, to: str, **facts: str) -> Plan:
    """A plan of `engine`; facts are traits, or `with_proxy` for a version of a product."""
    known = Facts()
    for key, value in facts.items():
        product = key.removeprefix("with_")
        if product == key:
            known = known.having(key, value)
        else:
            known = known.at(product, kb.catalogues[product].parse(value))
    parse = kb.catalogues["engine"].parse
    return plan(kb, "engine", parse(from_), parse(to), known)


def said(made: Plan) -> dict[str, str]:
    """The kind of each record by its slug; for what is unknown, what it may be."""
    return {
        item.record.slug: " ".join(item.may) if item.kind == "unknown" else item.kind
        for item in made.items
    }


def test_a_step_enters_carries_and_leaves() -> None:
    """What is affected at the target only is entered, at both carried, at the start only left; a
    step back has it the other way round."""
    records = {
        "new": [entry(on("2.0.0"))],
        "both": [entry(on("0"))],
        "old": [entry(on("1.0.0", "2.0.0"))],
        "later": [entry(on("3.0.0"))],
    }
    kb = small({"engine": RELEASES}, records)
    assert said(planned(kb, "1.1.0", "2.0.1")) == {
        "new": "entered",
        "both": "carried",
        "old": "left",
    }
    assert said(planned(kb, "2.0.1", "1.1.0")) == {
        "old": "entered",
        "both": "carried",
        "new": "left",
    }
    assert said(planned(kb, "2.0.0", "2.0.1")) == {"new": "carried", "both": "carried"}


def test_what_strikes_only_on_the_step_is_told_apart() -> None:
    """A record of a step is neither entered nor carried, and says nothing about other steps."""
    step = {
        "from": [{"introduced": "0", "fixed": "2.0.0"}],
        "to": [{"introduced": "2.0.0", "fixed": "3.0.0"}],
    }
    kb = small({"engine": RELEASES}, {"migration": [entry(on("0"), upgrade=step)]})
    made = planned(kb, "1.0.0", "2.0.1")
    assert said(made) == {"migration": "step"}
    assert made.bites
    assert made.items[0].answer.state is State.AFFECTED
    assert said(planned(kb, "1.0.0", "3.0.0")) == {}
    assert said(planned(kb, "2.0.0", "2.0.1")) == {}
    assert said(planned(kb, "2.0.1", "1.0.0")) == {}


def test_a_step_that_may_strike_says_so() -> None:
    """On a step, what hangs on a missing fact is unknown and may strike on the step."""
    step = {"from": [{"introduced": "0", "fixed": "2.0.0"}], "to": [{"introduced": "2.0.0"}]}
    part = on("0", when={"kernel": ["old"]})
    kb = small({"engine": RELEASES}, {"migration": [entry(part, upgrade=step)]})
    made = planned(kb, "1.0.0", "2.0.1")
    assert said(made) == {"migration": "step"}
    assert made.items[0].missing == ("kernel",)
    assert (made.bites, made.may_bite) == (False, True)
    assert said(planned(kb, "1.0.0", "2.0.1", kernel="new")) == {}


def test_unknown_says_what_it_may_be_and_what_decides() -> None:
    """A missing fact is the same at both ends: what hangs on it alone may be carried, never
    entered; where a range begins on the way, it may be entered."""
    records = {
        "begins": [entry(on("2.0.0", when={"kernel": ["old"]}))],
        "stays": [entry(on("0", when={"kernel": ["old"]}))],
        "ends": [entry(on("1.0.0", "2.0.0", when={"kernel": ["old"]}))],
    }
    made = planned(small({"engine": RELEASES}, records), "1.1.0", "2.0.1")
    assert said(made) == {"begins": "entered", "stays": "carried", "ends": "left"}
    assert {item.kind for item in made.items} == {"unknown"}
    assert made.missing == ("kernel",)
    assert (made.bites, made.may_bite) == (False, True)


def test_a_fact_that_would_change_nothing_is_not_missing() -> None:
    """Where every value of a missing trait comes to the same, the kind is known."""
    either = [
        entry(on("2.0.0", when={"kernel": ["old"]})),
        entry(on("2.0.0", when={"kernel": ["new"]})),
    ]
    made = planned(small({"engine": RELEASES}, {"either": either}), "1.1.0", "2.0.1")
    assert said(made) == {"either": "entered"}
    assert made.bites
    assert made.missing == ()


def test_other_products_beside_it_count() -> None:
    """A record that needs two products is entered beside an affected version, not beside a fixed
    one, and unknown while the other's version is."""
    both = entry(on("2.0.0"), on("0", "3.6.1", product="proxy"))
    kb = small({"engine": RELEASES, "proxy": ("3.5.0", "3.6.1")}, {"api": [both]})
    assert said(planned(kb, "1.1.0", "2.0.0", with_proxy="3.5.0")) == {"api": "entered"}
    assert said(planned(kb, "1.1.0", "2.0.0", with_proxy="3.6.1")) == {}
    made = planned(kb, "1.1.0", "2.0.0")
    assert made.items[0].missing == ("product:proxy",)
    assert said(made) == {"api": "entered"}
    assert not made.bites


def test_another_product_may_not_be_there() -> None:
    """A record that strikes beside every version of another product does not strike where nobody
    runs it: while that is not known, nothing is entered for sure."""
    both = entry(on("2.0.0"), on("0", product="proxy"))
    kb = small({"engine": RELEASES, "proxy": ("3.5.0", "3.6.1")}, {"api": [both]})
    made = planned(kb, "1.1.0", "2.0.0")
    assert (made.items[0].kind, said(made)) == ("unknown", {"api": "entered"})
    alone = entry(on("2.0.0"))
    kb = small({"engine": RELEASES, "proxy": ("3.5.0",)}, {"api": [both, alone]})
    assert planned(kb, "1.1.0", "2.0.0").items[0].kind == "entered"


def test_nobody_looked_at_it_may_be_either() -> None:
    """A release newer than the last verified one may have kept an open problem or lost it; no fact
    decides that."""
    kb = small({"engine": RELEASES}, {"open": [entry(on("1.1.0"))]}, verified={"engine": "2.0.0"})
    made = planned(kb, "2.0.0", "3.0.0")
    assert said(made) == {"open": "carried left"}
    assert made.missing == ()
    assert made.items[0].answer.reason.code == "not-verified-yet"
    assert said(planned(kb, "1.0.0", "3.0.0")) == {"open": "entered"}
    assert planned(kb, "1.0.0", "3.0.0").items[0].kind == "unknown"


def test_a_version_nobody_catalogued_is_never_clean() -> None:
    """A target that parses and is not listed leaves every record of the product open."""
    kb = small({"engine": RELEASES}, {"old": [entry(on("1.0.0", "2.0.0"))]})
    made = planned(kb, "1.0.0", "2.5.0")
    assert said(made) == {"old": "carried left"}
    assert made.items[0].answer.reason.code == "uncatalogued"


def test_defaults_are_those_of_each_end() -> None:
    """With defaults asked for, a trait that is not known has its default, and answers say so."""
    kb = small({"engine": RELEASES}, {"a": [entry(on("2.0.0", when={"kernel": ["old"]}))]})
    parse = kb.catalogues["engine"].parse
    made = plan(kb, "engine", parse("1.0.0"), parse("2.0.0"), Facts(), defaults=True)
    assert said(made) == {"a": "entered"}
    assert made.items[0].answer.assumed == ("kernel",)


def told(kb: KnowledgeBase, api: str | None, **more: Any) -> dict[str, str]:
    """The step from 1.1.0 to 2.0.0 for a host whose `api` was found before it."""
    facts = Facts().having("engine.api", api) if api else Facts()
    parse = kb.catalogues["engine"].parse
    return said(plan(kb, "engine", parse("1.1.0"), parse("2.0.0"), facts, **more))


def test_a_default_that_moves_takes_the_host_along() -> None:
    """Who has what is the default at the start gets the new default or keeps the old value: a
    record about either is met, and says that it rests on a default. What nobody has by default, or
    what was set by hand, stays."""
    records = {
        "about-new": [entry(on("0", when={"api": ["high"]}))],
        "about-old": [entry(on("0", when={"api": ["low"]}))],
    }
    kb = small({"engine": RELEASES}, records)
    assert told(kb, "low") == {"about-new": "entered", "about-old": "carried"}
    assert told(kb, "low", kept=frozenset({"engine.api"})) == {"about-old": "carried"}
    assert told(kb, "high") == {"about-new": "carried"}
    assert told(kb, "none") == {}
    assert told(kb, None, defaults=True) == {"about-new": "entered", "about-old": "left"}
    assert told(kb, None) == {"about-new": "entered carried", "about-old": "carried"}
    parse = kb.catalogues["engine"].parse
    low = Facts().having("engine.api", "low")
    made = plan(kb, "engine", parse("1.1.0"), parse("2.0.0"), low)
    assert {item.answer.assumed for item in made.items} == {("engine.api",)}


def test_the_most_severe_come_first(kb: KnowledgeBase) -> None:
    """Of what is unknown, what may bite comes first; among those, a high record before a medium."""
    parse = kb.catalogues["docker-engine"].parse
    made = plan(kb, "docker-engine", parse("27.5.1"), parse("28.0.0"), Facts())
    order = ("critical", "high", "medium", "low")
    ranks = [
        (not item.may_bite, order.index(item.record.severity.level)) for item in made.of("unknown")
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 2


def test_rootless_with_slirp4netns_is_warned(kb: KnowledgeBase) -> None:
    """27.5.1 to 28.0.0 enters the port driver's regression, for these facts and no others."""
    engine = "docker-engine"
    parse = kb.catalogues[engine].parse
    rootless = Facts().having("docker-engine.mode", "rootless")
    driver = "docker-engine.port-driver"
    slug = "docker-28-0-0-rootless-slirp4netns-port-driver"

    def of(facts: Facts) -> dict[str, str]:
        return {
            item.record.slug: item.kind
            for item in plan(kb, engine, parse("27.5.1"), parse("28.0.0"), facts).items
        }

    assert of(rootless.having(driver, "slirp4netns"))[slug] == "entered"
    assert slug not in of(rootless.having(driver, "builtin"))
    assert of(rootless)[slug] == "unknown"


def test_traefik_beside_it_is_listed(kb: KnowledgeBase) -> None:
    """28.5.2 to 29.0.0 beside Traefik 3.5.0 with the Docker provider enters the API record."""
    parse = kb.catalogues["docker-engine"].parse
    proxy = kb.catalogues["traefik"].parse("3.5.0")
    facts = Facts().at("traefik", proxy)

    def kinds(known: Facts) -> dict[str, str]:
        made = plan(kb, "docker-engine", parse("28.5.2"), parse("29.0.0"), known)
        return {item.record.slug: item.kind for item in made.items}

    slug = "traefik-docker-29-provider-api-1-24"
    assert kinds(facts)[slug] == "unknown"
    sure = facts.having("traefik.provider", "docker").having("docker-engine.min-api", "1.24")
    assert kinds(sure)[slug] == "entered", "1.24 is what 28.5.2 has by default; 29.0.0 has 1.44"


def brute(
    kb: KnowledgeBase, record: Advisory, product: str, ends: tuple[Version, Version], known: Facts
) -> set[Kind | None]:
    """Everything that may come of a step: all values of all missing facts, asked one by one."""
    start, target = ends
    answers = [
        judge(kb, record, product, start, known),
        judge(kb, record, product, target, known),
        judge(kb, record, product, target, known, step_from=start),
    ]
    missing = dict.fromkeys(name for answer in answers for name in answer.missing)
    own = [one for one in record.affected if one.on[0].product == product]
    steps = any(one.upgrade for one in own)
    found: set[Kind | None] = set()
    for facts, absent in _every(kb, list(missing), known):
        before, after, moving = (
            State.NOT_AFFECTED if absent and state is State.UNKNOWN else state
            for state in (
                judge(kb, record, product, start, facts).state,
                judge(kb, record, product, target, facts).state,
                judge(kb, record, product, target, facts, step_from=start).state,
            )
        )
        for b, a, m in every(_either(before), _either(after), _either(moving)):
            # A record without a step says the same whether one is taken or not.
            if a is not m and after is moving and not steps:
                continue
            if a:
                found.add("carried" if b else "entered")
            elif m:
                found.add("step")
            else:
                found.add("left" if b else None)
    return found


def _every(
    kb: KnowledgeBase, missing: list[str], known: Facts, *, absent: bool = False
) -> Iterator[tuple[Facts, bool]]:
    """Every host with the missing facts known, and whether a product is not there."""
    if not missing:
        yield known, absent
        return
    name, rest = missing[0], missing[1:]
    if name.startswith("product:"):
        yield from _every(kb, rest, known, absent=True)
        product = name.removeprefix("product:")
        for version in kb.catalogues[product].versions:
            yield from _every(kb, rest, known.at(product, version), absent=absent)
    else:
        for value in kb.traits[name].values:
            yield from _every(kb, rest, known.having(name, value.id), absent=absent)


def _either(state: State) -> tuple[bool, ...]:
    return (True, False) if state is State.UNKNOWN else (state is State.AFFECTED,)


def _agrees(item: Item | None, may: set[Kind | None]) -> bool:
    if may == {None} or item is None:
        return item is None and may == {None}
    if item.kind == "unknown":
        return set(item.may) == may - {None} and len(may) > 1
    return may == {item.kind} or (item.kind == "step" and may == {"entered", "step"})


def _cases(chance: random.Random) -> Iterator[tuple[World, str, tuple[Version, Version], Facts]]:
    """Hosts in small random worlds, with some facts known."""
    for _ in range(120):
        made = world(chance)
        product = chance.choice(made.record.products)
        listed = made.kb.catalogues
        for _ in range(4):
            known = Facts()
            for other in made.record.products:
                if other != product and chance.random() < 0.5:
                    known = known.at(other, chance.choice(listed[other].versions))
            for trait in dict.fromkeys(t for names in TRAITS.values() for t in names):
                if chance.random() < 0.4:
                    values = chance.sample(VALUES, chance.choice((1, 1, 2)))
                    known = known.having(trait, *values)
            versions = listed[product].versions
            yield made, product, (chance.choice(versions), chance.choice(versions)), known


@pytest.mark.parametrize("seed", SEEDS)
def test_plan_is_the_engine_asked_for_everything(seed: int) -> None:
    """For steps both ways in random worlds, a plan says what judging every possible host says."""
    seen: Counter[str] = Counter()
    for made, product, (start, target), known in _cases(random.Random(seed)):
        items = plan(made.kb, product, start, target, known).items
        may = brute(made.kb, made.record, product, (start, target), known)
        assert _agrees(items[0] if items else None, may), (made.record, start, target, known, may)
        seen[items[0].kind if items else "nothing"] += 1
    assert min(seen[kind] for kind in KINDS) >= 3, seen


@pytest.mark.parametrize("seed", SEEDS)
def test_learning_a_fact_never_contradicts_a_plan(seed: int) -> None:
    """Whatever a missing fact turns out to be, the plan had it among the possibilities."""
    chance = random.Random(seed)
    for made, product, (start, target), known in _cases(chance):
        items = plan(made.kb, product, start, target, known).items
        missing = list(items[0].missing) if items else []
        for facts, absent in list(_every(made.kb, missing, known))[:40] if missing else ():
            if absent:
                continue  # nobody can tell a plan that
            later = plan(made.kb, product, start, target, facts).items
            came: set[str] = set()
            if later:
                came = set(later[0].may) if later[0].kind == "unknown" else {later[0].kind}
            assert came <= set(items[0].may), (made.record, start, target, known, facts)


def test_a_crowd_of_records_is_each_record_alone() -> None:
    """A plan over many records holds exactly what each of them says by itself."""
    chance = random.Random(7)
    kb = many(chance, releases=40, records=40)
    versions = kb.catalogues["engine"].versions
    for _ in range(3):
        start, target = chance.choice(versions), chance.choice(versions)
        made = plan(kb, "engine", start, target, Facts())
        found = {item.record.id: item for item in made.items}
        for record in kb.advisories.values():
            alone = KnowledgeBase({record.id: record}, kb.products, kb.host_traits, {}, {})
            items = plan(alone, "engine", start, target, Facts()).items
            assert items == tuple(item for item in (found.get(record.id),) if item is not None)
