"""Takes thousands of small worlds; shows that the engine says what a slow, obvious oracle says."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from caveat.applicability import Facts, State, default_facts, judge, matrix
from caveat.model import Fix
from tests.support.knowledge import base_knowledge
from tests.unit.oracle import says
from tests.unit.worlds import World, facts, hosts, text, version, world

#: Worlds a seed, hosts a world: 4 seeds make 28,800 cases.
SEEDS, WORLDS, HOSTS = (1, 2, 3, 4), 600, 12


def described(made: World, host: object) -> str:
    """What a person needs to follow a failing case by hand."""
    entries = made.record.model_dump(include={"affected", "unaffected", "verification"})
    return f"{entries}\n{host}"


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_says_what_the_oracle_says(seed: int) -> None:
    """Branches, open and closed ranges, several products, sets of values, steps, missing facts,
    versions that nobody catalogued or verified: one state each, the same from both."""
    chance = random.Random(seed)
    seen: Counter[str] = Counter()
    for _ in range(WORLDS):
        made = world(chance)
        for host in hosts(chance, made, HOSTS):
            asked = version(made, host.product, host.versions[host.product])
            left = version(made, host.product, host.leaves) if host.leaves else None
            answer = judge(
                made.kb, made.record, host.product, asked, facts(made, host), step_from=left
            )
            assert answer.state == says(host), described(made, host)
            assert answer.reason.code
            assert bool(answer.missing) <= (answer.state is State.UNKNOWN)
            seen[answer.state] += 1
    assert min(seen[state] for state in State) > 100, seen


@pytest.mark.parametrize("seed", SEEDS)
def test_uncatalogued_is_never_good(seed: int) -> None:
    """A version that nobody listed is affected or unknown, unless it is no question of versions."""
    chance = random.Random(seed)
    for _ in range(WORLDS // 2):
        made = world(chance)
        for host in hosts(chance, made, HOSTS):
            asked = version(made, host.product, host.versions[host.product])
            if made.kb.catalogues[host.product].has(asked):
                continue
            answer = judge(made.kb, made.record, host.product, asked, facts(made, host))
            assert not answer.state.is_fine or answer.reason.code == "only-on-upgrade"


@pytest.mark.parametrize("seed", SEEDS)
def test_more_facts_never_overturn_what_was_certain(seed: int) -> None:
    """Affected stays affected, and fine stays fine, when a missing trait becomes known."""
    chance = random.Random(seed)
    for _ in range(WORLDS // 2):
        made = world(chance)
        for host in hosts(chance, made, 4):
            asked = version(made, host.product, host.versions[host.product])
            less = replace(host, traits={})
            before = judge(made.kb, made.record, host.product, asked, facts(made, less))
            after = judge(made.kb, made.record, host.product, asked, facts(made, host))
            if before.state is not State.UNKNOWN:
                assert before.state.is_fine == after.state.is_fine, described(made, host)


@pytest.mark.parametrize("seed", SEEDS)
def test_missing_facts_are_those_that_would_decide(seed: int) -> None:
    """An unknown that names missing facts names no more once they are known."""
    chance = random.Random(seed)
    for _ in range(WORLDS // 2):
        made = world(chance)
        for host in hosts(chance, made, 4):
            asked = version(made, host.product, host.versions[host.product])
            known = facts(made, host)
            answer = judge(made.kb, made.record, host.product, asked, known)
            for name in answer.missing:
                kind, _, product = name.partition(":")
                assert (product or kind) not in {*known.versions, *known.traits}
                if kind == "product":
                    listed = made.kb.catalogues[product].versions
                    known = known.at(product, chance.choice(listed))
                else:
                    known = known.having(name, "a")
            later = judge(made.kb, made.record, host.product, asked, known)
            assert not later.missing


@pytest.mark.parametrize("seed", SEEDS)
def test_matrix_is_the_engine_cell_by_cell(seed: int) -> None:
    """Every release in every case says what `judge` says for it, and folding loses no row."""
    chance = random.Random(seed)
    for _ in range(WORLDS // 10):
        made = world(chance)
        for product in made.record.products:
            table = matrix(made.kb, made.record, product)
            listed = tuple(reversed(made.kb.catalogues[product].versions))
            assert tuple(row.version for row in table.rows) == listed
            assert [row for group in table.groups for row in group.rows] == list(table.rows)
            assert table.columns[0].case in ("hold", "any")
            for row in table.rows:
                for column, answer in zip(table.columns, row.answers, strict=True):
                    alone = judge(made.kb, made.record, product, row.version, column.facts)
                    assert alone == answer, described(made, (product, row.version, column))
            keys = [(tuple(c.facts.versions), tuple(c.facts.traits.items())) for c in table.columns]
            assert len(keys) >= len(set(keys)) > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_matrix_has_the_case_without_facts(seed: int) -> None:
    """Pages of releases take their answer from it."""
    chance = random.Random(seed)
    for _ in range(WORLDS // 10):
        made = world(chance)
        for product in made.record.products:
            cases = [column.facts for column in matrix(made.kb, made.record, product).columns]
            assert cases.count(Facts()) == 1


def ask(product: str, release: str, **traits: str) -> str:
    """State and reason of the base's record, with the traits of the engine and the host."""
    kb = base_knowledge()
    keys = {"mode": "engine.mode", "module": "kernel-module"}
    known = Facts(traits={keys[k]: frozenset(v.split(",")) for k, v in traits.items()})
    asked = kb.catalogues[product].parse(release)
    answer = judge(kb, kb.advisories["CAV-2025-0001"], product, asked, known)
    return f"{answer.state} {answer.reason.code}"


