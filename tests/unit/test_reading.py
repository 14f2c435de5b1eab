"""Takes bad files; shows that each is a clear line with its place, soon, and never an exception."""

import json
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from caveat.knowledge import load
from caveat.model import Advisory
from caveat.problems import Problem
from caveat.reading.document import MOST_PROBLEMS
from caveat.reading.parse import CATALOGUE_LIMITS, RECORD_LIMITS, parse
from caveat.reading.scalars import read_as
from caveat.reading.tree import decode_text, read_file
from tests.support.bombs import BOMBS
from tests.support.knowledge import ADVISORY, BASE, change, problems_of, write_base
from tests.support.pace import paced

ROOT = Path(__file__).resolve().parents[2]
BASE_TEXT = (BASE / ADVISORY).read_text(encoding="utf-8")
NEW = "advisories/traits/new.yml"


def found(root: Path, file: str = NEW) -> list[str]:
    """Place and code of each problem of one file."""
    return [f"{p.line}:{p.column} {p.code}" for p in problems_of(root) if p.file == file]


def parsed(text: str) -> list[Problem]:
    """The problems of a text."""
    return parse("a.yml", text, RECORD_LIMITS)[1]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "1:1 CAV105"),
        (b"\n\n# nothing\n", "1:1 CAV105"),
        (b"id: " + b"x" * 2**20, "1:1 CAV102"),
        (b"id: new\nname:\n  en: caf\xe9\n", "3:10 CAV103"),
        ("id: 新\nname: \udcff".encode("utf-8", "surrogateescape"), "2:7 CAV103"),
        ("id: new\n".encode("utf-16"), "1:1 CAV103"),
        (b"id: new\nname: a\x00b\n", "2:8 CAV103"),
        (b"id: new\nname: \x1b[31m\n", "2:7 CAV103"),
        ("id: new\nname: a\u202eb\n".encode(), "2:8 CAV103"),
        ("id: new\nname: a\x85b\n".encode(), "2:8 CAV103"),
        (b"id: new\nname: [\n", "3:1 CAV104"),
        (b"id: new\n  name: x\n", "2:3 CAV104"),
        (b"id: 'new\n", "1:5 CAV104"),
        (b"@\n", "1:1 CAV104"),
        (b"{" * 5000, "1:2 CAV104"),
        (b"[" * 50_000, "1:13 CAV107"),
        (b"- " * 5000, "1:25 CAV107"),
        (b"a: &a [x]\nb: [*a, *a]\n", "1:4 CAV106"),
        (b"id: !!python/object/apply:os.system [ls]\n", "1:5 CAV106"),
        (b"just a text\n", "1:1 CAV203"),
        (b"- id: new\n", "1:1 CAV203"),
    ],
)
def test_bad_file_is_one_clear_line_first(tmp_path: Path, content: bytes, place: str) -> None:
    """The first problem of a broken file stands where the file breaks."""
    root = write_base(tmp_path)
    (root / NEW).write_bytes(content)
    assert found(root)[0] == place


