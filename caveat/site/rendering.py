"""Templates to HTML: autoescaped Jinja in which an undefined name is an error.

Takes a template's name, the scene and a view's values and gives HTML; templates ask and never
compute.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from caveat.site.scene import Scene


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("caveat.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
    )


def render(kind: str, scene: Scene, values: dict[str, Any]) -> str:
    """The HTML of a page of `kind`."""
    template = _environment().get_template(f"{kind}.html.jinja")
    return template.render(values, t=scene.words, link=scene.link, lang=scene.language)