@pytest.mark.parametrize(
    ("release", "traits", "says_"),
    [
        ("2.0.0", {"mode": "rootless", "module": "present"}, "affected all-hold"),
        ("2.0.0", {"mode": "rootless", "module": "absent,present"}, "affected all-hold"),
        ("2.0.0", {"mode": "rootless", "module": "absent"}, "not_affected trait-differs"),
        ("2.0.0", {"mode": "rootful"}, "not_affected tested-fine"),
        ("2.0.0", {"mode": "rootful,rootless", "module": "present"}, "affected all-hold"),
        ("2.0.0", {"mode": "rootless"}, "unknown missing"),
        ("2.0.0", {}, "unknown missing"),
        ("1.1.0", {}, "not_affected version-before"),
        ("1.1.1", {"mode": "rootless", "module": "built-in"}, "affected all-hold"),
        ("1.1.2", {}, "not_affected version-after"),
        ("5:2.0.0-1~debian.12~bookworm", {"mode": "rootful"}, "not_affected tested-fine"),
        ("2.0.2", {"mode": "rootful"}, "unknown missing"),
        ("1.1.3", {}, "unknown uncatalogued"),
        ("0.9.0", {}, "unknown uncatalogued-older"),
        ("3.0.0", {}, "unknown uncatalogued-newer"),
    ],
)
def test_engine_gives_a_reason(release: str, traits: dict[str, str], says_: str) -> None:
    """The reason is the one that a reader can act on."""
    assert ask("engine", release, **traits) == says_


def test_uncatalogued_names_both_neighbours() -> None:
    """Whoever runs it sees between which releases it lies."""
    kb = base_knowledge()
    asked = kb.catalogues["engine"].parse("1.1.3")
    answer = judge(kb, kb.advisories["CAV-2025-0001"], "engine", asked)
    neighbours = {"below": "1.1.2", "above": "2.0.0-rc.1"}
    assert answer.reason.params == {"product": "engine", "version": "1.1.3"} | neighbours


def test_a_product_that_the_record_does_not_name_is_refused() -> None:
    """Silence about a product is no answer about it."""
    kb = base_knowledge()
    record = kb.advisories["CAV-2025-0001"]
    alone = record.model_copy(update={"affected": record.affected[:1]})
    with pytest.raises(KeyError):
        judge(kb, alone, "proxy", kb.catalogues["proxy"].parse("1.10"))


@pytest.mark.parametrize(
    ("left", "state"), [("1.1.2", "affected"), ("1.0.0", "affected"), ("2.0.0", "not_affected")]
)
def test_a_step_strikes_only_when_it_is_taken(left: str, state: str) -> None:
    """From where one comes decides, once the other product is out of it."""
    kb = base_knowledge()
    parse = kb.catalogues["engine"].parse
    known = Facts({"proxy": kb.catalogues["proxy"].parse("1.8")})
    record = kb.advisories["CAV-2025-0001"]
    answer = judge(kb, record, "engine", parse("2.1.0"), known, step_from=parse(left))
    assert answer.state == state
    assert judge(kb, record, "engine", parse("2.1.0"), known).reason.code == "only-on-upgrade"