UNSEEN = [
    *("\0", "\a", "\b", "\v", "\f", "\r", "\x1b[2J", "\x7f", "\x85", "\x9b31m", "\xad"),
    *("\u061c", "\u180e", "\u200b", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a"),
    *("\u202e", "\u2060", "\u2066", "\u2069", "\u3164", "\ufeff", "\ufff9", "\U000e0041"),
]


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_refused_however_it_is_written(text: str) -> None:
    """As it is, and as an escape that only decoding brings to light, in values and in keys."""
    assert decode_text(f"a: x{text}y\n".encode(), "a.yml")[1][0].code == "CAV103"
    escape = "".join(f"\\U{ord(c):08x}" for c in text)
    for written in (f'a: "x{escape}y"\n', f'"x{escape}y": a\n', f'[a, "{escape}"]\n'):
        assert [problem.code for problem in parsed(written)] == ["CAV103"]


def test_what_people_write_is_read() -> None:
    """Chinese, emoji with their variation selectors, tabs and line ends do no harm."""
    text = '"a\\tb\\n升级，「端口」 \\u26a0\\ufe0f 🚢 é"\n'
    assert parsed(text) == []
    assert parse("a.yml", text, RECORD_LIMITS)[0] == "a\tb\n升级，「端口」 \u26a0\ufe0f 🚢 é"


def test_windows_file_is_read_on(tmp_path: Path) -> None:
    """Line ends and a byte order mark are named, and do not hide what else is wrong."""
    root = change(write_base(tmp_path), ADVISORY, "kind: regression", "kind: regresion")
    path = root / ADVISORY
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(root, ADVISORY) == ["1:1 CAV103", "1:1 CAV103", "5:7 CAV204"]


def test_places_that_are_no_files(tmp_path: Path) -> None:
    """A folder, a link, a dangling link and a pipe are named, and none is waited for."""
    root = write_base(tmp_path)
    traits = root / "advisories/traits"
    (traits / "a.yml").mkdir()
    (traits / "b.yml").symlink_to("kernel-module.yml")
    (traits / "c.yml").symlink_to("nowhere.yml")
    __import__("os").mkfifo(traits / "d.yml")
    for name in "abcd":
        assert found(root, f"advisories/traits/{name}.yml") == ["1:1 CAV101"]


def test_unreadable_names_print(tmp_path: Path) -> None:
    """A file name that is no UTF-8 does not stop the report."""
    root = write_base(tmp_path)
    (root / "advisories/traits/a\udcff\n.yml").write_text("")
    lines = [str(problem) for problem in problems_of(root)]
    assert len(lines) == 1
    assert lines[0].encode("utf-8").isascii()


def test_no_knowledge_is_a_problem(tmp_path: Path) -> None:
    """An empty checkout is not a healthy one."""
    _, problems = load(tmp_path)
    assert [p.code for p in problems] == ["CAV101"]


def test_missing_product_is_a_problem_of_the_record(tmp_path: Path) -> None:
    """Each mention of a catalogue that does not exist is named."""
    root = write_base(tmp_path)
    (root / "advisories/products/proxy.yml").unlink()
    assert found(root, ADVISORY) == ["44:18 CAV501", "163:5 CAV501"]


def test_broken_product_is_reported_once(tmp_path: Path) -> None:
    """What cannot be decoded exists all the same: its records are not blamed."""
    root = change(write_base(tmp_path), "advisories/products/engine.yml", "semver", "semvre")
    assert [p.code for p in problems_of(root)] == ["CAV204"]


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    """Sorted by place, each once."""
    root = write_base(tmp_path)
    change(root, ADVISORY, "kind: regression", "kind: regresion")
    change(root, ADVISORY, 'modified: "2025-03-10"', "modified: 2025-03-10")
    change(root, "advisories/practices/pin-versions.yml", "phase: before", "phase: befor")
    (root / NEW).write_text("")
    problems = problems_of(root)
    assert [p.code for p in problems] == ["CAV204", "CAV204", "CAV109", "CAV105"]
    assert problems == sorted(set(problems))


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bomb_goes_off_in_a_bucket(tmp_path: Path, text: str) -> None:
    """Small files that blow up in other readers give a record to nobody, and a report that ends."""
    path = tmp_path / "a.yml"
    path.write_bytes(text.encode())
    record, problems = read_file(tmp_path, path, Advisory, RECORD_LIMITS)
    assert record is None
    assert 0 < len(problems) <= 3 * (MOST_PROBLEMS + 1)
    assert sum(len(str(problem)) for problem in problems) < 100_000


def test_bombs_cost_next_to_nothing() -> None:
    """A tenth of a second each, as a record and as a catalogue, and 50 MB for all of them."""
    command = [sys.executable, "-m", "tests.support.bombs"]
    run = partial(subprocess.run, cwd=ROOT, capture_output=True, text=True, check=True)
    done, slower = paced(lambda: run(command))
    cost = json.loads(done.stdout)
    most = 0.1 * slower
    assert {name: taken for name, taken in cost["seconds"].items() if taken > most} == {}
    assert cost["bytes"] <= 50 * 2**20


def test_the_size_of_a_text_is_counted_in_bytes() -> None:
    """A Chinese text of 3,000 characters is as large as an English one of 9,000."""
    assert RECORD_LIMITS.scalar == 8 * 1024
    assert parsed("a: " + "x" * 8_192 + "\n") == []
    assert [one.code for one in parsed("a: " + "x" * 8_193 + "\n")] == ["CAV107"]
    assert parsed("a: " + "升" * 2_730 + "\n") == []
    assert [one.code for one in parsed("a: " + "升" * 2_731 + "\n")] == ["CAV107"]


def test_limits_are_those_of_the_readme() -> None:
    """What a file may hold is told to who writes one."""
    told = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    for limits in (RECORD_LIMITS, CATALOGUE_LIMITS):
        assert f"{limits.size // 1024} KiB" in told
        assert f"{limits.nodes:,} values" in told
        assert f"{limits.depth} levels" in told
        assert f"{limits.scalar // 1024} KiB a text" in told


@pytest.mark.parametrize(
    "text",
    ["28.0", "1e3", "1_000", "0x1f", "0o17", "0b1", "1:30", ".5", "-1", "+1", ".inf", ".NaN",
     "no", "Yes", "on", "OFF", "y", "N", "true", "~", "null", "", "2025-02-26",
     "2025-02-26T10:00:00Z", "2025-2-6", "<<", "="],
)  # fmt: skip
def test_unquoted_text_that_a_reader_takes_for_something_else(text: str) -> None:
    """The line, the column, what is read instead, and how to write it."""
    (problem,) = parsed(f"a:\n  - b: {text}\n")
    assert problem.code == "CAV109"
    assert problem.line == 2
    assert problem.column == (7 if text == "" else 8)
    assert problem.field == "a[0].b"
    assert parsed(f'a:\n  - b: "{text}"\n') == []


@pytest.mark.parametrize(
    "text",
    ["28.0.0", "v28.0", "1.2.3.4", "nope", "online", "1e", "e3", "none", "Nil", "2025-02", "a=b",
     "x<<y", "0xfg", "1:2:3 o'clock", "truely", "-", "28.x", "1,000", "10%", "now"],
)  # fmt: skip
def test_unquoted_text_that_is_text(text: str) -> None:
    """Nobody is asked for quotes that change nothing."""
    assert read_as(text) is None


@settings(max_examples=500, deadline=None)
@given(st.text("0123456789.+-_:eExobyYnNtTfFaAlLsSuUrRzZ~<=", min_size=1, max_size=10))
@example("0.")
@example("1.e+3")
@example("+.5")
@example("1__2")
@example("2001-1-1")
@example("0o8")
@example("190:20:30.15")
def test_whatever_pyyaml_would_not_read_as_text_is_named(text: str) -> None:
    """Nothing that YAML 1.1's best known reader turns into something else passes unquoted."""
    try:
        value = yaml.safe_load(f"[ {text} ]")[0]
    except (yaml.YAMLError, ValueError, IndexError):
        return
    if not isinstance(value, str | dict) or text in {"<<", "="}:
        assert read_as(text) is not None, value


#: YAML 1.2, section 10.3.2: what the core schema resolves.
CORE = [
    *("null", "Null", "NULL", "~", "true", "True", "TRUE", "false", "False", "FALSE"),
    *("0", "-19", "+12", "0o14", "0xC", "1.", ".5", "-1.5e-3", "12e03", "-2E+05"),
    *(".inf", "-.Inf", "+.INF", ".nan", ".NAN"),
]


@pytest.mark.parametrize("text", CORE)
def test_whatever_yaml_1_2_would_not_read_as_text_is_named(text: str) -> None:
    """An editor that follows YAML 1.2 sees what we see."""
    assert read_as(text) is not None


def test_the_key_on_needs_no_quotes() -> None:
    """It is a field of ours; as a value it needs them."""
    assert parsed("on: [a]\n") == []
    assert [p.code for p in parsed("a: on\n")] == ["CAV109"]
    assert [p.code for p in parsed("off: a\n")] == ["CAV109"]


def test_fields_are_named_as_people_write_them() -> None:
    """A problem far inside names the whole way there."""
    (problem,) = parsed("a:\n  - b: x\n    c:\n      - w\n      - {d: [v, 1.0]}\n")
    assert problem.field == "a[0].c[1].d[1]"


def test_duplicate_keys_keep_the_first(tmp_path: Path) -> None:
    """The second is refused wherever it stands, with all that is below it."""
    data, problems = parse("a.yml", "a: {x: 1st, x: {v: w}}\nb: c\na: d\n", RECORD_LIMITS)
    assert [(p.line, p.column, p.code, p.field) for p in problems] == [
        (1, 13, "CAV108", "a"),
        (3, 1, "CAV108", "file"),
    ]
    assert data == {"a": {"x": "1st"}, "b": "c"}


def test_every_scalar_is_text() -> None:
    """Nothing is guessed, even where the guess is reported."""
    data, _ = parse("a.yml", "[1.20, no, 2025-01-01, ~, '', 0x10]", RECORD_LIMITS)
    assert data == ["1.20", "no", "2025-01-01", "~", "", "0x10"]


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, len(BASE_TEXT)),
        st.integers(0, 12),
        st.one_of(
            st.sampled_from(["", ":", "- ", "\n", "  ", "\t", "[", "]", "{", "}", '"', "'", "|",
                             ">", "&a", "*a", "!!x ", "<<: ", "? ", "---\n", "#", "%", "@", "`",
                             "\r\n", "\x00", "\ufeff", "\u2028", "🚢", "no", "1.0", "en: ", "{}"]),
            st.text(max_size=4),
        ),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


