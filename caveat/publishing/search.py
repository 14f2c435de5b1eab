"""Takes a folder of finished HTML in one language, and which of its pages may be searched; gives it
its own Pagefind bundle.

Only what a page marks with data-pagefind-body is indexed.
"""

import asyncio
import gzip
import json
import zlib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from pagefind.index import IndexConfig
from pagefind.service import PagefindService

from caveat.publishing import steady, vocabulary

BUNDLE = "pagefind"
EXCLUDED = (
    *(".headerlink", ".md-content__button", "button", ".cv-related"),
    *(
        f".cv-advisory .cv-{part}"
        for part in ("matrix", "caution", "checklist", "grade", "history")
    ),
)
"""Parts inside a page's body that nobody searches for, or that would be found on many pages: what a
matrix says is worked out from what the page says in words, and a checklist, like the titles of
other records, has pages of its own.
Indexing costs as much as there are words."""
_LOOKS, _PAUSE = 600, 0.05
"""How often, and after how many seconds each time, the bundle is looked at until it is whole."""


def index(site: Path, lang: str, pages: Iterable[str]) -> int:
    """Write site/pagefind/ and return how many pages it holds; `pages` are their files below
    `site`, which need not all be marked."""
    asyncio.run(_index(site, lang, pages))
    steady.settle(site / BUNDLE)
    if lang in vocabulary.UNSPACED:
        vocabulary.write(site / BUNDLE)
    return covered(site, lang)


def covered(site: Path, lang: str) -> int:
    """How many pages the bundle in this folder can find in this language; 0 where there is none."""
    entry = site / BUNDLE / "pagefind-entry.json"
    try:
        return int(json.loads(entry.read_text("utf-8"))["languages"][lang]["page_count"])
    except (OSError, ValueError, KeyError):
        return 0


async def _index(site: Path, lang: str, pages: Iterable[str]) -> None:
    config = IndexConfig(
        output_path=str(site / BUNDLE),
        exclude_selectors=list(EXCLUDED),
        force_language=lang,
    )
    with TemporaryDirectory() as folder:
        for file in sorted(pages):
            if body := _body((site / file).read_text("utf-8")):
                copy = Path(folder) / file
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(body, "utf-8")
        async with PagefindService() as service:
            bundle = await service.create_index(config)
            await bundle.add_directory(folder)
            await bundle.write_files()
            await _written(site / BUNDLE)


async def _written(bundle: Path) -> None:
    """Wait until every file of the bundle is whole. Pagefind says that it has written them while
    the last bytes are still on their way, and is ended when the service closes."""
    before: dict[Path, int] = {}
    for _ in range(_LOOKS):
        now = {path: path.stat().st_size for path in bundle.rglob("*") if path.is_file()}
        if now and now == before and not any(map(_is_cut, now)):
            return
        before = now
        await asyncio.sleep(_PAUSE)
    raise OSError(f"the search bundle in {bundle} is not whole")


def _is_cut(path: Path) -> bool:
    """Whether the end of a file is missing; all that is searched is compressed."""
    if not (path.suffix.startswith(".pf_") or path.suffix == ".pagefind"):
        return not path.stat().st_size
    try:
        gzip.decompress(path.read_bytes())
    except (EOFError, OSError, zlib.error):
        return True
    return False


def _body(html: str) -> str | None:
    """The part of a page that is searched, or None where there is none. The theme around it is most
    of a page, and reading it was half of what indexing cost."""
    marked = html.find("data-pagefind-body")
    if marked < 0:
        return None
    start, end = html.rfind("<", 0, marked), html.rfind("</article>")
    return f"<!doctype html><html><body>{html[start:end]}</body></html>"
