"""Takes files good and bad; shows that an editor with the published schema judges them as we do.

The editor is `jsonschema`, a validator that is not ours, behind a YAML 1.1 and a YAML 1.2 reading.
What a schema cannot express is listed in `caveat.rules.beyond`, and each exception is really one.
"""

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from caveat.model import KINDS
from caveat.reading.parse import CATALOGUE_LIMITS, parse
from caveat.reading.tree import PATTERNS
from caveat.rules import ALL_RULES
from caveat.rules.beyond import REASONS, SEEN, beyond
from tests.support.editor import Reading, accepts, valid
from tests.support.knowledge import ADVISORY, BASE, ENGINE, PRACTICE, TRAIT, problems_of
from tests.support.rule_cases import MISTAKES, cases, changed_base

READINGS: tuple[Reading, ...] = get_args(Reading)
CODES = [rule.code for rule in ALL_RULES]
FILES = {"advisory": ADVISORY, "product": ENGINE, "trait": TRAIT, "practice": PRACTICE}
DATA = {
    kind: parse(file, (BASE / file).read_text(encoding="utf-8"), CATALOGUE_LIMITS)[0]
    for kind, file in FILES.items()
}


def changed_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Kind and bytes of every file that is not as in the base; folders and links have none."""
    for kind, pattern in PATTERNS.items():
        for path in sorted((root / "advisories").glob(pattern)):
            base = BASE / path.relative_to(root)
            if path.is_file() and not path.is_symlink():
                raw = path.read_bytes()
                if not base.is_file() or base.read_bytes() != raw:
                    yield kind, raw


def editor_passes(root: Path, reading: Reading) -> bool:
    """Whether an editor marks nothing in what was changed."""
    return all(accepts(kind, raw, reading) for kind, raw in changed_files(root))


@pytest.mark.parametrize("code", CODES)
def test_editor_and_rules_agree_or_the_exception_is_listed(code: str, tmp_path: Path) -> None:
    """Every bad case of a rule that a schema can express is marked in the editor, in both readings;
    of a rule beyond it, at least one case is not. Good cases are never marked."""
    passed = []
    for case in cases("bad"):
        if case.parent.name == code:
            root = changed_base(case, tmp_path / case.stem)
            passed += [editor_passes(root, reading) for reading in READINGS]
    assert passed
    assert any(passed) == (beyond(code) is not None)
    for case in cases("good"):
        if case.parent.name == code:
            root = changed_base(case, tmp_path / case.stem)
            assert all(editor_passes(root, reading) for reading in READINGS)


def test_every_reason_is_used() -> None:
    """The list of exceptions holds no rule that is gone."""
    assert set(CODES) >= SEEN
    assert {beyond(code) for code in CODES} == {None, *REASONS.values()}


@pytest.mark.parametrize("reading", READINGS)
def test_number_without_quotes_is_marked_in_the_editor(reading: Reading, tmp_path: Path) -> None:
    """`1.10` is no text for any reader, and the schema wants text."""
    root = changed_base(MISTAKES / "version-without-quotes.yml", tmp_path)
    assert not editor_passes(root, reading)


@pytest.mark.parametrize("mistake", sorted(MISTAKES.glob("*.yml")), ids=lambda path: path.stem)
def test_usual_mistakes(mistake: Path, tmp_path: Path) -> None:
    """What we refuse, an editor marks, unless the rule behind it is listed as beyond it."""
    root = changed_base(mistake, tmp_path)
    codes = {problem.code for problem in problems_of(root)}
    if not any(beyond(code) for code in codes):
        assert not any(editor_passes(root, reading) for reading in READINGS)


ODD: tuple[Any, ...] = (
    *("", "x", "A b", "two\nlines", "CAV-2025-0001", "CAV-2025-1", "2025-02-30", "2025-03-01"),
    *("https://a.example", "http://a.example", "1.0", "-1", "regression", "draft", "withdrawn"),
    *("on", "x" * 81, "x" * 501, "中文", "CVE-2025-12345", "a/b#1", "GHSA-aaaa-bbbb-cccc"),
    *([], ["x"], {}, {"en": "x"}, {"zh": ""}, {"en": "x", "de": "y"}, {"x": "y"}, [{}], [[]]),
)  # fmt: skip
KEYS = ("x", "en", "when", "branch", "fixed", "last_affected", "withdrawn", "commands", "text")


def _inner(data: Any) -> Iterator[Any]:
    """Every list and mapping in the data, itself included."""
    if isinstance(data, dict | list):
        yield data
        for one in data.values() if isinstance(data, dict) else data:
            yield from _inner(one)


def _change(chance: random.Random, data: Any) -> None:
    """Replace, remove or add something somewhere."""
    part = chance.choice([one for one in _inner(data) if one])
    keys = list(part) if isinstance(part, dict) else range(len(part))
    key, act = chance.choice(list(keys)), chance.random()
    if act < 0.25:
        del part[key]
    elif act < 0.4 and isinstance(part, dict):
        part[chance.choice(KEYS)] = copy.deepcopy(chance.choice(ODD))
    elif act < 0.5 and isinstance(part, list):
        part.append(copy.deepcopy(chance.choice(part)))
    else:
        part[key] = copy.deepcopy(chance.choice(ODD))


def _model_accepts(kind: str, data: Any) -> bool:
    try:
        record = KINDS[kind].model_validate(data)
    except ValidationError:
        return False
    # The one rule above the model that the schema expresses as well.
    status, withdrawn = getattr(record, "status", ""), getattr(record, "withdrawn", None)
    return (status == "withdrawn") == (withdrawn is not None)


@settings(max_examples=400, deadline=None)
@given(chance=st.randoms(use_true_random=False), kind=st.sampled_from(list(KINDS)))
def test_model_and_schema_refuse_the_same(chance: random.Random, kind: str) -> None:
    """A record with something replaced, removed or added somewhere has one verdict."""
    data = copy.deepcopy(DATA[kind])
    for _ in range(chance.choice((1, 1, 2, 3))):
        _change(chance, data)
    assert valid(kind, data) == _model_accepts(kind, data)