def survives(root: Path, raw: bytes) -> None:
    """Reading and checking give problems with places inside the file; nothing is raised."""
    (root / ADVISORY).write_bytes(raw)
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for problem in problems_of(root):
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert str(problem).isprintable()


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base whose record is overwritten."""
    return write_base(tmp_path_factory.mktemp("fuzzed"))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations=MUTATIONS)
def test_mutated_record_never_raises(fuzzed: Path, mutations: list[tuple[int, int, str]]) -> None:
    """Whatever a slip of the keyboard does, the answer is a list of problems."""
    text = BASE_TEXT
    for at, length, new in mutations:
        text = text[:at] + new + text[at + length :]
    survives(fuzzed, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(raw=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_random_bytes_never_raise(fuzzed: Path, raw: bytes) -> None:
    """Nor does a file that was never YAML."""
    survives(fuzzed, raw)


def test_values_of_other_kinds_never_raise(fuzzed: Path) -> None:
    """Each value of the record in turn becomes a text, a list, a mapping, nothing."""
    data = parse("a.yml", BASE_TEXT, RECORD_LIMITS)[0]
    seeded = random.Random(1)
    places = list(_places(data, ()))
    for path in seeded.sample(places, min(len(places), 40)):
        for value in ("", "x", [], ["x"], {}, {"x": "y"}, [[["x"]]]):
            changed = yaml.dump(_with(data, path, value), Dumper=yaml.CSafeDumper)
            survives(fuzzed, changed.encode())


def _places(data: object, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    own = [path] if path else []
    if isinstance(data, dict):
        return own + [p for key, value in data.items() for p in _places(value, (*path, key))]
    if isinstance(data, list):
        return own + [p for at, value in enumerate(data) for p in _places(value, (*path, at))]
    return own


def _with(data: object, path: tuple[str | int, ...], value: object) -> object:
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {k: _with(v, rest, value) if k == head else v for k, v in data.items()}
    assert isinstance(data, list)
    return [_with(v, rest, value) if at == head else v for at, v in enumerate(data)]


SLIPS = {
    "title:\n  en: Docker 28: no ports\n": (2, 16, "a colon and a space inside a text"),
    "samples:\n  - Error: foo: bar\n": (2, 15, "a colon and a space inside a text"),
    "title：\n  en: a\n": (1, 6, "a full-width colon behind a key"),
    "title:\n  en： a\n  zh: b\n": (2, 5, "a full-width colon behind a key"),
    "title:\n  en:a\n  zh: b\n": (2, 5, "no space behind the colon"),
    "title:\n  en: 'Docker no\nsummary: x\n": (2, 7, "a quote that is never closed"),
    "title:\n  en: 'it's broken'\n": (2, 11, "more text behind a closing quote"),
    'title:\n  en: "say "no" now"\n': (2, 13, "more text behind a closing quote"),
    'pattern: "a\\d"\n': (1, 12, "`\\d` between double quotes"),
    "pattern: {name} fails\n": (1, 17, "more text behind a bracket"),
    "aliases: [a, b\nfoo: bar\n": (1, 10, "`[` that is never closed"),
    "when: {mode: [rootless}\n": (1, 23, "`}`"),
    "title:\n  en: `docker` fails\n": (2, 7, "a text that begins with a backtick"),
    "title:\n  en: *foo* fails\n": (2, 7, "a text that begins with `*`"),
    "title:\n  en: > fails\n": (2, 7, "a text that begins with `>`"),
    "title:\n  en: @foo fails\n": (2, 7, "a text that begins with `@`"),
    "title:\n  en: a\n   zh: b\n": (3, 4, "a line that fits none above it"),
    "severity:\n  level: high\n reason: b\n": (3, 2, "a line that fits none above it"),
    "cause:\n  en: >-\n  foo bar\n  zh: x\n": (3, 3, "a text at the place of a key"),
    "title:\n\ten: a\n": (2, 1, "a tab"),
}


@pytest.mark.parametrize("text", SLIPS)
def test_slip_in_the_yaml_is_named_where_it_was_made(text: str) -> None:
    """In the words of somebody who writes a record, not in those of a parser; nothing follows."""
    (problem,) = parsed(text)
    assert problem.code == "CAV104"
    assert (problem.line, problem.column, problem.found) == SLIPS[text]
