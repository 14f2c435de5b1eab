"""Takes the small base with one change; shows what a page says without building a site."""

from pathlib import Path

import pytest
from markupsafe import escape

from caveat.knowledge import load
from caveat.model.base import LANGUAGES, Language
from caveat.site.pages import Site
from caveat.site.rendering import templates
from caveat.words import Words, words
from tests.support.knowledge import ADVISORY, change, write_base

HISTORY = "history:\n"
OMITTED = """omitted:
  {what}:
    en: Nothing was found in *three* weeks.
    zh: 找了三周，一无所获。
history:
"""
CONDITIONS = """        when:
          mode: [rootless]
          kernel-module: [present, built-in]
"""
EFFECT = """    effect:
      en: Containers that publish a port, such as `-p 8080:80`.
      zh: 发布端口的容器，例如 `-p 8080:80`。
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
    assert WORDS[language] in _advisory(root, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_does_not_say_that_all_is_hit_where_a_record_tells_who_feels_it(
    tmp_path: Path, language: Language
) -> None:
    """Without conditions a version is enough, unless the effect is not everybody's: the first
    screen and the question lead to it then."""
    root = change(write_base(tmp_path), ADVISORY, CONDITIONS, "")
    say = words(language)
    told, plain = say("advisory.no-conditions-of-host"), say("advisory.no-conditions")
    html = _advisory(root, language)  # whose second case has neither
    assert (html.count(told), html.count(plain), html.count('href="#effect-1"')) == (1, 1, 2)
    html = _advisory(change(root, ADVISORY, EFFECT, ""), language)
    assert (html.count(told), html.count(plain), html.count("#effect-")) == (0, 2, 0)


def _advisory(root: Path, language: Language) -> str:
    """The page of the only record."""
    kb, problems = load(root)
    assert not problems
    site = Site(kb, language)
    page = next(page for page in site.pages() if page.kind == "advisory")
    return site.render(page).html


def _without(path: Path, field: str) -> None:
    """Take a top-level field out of a record's file."""
    kept, inside = [], False
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if not line.startswith((" ", "-", "#", "\n")):
            inside = line.startswith(f"{field}:")
        if not inside:
            kept.append(line)
    path.write_text("".join(kept), encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_the_interface_stand_in_templates_as_they_are(language: Language) -> None:
    """Each of them, escaped, with the blanks at its ends, whatever it looks like to a template."""
    known = words(language)
    odd = {f"odd.{n}": text for n, text in enumerate(("a < b", "{{ x }}", " {% if %}", "  ", "a "))}
    table = {**{key: known(key) for key in known.keys()}, **odd}  # noqa: SIM118 - not a mapping
    environment = templates(Words(language, table))
    for key, text in table.items():
        source = "{% if true %}\n{{ t('" + key + "') }}\n{% endif %}\nend"
        assert environment.from_string(source).render() == f"{escape(text)}\nend", key
