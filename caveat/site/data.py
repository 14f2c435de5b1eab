"""Files beside the pages: what a page's scripts fetch once somebody uses them.

Takes a site and gives `DataFile`s and their text. To add one: an entry in `_KINDS` and a function
of a view. Pages stay light, since answers are fetched on first use and not carried by each page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any, NamedTuple

from caveat.site.pages import Site, SitePage
from caveat.site.views import find, panel

View = Callable[..., dict[str, Any]]

#: Kind of page -> the files beside it, by name.
_KINDS: dict[str, dict[str, View]] = {
    "advisory": {"answers.json": panel.data, "card.json": find.card},
    "find": {"words.json": find.words},
}


class DataFile(NamedTuple):
    """A file below a page's path; it is made from what the page is made from."""

    path: str
    page: SitePage
    view: View


def files(site: Site) -> Iterator[DataFile]:
    """Every data file of one language."""
    for page in site.pages():
        for name, view in _KINDS.get(page.kind, {}).items():
            yield DataFile(f"{page.path}{name}", page, view)


def text(site: Site, file: DataFile) -> str:
    """The JSON of one file, on one line that ends."""
    made = file.view(site.scene(file.page), *file.page.subject)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(site: Site, folder: Path, looks: object, known: MutableMapping[str, object]) -> None:
    """Write the files of `site` below `folder`; those whose marks are already in `known`, together
    with `looks`, are left as they are."""
    for file in files(site):
        target = folder / file.path
        marks = (looks, site.sources(file.page))
        if known.get(str(target)) == marks:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text(site, file), encoding="utf-8")
        known[str(target)] = marks
