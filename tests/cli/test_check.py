"""Takes the slirp4netns story and the small base; shows what `caveat check` says and its status."""

from pathlib import Path

import pytest

from tests.support.command import Done, run
from tests.support.knowledge import BASE, change, write_base

SLIRP = "CAV-2025-0001"
ROOTLESS = ("--trait", "mode=rootless")
HIT = ("--trait", "mode=rootless", "--trait", "kernel-module=present")


def state(done: Done, id_: str) -> str:
    """The state of one record in a JSON answer."""
    return next(one["state"] for one in done.json["answers"] if one["id"] == id_)


def test_slirp4netns_story() -> None:
    """28.0.0 with rootless and slirp4netns is affected, with builtin it is not, and without the
    port driver nobody can tell: the probe is shown."""
    ask = ("check", "docker-engine", "28.0.0", *ROOTLESS, "--all", "--json")
    assert state(run(*ask, "--trait", "port-driver=slirp4netns"), SLIRP) == "affected"
    assert state(run(*ask, "--trait", "port-driver=builtin"), SLIRP) == "not_affected"
    assert state(run(*ask), SLIRP) == "unknown"
    text = run("check", "docker-engine", "28.0.0", *ROOTLESS).out
    assert "$ docker version --format " in text
    assert "` port=slirp4netns;`: --trait docker-engine.port-driver=slirp4netns" in text


def test_package_version_is_understood() -> None:
    """Debian's string means the upstream release that it was made from, by any name of the
    product."""
    for name in ("docker-engine", "docker-ce", "Moby"):
        done = run("check", name, "5:28.0.0-1~debian.12~bookworm", "--json")
        assert (done.json["product"], done.json["version"]) == ("docker-engine", "28.0.0")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["1.0.0"], 0),
        (["2.0.0"], 3),
        (["2.0.0", *HIT], 1),
        (["2.0.0", "--trait", "mode=rootful", *HIT[2:]], 0),
        (["2.0.0", *HIT, "--trait", "mode=rootful"], 1),
        (["2.0.0", "--trait", "mode=rootful,rootless", *HIT[2:]], 1),
        (["2.0.0", *HIT, "--fail-on", "high"], 1),
        (["2.0.0", *HIT, "--fail-on", "critical"], 0),
        (["2.0.0", "--fail-on", "critical"], 0),
        (["2.0.0", "--defaults"], 0),
        (["2.0.1", "--with", "proxy=1.10"], 1),
        (["2.0.1", "--with", "proxy=1.11"], 0),
        (["2.1.0", "--with", "proxy=1.11"], 0),
        (["2.1.0", "--with", "proxy=1.11", "--from", "1.1.0"], 1),
        (["2.1.0", "--with", "proxy=1.11", "--from", "2.0.0"], 0),
        (["2.0.2", "--with", "proxy=1.11"], 3),
        (["28"], 2),
        (["2.0.0", "--trait", "mode"], 2),
    ],
)
def test_status(words: list[str], status: int) -> None:
    """0 nothing applies, 1 something does, 3 only unknowns, 2 wrong use; in every form alike."""
    for form in ("text", "json", "github"):
        assert run("check", "engine", *words, "--format", form, kb=BASE).status == status


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Each argument with what may have been meant."""
    words = ["--trait", "mod=rootless", "--trait", "mode=rootles", "--with", "proxy=x"]
    done = run("check", "engine", "2.0", *words, "--from", "..", kb=BASE)
    assert (done.status, done.out) == (2, "")
    version, start, trait, value, proxy = done.error.splitlines()
    assert "`2.0` is not a version of Engine" in version
    assert "Did you mean `2.0.1` or `2.0.0`" in version
    assert "`..`" in start
    assert "`mod` is not a trait. Did you mean `mode`" in trait
    assert "`rootles` is not a value of engine.mode: want `rootful` or `rootless`" in value
    assert "`x` is not a version of Proxy" in proxy


def test_unknown_products_are_told_together() -> None:
    """The product, those beside it, and a pair that is none; nothing is looked up for them."""
    done = run("check", "engin", "1", "--with", "prox=1", "--with", "proxy", kb=BASE)
    assert done.status == 2
    assert "Did you mean `engine`" in done.error
    assert "Did you mean `proxy`" in done.error
    assert "want NAME=VALUE" in done.error
    itself = run("check", "engine", "1.0.0", "--with", "engine=1.1.0", kb=BASE)
    assert (itself.status, "the product itself" in itself.error) == (2, True)


def test_faults_are_told_in_chinese() -> None:
    """The language that was asked for."""
    done = run("check", "engine", "28", "--lang", "zh", kb=BASE)
    assert (done.status, "不是 Engine 的版本号" in done.error) == (2, True)


def test_uncatalogued_version_is_an_honest_unknown() -> None:
    """It parses, nobody catalogued it: the neighbours are named."""
    done = run("check", "engine", "1.1.7", "--json", kb=BASE)
    assert done.status == 3
    assert done.json["catalogued"] is False
    reason = done.json["answers"][0]["reason"]
    assert reason["code"] == "uncatalogued"
    assert "1.1.2" in reason["en"]
    assert "2.0.0-rc.1" in reason["zh"]


def test_json_is_the_contract() -> None:
    """Product, version, traits, answers with their reason in both languages, the landing."""
    done = run("check", "engine", "2.0.0", *HIT, "--json", kb=BASE)
    answer = done.json["answers"][0]
    assert done.json["product"] == "engine"
    assert done.json["traits"] == {"engine.mode": ["rootless"], "kernel-module": ["present"]}
    assert (answer["id"], answer["slug"]) == (SLIRP, "engine-2-0-0-ports")
    assert (answer["state"], answer["severity"]) == ("affected", "high")
    assert set(answer["reason"]) == {"code", "en", "zh"}
    assert answer["url"] == "advisories/CAV-2025-0001/"
    assert answer["file"] == "advisories/records/2025/CAV-2025-0001.yml"
    assert set(done.json["clean_landing"]) == {"version", "unknown"}
    assert done.out.isascii()


def test_all_adds_what_does_not_apply() -> None:
    """Without it, only what applies or may."""
    assert run("check", "engine", "1.0.0", "--json", kb=BASE).json["answers"] == []
    done = run("check", "engine", "1.0.0", "--json", "--all", kb=BASE)
    assert state(done, SLIRP) == "not_affected"
    assert "not affected  CAV-2025-0001" in run("check", "engine", "1.0.0", "--all", kb=BASE).out


def test_defaults_are_named() -> None:
    """Whoever asks for the default configuration reads that it was assumed."""
    text = run("check", "engine", "2.0.0", "--defaults", "--all", kb=BASE).out
    assert "Default configuration" in text
    done = run("check", "engine", "2.0.0", "--defaults", "--json", "--all", kb=BASE)
    assert done.json["assumed"] == ["engine.mode", "kernel-module"]
    assert "Assumes the default of" in done.json["answers"][0]["reason"]["en"]


def test_landing_counts_from_the_day_that_is_named() -> None:
    """A release past its end of life is no landing, and one that is left open is said to be."""
    alive = run("check", "engine", "2.0.0", *HIT, "--json", "--today", "2026-01-01", kb=BASE)
    assert alive.json["clean_landing"] == {"version": "2.0.1", "unknown": [SLIRP]}
    text = run("check", "engine", "1.1.1", *HIT, "--today", "2025-01-01", kb=BASE).out
    assert "Clean landing: 1.1.2." in text
    later = run("check", "engine", "1.1.1", *HIT, "--today", "2026-01-01", kb=BASE).out
    assert "Clean landing: 2.0.1. Not known about it: CAV-2025-0001." in later
    assert run("check", "engine", "1.1.1", "--today", "soon", kb=BASE).status == 2


def test_text_says_where_to_read_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record's file, or its page where SITE_URL says where pages are."""
    assert (
        "advisories/records/2025/CAV-2025-0001.yml" in run("check", "engine", "2.0.0", kb=BASE).out
    )
    monkeypatch.setenv("SITE_URL", "https://kb.example/a")
    assert (
        "https://kb.example/a/advisories/CAV-2025-0001/"
        in run("check", "engine", "2.0.0", kb=BASE).out
    )


