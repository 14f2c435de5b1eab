"""Takes the small base; shows that the rules see every text of a record."""

from pathlib import Path

from caveat.knowledge import load
from caveat.model import Bilingual
from caveat.rules.walk import parts
from tests.support.knowledge import ADVISORY, change, problems_of, write_base

HISTORY = "history:\n"
OMITTED = """omitted:
  workarounds:
    en: {en}
    zh: 没有规避办法。
history:
"""


def test_texts_under_names_are_found(tmp_path: Path) -> None:
    """What `omitted` explains stands under the name of what is left out, and is a text like any."""
    root = change(write_base(tmp_path), ADVISORY, HISTORY, OMITTED.format(en="There is none."))
    kb, problems = load(root)
    assert not problems
    (record,) = kb.advisories.values()
    paths = [path for path, _ in parts(record, Bilingual)]
    assert ("omitted", "workarounds") in paths


def test_a_fault_in_such_a_text_is_told(tmp_path: Path) -> None:
    """At its own place: here HTML, which no text may hold."""
    text = OMITTED.format(en="There is <b>none</b>.")
    root = change(write_base(tmp_path), ADVISORY, HISTORY, text)
    found = [problem.code for problem in problems_of(root) if "omitted" in problem.field]
    assert found == ["CAV402"]
