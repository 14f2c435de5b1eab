"""Takes fake programs on PATH; shows that probes are shown, agreed to, bounded, and believed."""

import os
import time
from pathlib import Path

import pytest

from caveat.applicability.wording import Wording
from caveat.cli import probing
from caveat.words import words
from tests.support.command import run
from tests.support.knowledge import BASE, base_knowledge

SAY = Wording(base_knowledge(), words("en"))


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder before all others on PATH, with an engine 2.0.0 and its module."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    write(folder, "engine", "echo engine version 2.0.0 >> $0.ran; echo engine version 2.0.0")
    write(folder, "modinfo", 'test "$1" = engine_filter')
    return folder


def write(folder: Path, name: str, script: str) -> None:
    """A program that runs `script`."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_probes_fill_version_and_traits(programs: Path) -> None:
    """Shown on standard error first, then run, then the answer over what they told."""
    done = run("check", "engine", "--probe", "--yes", "--json", "--trait", "mode=rootless", kb=BASE)
    assert done.status == 1
    assert done.json["version"] == "2.0.0"
    assert done.json["traits"] == {"engine.mode": ["rootless"], "kernel-module": ["present"]}
    lines = done.error.splitlines()
    assert lines[1:3] == ["  engine version", "  modinfo engine_filter"]
    assert lines[3:] == ["version of Engine: 2.0.0", "Kernel module: present"]


def test_exit_status_is_read(programs: Path) -> None:
    """1 means that the module is absent; what the map does not name tells nothing."""
    write(programs, "modinfo", "exit 1")
    ask = ("check", "engine", "--probe", "--yes", "--trait", "mode=rootless", "--json")
    assert run(*ask, kb=BASE).json["traits"]["kernel-module"] == ["absent"]
    write(programs, "modinfo", "exit 7")
    done = run(*ask, kb=BASE)
    assert "kernel-module" not in done.json["traits"]
    assert "Kernel module: cannot tell (exit status 7)" in done.error


def test_what_was_named_is_not_asked(programs: Path) -> None:
    """A version and a trait on the command line stand, and nothing is run for them."""
    words_ = ["--trait", "mode=rootless", "--trait", "kernel-module=absent"]
    done = run("check", "engine", "1.1.1", "--probe", "--yes", *words_, "--json", kb=BASE)
    assert done.json["version"] == "1.1.1"
    assert done.json["traits"]["kernel-module"] == ["absent"]
    assert not (programs / "engine.ran").exists()


@pytest.mark.parametrize(("said", "ran"), [(b"n\n", False), (b"", False), (b"y\n", True)])
def test_a_person_is_asked(programs: Path, said: bytes, ran: bool) -> None:
    """Nothing runs before somebody who has seen it says yes."""
    done = run("check", "engine", "--probe", "--trait", "mode=rootless", given=said, kb=BASE)
    assert done.status == (1 if ran else 2)
    assert (programs / "engine.ran").exists() is ran
    assert "  engine version" in done.error
    assert "[y/N]" in done.error


def test_published_commands_are_only_shown(programs: Path, published: Path) -> None:
    """Whatever `--yes` says: what others published never runs here."""
    write(programs, "docker", "echo ran >> $0.ran")
    done = run("check", "docker-engine", "28.0.0", "--probe", "--yes", "--json", kb=published)
    assert done.status == 3
    assert "docker version --format" in done.error
    assert "never run" in done.error
    assert not (programs / "docker.ran").exists()
    none = run("check", "docker-engine", "--probe", "--yes", kb=published)
    assert (none.status, "name it" in none.error) == (2, True)


def test_version_that_nobody_prints_is_2(programs: Path) -> None:
    """A program that fails or prints something else is no version."""
    for script in ("echo no version here", "exit 3"):
        write(programs, "engine", script)
        done = run("check", "engine", "--probe", "--yes", kb=BASE)
        assert done.status == 2
        assert "could not be found out" in done.error


def test_missing_program_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed is no answer to anything else."""
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("check", "engine", "1.0.0", "--probe", "--yes", kb=BASE)
    assert done.status == 0
    assert "Kernel module: cannot tell (modinfo is not installed)" in done.error


def test_programs_get_no_shell(programs: Path) -> None:
    """Arguments arrive as they are written, and there is no input to wait for."""
    write(programs, "show", 'printf "[%s]" "$@"; cat')
    ran = probing.execute(["show", "$HOME", "; ls", "*"], SAY)
    assert (ran.status, ran.output) == (0, "[$HOME][; ls][*]")


def test_both_streams_are_read_as_a_person_sees_them(programs: Path) -> None:
    """Error messages count: `Table does not exist` is printed as one."""
    write(programs, "speak", "echo out; echo err >&2; exit 4")
    assert probing.execute(["speak"], SAY)[:2] == (4, "out\nerr\n")


def test_endless_programs_end(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes too long, with whatever it started, and one that prints too much."""
    monkeypatch.setattr(probing, "SECONDS", 0.5)
    write(programs, "sleeper", "sleep 30 & sleep 30")
    begun = time.monotonic()
    assert "no answer within" in probing.execute(["sleeper"], SAY).failure
    write(programs, "talker", "yes")
    assert "more than" in probing.execute(["talker"], SAY).failure
    assert time.monotonic() - begun < 10


def test_file_that_is_no_program(programs: Path) -> None:
    """The system's own words."""
    path = programs / "broken"
    path.write_bytes(b"\0\1\2")
    path.chmod(0o755)
    assert "broken" in probing.execute(["broken"], SAY).failure
