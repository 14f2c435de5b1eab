"""Takes the rule cases and the base knowledge; gives the expected files with what they should hold.

`scripts/regenerate.py` writes them; a person reads the difference before it is committed.
"""

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from caveat.applicability import Answer, Matrix, matrix
from scripts import validate
from tests.support.knowledge import ADVISORY, TRAIT, base_knowledge, change, write_base
from tests.support.rule_cases import MISTAKES, cases, changed_base, expected, printed

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
FORMATS = ("text", "json", "github")


def expectations() -> Iterator[tuple[Path, str]]:
    """Every expected file and its text."""
    for case in cases("bad"):
        with tempfile.TemporaryDirectory() as folder:
            lines = printed(case, Path(folder))
        yield expected(case), "".join(f"{line}\n" for line in lines)
    yield from goldens()


def goldens() -> Iterator[tuple[Path, str]]:
    """Those that do not belong to a rule."""
    for format_ in FORMATS:
        yield GOLDEN / f"problems.{format_}", problems_as(format_)
    yield GOLDEN / "mistakes.txt", "\n".join(map(mistake, sorted(MISTAKES.glob("*.yml"))))
    kb = base_knowledge()
    record = kb.advisories["CAV-2025-0001"]
    for product in record.products:
        yield GOLDEN / f"matrix-{product}.txt", matrix_as_text(matrix(kb, record, product))


def problems_as(format_: str) -> str:
    """What `validate.py` prints for a tree with an error and a warning, both awkward to print."""
    with tempfile.TemporaryDirectory() as folder:
        root = write_base(Path(folder))
        change(root, TRAIT, "  zh: 内核是否带有该模块。\n", "")
        change(root, TRAIT, "- id: absent", '- id: "50%, 半:\\n\\x9b31m"')
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            validate.main(["--root", str(root), "--format", format_])
        return output.getvalue()


def mistake(case: Path) -> str:
    """What `validate.py FILE` says of a slip, below the comment that tells of it."""
    comment = case.read_text(encoding="utf-8").partition("\n")[0]
    with tempfile.TemporaryDirectory() as folder:
        root, output = changed_base(case, Path(folder)), io.StringIO()
        with contextlib.redirect_stdout(output):
            validate.main(["--root", str(root), str(root / ADVISORY)])
        return f"{comment}\n{output.getvalue()}"


def matrix_as_text(table: Matrix) -> str:
    """The columns, then every release with its answers, as a person would check them."""
    lines = []
    for number, column in enumerate(table.columns):
        versions = [f"{p}={v}" for p, v in column.facts.versions.items()]
        traits = [f"{k}={'|'.join(sorted(v))}" for k, v in column.facts.traits.items()]
        lines.append(f"({number}) {column.case}: {', '.join([*versions, *traits]) or 'no facts'}")
    for row in table.rows:
        lines += ["", row.version.text]
        lines += [f"  ({n}) {_answer(answer)}" for n, answer in enumerate(row.answers)]
    return "\n".join(lines) + "\n"


def _answer(answer: Answer) -> str:
    params = ", ".join(f"{k} {v}" for k, v in answer.reason.params.items())
    missing = f"; missing {', '.join(answer.missing)}" if answer.missing else ""
    evidence = f"; {answer.evidence.level}" if answer.evidence else ""
    return f"{answer.state}: {answer.reason.code}{f' ({params})' * bool(params)}{missing}{evidence}"
