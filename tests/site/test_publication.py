"""Takes builds that are killed, find no space, may not write, fail or meet each other; shows that
readers see the old site or the new one, whole, and that the next build clears up."""

import errno
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caveat.publishing import keep, staging, swap
from tests.support.publishing import FILES, a_site, building, names, word_of

ROOT = Path(__file__).resolve().parents[2]
KILLS = 60
FORK = multiprocessing.get_context("fork")


def unable(*_: object) -> bool:
    """A file system that cannot exchange two names."""
    return False


def publish(target: Path, word: str, *, able: bool = True) -> None:
    """One build, as a process would do it."""
    if not able:
        swap.exchange = unable
    staging.build_and_publish(building(word, FILES), target)


@pytest.mark.parametrize("able", [True, False], ids=["exchange", "link"])
def test_killed_at_any_moment(tmp_path: Path, able: bool) -> None:
    """With the system call and with the link: the old one or the new one, never a mixture."""
    target, chance = tmp_path / "site", random.Random(7)
    first = FORK.Process(target=publish, args=(target, "first"), kwargs={"able": able})
    started = time.perf_counter()
    first.start()
    first.join()
    whole = time.perf_counter() - started
    shown = word_of(target, FILES)
    assert shown == "first"
    assert target.is_symlink() == (not able)
    finished = 0
    for turn in range(KILLS):
        word = f"turn-{turn}"
        process = FORK.Process(target=publish, args=(target, word), kwargs={"able": able})
        process.start()
        process.join(chance.uniform(0, 1.2 * whole))
        process.kill()
        process.join()
        now = word_of(target, FILES)
        assert now in (shown, word)
        finished, shown = finished + (now == word), now
    assert 0 < finished < KILLS, "no moment before the end, or none after it, was tried"
    last = FORK.Process(target=publish, args=(target, "last"), kwargs={"able": able})
    last.start()
    last.join()
    assert word_of(target, FILES) == "last"
    assert len(names(tmp_path)) == (1 if able else 2)


STAGES: dict[str, tuple[object, str]] = {
    "look for leftovers": (swap, "recover"),
    "make the folder": (Path, "mkdir"),
    "keep assets": (keep, "assets"),
    "swap": (swap, "publish"),
    "exchange": (swap, "exchange"),
}
ERRORS = {
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "read-only": OSError(errno.EROFS, "Read-only file system"),
    "bug": RuntimeError("a mistake of ours"),
    "interrupt": KeyboardInterrupt(),
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
@pytest.mark.parametrize("stage", [*STAGES, "build", "check"])
def test_an_error_at_any_stage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, error: BaseException
) -> None:
    """The old site stays, nothing of the new one does, and the next build publishes."""
    target = tmp_path / "site"
    staging.build_and_publish(building("old"), target)

    def broken(*_: Any, **__: Any) -> Any:
        raise error

    build: Callable[[Path], object] = building("new")
    check: staging.Check = lambda *_: []  # noqa: E731 - a default that a stage replaces
    with monkeypatch.context() as patch:
        if stage in STAGES:
            patch.setattr(*STAGES[stage], broken)
        elif stage == "build":
            build = broken
        else:
            check = broken
        with pytest.raises((type(error), swap.SwapError)):
            staging.build_and_publish(build, target, check)
    assert word_of(target) == "old"
    assert names(tmp_path) == ["site"]
    staging.build_and_publish(building("new"), target)
    assert word_of(target) == "new"