def test_worst_comes_first() -> None:
    """By state, then by severity, then by id."""
    answers = run("check", "docker-engine", "28.0.0", *ROOTLESS, "--all", "--json").json["answers"]
    states = ["affected", "unknown", "fixed", "not_affected"]
    levels = ["critical", "high", "medium", "low"]
    ranks = [(states.index(a["state"]), levels.index(a["severity"]), a["id"]) for a in answers]
    assert ranks == sorted(ranks)


def test_github_annotations() -> None:
    """An error for what applies, a warning for what may; what would end a command is escaped."""
    done = run("check", "engine", "2.0.0", *HIT, "--format", "github", kb=BASE)
    assert done.out.startswith(
        "::error title=CAV-2025-0001 (high)::Engine 2.0.0: affected. Engine 2.0.0 cannot publish"
    )
    may = run("check", "engine", "2.0.0", "--format", "github", kb=BASE)
    assert may.out.startswith("::warning title=")
    assert run("check", "engine", "1.0.0", "--format", "github", "--json", kb=BASE).status == 2


def test_percent_signs_survive_github(tmp_path: Path) -> None:
    """What a runner would take for an escape is one."""
    root = write_base(tmp_path)
    record = "advisories/records/2025/CAV-2025-0001.yml"
    change(root, record, "en: Engine 2.0.0 cannot publish ports", "en: 100%0A, ports")
    done = run("check", "engine", "2.0.0", "--format", "github", kb=root)
    assert "100%250A, ports" in done.out


def test_broken_record_is_2(tmp_path: Path) -> None:
    """An answer that leaves a record out is none: the fault is told with its place."""
    root = write_base(tmp_path)
    change(root, "advisories/records/2025/CAV-2025-0001.yml", "kind: regression", "kind: regresion")
    done = run("check", "engine", "1.0.0", kb=root)
    assert (done.status, done.out) == (2, "")
    assert "advisories/records/2025/CAV-2025-0001.yml:5:7: CAV204" in done.error


def test_withdrawn_record_strikes_nobody(tmp_path: Path) -> None:
    """It no longer says who is hit."""
    root = write_base(tmp_path)
    record = "advisories/records/2025/CAV-2025-0001.yml"
    change(
        root,
        record,
        "status: published",
        "status: withdrawn\nwithdrawn: {reason: {en: Wrong., zh: 有误。}}",
    )
    assert run("check", "engine", "2.0.0", *HIT, "--all", "--json", kb=root).json["answers"] == []
