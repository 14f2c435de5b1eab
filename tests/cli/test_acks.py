"""Takes acknowledgement files; shows what they silence, when they expire, and how faults read."""

from pathlib import Path

import pytest

from tests.support.command import Done, run
from tests.support.knowledge import BASE

HIT = ("--trait", "mode=rootless", "--trait", "kernel-module=present")
TODAY = ("--today", "2026-03-01")


def check(folder: Path, text: str, *words: str) -> Done:
    """A check of a host that is hit, with an acknowledgement file."""
    path = folder / "acks.yml"
    path.write_text(text, encoding="utf-8")
    return run("check", "engine", "2.0.0", *HIT, *TODAY, "--ack", path, *words, kb=BASE)


def entry(id_: str = "CAV-2025-0001", until: str = "2026-03-01", more: str = "") -> str:
    """One acknowledgement."""
    return f'- id: {id_}\n  reason: No ports here.\n  until: "{until}"\n{more}'


@pytest.mark.parametrize("name", ["CAV-2025-0001", "engine-2-0-0-ports"])
def test_entry_silences_up_to_its_last_day(tmp_path: Path, name: str) -> None:
    """It no longer counts for the status, and is listed with its reason and its day."""
    done = check(tmp_path, entry(name))
    assert done.status == 0
    assert "Acknowledged until 2026-03-01: No ports here." in done.out
    values = check(tmp_path, entry(name), "--json").json
    assert values["answers"] == []
    accepted = values["acknowledged"][0]
    assert accepted["state"] == "affected"
    assert accepted["acknowledgement"] == {"reason": "No ports here.", "until": "2026-03-01"}
    assert check(tmp_path, entry(name), "--format", "github").out.startswith("::notice ")


def test_expired_entry_fails_loudly(tmp_path: Path) -> None:
    """From the day after, in every form, with the place of the entry; the record counts again."""
    old = entry(until="2026-02-28")
    done = check(tmp_path, old)
    assert done.status == 1
    assert "acks.yml:1:3: the acknowledgement of CAV-2025-0001 expired on 2026-02-28" in done.out
    values = check(tmp_path, old, "--json").json
    assert [one["until"] for one in values["expired"]] == ["2026-02-28"]
    assert [one["id"] for one in values["answers"]] == ["CAV-2025-0001"]
    assert "acks.yml,line=1,col=3::" in check(tmp_path, old, "--format", "github").out


def test_expired_entry_fails_a_check_that_is_clean(tmp_path: Path) -> None:
    """Nobody is to carry a list that means nothing."""
    path = tmp_path / "acks.yml"
    path.write_text(entry(until="2020-01-01"))
    done = run("check", "engine", "1.0.0", *TODAY, "--ack", path, kb=BASE)
    assert (done.status, "expired on 2020-01-01" in done.out) == (1, True)


@pytest.mark.parametrize(
    ("traits", "status"),
    [
        ("mode: [rootless]", 0),
        ("engine.mode: [rootless, rootful]", 0),
        ("{mode: [rootless], kernel-module: [present]}", 0),
        ("mode: [rootful]", 1),
        ("{mode: [rootless], kernel-module: [absent]}", 1),
    ],
)
def test_traits_limit_an_entry(tmp_path: Path, traits: str, status: int) -> None:
    """It counts on hosts that are known to have one of the values of every trait."""
    given = traits if traits.startswith("{") else f"{{{traits}}}"
    assert check(tmp_path, entry(more=f"  traits: {given}\n")).status == status


def test_traits_that_are_not_known_do_not_count(tmp_path: Path) -> None:
    """An entry for rootless hosts says nothing of one that may be either."""
    path = tmp_path / "acks.yml"
    path.write_text(entry(more="  traits: {mode: [rootless]}\n"))
    assert run("check", "engine", "2.0.0", *TODAY, "--ack", path, kb=BASE).status == 3
    path.write_text(entry())
    assert run("check", "engine", "2.0.0", *TODAY, "--ack", path, kb=BASE).status == 0


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (entry("CAV-2025-0009"), "1:3: ACK id: found `CAV-2025-0009`, want a record"),
        ("- id: a\n  until: soon\n", "1:3: CAV202 [0].reason: found nothing"),
        ("- id: a\n  reason: b\n  until: soon\n", "3:10: CAV205 [0].until: found `soon`"),
        (entry() + entry(more="  untill: x\n"), "7:3: CAV201 [1].untill: found unknown key"),
        ("- id: a\n  reason: b\n  until: 2026-01-01\n", "3:10: CAV109 [0].until"),
        ("id: a\n", "1:1: CAV203 file: found something else, want a list"),
        ("", "1:1: CAV105"),
        ("- [\n", "CAV104"),
        ("- &a {id: *a}\n", "CAV106"),
        ("- id: a\n  id: b\n", "CAV108"),
        (entry(more="  traits: {mood: [a]}\n"), "1:3: ACK traits.mood: found `mood`, want a known"),
        (entry(more="  traits: {mode: [none]}\n"), "found `none`, want one of rootful, rootless"),
        ("#" * 70_000, "CAV102"),
    ],
)
def test_fault_has_its_place(tmp_path: Path, text: str, want: str) -> None:
    """Read as strictly as a record: what is wrong ends the check, with file, line and column."""
    done = check(tmp_path, text)
    assert (done.status, done.out) == (2, "")
    assert f"{tmp_path / 'acks.yml'}:" in done.error
    assert want in done.error


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """Told as such, and so is a file that does not exist."""
    path = tmp_path / "acks.yml"
    path.write_bytes(b"- id: \xff\n")
    assert "CAV103" in run("check", "engine", "1.0.0", "--ack", path, kb=BASE).error
    gone = run("check", "engine", "1.0.0", "--ack", tmp_path / "none.yml", kb=BASE)
    assert (gone.status, "No such file" in gone.error) == (2, True)


def test_record_of_another_product_is_no_fault(tmp_path: Path) -> None:
    """One file serves all products of a team; with `proxy`, the record is not asked about."""
    path = tmp_path / "acks.yml"
    path.write_text(entry(more="  traits: {engine.mode: [rootless]}\n"))
    done = run("check", "docker-compose", "2.27.1", *TODAY, "--ack", path)
    assert done.status != 2
