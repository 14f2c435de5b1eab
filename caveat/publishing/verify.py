"""Takes a built site that nobody reads yet; gives what is visibly wrong with it.

These are the faults that a broken build leaves behind, found in one look at the
tree; whether each link leads somewhere is for the tests.
"""

from collections.abc import Iterator
from pathlib import Path

from caveat.publishing.languages import FOLDER, NAMES
from caveat.publishing.search import BUNDLE, covered


def faults(site: Path) -> list[str]:
    """Everything that speaks against publishing `site`; empty when it may go out."""
    found = [fault for lang in NAMES for fault in _language_faults(site, lang)]
    if not found:
        found += _unpaired(site)
    return found


def _language_faults(site: Path, lang: str) -> Iterator[str]:
    root = site / FOLDER[lang]
    for name in ("index.html", "404.html"):
        page = root / name
        if not page.is_file() or not page.stat().st_size:
            yield f"{page.relative_to(site)} is missing or empty"
    if not covered(root, lang):
        yield f"{FOLDER[lang]}{BUNDLE}/ holds no page in {NAMES[lang]}"


def _unpaired(site: Path) -> list[str]:
    english, chinese = (_pages(site, lang) for lang in ("en", "zh"))
    return [
        *(f"{path} has no Chinese page" for path in sorted(english - chinese)),
        *(f"{path} has no English page" for path in sorted(chinese - english)),
    ]


def _pages(site: Path, lang: str) -> set[str]:
    root = site / FOLDER[lang]
    others = tuple(folder for code, folder in FOLDER.items() if folder and code != lang)
    paths = {path.relative_to(root).as_posix() for path in root.rglob("*.html")}
    return {path for path in paths if not (others and path.startswith(others))}
