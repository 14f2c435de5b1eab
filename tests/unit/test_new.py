"""Takes what a person knows; shows the draft that `scripts/new.py` makes of it, and how it ends."""

import contextlib
import importlib
import io
import json
import os
import pty
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from caveat.drafting import Answers, drafted, duplicates, faults
from caveat.drafting.asking import Dialogue
from caveat.importers import thread
from caveat.knowledge import load
from caveat.matching import Index
from caveat.publishing.numbering import number
from caveat.words import words
from tests.support.knowledge import base_knowledge, problems_of, write_base

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-28"
URL = "https://github.com/engine/engine/issues/77"
ERROR = "fatal: the frobnicator of 3 hosts is out of tune"
NEEDED = ("--url", URL, "--title", "Engine 2.1.0 forgets its hosts", "--product", "engine-ce")


def command(root: Path, *arguments: str) -> list[str]:
    """The script, on another checkout."""
    return [sys.executable, str(ROOT / "scripts/new.py"), "--root", str(root), *arguments]


class Done(NamedTuple):
    """How a run ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script, as a module."""
    return importlib.import_module("new")


Run = Callable[..., Done]


@pytest.fixture
def run(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs it in a pipe, where nobody can be asked."""

    def made(root: Path, *arguments: str, typed: str = "") -> Done:
        out, error = io.StringIO(), io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
            try:
                status = script.main(["--root", str(root), *arguments])
            except SystemExit as end:
                status = end.code
        return Done(status, out.getvalue(), error.getvalue())

    return made


def drafts(root: Path) -> list[Path]:
    """The new records, finished or not."""
    return sorted(p for p in (root / "advisories/records").rglob("*") if "-new-" in p.name)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The base, ready for one more record."""
    return write_base(tmp_path / "kb")


def test_flags_make_a_valid_draft(base: Path, run: Run) -> None:
    """All that was said stands in its place, a package's version as the release it is, and nothing
    is wrong with the file but what is still to do."""
    done = run(
        *(base, *NEEDED, "--introduced", "5:2.1.0-1", "--when", "mode=rootless"),
        *("--error", ERROR, "--near-miss", "fatal: the frobnicator is missing", "--log", "daemon"),
        *("--kind", "regression", "--level", "high", "--reason", "Nothing starts."),
        *("--helped", "Tune it by hand.", "--command", "sudo apt-get install tuner"),
        *("--practice", "pin-versions", "--day", "2026-11-20"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = drafts(base)
    assert path.name == "CAV-2026-new-engine-2-1-0-forgets-its-hosts.yml"
    assert path.relative_to(base).as_posix() in done.stdout
    assert problems_of(base, tidy=True) == [p for p in problems_of(base) if p.code == "CAV401"]
    record = load(base)[0].advisories[path.stem]
    (on,) = record.affected[0].on
    assert (on.product, on.ranges[0].introduced) == ("engine", "2.1.0")
    assert on.when == {"mode": ["rootless"]}
    assert record.status == "draft"
    assert record.aliases == ["engine/engine#77"]
    assert (record.kind, record.severity.level) == ("regression", "high")
    (signature,) = record.signatures
    assert (signature.log, signature.samples) == ("daemon", [ERROR])
    (way,) = record.workarounds
    assert way.apply[0].commands == {"debian": "sudo apt-get install tuner"}
    assert record.practices == ["pin-versions"]
    assert record.timeline[0].date == "2026-11-20"


def test_little_is_enough(base: Path, run: Run) -> None:
    """Where one knows nothing but a title and a link, the draft is valid, and says what to do."""
    assert run(base, *NEEDED).returncode == 0
    assert not [p for p in problems_of(base) if p.is_error]
    text = drafts(base)[0].read_text(encoding="utf-8")
    todo = text[text.index("# Still to do:") : text.index("\nid: ")]
    for field in ("summary", "cause", "severity", "affected", "signatures", "workarounds"):
        assert f"# - {field}: " in todo
    assert "# workarounds:" in text


def test_chinese(base: Path, run: Run) -> None:
    """Comments, open texts and what is printed are Chinese; the short name still fits a URL."""
    done = run(
        *(base, "--lang", "zh", "--url", URL, "--product", "Engine", "--title", "升级后主机丢失"),
        *("--error", ERROR),
    )
    assert done.returncode == 0, done.stderr
    assert "待完成：" in done.stdout
    (path,) = drafts(base)
    assert path.stem.isascii()
    assert "frobnicator" in path.stem
    text = path.read_text(encoding="utf-8")
    assert "zh: 升级后主机丢失\n" in text
    assert "待补：" in text
    assert not [line for line in text.splitlines() if line.strip().startswith("en:")]
    assert not [p for p in problems_of(base) if p.is_error]


@pytest.mark.parametrize(
    "same",
    [
        ("--url", "https://www.github.com/engine/engine/issues/12/"),
        ("--error", 'engine: port driver "b" cannot bind [::]:9090'),
    ],
    ids=["alias", "error"],
)
def test_likely_duplicate_is_not_written(base: Path, run: Run, same: tuple[str, str]) -> None:
    """An upstream name or an error text that a record has stops it, unless one insists."""
    done = run(base, *NEEDED, *same)
    assert done.returncode == 1
    assert "CAV-2025-0001" in done.stderr
    assert drafts(base) == []
    assert run(base, *NEEDED, *same, "--anyway").returncode == 0
    assert len(drafts(base)) == 1


def test_likeness_alone_is_only_told() -> None:
    """Words alike are a hint, the surer reasons come first."""
    kb = base_knowledge()
    answers = Answers(title="Engine 2.0.0 cannot publish ports", product="engine", url=URL)
    found = duplicates(kb, Index.of(kb), answers)
    assert [(one.record.id, one.why, one.is_likely) for one in found] == [
        ("CAV-2025-0001", "similar", False)
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), ["--url", "--title", "--product"]),
        (("--product", "engin", *NEEDED[:4]), []),
        (("--product", "steam", *NEEDED[:4]), ["`steam` is no product here"]),
        ((*NEEDED, "--introduced", "9.9.9"), ["9.9.9", "near:"]),
        ((*NEEDED, "--when", "mod=rootless"), ["near: mode"]),
        ((*NEEDED, "--when", "mode=rootles"), ["near: rootless"]),
        ((*NEEDED, "--practice", "pin-version"), ["near: pin-versions"]),
        ((*NEEDED, "--day", "2099-01-01"), ["in the future"]),
        ((*NEEDED, "--slug", "engine-2-0-0-ports"), ["slug of CAV-2025-0001"]),
        ((*NEEDED, "--url", "ftp://a.example"), ["https://"]),
        ((*NEEDED, "--fixed", "2.1.0", "--last-affected", "2.0.1"), ["one of them"]),
        ((*NEEDED, "--introduced", "9", "--day", "x"), ["--introduced", "--day"]),
        ((*NEEDED, "--kind", "accident"), ["invalid choice"]),
        (("--from", "nowhere.json"), ["no such file"]),
        (("--from", "https://127.0.0.1:9/issue"), ["give the file instead"]),
    ],
    ids=lambda one: " ".join(one)[-40:] if isinstance(one, tuple) else "",
)
def test_wrong_use(base: Path, run: Run, arguments: tuple[str, ...], said: list[str]) -> None:
    """What cannot be used is told with what would do, all at once; nothing is written. A name that
    only one product can mean is none."""
    done = run(base, *arguments)
    assert done.returncode == (2 if said else 0)
    assert [part for part in said if part not in done.stderr] == []
    assert (drafts(base) == []) == bool(said)


