"""Takes a built site that nobody reads yet; gives what speaks against publishing it.

A broken build leaves faults that one look at the tree finds: a language without pages or search, a
page in one language only, records that are counted differently, links that lead nowhere, and what
was published and is not there any more.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from caveat import urls
from caveat.publishing import links, promises
from caveat.publishing.languages import FOLDER, NAMES
from caveat.publishing.search import BUNDLE, covered
from caveat.reading.lock import FILE, Lock
from caveat.rules.permanence import MOST

_NOTHING = Lock()


def faults(
    site: Path, old: Path | None = None, *, lock: Lock = _NOTHING, site_url: str = ""
) -> list[str]:
    """Everything that speaks against publishing `site` at `site_url`, in the place of `old`; empty
    when it may go out. `lock` is what was published before."""
    found = [fault for lang in NAMES for fault in _language_faults(site, lang)]
    if found:
        return found
    return [
        *_unpaired(site),
        *_counts(site),
        *_lost(site, lock),
        *links.dead(site, site_url, promises.anchors(lock)),
        *(_vanished(site, old) if old is not None else ()),
    ]


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


def _counts(site: Path) -> Iterator[str]:
    """Pages, search and API hold the same records."""
    listed = _listed(site)
    if listed is None:
        yield f"{urls.api_index()} is missing or no JSON: want the list of all records"
        return
    for lang in NAMES:
        folder = FOLDER[lang] + urls.ADVISORIES
        paged = {path.parent.name for path in (site / folder).glob("*/index.html")}
        for id_ in sorted(paged ^ listed):
            has, lacks = (folder, urls.api_index()) if id_ in paged else (urls.api_index(), folder)
            yield f"{id_} is in {has}, but not in {lacks}"
    counts = {lang: covered(site / FOLDER[lang], lang) for lang in NAMES}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{count} in {NAMES[lang]}" for lang, count in counts.items())
        yield f"the search covers different numbers of pages: {told}"


def _listed(site: Path) -> set[str] | None:
    """The records in a site's API; None where there is none."""
    try:
        index = json.loads((site / urls.api_index()).read_bytes())
        return {one["id"] for one in index["advisories"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lost(site: Path, lock: Lock) -> Iterator[str]:
    """Files that follow from the lock."""
    there = links.files(site)
    for path, name in sorted(promises.paths(lock).items()):
        if path not in there:
            place = f" ({FILE}:{lock.lines[name]})" if name in lock.lines else ""
            yield (
                f"{path}: found nothing, want what was published there{place}; give it its address "
                "back, or leave a page there that leads on"
            )


def _vanished(site: Path, old: Path) -> Iterator[str]:
    """Compared with what readers see now, whatever the lock says."""
    before, now = _listed(old) or set(), _listed(site) or set()
    if len(gone := sorted(before - now)) > max(1, MOST * len(before)):
        yield (
            f"{len(gone)} of {len(before)} records of the site that is published now would vanish "
            f"({', '.join(gone[:3])}{', …' if len(gone) > 3 else ''}), want at most {MOST:.0%}; is "
            "this the right checkout, and whole? If it is meant, remove the old site first"
        )
