"""Takes work in a process of its own; shows that its answer comes, or that it failed."""

import os
from functools import partial

import pytest

from caveat.publishing.beside import beside, failed, later


def test_an_answer_comes_from_another_process() -> None:
    """With what this one knew when it began."""
    known = os.urandom(2_000_000)
    asked = later(lambda: known + str(os.getpid()).encode())
    assert asked
    answer = asked()
    assert answer.startswith(known)
    assert answer != known + str(os.getpid()).encode()


def test_a_process_without_an_answer_failed(capfd: pytest.CaptureFixture[str]) -> None:
    """By an exception, which is shown, or by its end."""
    for ends in (lambda: b"a"[1:].index(b"b").to_bytes(), partial(os._exit, 3)):
        asked = later(ends)
        assert asked
        with pytest.raises(EOFError):
            asked()
    assert "ValueError" in capfd.readouterr().err
    assert failed(beside(os._exit, 3))
    assert not failed(beside(os._exit, 0))


def test_one_core_works_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to wait for then."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert later(bytes) is None
    assert beside(bytes) is None