def test_upstream_thread_fills_it_up(base: Path, run: Run, tmp_path: Path) -> None:
    """A saved issue answers what it can; flags go before it."""
    issue = {
        "html_url": URL,
        "number": 77,
        "title": "regression: 2.1.0 forgets its hosts",
        "body": f"Since 2.1.0 all hosts are gone.\n\n```\n{ERROR}\n```\n",
        "created_at": "2026-10-01T10:00:00Z",
    }
    path = tmp_path / "issue.json"
    path.write_text(json.dumps(issue), encoding="utf-8")
    done = run(base, "--from", str(path), "--product", "engine", "--level", "critical")
    assert done.returncode == 0, done.stderr
    (path,) = drafts(base)
    record = load(base)[0].advisories[path.stem]
    assert record.id.startswith("CAV-2026-new-engine-")
    assert (record.kind, record.severity.level) == ("regression", "critical")
    assert record.title.en == "regression: 2.1.0 forgets its hosts"
    assert ERROR in path.read_text(encoding="utf-8")
    assert record.summary.en is not None
    assert "all hosts are gone" in record.summary.en
    assert not [p for p in problems_of(base) if p.is_error]


def test_two_requests_never_collide(base: Path, run: Run) -> None:
    """Two people who start from the same state write two files, and each gets a number of its own
    when they are merged."""
    assert run(base, *NEEDED).returncode == 0
    other = ("--url", f"{URL}8", "--title", "Engine 2.1.0 forgets its ports", "--product", "engine")
    assert run(base, *other).returncode == 0
    assert len(drafts(base)) == 2
    assert [one.id for one in number(base)] == ["CAV-2026-0001", "CAV-2026-0002"]
    assert drafts(base) == []
    assert not [p for p in problems_of(base) if p.is_error]


def test_draft_is_never_written_over(base: Path, run: Run) -> None:
    """A second draft of one name is refused or named otherwise; the first stays as it is."""
    assert run(base, *NEEDED, "--slug", "engine-hosts").returncode == 0
    (path,) = drafts(base)
    before = path.read_bytes()
    done = run(base, *NEEDED, "--slug", "engine-hosts", "--anyway")
    assert done.returncode == 2
    assert run(base, *NEEDED, "--anyway").returncode == 0
    assert path.read_bytes() == before
    assert len(drafts(base)) == 2


