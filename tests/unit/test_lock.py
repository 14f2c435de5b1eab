"""Takes the small base with a lock; shows that the lock is written whole, only ever grows, and that
a change that touches it is told apart."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from caveat.knowledge import load
from caveat.reading.lock import FILE, Lock, parse_lock, read_lock
from caveat.rules.permanence import MOST
from tests.support.knowledge import ADVISORY, ENGINE, change, problems_of, write_base
from tests.support.six import write_copy

ROOT = Path(__file__).resolve().parents[2]


def publish(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script on another checkout."""
    command = [sys.executable, ROOT / "scripts/publish_lock.py", "--root", root, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """The base, published."""
    assert publish(write_base(tmp_path)).returncode == 0
    return tmp_path


def records(root: Path, count: int) -> None:
    """As many more records."""
    for number in range(2, count + 2):
        write_copy(root, f"CAV-2025-{number:04}")


def test_lock_holds_names_dates_and_pages(locked: Path) -> None:
    """Of every record, and the paths of all other pages."""
    lock, problems = read_lock(locked)
    assert problems == []
    line = lock.records["CAV-2025-0001"].line
    assert line.startswith("CAV-2025-0001 engine-2-0-0-ports 2025-03-01 2025-03-10 sections=affec")
    assert line.endswith(" workarounds=downgrade aliases=engine/engine#12,CVE-2025-1234")
    assert {"find/", "products/engine/", "products/engine/2.0.0/"} <= set(lock.pages)
    assert parse_lock(lock.text())[0] == lock


def test_written_twice_is_the_same(locked: Path) -> None:
    """The second time there is nothing to write."""
    before = (locked / FILE).read_bytes()
    assert publish(locked).stdout.startswith(f"{FILE}: fresh")
    assert (locked / FILE).read_bytes() == before


def test_new_records_and_changes_are_taken_in(locked: Path) -> None:
    """What came since is added, a later change is noted."""
    change(locked, ADVISORY, 'modified: "2025-03-10"', 'modified: "2025-04-01"')
    records(locked, 1)
    done = publish(locked)
    assert "(1 records new, 1 changed, 0 pages new)" in done.stdout, done.stderr
    assert read_lock(locked)[0].records["CAV-2025-0001"].modified == "2025-04-01"


def test_nothing_is_written_where_something_is_lost(locked: Path) -> None:
    """Neither a name of a record nor a page of something else."""
    before = (locked / FILE).read_bytes()
    change(locked, ADVISORY, "aliases: [engine/engine#12, ", "aliases: [")
    done = publish(locked)
    assert done.returncode == 1
    assert "CAV903 aliases: found no alias `engine/engine#12`" in done.stderr
    change(locked, ADVISORY, "aliases: [", "aliases: [engine/engine#12, ")
    (locked / FILE).write_bytes(before + b"page products/engine/0.9.0/\n")
    done = publish(locked)
    assert done.returncode == 1
    assert "CAV902 products/engine/0.9.0/: found no such page" in done.stderr
    assert "keep the page" in done.stderr
    assert (locked / FILE).read_bytes() == before + b"page products/engine/0.9.0/\n"


def test_placeholder_is_not_locked(locked: Path) -> None:
    """An id is locked once it is final."""
    records(locked, 1)
    path = (locked / ADVISORY).with_stem("CAV-2025-0002")
    text = path.read_text(encoding="utf-8").replace("CAV-2025-0002", "CAV-2025-new-copy")
    path.unlink()
    path.with_stem("CAV-2025-new-copy").write_text(text, encoding="utf-8")
    done = publish(locked)
    assert (done.returncode, "scripts/number.py first" in done.stderr) == (1, True)


@pytest.mark.parametrize(("gone", "code"), [(1, "CAV902"), (2, "CAV902"), (3, "CAV905")])
def test_a_tenth_is_too_much_at_once(tmp_path: Path, gone: int, code: str) -> None:
    """Of twenty records two are two mistakes, three are an accident."""
    root = write_base(tmp_path)
    records(root, 19)
    assert publish(root).returncode == 0
    assert 20 * MOST == 2
    for number in range(2, gone + 2):
        (root / ADVISORY).with_stem(f"CAV-2025-{number:04}").unlink()
    assert {p.code for p in problems_of(root)} == {code}


def test_one_record_alone_is_held_to_its_line(locked: Path) -> None:
    """Whoever checks one file is told of what it lost, and not of what was not read."""
    records(locked, 1)
    assert publish(locked).returncode == 0
    kb, _ = load(locked, {ADVISORY})
    assert "CAV-2025-0002" in kb.unread
    command = [sys.executable, ROOT / "scripts/validate.py", "--root", locked, locked / ADVISORY]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    change(locked, ADVISORY, "  - id: downgrade", "  - id: go-back")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "CAV903 workarounds: found no workaround `downgrade`" in done.stdout


def test_a_checkout_without_a_lock_is_free(tmp_path: Path) -> None:
    """Nothing was published yet."""
    assert load(write_base(tmp_path))[0].lock == Lock()


def test_numbers_in_the_lock_stay_taken(locked: Path) -> None:
    """A record that is gone leaves its number behind."""
    lock = (locked / FILE).read_text(encoding="utf-8")
    line = next(one for one in lock.splitlines() if one.startswith("CAV-"))
    (locked / FILE).write_text(lock + line.replace("-0001", "-0009") + "\n", encoding="utf-8")
    new = (locked / ADVISORY).with_stem("CAV-2025-new-a")
    new.write_bytes((locked / ADVISORY).read_bytes())
    command = [sys.executable, ROOT / "scripts/number.py", "--root", locked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "CAV-2025-new-a -> CAV-2025-0010\n"


def git(root: Path, *words: str) -> None:
    """Git with a name of its own."""
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", root, *who, *words], check=True, capture_output=True)


def test_a_branch_that_touches_the_lock_is_told_apart(locked: Path) -> None:
    """By the place and the cure; what main did since does not count."""
    git(locked, "init", "--initial-branch=main")
    git(locked, "add", ".")
    git(locked, "commit", "--message=a")
    git(locked, "checkout", "-b", "mine")
    change(locked, ENGINE, "id: engine", "# a\nid: engine")
    git(locked, "commit", "--all", "--message=b")
    assert publish(locked, "--check", "main").returncode == 0
    git(locked, "checkout", "main")
    change(locked, FILE, " 2025-03-10 ", " 2025-03-11 ")
    git(locked, "commit", "--all", "--message=c")
    git(locked, "checkout", "mine")
    assert publish(locked, "--check", "main").returncode == 0
    change(locked, FILE, " 2025-03-10 ", " 2025-03-12 ")
    git(locked, "commit", "--all", "--message=d")
    done = publish(locked, "--check", "main")
    assert done.returncode == 1
    assert re.match(
        rf"{FILE}:3:1: found a change, want .* \(git checkout [0-9a-f]+ --", done.stderr
    )
    assert publish(locked, "--check", "nowhere").returncode == 2