def test_an_old_tree_that_cannot_be_removed_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new site is out; the next build tries again."""
    target = tmp_path / "site"
    staging.build_and_publish(building("old"), target)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        staging.build_and_publish(building("new"), target)
    assert word_of(target) == "new"
    assert len(names(tmp_path)) == 2
    staging.build_and_publish(building("newer"), target)
    assert names(tmp_path) == ["site"]


def test_killed_between_the_two_steps_that_a_link_takes_once(tmp_path: Path) -> None:
    """A folder becomes a link in two steps where nothing can be exchanged: the next build brings
    the old site back before all else."""
    a_site(tmp_path / "site.next-1-abc.old", "old")
    a_site(tmp_path / "site.next-1-abc", "half")

    def fails(_: Path) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        staging.build_and_publish(fails, tmp_path / "site")
    assert word_of(tmp_path / "site") == "old"
    assert names(tmp_path) == ["site"]


def test_what_others_put_beside_the_site_stays(tmp_path: Path) -> None:
    """Only names of our own are cleared up."""
    for name in ("site.next", "site.old", "sites", "site.bak", "next-site"):
        a_site(tmp_path / name, "theirs")
    (tmp_path / "site.next-9-dead").mkdir()
    staging.build_and_publish(building("new"), tmp_path / "site")
    assert names(tmp_path) == ["next-site", "site", "site.bak", "site.next", "site.old", "sites"]


def slowly(target: Path, word: str, log: Path) -> None:
    """A build that takes its time and writes down when it begins, waits and ends."""

    def note(what: str) -> None:
        with log.open("a") as file:
            file.write(f"{what} {word}\n")

    def build(folder: Path) -> None:
        note("begins")
        for part in range(5):
            a_site(folder, word, part)
            time.sleep(0.05)
        note("ends")

    staging.build_and_publish(build, target, waiting=lambda: note("waits"))


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    """The second waits, says so, and then publishes: what was asked for last is what is read."""
    target, log = tmp_path / "site", tmp_path / "log"
    processes = [FORK.Process(target=slowly, args=(target, word, log)) for word in ("a", "b")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    lines = [line.split() for line in log.read_text().splitlines()]
    first, second = (word for what, word in lines if what == "begins")
    assert ["waits", second] in lines
    assert [one for one in lines if one[0] != "waits"] == [
        ["begins", first],
        ["ends", first],
        ["begins", second],
        ["ends", second],
    ]
    assert word_of(target) == second
    assert names(tmp_path) == ["log", "site"]


def test_the_lock_goes_with_its_process(tmp_path: Path) -> None:
    """Whoever was killed holds up nobody."""
    target, log = tmp_path / "site", tmp_path / "log"
    process = FORK.Process(target=slowly, args=(target, "killed", log))
    process.start()
    while not log.exists():
        time.sleep(0.01)
    process.kill()
    process.join()
    waited: list[bool] = []
    staging.build_and_publish(building("new"), target, waiting=lambda: waited.append(True))
    assert waited == []
    assert word_of(target) == "new"


#: A disk of its own in a namespace of its own, which needs no rights; published to twice.
DISK = """
set -e
mount -t tmpfs -o size={size}k,mode=755 tmpfs "$1"
publish() {{ {python} -m tests.support.publishing "$1/site" "$2"; }}
publish "$1" old
{before}
publish "$1" new || echo refused
cat "$1/site/index.html" "$1/site/zh/data-29.txt"
echo
ls "$1"
{after}
publish "$1" newer && cat "$1/site/index.html" && echo && ls "$1"
"""


def on_a_disk(folder: Path, size: int, before: str, after: str) -> list[str]:
    """What the script says."""
    script = DISK.format(size=size, python=sys.executable, before=before, after=after)
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def has_namespaces() -> bool:
    """Whether this machine lets a process mount for itself."""
    if shutil.which("unshare") is None:
        return False
    script = "mount -t tmpfs tmpfs /mnt"
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


DISKS = {
    "full": (
        'dd if=/dev/zero of="$1/ballast" bs=1k count=2000 2>/dev/null || true',
        'rm "$1/ballast"',
        "No space left on device",
    ),
    "read-only": ('mount -o remount,ro "$1"', 'mount -o remount,rw "$1"', "Read-only file system"),
}


@pytest.mark.parametrize(("before", "after", "why"), DISKS.values(), ids=DISKS)
def test_a_disk_that_takes_nothing(tmp_path: Path, before: str, after: str, why: str) -> None:
    """Full, or read-only: the old site is there to the last file, nothing lies beside it, and with
    room again the next build publishes."""
    if not has_namespaces():
        pytest.skip("no mounts for tests here: the errors above stand in for the disk")
    said = on_a_disk(tmp_path, 800, before, after)
    assert why in said[0]
    assert said[1:3] == ["refused", "oldold"]
    assert "newer" in said
    assert not [line for line in said if line.startswith("site.next-")]
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - the disk went with its namespace


def test_real_builds_killed() -> None:
    """The short form of `scripts/kill_builds.py`: all processes of a build at once, three times."""
    command = [sys.executable, str(ROOT / "scripts/kill_builds.py"), "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NEITHER" not in done.stdout
    assert "the last build published; beside the site: []" in done.stdout
