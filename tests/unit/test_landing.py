"""Takes steps that go wrong; shows on which release they land, and what is said about it."""

from datetime import date

from caveat.applicability import Facts, Landing, clean_landing, plan
from caveat.knowledge import KnowledgeBase
from tests.support.small import entry, on, small

OLD = {"1": "2020-01-01"}
TODAY = date(2026, 1, 1)
RELEASES = ("1.0.0", "1.1.0", "2.0.0", "2.0.1", "2.1.0", "3.0.0")


def landing(
    kb: KnowledgeBase, target: str, start: str | None = None, *, prereleases: bool = False
) -> Landing:
    """Where a host without known facts lands."""
    parse = kb.catalogues["engine"].parse
    return clean_landing(
        kb,
        "engine",
        parse(target),
        Facts(),
        today=TODAY,
        start=parse(start) if start else None,
        prereleases=prereleases,
    )


def version(landed: Landing) -> str | None:
    """The landing's version as text."""
    return landed.version.text if landed.version else None


def why(landed: Landing) -> dict[str, str]:
    """Why each release was passed over."""
    return {passed.version.text: passed.why for passed in landed.passed}


def test_the_first_release_that_enters_nothing() -> None:
    """Releases that are affected are passed over, each with the record that stands in the way."""
    kb = small({"engine": RELEASES}, {"new": [entry(on("2.0.0", "2.1.0"))]})
    landed = landing(kb, "2.0.0", "1.1.0")
    assert version(landed) == "2.1.0"
    assert why(landed) == {"2.0.0": "enters", "2.0.1": "enters"}
    assert landed.passed[0].records == ("CAV-2025-0001",)
    assert (landed.unknown, landed.carried) == ((), ())


def test_a_target_that_is_clean_is_the_landing() -> None:
    """Nobody is sent further than they want to go."""
    kb = small({"engine": RELEASES}, {"later": [entry(on("3.0.0"))]})
    assert version(landing(kb, "2.0.0", "1.1.0")) == "2.0.0"


def test_what_is_carried_along_is_no_obstacle() -> None:
    """What strikes at the start as well is listed with the landing; without a start it is
    entered."""
    kb = small({"engine": RELEASES}, {"always": [entry(on("0"))]})
    landed = landing(kb, "2.0.0", "1.0.0")
    assert version(landed) == "2.0.0"
    assert [item.record.slug for item in landed.carried] == ["always"]
    assert version(landing(kb, "2.0.0")) is None


def test_what_strikes_on_the_way_is_an_obstacle() -> None:
    """A release is no clean landing where the step to it strikes."""
    step = {
        "from": [{"introduced": "0", "fixed": "2.0.0"}],
        "to": [{"introduced": "2.0.0", "fixed": "2.1.0"}],
    }
    kb = small({"engine": RELEASES}, {"migration": [entry(on("0"), upgrade=step)]})
    assert version(landing(kb, "2.0.0", "1.0.0")) == "2.1.0"
    assert version(landing(kb, "2.0.1", "2.0.0")) == "2.0.1"


def test_nothing_may_be_clean() -> None:
    """Where every release enters something, there is no landing, and each one says why."""
    kb = small({"engine": RELEASES}, {"removed": [entry(on("2.0.0"))]})
    landed = landing(kb, "2.0.1", "1.0.0")
    assert version(landed) is None
    assert why(landed) == dict.fromkeys(("2.0.1", "2.1.0", "3.0.0"), "enters")


def test_the_end_of_life_counts_from_the_day_after() -> None:
    """A release is still good on its last day, and no landing afterwards."""
    ended = {"2.0": "2025-12-31", "2.1": "2026-01-01"}
    kb = small({"engine": RELEASES}, {}, ended=ended)
    landed = landing(kb, "2.0.0", "1.0.0")
    assert version(landed) == "2.1.0"
    assert why(landed) == {"2.0.0": "end-of-life", "2.0.1": "end-of-life"}


