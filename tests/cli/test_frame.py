"""Takes the command's frame; shows its statuses, its silence about itself, and what reaches a
terminal."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from caveat.cli import commands
from caveat.cli.console import Console, Styled
from tests.support.command import COMMAND, ROOT, process, run
from tests.support.knowledge import BASE

NAMES = [command.name for command in commands.COMMANDS]
ESCAPE = "\x1b"


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_the_status_means(name: str) -> None:
    """Every subcommand explains itself, its status, and the options that all have."""
    done = run(name, "--help", kb=None)
    assert done.status == 0
    assert done.out.startswith(f"usage: caveat {name}")
    text = " ".join(done.out.split())
    assert "Exit status: 0" in text
    assert all(option in text for option in ("--kb", "--json", "--lang"))


def test_help_names_every_command() -> None:
    """What there is, is listed."""
    done = run("--help", kb=None)
    assert done.status == 0
    assert all(f"\n    {name}" in done.out for name in NAMES)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["no-such-command"],
        ["check"],
        ["check", "a", "--no-such"],
        ["match", "--kb"],
    ],
)
def test_wrong_use_is_2(words: list[str]) -> None:
    """What cannot be understood is told in a line on standard error."""
    done = run(*words, kb=None)
    assert (done.status, done.out) == (2, "")
    assert done.error.startswith("caveat: ")
    assert done.error.count("\n") == 1


def test_no_knowledge_is_2(tmp_path: Path) -> None:
    """Without a checkout around, the way to name one is told."""
    done = process("check", "engine", "1.0.0", folder=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "--kb" in done.error
    assert "Traceback" not in done.error


def test_checkout_is_found_from_below() -> None:
    """Anywhere inside it, as git does."""
    done = process("check", "engine", "1.0.0", folder=BASE / "advisories" / "records" / "2025")
    assert (done.status, done.error) == (0, "")


def test_what_should_not_happen_is_2(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is a message, not a traceback."""

    def fails(self: object) -> object:
        raise RuntimeError("no \x1b[31m ink")

    monkeypatch.setattr(commands.Command, "load", fails)
    done = run("show", "a", kb=None)
    assert done.status == 2
    assert "RuntimeError" in done.error
    assert ESCAPE not in done.error
    assert "Traceback" not in done.error


