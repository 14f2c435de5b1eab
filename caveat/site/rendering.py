"""Templates to HTML: autoescaped Jinja in which an undefined name is an error.

Takes the words, a template's name and a view's values and gives HTML; templates ask and never
compute.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from caveat.words import Words

_FOLDER = Path(__file__).with_name("templates")


def templates(words: Words) -> Environment:
    """The templates as they are now, in the language of `words`. Ask once a build: a server sees an
    edit in the next one, and no page has to look at the files again."""
    newest = max(path.stat().st_mtime_ns for path in _FOLDER.rglob("*.jinja"))
    return _environment(newest, words)


@lru_cache(maxsize=2)
def _environment(_changed: int, words: Words) -> Environment:
    environment = Environment(
        loader=PackageLoader("caveat.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # Not a part of each page's context: so parts are imported once, not once a page.
    environment.globals["t"] = words
    environment.globals["once"] = partial(_once, environment)
    return environment


def _once(
    environment: Environment, macro: Callable[[Any], Markup], value: dict[str, Any]
) -> Markup:
    """The HTML of a value that many pages, or builds, show alike. It is kept with the value, and
    made anew by templates that changed."""
    made_by, html = value.get("html", (None, None))
    if made_by is not environment:
        html = macro(value)
        value["html"] = environment, html
    return cast("Markup", html)


def render(environment: Environment, kind: str, values: dict[str, Any]) -> str:
    """The HTML of a page of `kind`."""
    return environment.get_template(f"{kind}.html.jinja").render(values)


@lru_cache(maxsize=64)
def is_searched(environment: Environment, kind: str) -> bool:
    """Whether pages of `kind` mark what of them is worth finding."""
    loader = cast("PackageLoader", environment.loader)
    return "data-pagefind-body" in loader.get_source(environment, f"{kind}.html.jinja")[0]
