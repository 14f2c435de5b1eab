"""Takes the site that readers see and the one that takes its place; gives the new one the assets
that a page of the old one may still ask for.

Their names follow from their content, so that old and new lie side by side. Which of them are only
kept, and since when, stands in a list of the site's own.
"""

import json
import os
import re
import shutil
from pathlib import Path

LIST = "kept-assets.json"
SECONDS = 14 * 24 * 3600
"""How long an asset stays once no page names it: longer than a tab is left open."""
#: Styles and scripts of ours and of the theme, and what search and finder fetch piece by piece.
_ASSET = re.compile(
    r"(?:zh/)?(?:(?:styles|scripts)-[0-9a-f]{8}/.+"
    r"|find/terms-[0-9a-f]{8}/.+"
    r"|assets/(?:stylesheets|javascripts)/.+\.[0-9a-f]{8}\.min\.\w+"
    r"|pagefind/(?:(?:fragment|index|filter)/.+|[^/]+\.pf_meta|wasm\.[^/]+\.pagefind))"
)


def assets(old: Path, new: Path, now: int) -> int:
    """Put the assets of `old` that `new` lacks into it, for a while; `now` counts in seconds. Gives
    how many are kept."""
    kept = {
        path: since
        for path, since in _leaving(old, new, now).items()
        if 0 <= now - since <= SECONDS and _bring(old / path, new / path)
    }
    if kept:
        (new / LIST).write_text(json.dumps(kept, indent=0, sort_keys=True) + "\n", "utf-8")
    return len(kept)


def _leaving(old: Path, new: Path, now: int) -> dict[str, int]:
    """Assets that only the old site has, and since when no page of it named them."""
    before = _list(old)
    found = {}
    for folder, _, names in os.walk(old):
        start = Path(folder).relative_to(old)
        for name in names:
            path = (start / name).as_posix()
            if _ASSET.fullmatch(path) and not (new / path).exists():
                found[path] = before.get(path, now)
    return found


def _list(site: Path) -> dict[str, int]:
    try:
        found = json.loads((site / LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {path: since for path, since in pairs if isinstance(since, int)}


def _bring(source: Path, target: Path) -> bool:
    """The same file under both names where the system can, else a copy; no link is followed."""
    if source.is_symlink():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
    return True