def test_print_writes_nothing(base: Path, run: Run) -> None:
    """The draft on standard output, for a look or a pipe."""
    done = run(base, *NEEDED, "--print", "--error-file", "-", typed=ERROR)
    assert done.returncode == 0
    assert done.stdout.startswith("# yaml-language-server: ")
    assert ERROR in done.stdout
    assert drafts(base) == []


def test_error_text_that_would_mislead_stays_a_comment() -> None:
    """A near miss that the text would match makes no signature, and the draft says why."""
    kb = base_knowledge()
    answers = Answers(
        url=URL, title="Engine forgets", product="engine", error=ERROR, near_miss=f"a {ERROR}"
    )
    made = drafted(kb, answers, TODAY)
    assert faults(made, kb) == []
    assert "\nsignatures:" not in made.text
    assert "# signatures:" in made.text
    assert any(one.field == "signatures" and "want" in one.what for one in made.fill)


class Scripted:
    """A person whose answers are known beforehand, by a word of the question."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self.answers, self.said, self.asked = answers, [], []

    def say(self, text: str) -> None:
        self.said.append(text)

    def ask(self, question: str, proposal: str = "") -> str:
        self.asked.append((question, proposal))
        for word, texts in self.answers.items():
            if word in question and texts:
                return texts.pop(0) or proposal
        return proposal

    def ask_lines(self, question: str) -> str:
        return self.ask(question)


def test_dialogue_proposes_and_asks_again() -> None:
    """Product, conditions and practices are proposed from the words; a wrong answer is told and
    asked once more; what was given is not asked."""
    kb = base_knowledge()
    person = Scripted(
        {
            "Who says so": ["moby", URL],
            "What breaks": ["rootless engine-ce forgets its hosts"],
            "First release with": ["7.7.7", "2.0.1"],
            "error text": [ERROR],
        }
    )
    given = Answers(level="high", fixed="2.1.0")
    got = Dialogue(kb, Index.of(kb), person, words("en")).asked(given, TODAY)
    assert got is not None
    assert (got.url, got.product, got.introduced, got.fixed) == (URL, "engine", "2.0.1", "2.1.0")
    assert got.when == {"mode": ("rootless",)}
    assert got.practices == ("pin-versions",)
    assert got.level == "high"
    questions = [question for question, _ in person.asked]
    assert not [q for q in questions if "How bad" in q or "First release without" in q]
    assert len([q for q in questions if "Who says so" in q]) == 2
    assert any("7.7.7" in text and "near:" in text for text in person.said)
    assert faults(drafted(kb, got, TODAY), kb) == []


def test_dialogue_ends_where_it_is_known_already() -> None:
    """The person is shown the record, and need not answer the rest."""
    kb = base_knowledge()
    person = Scripted({"error text": ['port driver "x" cannot bind [::]:1'], "What breaks": ["A"]})
    given = Answers(url=URL, product="engine")
    assert Dialogue(kb, Index.of(kb), person, words("en")).asked(given, TODAY) is None
    assert any(text.startswith("CAV-2025-0001 is known") for text in person.said)
    assert not [q for q, _ in person.asked if "How bad" in q]


def at_terminal(root: Path, typed: bytes, *arguments: str, stop: bool = False) -> tuple[int, str]:
    """The script at a pseudo-terminal: what it ended with, and what was shown."""
    process, terminal = pty.fork()
    if process == 0:
        os.execv(sys.executable, command(root, *arguments))
    os.write(terminal, typed)
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
        if stop and b"\xef\xbc\x9a" in shown:  # a question stands there
            time.sleep(0.1)
            os.kill(process, signal.SIGINT)
            stop = False
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode(errors="replace")


def test_at_a_terminal(base: Path) -> None:
    """The questions are asked in one's language, and the draft is written."""
    lines = [URL, "", "引擎 2.1.0 忘记主机", "engine", "2.1.0", "-", "-", "-", ERROR, ".", "-"]
    status, shown = at_terminal(base, ("\n".join([*lines, *[""] * 12]) + "\n").encode(),
                                "--lang", "zh")  # fmt: skip
    assert status == 0, shown
    assert "是哪个产品？" in shown
    (path,) = drafts(base)
    assert not [p for p in problems_of(base) if p.is_error]
    assert load(base)[0].advisories[path.stem].title.zh == "引擎 2.1.0 忘记主机"


def test_interrupt_writes_nothing(base: Path) -> None:
    """Ctrl-C in the middle of the questions: 130, no file, no traceback."""
    status, shown = at_terminal(base, b"", "--lang", "zh", stop=True)
    assert status == 130
    assert "Traceback" not in shown
    assert drafts(base) == []


def test_lead_in_another_language_keeps_its_words() -> None:
    """A Chinese draft from an English thread asks for a Chinese title and keeps the rest."""
    kb = base_knowledge()
    lead = thread.from_json(
        {"html_url": URL, "number": 77, "title": "Hosts are gone", "body": "Since 2.1.0."}, "a.json"
    )
    made = drafted(kb, Answers(lang="zh", product="engine"), TODAY, lead=lead)
    assert faults(made, kb) == []
    assert "en: Hosts are gone" in made.text
    assert any(one.field == "title" for one in made.fill)
