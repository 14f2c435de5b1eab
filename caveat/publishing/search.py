"""Takes a folder of finished HTML in one language; gives it its own Pagefind bundle.

Only what a page marks with data-pagefind-body is indexed, so error pages stay out.
"""

import asyncio
import json
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

from caveat.publishing.languages import FOLDER

BUNDLE = "pagefind"
EXCLUDED = (".headerlink", ".md-content__button", "button")
"""Parts inside a page's body that nobody searches for."""


def index(site: Path, lang: str) -> int:
    """Write site/pagefind/ and return how many pages it holds."""
    asyncio.run(_index(site, lang))
    return covered(site, lang)


def covered(site: Path, lang: str) -> int:
    """How many pages the bundle in this folder can find in this language; 0 where there is none."""
    entry = site / BUNDLE / "pagefind-entry.json"
    try:
        return int(json.loads(entry.read_text("utf-8"))["languages"][lang]["page_count"])
    except (OSError, ValueError, KeyError):
        return 0


async def _index(site: Path, lang: str) -> None:
    config = IndexConfig(
        output_path=str(site / BUNDLE),
        exclude_selectors=list(EXCLUDED),
        force_language=lang,
    )
    async with PagefindIndex(config=config) as pages:
        await pages.add_directory(str(site), glob=_own_pages(site, lang))


def _own_pages(site: Path, lang: str) -> str:
    """Every page but those of another language in a folder here, as one glob.

    Pagefind's globs cannot exclude, so the folders that do belong are named.
    """
    others = {folder.rstrip("/") for code, folder in FOLDER.items() if folder and code != lang}
    own = sorted(path.name for path in site.iterdir() if path.is_dir() and path.name not in others)
    return "{*.html,{" + ",".join(own) + "}/**/*.html}" if own else "*.html"
