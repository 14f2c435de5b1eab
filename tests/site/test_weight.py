"""Takes the built site; shows that a page stays light on a bad connection."""

import re
from functools import cache
from pathlib import Path

import brotli
import pytest

KB = 1024
#: Compressed HTML of the heaviest advisory.
HEAVIEST = 15 * KB
FIRST_VIEW = 110 * KB
_IMPORT = re.compile(r'^(?:import|export)\b[^;"]*\bfrom "(\.[^"]+)";', re.MULTILINE)
_ASSET = re.compile(r'<(?:link[^>]* rel="stylesheet"|script)[^>]* (?:href|src)="([^"]+)"')


@cache
def weight(path: Path) -> int:
    """Bytes on the wire, as a server of static files has them compressed."""
    return len(brotli.compress(path.read_bytes()))


def imported(script: Path) -> set[Path]:
    """Modules that a script needs before it can run; what it imports on need comes later."""
    found: set[Path] = set()
    for name in _IMPORT.findall(script.read_text("utf-8")) if script.suffix == ".js" else ():
        module = (script.parent / name).resolve()
        found |= {module, *imported(module)}
    return found


def advisories(site: Path, folder: str) -> list[Path]:
    """The page of every advisory in one language."""
    return sorted((site / folder / "advisories").glob("CAV-*/index.html"))


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_an_advisory_is_a_light_page(site: Path, folder: str) -> None:
    """The heaviest advisory's HTML stays under its limit, whatever the number of records."""
    pages = advisories(site, folder)
    assert pages
    heavy = {page.parent.name: weight(page) for page in pages if weight(page) > HEAVIEST}
    assert not heavy


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_the_first_view_is_light(site: Path, folder: str) -> None:
    """Page, style sheets and scripts together, as a reader's first visit fetches them."""
    for page in advisories(site, folder):
        html = page.read_text("utf-8")
        assets = {(page.parent / link).resolve() for link in _ASSET.findall(html)}
        assert len(assets) > 5, "the pattern finds no style sheets or scripts any more"
        assets |= {found for asset in assets for found in imported(asset)}
        assert weight(page) + sum(map(weight, assets)) <= FIRST_VIEW, page
