"""Takes the fuzzer of scripts/; shows that nothing raises at broken texts; it would say so."""

import importlib
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("reader", "rules", "ranges", "patterns", "prose")


@pytest.fixture
def fuzz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with a place of its own for what it keeps."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    module = importlib.import_module("fuzz")
    monkeypatch.setattr(module, "KEPT", tmp_path)
    return module


def test_nothing_raises_at_broken_texts() -> None:
    """The reader, the rules, ranges, patterns and prose; `make fuzz` tries for ten minutes."""
    command = [sys.executable, "scripts/fuzz.py", "--inputs", "120", "--seed", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in TARGETS:
        assert f"{name}: 120 inputs, 0 failed" in done.stdout


def test_the_inputs_reach_what_they_are_for(fuzz: ModuleType) -> None:
    """Neither are all of them refused at the door, nor do all of them pass."""
    inputs, chance = fuzz.inputs, random.Random(1)
    files = [inputs.file_bytes(chance) for _ in range(60)]
    assert len({problem.code for raw in files for problem in inputs.read_file(raw)}) >= 5
    bases = [inputs.read_knowledge(inputs.knowledge_bytes(chance)) for _ in range(60)]
    assert len({problem.code for problems in bases for problem in problems}) >= 5


def test_what_fails_is_kept_and_can_be_tried_again(
    fuzz: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """A reader that raises is told with its input, until it is mended."""

    def read(raw: bytes) -> None:
        assert raw != b"2"

    target = fuzz.Target("reader", lambda chance: b"%d" % chance.randrange(3), read)
    monkeypatch.setattr(fuzz, "TARGETS", (target,))
    assert fuzz.main(["--inputs", "30", "--seed", "1"]) == 1
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == b"2"
    told = capsys.readouterr().out
    assert f"--replay {kept}" in told
    assert "AssertionError" in told
    assert fuzz.main(["--replay", str(kept)]) == 1
    monkeypatch.setattr(fuzz, "TARGETS", (target._replace(read=len),))
    assert fuzz.main(["--replay", str(kept)]) == 0


def test_what_takes_long_fails(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that keeps the reader busy is as bad as one that it cannot read."""
    monkeypatch.setattr(fuzz, "SLOW", 0.0)
    assert fuzz.main(["--inputs", "1", "--seed", "1", "--target", "reader"]) == 1