def test_interrupt_is_130() -> None:
    """Ctrl-C ends a command that waits, without a word."""
    with subprocess.Popen(
        [COMMAND, "match"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as waiting:
        assert waiting.stdin is not None
        waiting.stdin.write(b"a line\n")
        waiting.stdin.flush()
        wait_until_it_reads(waiting.pid)
        waiting.send_signal(signal.SIGINT)
        out, error = waiting.communicate()
    assert (waiting.returncode, out, error) == (130, b"", b"")


def wait_until_it_reads(pid: int) -> None:
    """Until the process sleeps, having eaten what was written for it."""
    for _ in range(200):
        time.sleep(0.05)
        if Path(f"/proc/{pid}/wchan").read_text() in {"pipe_read", "anon_pipe_read"}:
            return
    time.sleep(1)  # a kernel that tells nothing


def test_reader_that_leaves_is_no_error() -> None:
    """`caveat show … | head -1` is quiet, and the status is the answer's."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [COMMAND, "check", "engine", "1.0.0", "--kb", BASE],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_old_terminal_is_no_error() -> None:
    """Characters that it does not know are shown as escapes."""
    old = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = process("show", "engine-2-0-0-ports", "--lang", "zh", "--kb", BASE, environment=old)
    assert (done.status, done.error) == (0, "")
    assert "\\u" in done.out


def test_help_waits_for_nothing() -> None:
    """No command's code is read before it is used."""
    code = "import sys\nfrom caveat.cli.main import main\ntry: main(['--help'])\nexcept SystemExit:"
    code += " print(sorted({'pydantic', 'yaml', 'ssl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


class Terminal(StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        return True


def shown(environment: dict[str, str], *, terminal: bool = True) -> str:
    """A red word as it reaches the outside."""
    out = Terminal() if terminal else StringIO()
    console = Console(out, StringIO(), environment)
    console.line(Styled("red", "red"), " plain")
    console.close()
    return out.getvalue()


def test_colour_is_for_terminals_that_want_it() -> None:
    """Not for files, not under NO_COLOR, not where the terminal is dumb; an empty NO_COLOR is
    none."""
    assert shown({}) == "\x1b[31mred\x1b[0m plain\n"
    assert shown({"NO_COLOR": ""}) == shown({})
    plain = "red plain\n"
    assert shown({}, terminal=False) == plain
    assert shown({"NO_COLOR": "1"}) == plain
    assert shown({"TERM": "dumb"}) == plain


@pytest.mark.parametrize("colour", [True, False])
def test_colour_on_a_real_terminal(colour: bool) -> None:
    """The installed command on a pseudo-terminal, with and without NO_COLOR."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"TERM": "xterm"} | ({} if colour else {"NO_COLOR": "1"})
    with subprocess.Popen(
        [COMMAND, "check", "engine", "2.0.0", "--kb", BASE], stdout=theirs, env=environment
    ) as running:
        os.close(theirs)
        text = read_all(ours)
        assert running.wait() == 3
    assert "CAV-2025-0001" in text
    assert (ESCAPE in text) is colour


def read_all(descriptor: int) -> str:
    """What comes until the other side ends."""
    parts = []
    while True:
        try:
            part = os.read(descriptor, 4096)
        except OSError:  # how Linux tells that the other side ended
            part = b""
        if not part:
            os.close(descriptor)
            return b"".join(parts).decode()
        parts.append(part)


def test_data_never_drives_a_terminal(tmp_path: Path, published: Path) -> None:
    """Neither a record of somebody's site, nor a log, nor an argument."""
    site = poisoned(published, tmp_path)
    evil = "\x1b]0;owned\x07\x1b[2J\u202e"
    (tmp_path / "a.log").write_text(f"{evil} cannot start {evil}\n")
    for words in (
        ["show", "CAV-2025-0001"],
        ["check", "docker-engine", "28.0.0"],
        ["check", evil, evil, "--trait", evil],
        ["match", tmp_path / "a.log"],
        ["match", tmp_path / evil],
        ["hold", "CAV-2025-0001"],
    ):
        done = run(*words, kb=site)
        assert done.status in (0, 1, 2, 3)
        assert not {ESCAPE, "\x07", "\u202e", "\r"} & set(done.out + done.error), words


def poisoned(published: Path, folder: Path) -> Path:
    """A site whose texts hold terminal escapes."""
    evil = "\x1b[31mred\x1b]0;owned\x07\u202e"
    for path in published.glob("api/v1/**/*.json"):
        target = folder / path.relative_to(published)
        target.parent.mkdir(parents=True, exist_ok=True)
        values = json.loads(path.read_bytes())
        if path.parent.name == "advisories":
            for field in ("title", "summary", "cause"):
                values[field] = {"en": evil + values[field]["en"], "zh": evil}
            for step in (s for w in values["workarounds"] for s in w["apply"] if s["commands"]):
                step["commands"] = {"any": f"{evil}\nls"}
        target.write_text(json.dumps(values))
    return folder


def test_long_lines_are_broken_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """At spaces, and between Chinese characters, which take two columns."""
    monkeypatch.setenv("COLUMNS", "40")
    out = Terminal()
    console = Console(out, StringIO(), {"NO_COLOR": "1"})
    console.text("one two three four five six seven eight nine ten", indent=1)
    console.text("升级之后容器无法启动，端口映射失效，需要回退到旧版本。" * 2)
    console.text("z" * 100)
    console.close()
    lines = out.getvalue().splitlines()
    assert all(len(line.encode("gbk")) <= 40 for line in lines)
    assert lines[:2] == ["  one two three four five six seven", "  eight nine ten"]
    assert "".join(lines).count("z") == 100
