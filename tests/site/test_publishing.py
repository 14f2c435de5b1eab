"""Takes folders that stand for sites; shows that readers see the old one or the new, whole."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from caveat.publishing import staging, swap, verify
from tests.support.publishing import a_site, building, names


def test_a_first_site_is_put_in_place(tmp_path: Path) -> None:
    """Where there was none, there is one, and nothing else is left."""
    staging.build_and_publish(building("new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"
    assert names(tmp_path) == ["site"]


def test_others_may_read_what_was_published(tmp_path: Path) -> None:
    """A web server is another user."""
    staging.build_and_publish(building("new"), tmp_path / "site")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o777 & ~umask


def test_a_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """The old tree is gone afterwards."""
    a_site(tmp_path / "site", "old")
    (tmp_path / "site" / "gone.html").write_text("old")
    staging.build_and_publish(building("new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"
    assert not (tmp_path / "site" / "gone.html").exists()
    assert names(tmp_path) == ["site"]


def test_a_reader_never_finds_nothing(tmp_path: Path) -> None:
    """While sites change places again and again, the page is there at every look."""
    target = a_site(tmp_path / "site", "old")
    if not swap.exchange(a_site(tmp_path / "probe", "probe"), target):
        pytest.fail("this file system cannot exchange two folders in one step")
    missing: list[OSError] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                (target / "index.html").read_bytes()
            except OSError as error:
                missing.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(50):
        swap.publish(a_site(tmp_path / f"next{turn}", str(turn)), target)
    stop.set()
    reader.join()
    assert missing == []
    assert (target / "index.html").read_text() == "49"


def test_without_the_system_call_a_link_is_turned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first swap makes the link, the next ones only turn it; old trees are removed."""
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    target = a_site(tmp_path / "site", "old")
    for mark in ("first", "second", "third"):
        staging.build_and_publish(building(mark), target)
        assert (target / "index.html").read_text() == mark
        assert target.is_symlink()
        assert len(names(tmp_path)) == 2


@pytest.mark.parametrize("error", [RuntimeError("the build broke"), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path, error: BaseException) -> None:
    """Nothing of the attempt stays."""
    a_site(tmp_path / "site", "old")

    def broken(folder: Path) -> None:
        (folder / "index.html").write_text("half")
        raise error

    with pytest.raises(type(error)):
        staging.build_and_publish(broken, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert names(tmp_path) == ["site"]


def test_a_site_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    """Each fault is named, and the old site stays."""
    a_site(tmp_path / "site", "old")

    def incomplete(folder: Path) -> None:
        a_site(folder, "new")
        (folder / "zh" / "index.html").write_text("")
        (folder / "pagefind" / "pagefind-entry.json").unlink()

    with pytest.raises(staging.RefusedError) as refusal:
        staging.build_and_publish(incomplete, tmp_path / "site")
    assert refusal.value.faults == [
        "pagefind/ holds no page in English",
        "zh/index.html is missing or empty",
    ]
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_a_page_in_one_language_only_is_a_fault(tmp_path: Path) -> None:
    """Both languages publish together."""
    site = a_site(tmp_path, "x")
    (site / "only.html").write_text("x")
    assert verify.faults(site) == ["only.html has no Chinese page"]


def test_a_file_in_the_way_is_not_removed(tmp_path: Path) -> None:
    """Whoever put a file there is told."""
    (tmp_path / "site").write_text("mine")
    with pytest.raises(swap.SwapError, match="is a file"):
        staging.build_and_publish(building("new"), tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"


def test_wrong_use_of_the_script_is_exit_2(root: Path) -> None:
    """As every script of the project."""
    command = [sys.executable, "scripts/build.py", "--no-such-option"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert done.returncode == 2
