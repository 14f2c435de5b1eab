"""What the catalogue shows: every published record in one table.

Takes a scene and gives plain values.
"""

from __future__ import annotations

from typing import Any

from caveat.site.scene import Scene
from caveat.site.views import parts


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    return {
        "title": scene.words("nav.advisories"),
        "description": scene.words("catalogue.intro"),
        "records": [parts.card(scene, record) for record in scene.kb.published],
    }