def test_a_pre_release_only_for_who_asks() -> None:
    """A release candidate is passed over unless pre-releases may count."""
    kb = small({"engine": (*RELEASES, "4.0.0-rc.1", "4.0.0")}, {})
    assert version(landing(kb, "4.0.0-rc.1", "3.0.0")) == "4.0.0"
    assert version(landing(kb, "4.0.0-rc.1", "3.0.0", prereleases=True)) == "4.0.0-rc.1"


def test_a_way_down_ends_below_the_start() -> None:
    """Going back lands at or after the target and below the start, or nowhere."""
    kb = small({"engine": RELEASES}, {"old": [entry(on("0", "2.0.1"))]})
    assert version(landing(kb, "1.1.0", "2.1.0")) == "2.0.1"
    assert version(landing(kb, "1.1.0", "2.0.1")) is None
    assert set(why(landing(kb, "1.1.0", "2.0.1"))) == {"1.1.0", "2.0.0"}


def test_unknown_is_listed_and_no_obstacle() -> None:
    """What may be entered is listed; what can at most be carried along cannot make it worse."""
    records = {
        "begins": [entry(on("2.0.0", when={"kernel": ["old"]}))],
        "stays": [entry(on("0", when={"kernel": ["old"]}))],
    }
    landed = landing(small({"engine": RELEASES}, records), "2.0.0", "1.0.0")
    assert version(landed) == "2.0.0"
    assert [item.record.slug for item in landed.unknown] == ["begins"]


def test_an_uncatalogued_target_lands_on_a_release_that_is() -> None:
    """What nobody listed is never called clean."""
    kb = small({"engine": RELEASES}, {})
    assert version(landing(kb, "2.0.5", "1.0.0")) == "2.1.0"


def test_without_a_start_facts_are_those_of_the_target() -> None:
    """A default that moves after the target is met at the releases that have it."""
    kb = small({"engine": RELEASES}, {"new": [entry(on("0", when={"api": ["high"]}))]}, ended=OLD)
    parse = kb.catalogues["engine"].parse
    low = Facts().having("engine.api", "low")
    assert clean_landing(kb, "engine", parse("1.0.0"), low, today=TODAY).version is None
    kept = frozenset({"engine.api"})
    landed = clean_landing(kb, "engine", parse("1.0.0"), low, today=TODAY, kept=kept)
    assert version(landed) == "2.0.0"


def test_the_landing_enters_nothing_when_planned(kb: KnowledgeBase) -> None:
    """Rootless with slirp4netns, 27.5.1 to 28.0.0: the landing is behind the 29.x in which the
    problem came back, and a plan to it enters nothing."""
    engine = "docker-engine"
    parse = kb.catalogues[engine].parse
    facts = Facts().having("docker-engine.mode", "rootless")
    facts = facts.having("docker-engine.port-driver", "slirp4netns")
    landed = clean_landing(
        kb, engine, parse("28.0.0"), facts, today=date(2026, 11, 24), start=parse("27.5.1")
    )
    assert landed.version is not None
    again = {p.version.text for p in landed.passed if "CAV-2025-0007" in p.records}
    assert again, "the regression that came back is passed over"
    assert all(parse(text) < landed.version for text in again)
    made = plan(kb, engine, parse("27.5.1"), landed.version, facts)
    assert not made.bites
    assert landed.unknown == tuple(item for item in made.items if item.may_bite)


def test_support_decides_where_one_lands(kb: KnowledgeBase) -> None:
    """The same host while 28 was supported: the fix of 28.0.1 is the landing."""
    engine = "docker-engine"
    parse = kb.catalogues[engine].parse
    facts = Facts().having("docker-engine.mode", "rootless")
    facts = facts.having("docker-engine.port-driver", "slirp4netns")
    landed = clean_landing(
        kb, engine, parse("28.0.0"), facts, today=date(2025, 6, 1), start=parse("27.5.1")
    )
    assert landed.version == parse("28.0.1")
