"""Takes a theme in miniature; shows that a filled shell is what the theme makes of the page."""

import html
from itertools import product

import pytest
from jinja2 import Environment

from caveat.publishing.shell import Kind, Shell, specimen
from caveat.site import Rendered, SitePage, TocEntry

#: What real themes do with a page: texts as they are, in attributes, without tags, escaped, and
#: what is left out where there is nothing to show.
THEME = Environment(trim_blocks=True).from_string(
    """<title>{{ page.title }}</title>
{% if page.description %}<meta content="{{ page.description }}">
{% endif %}<link title="{{ name | striptags | e }}" href="{{ path }}">
{% if source %}<a href="https://forge.example/{{ source }}">edit</a>{% endif %}
{% for one in page.toc %}{{ one.level }} <a href="#{{ one.id }}"
 aria-label="{{ one.title | striptags | e }}">{{ one.title }}</a>{% endfor %}
{% if "<h1" not in page.html %}<h1>{{ name }}</h1>{% endif %}{{ page.html }}<footer></footer>"""
)
TEXTS = ("Plain", "a & b", 'quo"ted', "it's <b>bold</b>", "zq", "版本 <code>1.0</code>")


def themed(page: SitePage, rendered: Rendered) -> str:
    return THEME.render(page=rendered, name=page.title, path=page.path, source=page.source)


def rendered(text: str, levels: tuple[int, ...]) -> Rendered:
    toc = tuple(TocEntry(f"at-{n}", html.escape(text), level) for n, level in enumerate(levels))
    return Rendered(f"<h1>{text}</h1><p>zqcontent</p>", text, text, toc)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("levels", [(), (2,), (2, 3, 2)])
@pytest.mark.parametrize("source", [None, "advisories/a.yml"])
def test_a_filled_shell_is_the_themes_page(
    text: str, levels: tuple[int, ...], source: str | None
) -> None:
    """Whatever its texts hold, and whatever it leaves out."""
    page = SitePage("products/engine/1.0/", "release", text, source, ("engine", "1.0"))
    whole = rendered(text, levels)
    assert Shell(themed(*specimen(page, whole))).fill(page, whole) == themed(page, whole)


def test_one_shell_fits_all_pages_of_its_kind() -> None:
    """It is the kind that decides, so pages of one kind differ in texts alone."""
    page = SitePage("products/engine/1.0/", "release", "One", None, ("engine", "1.0"))
    shell = Shell(themed(*specimen(page, rendered("One", (2, 3)))))
    for text, version in product(TEXTS, ("2.0", "3.0~rc1")):
        other = SitePage(f"products/engine/{version}/", "release", text, None, ("engine", version))
        whole = rendered(text, (2, 3))
        assert Kind.of(other, whole) == Kind.of(page, rendered("One", (2, 3)))
        assert shell.fill(other, whole) == themed(other, whole)
