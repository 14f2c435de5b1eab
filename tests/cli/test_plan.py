"""Takes the upgrade stories and the small base; shows what `caveat plan` says and its status."""

from pathlib import Path

import pytest

from caveat.words import words as words_of
from tests.support.command import Done, process, run
from tests.support.knowledge import BASE

DAY = ("--today", "2026-11-24")
STORY = (
    *("plan", "docker-engine", "27.5.1", "28.0.0", *DAY),
    *("--trait", "mode=rootless", "--trait", "port-driver=slirp4netns"),
)
HIT = ("--trait", "mode=rootless", "--trait", "kernel-module=present")


def ids(done: Done, kind: str) -> list[str]:
    """The records of one kind in a JSON answer."""
    return [one["id"] for one in done.json[kind]]


def test_rootless_with_slirp4netns_lands_behind_the_relapse() -> None:
    """27.5.1 to 28.0.0 enters the regression; the landing is where 29.x is mended again, and a plan
    to it is not stopped by anything that is known."""
    done = run(*STORY, "--json")
    assert done.status == 1
    assert ids(done, "entered") == ["CAV-2025-0001"]
    landing = done.json["clean_landing"]
    again = [one["version"] for one in landing["passed"] if "CAV-2025-0007" in one["records"]]
    assert "29.1.1" in again
    then = run("plan", "docker-engine", "27.5.1", landing["version"], *STORY[6:], "--json")
    assert then.status == 3
    assert landing["unknown"] == [
        one["id"] for one in [*then.json["unknown"]] if {"entered", "step"} & set(one["may"])
    ]


def test_traefik_beside_it() -> None:
    """28.5.2 to 29.0.0 beside Traefik 3.5.0 lists the Traefik record; what decides is named with
    its command, and with it known the record is entered although 1.24 is what the host has now."""
    ask = ("plan", "docker-engine", "28.5.2", "29.0.0", *DAY, "--with", "traefik=3.5.0")
    done = run(*ask, "--json")
    assert "CAV-2025-0002" in ids(done, "unknown")
    facts = {one["fact"]: one["command"] for one in done.json["find_out"]}
    assert facts["docker-engine.min-api"].startswith("docker version")
    sure = (*ask, "--trait", "traefik.provider=docker", "--trait", "min-api=1.24", "--json")
    entered = run(*sure)
    assert (entered.status, "CAV-2025-0002" in ids(entered, "entered")) == (1, True)
    item = next(one for one in entered.json["entered"] if one["id"] == "CAV-2025-0002")
    assert item["assumed"] == ["docker-engine.min-api"]
    kept = run(*sure, "--kept", "min-api")
    assert "CAV-2025-0002" not in ids(kept, "entered")
    fixed = run(*ask[:-1], "traefik=3.6.1", *sure[8:])
    assert "CAV-2025-0002" not in ids(fixed, "entered")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (["1.0.0", "1.1.0"], 0),
        (["1.0.0", "2.0.0"], 3),
        (["1.0.0", "2.0.0", *HIT], 1),
        (["1.0.0", "2.0.0", *HIT[2:], "--trait", "mode=rootful"], 0),
        (["1.1.1", "2.0.0", *HIT], 0),
        (["2.0.0", "1.1.1", *HIT], 0),
        (["2.0.1", "2.0.0", *HIT, "--with", "proxy=1.11"], 1),
        (["1.1.0", "2.1.0", "--with", "proxy=1.11"], 1),
        (["2.0.1", "2.1.0", "--with", "proxy=1.11"], 0),
        (["2.0.1", "2.1.0", "--with", "proxy=1.10"], 0),
        (["1.0.0", "28"], 2),
        (["1.0.0"], 2),
        (["1.0.0", "2.0.0", "--kept", "mod"], 2),
    ],
)
def test_status(asked: list[str], status: int) -> None:
    """0 nothing is entered, 1 something is or strikes on the step, 3 only unknowns, 2 wrong use;
    in every form alike."""
    for form in ("text", "json", "github", "markdown"):
        done = run("plan", "engine", *asked, *DAY, "--format", form, kb=BASE)
        assert (done.status, bool(done.out)) == (status, status != 2)


def test_a_published_site_plans_the_same(published: Path) -> None:
    """From the API alone come the same plan, landing and checklist as from the checkout."""
    here, there = run(*STORY, "--json").json, run(*STORY, "--json", kb=published).json
    assert there["checklist"] == here["checklist"]
    for kind in ("entered", "step", "unknown", "carried", "left"):
        for one in (*here[kind], *there[kind]):
            del one["url"]
            one.pop("file", None)
    assert there == here


def test_the_checklist_says_what_to_do() -> None:
    """Probes and practices come before, the workaround when it is possible, its check afterwards;
    every key is there once."""
    phases = run(*STORY, "--json").json["checklist"]
    jobs = [(phase, job["source"], job["part"]) for phase, all_ in phases.items() for job in all_]
    assert jobs[0] == ("before", "find-out", "steps")
    assert {"workaround"} == {
        source for _, source, part in jobs if part == "apply" and source != "way-out"
    }
    assert any(job[:2] == ("after", "workaround") and job[2] == "verify" for job in jobs)
    assert any(source == "practice" for _, source, _ in jobs)
    keys = [task["key"] for all_ in phases.values() for job in all_ for task in job["tasks"]]
    assert len(keys) == len(set(keys))
    assert all(
        "text" in task or "commands" in task
        for all_ in phases.values()
        for job in all_
        for task in job["tasks"]
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_people_read_verdict_landing_and_probes(lang: str) -> None:
    """Text, in both languages, begins with the step and tells the verdict, where to land and how to
    find out what is missing."""
    t = words_of(lang)  # type: ignore[arg-type]
    text = run(*STORY, "--lang", lang).out
    lines = text.splitlines()
    assert lines[0] == "Docker Engine 27.5.1 → 28.0.0"
    assert t("plan.bites") in lines
    landing = run(*STORY, "--json").json["clean_landing"]
    assert landing["unknown"]  # so nobody calls it clean
    name = t("plan.landing-so-far")
    assert f"{name}{t('sentence.colon')}{landing['version']}" in lines
    assert "$ iptables -t raw -S PREROUTING" in text
    assert "--trait iptables-raw-table=present" in text
    assert f"  {t('phase.after')}" in lines


def test_annotations_by_what_bites() -> None:
    """What is entered is an error, what may be is a warning, what can only be carried a notice."""
    lines = run(*STORY, "--format", "github").out.splitlines()
    by_id = {line.split("title=")[1].split(" ")[0]: line.split(" ")[0] for line in lines[:-1]}
    assert by_id["CAV-2025-0001"] == "::error"
    assert by_id["CAV-2025-0004"] == "::warning"
    assert by_id["CAV-2025-0016"] == "::notice"
    assert lines[-1].endswith(run(*STORY, "--json").json["clean_landing"]["version"])


def test_a_downgrade_without_a_landing_says_so() -> None:
    """Going back to releases that nobody supports has no clean landing: staying is offered."""
    done = run("plan", "docker-engine", "29.0.0", "27.5.1", *DAY, "--json")
    assert done.json["downgrade"] is True
    assert done.json["clean_landing"]["version"] is None
    text = run("plan", "docker-engine", "29.0.0", "27.5.1", *DAY).out
    assert "Staying on 29.0.0 enters nothing" in text


def test_the_installed_command_says_the_same() -> None:
    """A real process prints what the function prints."""
    real = process(*STORY, "--json")
    assert (real.status, real.json) == (1, run(*STORY, "--json").json)
