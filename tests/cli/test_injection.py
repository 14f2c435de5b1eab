"""Takes payloads in every text of a record, and in what is typed; shows that no command's output
drives a terminal or the runner of a workflow, from a checkout and from a published site."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import lru_cache
from pathlib import Path

import pytest

from caveat.applicability.answers import Answers
from caveat.cli.main import main
from caveat.exports import Shelf, files
from caveat.knowledge import KnowledgeBase, load
from caveat.problems import Problem
from tests.support.payloads import PAYLOADS, TERMINALS
from tests.support.poisoned import TOGETHER, poisoned, write_poisoned

ROOT = Path(__file__).resolve().parents[2]
#: The styles of the console itself.
STYLE = re.compile(r"\x1b\[(?:0|1|2|31|32|33|1;33)m")
#: What a runner obeys (actions/runner, ActionCommand.cs): at the head of a line, blanks before it.
#: Annotations of our own have their level and a title or a place.
OBEYED = re.compile(
    r"\s*(?:::(?!(?:error|warning|notice) (?:title|file)=)\s*[\w-]+(?:\s.*?)?::|##\[)"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_poisoned(tmp_path_factory.mktemp("poisoned"), PAYLOADS)


@pytest.fixture(scope="module")
def published(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The API that a site of these records has."""
    site, kb = tmp_path_factory.mktemp("site"), poisoned(checkout)
    for file in files(Shelf(kb, Answers(kb))):
        if file.path.startswith("api/"):
            path = site / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
    return site


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """A checkout that does not change is read once for all the commands. That its problems drive no
    terminal is shown by the last test here; here they would hide the answers."""

    @lru_cache
    def read(root: Path) -> tuple[KnowledgeBase, list[Problem]]:
        return load(root)[0], []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("caveat.cli.checkout.load", read)
        yield


class Terminal(io.StringIO):
    """Takes colours."""

    def isatty(self) -> bool:
        return True


def printed(*words: object, terminal: bool = False) -> str:
    """All that a command prints, on both streams."""
    out, error = Terminal() if terminal else io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(error):
        patch.setenv("TERM", "xterm")
        patch.delenv("NO_COLOR", raising=False)
        with suppress(SystemExit):
            main([str(word) for word in words])
    return out.getvalue() + error.getvalue()


def strange(text: str) -> list[str]:
    """Lines that hold more than what is printed, and lines that a runner obeys."""
    plain = STYLE.sub("", text)
    lines = [line for line in plain.split("\n") if not (line.isprintable() or not line)]
    return lines + [line for line in plain.split("\n") if OBEYED.match(line)]


COMMANDS = {
    "check": ["check", "engine-{group}", "2.0.0", "--all"],
    "check-github": ["check", "engine-{group}", "2.0.0", "--all", "--format", "github"],
    "check-json": ["check", "engine-{group}", "2.0.0", "--all", "--json"],
    "plan": ["plan", "engine-{group}", "1.1.2", "2.0.0"],
    "plan-markdown": ["plan", "engine-{group}", "1.1.2", "2.0.0", "--format", "markdown"],
    "plan-github": ["plan", "engine-{group}", "1.1.2", "2.0.0", "--format", "github"],
    "plan-json": ["plan", "engine-{group}", "1.1.2", "2.1.0", "--json"],
    "show": ["show", "{record}"],
    "show-json": ["show", "{record}", "--json"],
    "hold": ["hold", "{record}"],
    "hold-json": ["hold", "{record}", "--json"],
}


#: Records whose payload is made for terminals; of the others some are enough, since nothing here
#: looks at what a text means.
DRIVING = {number for number, one in enumerate(PAYLOADS.values(), 1) if one in TERMINALS}


def asked(name: str) -> Iterator[list[str]]:
    """The command for each group of products, or for records."""
    words = COMMANDS[name]
    for number in range(1, len(PAYLOADS) + 1):
        if number % TOGETHER == 1 or ("{record}" in words and number in DRIVING):
            record = f"CAV-2025-{number:04}"
            yield [word.format(group=(number - 1) // TOGETHER, record=record) for word in words]


@pytest.mark.parametrize("name", COMMANDS)
def test_no_text_of_a_record_drives_a_terminal(checkout: Path, name: str) -> None:
    """Each command, in both languages; on a terminal come the command's own colours alone."""
    for number, words in enumerate(asked(name)):
        where = ["--lang", ("en", "zh")[number % 2], "--kb", checkout]
        text = printed(*words, *where, terminal=number % 4 > 1)
        assert text
        assert strange(text) == [], words


@pytest.mark.parametrize("name", ["check", "show", "hold", "plan-markdown", "check-github"])
def test_nor_does_that_of_a_published_site(published: Path, name: str) -> None:
    """A site may be another's: what it serves went past no reader of ours."""
    for words in asked(name):
        text = printed(*words, "--kb", published)
        assert text
        assert strange(text) == [], words


def test_a_log_and_its_name_drive_no_terminal(checkout: Path, tmp_path: Path) -> None:
    """What is found in it, and what is not."""
    kb = poisoned(checkout)
    samples = [
        sample
        for record in kb.advisories.values()
        for signature in record.signatures
        for sample in signature.samples
    ]
    log = tmp_path / "a\x1b[31m::error::.log"
    log.write_text("\n".join([*PAYLOADS.values(), *samples]), encoding="utf-8")
    other = tmp_path / "b.log"
    other.write_text("\x1b[2J ::error::x")
    for words in (["match", log], ["match", log, other], ["match", tmp_path / "\x1b[31m"]):
        for terminal in (False, True):
            text = printed(*words, "--kb", checkout, terminal=terminal)
            assert text
            assert strange(text) == []


@pytest.mark.parametrize("payload", TERMINALS, ids=ascii)
def test_nothing_that_is_typed_comes_back_as_it_was(checkout: Path, payload: str) -> None:
    """A name that nobody knows, a version that is none, a wrong option."""
    for words in (
        ["check", payload, "1.0.0"],
        ["check", "engine-0", payload],
        ["check", "engine-0", "2.0.0", "--trait", f"mode={payload}"],
        ["show", payload],
        ["hold", payload],
        ["plan", "engine-0", payload, payload],
        [payload],
        ["show", f"--{payload}"],
    ):
        where = ["--kb", checkout] if words[0] != payload else []
        assert strange(printed(*words, *where, terminal=True)) == [], words


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_no_problem_of_a_record_drives_a_terminal(checkout: Path, form: str) -> None:
    """What the validator finds holds what it found."""
    command = [sys.executable, "scripts/validate.py", "--root", str(checkout), "--format", form]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert strange(done.stdout + done.stderr) == []
