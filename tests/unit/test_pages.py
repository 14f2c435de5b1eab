"""Takes the small base with one change; shows what a page says without building a site."""

from pathlib import Path

import pytest

from caveat.knowledge import load
from caveat.model.base import LANGUAGES, Language
from caveat.site.pages import Site
from tests.support.knowledge import ADVISORY, change, write_base

HISTORY = "history:\n"
OMITTED = """omitted:
  {what}:
    en: Nothing was found in *three* weeks.
    zh: 找了三周，一无所获。
history:
"""
WORDS = {"en": "Nothing was found in <em>three</em> weeks.", "zh": "找了三周，一无所获。"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["probe", "signatures", "workarounds", "fixes"])
def test_what_a_record_cannot_have_is_explained_in_its_place(
    tmp_path: Path, what: str, language: Language
) -> None:
    """The reason that `omitted` gives stands on the page where the thing itself would stand."""
    root = change(write_base(tmp_path), ADVISORY, HISTORY, OMITTED.format(what=what))
    empty = "fixes" if what == "probe" else what
    _without(root / ADVISORY, empty)
    kb, problems = load(root)
    assert not problems
    site = Site(kb, language)
    page = next(page for page in site.pages() if page.kind == "advisory")
    assert WORDS[language] in site.render(page).html


def _without(path: Path, field: str) -> None:
    """Take a top-level field out of a record's file."""
    kept, inside = [], False
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if not line.startswith((" ", "-", "#", "\n")):
            inside = line.startswith(f"{field}:")
        if not inside:
            kept.append(line)
    path.write_text("".join(kept), encoding="utf-8")
