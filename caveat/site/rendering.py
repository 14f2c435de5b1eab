"""Templates to HTML: autoescaped Jinja in which an undefined name is an error.

Takes the words, a template's name and a view's values and gives HTML; templates ask and never
compute.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from caveat.words import Words

_FOLDER = Path(__file__).with_name("templates")
#: A text of the interface without gaps, printed as it is.
_SAID = re.compile(r"\{\{ t\('([a-z0-9.-]+)'\) \}\}")


class _Values(Environment):
    """Looks at a view's values, most of them dictionaries, for what they hold before it looks for a
    method of that name."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.attribute` in a template means."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Said(Extension):
    """Puts texts of the interface into a template when it is loaded: an environment speaks one
    language, and a page asks for hundreds."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template with the texts in it."""
        return _SAID.sub(self._text, source)

    def _text(self, found: re.Match[str]) -> str:
        text = escape(cast("Words", self.environment.globals["t"])(found[1]))
        # What Jinja might read as its own, or takes off at the ends of lines, stays a call.
        return found[0] if "{" in text or text != text.strip() else text


def templates(words: Words) -> Environment:
    """The templates as they are now, in the language of `words`. Ask once a build: a server sees an
    edit in the next one, and no page has to look at the files again."""
    newest = max(path.stat().st_mtime_ns for path in _FOLDER.rglob("*.jinja"))
    return _environment(newest, words)


@lru_cache(maxsize=2)
def _environment(_changed: int, words: Words) -> Environment:
    environment = _Values(
        loader=PackageLoader("caveat.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=[_Said],
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


def is_searched(environment: Environment, kind: str) -> bool:
    """Whether pages of `kind` mark what of them is worth finding."""
    loader = cast("PackageLoader", environment.loader)
    return "data-pagefind-body" in loader.get_source(environment, f"{kind}.html.jinja")[0]
