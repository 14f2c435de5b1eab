"""Takes scripts/import.py as a person runs it; shows what it writes and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.drafts import IMPORTS
from tests.support.knowledge import write_base

ROOT = Path(__file__).resolve().parents[2]


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script, over a small checkout."""
    command = [sys.executable, str(ROOT / "scripts" / "import.py"), "--root", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """A saved thread about the base's product."""
    found = {
        "html_url": "https://github.com/engine/engine/issues/12",
        "number": 12,
        "title": "Engine 2.0.0 loses ports",
        "body": "Seen with engine 2.0.0.",
        "state": "open",
    }
    path = tmp_path / "issue.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def test_draft_is_written_with_both_lists(tmp_path: Path, issue: Path) -> None:
    """Two files of one thread give two drafts that do not collide; the checkout then validates."""
    root = write_base(tmp_path / "kb")
    done = run(root, str(issue), str(issue))
    assert done.returncode == 0, done.stderr
    drafts = sorted((root / "advisories/records").glob("*/*-new-*.yml"))
    assert len(drafts) == 2
    for path in drafts:
        assert path.relative_to(root).as_posix() in done.stdout
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=")
    assert "still to do:" in done.stdout
    assert "state: the state of a thread" in done.stdout
    validate = [sys.executable, str(ROOT / "scripts/validate.py"), "--root", str(root)]
    checked = subprocess.run(validate, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_draft_that_is_there_is_never_written_over(tmp_path: Path, issue: Path) -> None:
    """A second run makes a second draft."""
    root = write_base(tmp_path / "kb")
    assert run(root, str(issue)).returncode == 0
    (first,) = (root / "advisories/records").glob("*/*-new-*.yml")
    first.write_text(first.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert run(root, str(issue)).returncode == 0
    assert first.read_text(encoding="utf-8").endswith("# mine\n")
    assert len(list((root / "advisories/records").glob("*/*-new-*.yml"))) == 2


def test_what_gives_no_draft_is_a_finding(tmp_path: Path, issue: Path) -> None:
    """The others are written all the same; the status is 1 and the message says what would help."""
    root = write_base(tmp_path / "kb")
    done = run(root, str(issue), str(tmp_path / "nothing.json"), str(IMPORTS / "README.md"))
    assert done.returncode == 1
    assert "nothing.json: no such file" in done.stderr
    assert "README.md: neither JSON nor the page of an issue" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(list((root / "advisories/records").glob("*/*-new-*.yml"))) == 1


def test_dry_run_and_json_print(tmp_path: Path, issue: Path) -> None:
    """Nothing is written; tools get the lists and the text."""
    root = write_base(tmp_path / "kb")
    done = run(root, str(issue), "--dry-run", "--json", "--product", "engine")
    assert done.returncode == 0
    (made,) = json.loads(done.stdout)
    assert set(made) == {"id", "path", "fill", "lost", "text"}
    assert not list((root / "advisories/records").glob("*/*-new-*.yml"))


def test_wrong_use_is_2(tmp_path: Path, issue: Path) -> None:
    """An unknown product, a folder without knowledge, no file at all."""
    root = write_base(tmp_path / "kb")
    assert run(root, str(issue), "--product", "no-such").returncode == 2
    assert run(tmp_path, str(issue)).returncode == 2
    assert run(root).returncode == 2
