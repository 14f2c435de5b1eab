"""Templates to HTML: autoescaped Jinja in which an undefined name is an error.

Takes a template's name, the scene and a view's values and gives HTML; templates ask and never
compute.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from caveat.site.scene import Scene

_FOLDER = Path(__file__).with_name("templates")


def templates() -> Environment:
    """The templates as they are now. Ask once a build: a server sees an edit in the next one, and
    no page has to look at the files again."""
    return _environment(max(path.stat().st_mtime_ns for path in _FOLDER.rglob("*.jinja")))


@lru_cache(maxsize=1)
def _environment(_changed: int) -> Environment:
    return Environment(
        loader=PackageLoader("caveat.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(environment: Environment, kind: str, scene: Scene, values: dict[str, Any]) -> str:
    """The HTML of a page of `kind`."""
    template = environment.get_template(f"{kind}.html.jinja")
    return template.render(values, t=scene.words, link=scene.link, lang=scene.language)
