"""Takes every file of knowledge in this repository; gives one test case each, named by its path."""

import re
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from caveat.knowledge import load
from caveat.model.schema import file_name, schemas
from caveat.problems import Problem
from caveat.reading.parse import CATALOGUE_LIMITS, parse
from caveat.reading.tree import PATTERNS
from caveat.rules import check

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    (kind, path.relative_to(ROOT).as_posix())
    for kind, pattern in PATTERNS.items()
    for path in sorted((ROOT / "advisories").glob(pattern))
]
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


@pytest.mark.parametrize(("kind", "file"), FILES, ids=[file for _, file in FILES])
def test_file(kind: str, file: str) -> None:
    """A file reads without an error, names its schema in its first line, and satisfies it."""
    assert [*_errors(file), *_schema_line(kind, file), *_form(kind, file)] == []


def test_every_kind_has_a_file() -> None:
    """There is at least one record, product, trait and practice, so that no check is idle."""
    assert {kind for kind, _ in FILES} == set(PATTERNS)


def test_no_error_is_left_over() -> None:
    """Every error lies in a file that has a test case: none hides between the patterns."""
    known = {file for _, file in FILES}
    assert [str(p) for p in _problems() if p.is_error and p.file not in known] == []


@cache
def _problems() -> tuple[Problem, ...]:
    """What reading and the rules say about the whole tree; asked once."""
    kb, problems = load(ROOT)
    return tuple(sorted({*problems, *check(kb)}))


def _errors(file: str) -> list[str]:
    return [str(problem) for problem in _problems() if problem.is_error and problem.file == file]


def _schema_line(kind: str, file: str) -> list[str]:
    """Editors find the schema by the comment in the first line."""
    path = ROOT / file
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    found = SCHEMA_LINE.fullmatch(first)
    if not found:
        return [f"{file}:1: want `# yaml-language-server: $schema=…` in the first line"]
    wanted = ROOT / "advisories" / "schema" / file_name(kind)
    named = (path.parent / found[1]).resolve()
    if named != wanted or not wanted.is_file():
        return [f"{file}:1: {found[1]} is not the {kind}'s schema"]
    return []


def _form(kind: str, file: str) -> list[str]:
    """What a tool that knows nothing but the published schema finds."""
    data, _ = parse(file, (ROOT / file).read_text(encoding="utf-8"), CATALOGUE_LIMITS)
    return [f"{file}: {e.json_path}: {e.message}" for e in _validator(kind).iter_errors(data)]


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[kind], format_checker=FormatChecker())
