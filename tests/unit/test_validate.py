"""Takes `scripts/validate.py`; shows its exit status, its formats, and how long it takes."""

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from caveat.problems import Problem
from caveat.reading.excerpt import excerpt
from caveat.reading.tree import PATTERNS
from tests.support.knowledge import ADVISORY, ENGINE, TRAIT, change, write_base
from tests.support.pace import paced

ROOT = Path(__file__).resolve().parents[2]
RECORDS = 1000
#: The contract gives 5 s and 2 s. Held to is processor time, since other tests run beside this
#: one, with room for a machine whose two halves share one core.
WHOLE_TREE, ONE_FILE = 8.0, 2.0


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The base, ready to be changed."""
    return write_base(tmp_path)


def run(root: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The script as a person runs it, on another checkout and in its folder."""
    return subprocess.run(
        [sys.executable, ROOT / "scripts/validate.py", "--root", root, *map(str, arguments)],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_good_tree(base: Path) -> None:
    """Nothing to say, exit 0."""
    done = run(base)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0 errors, 0 warnings\n", "")


def test_warning_alone_is_no_failure(base: Path) -> None:
    """A missing language is work to do, not a fault."""
    change(base, TRAIT, "  zh: 内核是否带有该模块。\n", "")
    done = run(base)
    assert done.returncode == 0
    assert "CAV401 warning: about" in done.stdout
    assert done.stdout.endswith("0 errors, 1 warning\n")


def test_error(base: Path) -> None:
    """Its line, then the count; exit 1."""
    change(base, ADVISORY, "kind: regression", "kind: regresion")
    done = run(base)
    assert done.returncode == 1
    line, text, mark, count = done.stdout.splitlines()
    assert line.startswith(f"{ADVISORY}:5:7: CAV204 kind: found `regresion`, want one of ")
    assert (text, mark) == ("     5 | kind: regresion", "       |       ^~~~~~~~~")
    assert count == "1 error, 0 warnings"


def test_only_the_problems_of_the_named_files(base: Path) -> None:
    """Whoever mends one file is not told of another; relative and absolute names are the same."""
    change(base, ADVISORY, "kind: regression", "kind: regresion")
    change(base, TRAIT, "  zh: 内核是否带有该模块。\n", "")
    assert run(base, ENGINE).stdout == "0 errors, 0 warnings\n"
    assert run(base, TRAIT).stdout.endswith("0 errors, 1 warning\n")
    for name in (ADVISORY, base / ADVISORY):
        done = run(base, name)
        assert (done.returncode, done.stdout.count("CAV")) == (1, 2)


def test_one_record_is_held_against_the_names_of_the_others(base: Path) -> None:
    """A slug that another record has is found although that record is not read."""
    text = (base / ADVISORY).read_text(encoding="utf-8")
    other = base / ADVISORY.replace("0001", "0002")
    other.write_text(text.replace("CAV-2025-0001", "CAV-2025-0002"), encoding="utf-8")
    done = run(base, other)
    assert done.returncode == 1
    assert "CAV505" in done.stdout


def test_link_is_not_followed(base: Path) -> None:
    """The link is the fault, not what it leads to."""
    link = base / "advisories/traits/link.yml"
    link.symlink_to("kernel-module.yml")
    done = run(base, link)
    assert done.returncode == 1
    assert done.stdout.startswith("advisories/traits/link.yml:1:1: CAV101")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere.yml"],
        ["advisories/records"],
        ["advisories/records/2025"],
        ["README.md"],
        ["advisories/schema/advisory.schema.json"],
        ["/etc/hostname"],
        ["--format", "xml"],
        ["--unknown"],
    ],
    ids=" ".join,
)
def test_wrong_use(base: Path, arguments: list[str]) -> None:
    """What nothing would check does not pass as checked: exit 2, the reason on standard error."""
    (base / "README.md").write_text("")
    (base / "advisories/schema").mkdir()
    (base / "advisories/schema/advisory.schema.json").write_text("{}")
    done = run(base, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_folder_in_place_of_a_file_is_a_fault_of_the_tree(base: Path) -> None:
    """Asked for by name, it is found as it is in the whole tree."""
    folder = base / "advisories/traits/new.yml"
    folder.mkdir()
    assert run(base, folder).returncode == 1


def test_json(base: Path) -> None:
    """A list of problems, each with its place and words, for tools."""
    assert json.loads(run(base, "--format", "json").stdout) == []
    change(base, ADVISORY, "kind: regression", "kind: 回归")
    done = run(base, "--format", "json")
    assert done.returncode == 1
    (problem,) = json.loads(done.stdout)
    assert problem.pop("want")
    assert problem == {
        "file": ADVISORY,
        "line": 5,
        "column": 7,
        "code": "CAV204",
        "field": "kind",
        "found": "`回归`",
        "hint": "",
        "level": "error",
    }


def test_github(base: Path) -> None:
    """An annotation on the line, and nothing that a record could smuggle into the log."""
    change(base, ADVISORY, "slug: engine-2-0-0-ports", 'slug: "50%\\n::error::x"')
    done = run(base, "--format", "github")
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith(
        f"::error file={ADVISORY},line=3,col=7,title=CAV205::slug: found `50%25\\n"
    )


def test_fix(base: Path) -> None:
    """What is mechanical is mended and said on standard error; what is left is reported."""
    change(base, ADVISORY, 'published: "2025-03-01"', "published: 2025-03-01 ")
    change(base, ADVISORY, "kind: regression", "kind: regresion")
    change(base, ADVISORY, "cause:", "cause: # why\n ")
    assert run(base).stdout.endswith("2 errors, 0 warnings\n--fix mends some of it, in 1 file\n")
    (base / ADVISORY).chmod(0o640)
    done = run(base, "--fix")
    assert (done.returncode, done.stderr) == (
        1,
        f"{ADVISORY}: mended: 1 quoted, spaces at line ends\n",
    )
    assert done.stdout.splitlines()[-1] == "1 error, 0 warnings"
    text = (base / ADVISORY).read_text(encoding="utf-8")
    assert 'published: "2025-03-01"\n' in text
    assert "cause: # why\n" in text
    assert (base / ADVISORY).stat().st_mode & 0o777 == 0o640
    change(base, ADVISORY, "kind: regresion", "kind: regression")
    done = run(base, "--fix", ADVISORY)
    assert (done.returncode, done.stderr) == (0, "")
    assert (base / ADVISORY).read_text(encoding="utf-8") == text.replace("regresion", "regression")


def test_fix_leaves_alone_what_was_not_asked_for(base: Path) -> None:
    """Only the named files are written; links and folders never are."""
    change(base, ADVISORY, "kind: regression", "kind: regression ")
    before = (base / ADVISORY).read_bytes()
    (base / "advisories/traits/link.yml").symlink_to(base / ADVISORY)
    assert run(base, "--fix", ENGINE).returncode == 0
    assert run(base, "--fix", "advisories/traits/link.yml").returncode == 1
    assert (base / ADVISORY).read_bytes() == before


WIDE = "标题：端口无法发布，"


@pytest.mark.parametrize(
    ("line", "column", "found", "shown", "mark"),
    [
        ("kind: bad", 7, "`bad`", "kind: bad", "      ^~~"),
        ('kind: "bad"', 7, "unknown `bad`", 'kind: "bad"', "      ^~~~~"),
        ("zh: 端口 坏", 8, "`坏`", "zh: 端口 坏", "         ^~"),
        ("\tkind: bad", 1, "a tab", "→   kind: bad", "^~~~"),
        ("kind: a\tbad", 9, "`bad`", "kind: a→   bad", "           ^~~"),
        ("e\u0301 bad", 4, "`bad`", "e\u0301 bad", "  ^~~"),
        ("kind: a\x1b[31m", 8, "a sign", "kind: a\\x1b[31m", "       ^~~~"),
        ("kind:", 6, "nothing", "kind:", "     ^"),
        ("x" * 200 + "bad" + "y" * 200, 201, "`bad`", "…" + "x" * 24 + "bad" + "y" * 67 + "…",
         " " * 25 + "^~~"),
        (WIDE * 20 + "坏" + WIDE, 201, "`坏`", "…" + (WIDE * 3)[-24:] + "坏" + WIDE,
         " " * 49 + "^~"),
    ],
    ids=["word", "quoted", "wide", "tab", "tab in it", "accent", "escape", "end", "long", "both"],
)  # fmt: skip
def test_mark_stands_below_the_place(
    line: str, column: int, found: str, shown: str, mark: str
) -> None:
    """In cells of a terminal: wide characters take two, accents none, escapes what they show."""
    one = Problem("a.yml", 1, column, "CAV999", "a", found, "b")
    got = str(excerpt([line], one)).split("\n")
    assert got == [f"     1 | {shown}", f"       | {mark}"]


def test_mark_finds_the_words_inside_a_block() -> None:
    """A problem of a folded text stands at its key; the line that is shown holds what was found."""
    lines = ["title:", "  en: >-", "    Good words,", "    then <b>bad</b> ones.", "  zh: <b>"]
    one = Problem("a.yml", 2, 7, "CAV402", "title.en", "`<b>`", "text without HTML")
    assert str(excerpt(lines, one)) == "     4 |     then <b>bad</b> ones.\n       |          ^~~"
    other = Problem("a.yml", 2, 7, "CAV402", "title.en", "`<i>`", "text without HTML")
    assert str(excerpt(lines, other)) == "     2 |   en: >-\n       |       ^"


def test_terminal_that_knows_no_chinese(base: Path) -> None:
    """Characters that cannot be printed are escaped; the report comes all the same."""
    change(base, ADVISORY, "kind: regression", "kind: 回归")
    done = run(base, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "\\u56de\\u5f52" in done.stdout


def test_script_finds_its_own_checkout(tmp_path: Path) -> None:
    """From any folder, without --root."""
    script = ROOT / "scripts/validate.py"
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand records as long as the real ones, with names of their own."""
    root = write_base(tmp_path_factory.mktemp("many"))
    text = (root / ADVISORY).read_text(encoding="utf-8")
    # The base's record is short; real ones have about five times its prose.
    symptom = '  - en: "`engine run -p` fails."\n    zh: "`engine run -p` 失败。"\n'
    assert symptom in text
    more = "".join(
        f"  - en: Case {n}, where `engine run -p {n}` fails and **nothing** is published.\n"
        f"    zh: 情况 {n}，`engine run -p {n}` 失败，*没有*任何端口被发布。\n"
        for n in range(60)
    )
    text = text.replace(symptom, symptom + more)
    for number in range(2, RECORDS + 1):
        copy = text.replace("CAV-2025-0001", f"CAV-2025-{number:04}")
        copy = copy.replace("slug: engine-2-0-0-ports", f"slug: engine-ports-{number}")
        copy = copy.replace("cannot bind", f"cannot bind-{number}")
        (root / ADVISORY.replace("0001", f"{number:04}")).write_text(copy, encoding="utf-8")
    return root


def seconds(root: Path, *arguments: object) -> float:
    """Processor time that the script takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(root, *arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_thousand_records_in_seconds(many: Path) -> None:
    """The whole tree, cold."""
    taken, slower = paced(lambda: seconds(many))
    assert taken < WHOLE_TREE * slower


def test_one_of_a_thousand_at_once(many: Path) -> None:
    """One file, cold, as an editor or a commit hook asks."""
    taken, slower = paced(lambda: seconds(many, many / ADVISORY.replace("0001", "0500")))
    assert taken < ONE_FILE * slower


def test_commit_hooks_ask_the_same() -> None:
    """The hooks of `.pre-commit-config.yaml` run this script, each on files that it checks, and
    between them they cover every file of knowledge and nothing else."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "advisories").rglob("*.*")]
    known = {
        path.relative_to(ROOT).as_posix()
        for pattern in PATTERNS.values()
        for path in (ROOT / "advisories").glob(pattern)
    }
    taken = {id_: {f for f in files if re.search(h["files"], f)} for id_, h in hooks.items()}
    assert taken["records"] | taken["catalogues"] == taken["mend"] == known
    assert not taken["records"] & taken["catalogues"]
    for hook in hooks.values():
        python, script, *options = hook["entry"].split()
        assert (python, script) == (".venv/bin/python", "scripts/validate.py")
        done = run(ROOT, *options, "--help")
        assert done.returncode == 0, done.stderr
