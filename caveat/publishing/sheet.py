"""The theme's style sheets as one: a reader fetches one file, and a page names one.

Takes the folder of the theme and gives the sheet's path and text; its name changes with its
content, so that browsers may keep it for good. A preview's keeps its name: pages that are not made
again name it as well.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = "styles/"


def sheet(theme: Path, *, preview: bool) -> tuple[str, str]:
    """The path below the site, and all sheets of the theme in the order of their names."""
    parts = [path.read_text(encoding="utf-8") for path in sorted(theme.glob(f"{FOLDER}*.css"))]
    text = "\n".join(parts)
    mark = "" if preview else f".{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return f"{FOLDER}all{mark}.css", text