@pytest.mark.parametrize(
    ("release", "mode"), [("1.1.1", "rootful"), ("2.0.1", "rootful"), ("2.1.0", "rootless")]
)
def test_defaults_move_with_releases_and_are_named(release: str, mode: str) -> None:
    """The first default whose releases fit; what was assumed is said."""
    kb = base_knowledge()
    host = Facts({"engine": kb.catalogues["engine"].parse(release)})
    filled = default_facts(kb, host)
    assert filled.traits == {
        "engine.mode": frozenset({mode}),
        "kernel-module": frozenset({"present"}),
    }
    assert filled.assumed == {"engine.mode", "kernel-module"}
    told = default_facts(kb, host.having("engine.mode", "rootless"))
    assert told.traits["engine.mode"] == {"rootless"}
    assert told.assumed == {"kernel-module"}


def test_answers_say_which_defaults_they_rest_on() -> None:
    """Only those that decided."""
    kb = base_knowledge()
    record = kb.advisories["CAV-2025-0001"]
    asked = kb.catalogues["engine"].parse("1.1.1")
    host = default_facts(kb, Facts({"engine": asked}))
    assert judge(kb, record, "engine", asked, host).assumed == ("engine.mode",)
    told = host.having("engine.mode", "rootless")
    assert judge(kb, record, "engine", asked, told).assumed == ("kernel-module",)
    assert judge(kb, record, "engine", asked, told.having("kernel-module", "present")).assumed == ()


@pytest.mark.parametrize(
    ("fixes", "release", "says_"),
    [
        ([], "2.0.1", "fixed version-fixed 2.0.1"),
        ([("2.0.1", "full")], "2.0.1", "fixed version-fixed 2.0.1"),
        ([("2.0.1", "partial")], "2.0.1", "not_affected version-partly-fixed 2.0.1"),
        ([("2.0.1", "partial")], "2.1.0", "not_affected version-partly-fixed 2.0.1"),
        (
            [("2.0.1", "partial"), ("2.1.0", "full")],
            "2.0.1",
            "not_affected version-partly-fixed 2.0.1",
        ),
        ([("2.0.1", "partial"), ("2.1.0", "full")], "2.1.0", "fixed version-fixed 2.1.0"),
    ],
)
def test_a_partial_fix_is_not_called_fixed(
    fixes: list[tuple[str, str]], release: str, says_: str
) -> None:
    """Behind it the record does not strike, and fixed is what follows a full one."""
    kb = base_knowledge()
    record = kb.advisories["CAV-2025-0001"]
    mended = [Fix(product="engine", version=v, scope=scope) for v, scope in fixes]
    record = record.model_copy(update={"affected": record.affected[:1], "fixes": mended})
    answer = judge(kb, record, "engine", kb.catalogues["engine"].parse(release))
    assert f"{answer.state} {answer.reason.code} {answer.reason.params['border']}" == says_


def test_fixed_is_only_what_would_strike_but_for_the_fix() -> None:
    """A host whose other product never was in range has nothing that a fix could have mended."""
    kb = base_knowledge()
    proxy = kb.catalogues["proxy"].parse("1.11")
    record = kb.advisories["CAV-2025-0001"]
    record = record.model_copy(update={"affected": record.affected[1:2]})
    for release, state in (("2.0.1", "fixed"), ("1.1.2", "not_affected")):
        engine = kb.catalogues["engine"].parse(release)
        beside = Facts({"proxy": proxy})
        assert judge(kb, record, "engine", engine, beside).state == state
        assert judge(kb, record, "proxy", proxy, Facts({"engine": engine})).state == state


def test_a_step_of_another_product_is_no_step() -> None:
    """Moving the proxy does not bring about what strikes while the engine moves."""
    kb = base_knowledge()
    parse = kb.catalogues["proxy"].parse
    record = kb.advisories["CAV-2025-0001"]
    known = Facts({"engine": kb.catalogues["engine"].parse("2.1.0")})
    answer = judge(kb, record, "proxy", parse("1.9"), known, step_from=parse("1.8"))
    assert answer.reason.code == "only-on-upgrade"


def test_numbers_have_one_text() -> None:
    """The two forms of a world agree."""
    assert text((1, 10)) == "1.10"
