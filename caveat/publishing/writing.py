"""Takes a site and a folder; writes the pages of records, releases and practices, and the data
beside pages.

All that exists by the thousand is written here, past MkDocs, which gets a look at one specimen of
each kind. What a preview has written from equal marks is not written again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from functools import partial
from pathlib import Path

from caveat import urls
from caveat.publishing.shell import Kind, Shell, specimen
from caveat.site import Rendered, Site, SitePage, data

Around = Callable[[SitePage, Rendered], str]
"""Renders the theme around a page."""


class Writer:
    """Writes below a folder. `known`, where something is remembered, holds the marks of what is
    there, and `looks` is a part of the marks of all: equal marks give equal bytes."""

    def __init__(
        self, folder: Path, looks: object = None, known: MutableMapping[str, object] | None = None
    ) -> None:
        self._folder, self._looks, self._known = str(folder), looks, known

    def pages(self, site: Site, around: Around) -> None:
        """Write every leaf of `site`."""
        shells: dict[Kind, Shell] = {}

        def whole(page: SitePage) -> str:
            rendered = site.render(page)
            kind = Kind.of(page, rendered)
            if kind not in shells:
                shells[kind] = Shell(around(*specimen(page, rendered)))
            return shells[kind].fill(page, rendered)

        for page in leaves(site):
            self._put(f"{page.path}index.html", site, page, partial(whole, page))

    def data(self, site: Site) -> None:
        """Write every data file of `site`."""
        for file in data.files(site):
            self._put(file.path, site, file.page, partial(data.text, site, file))

    def _put(self, path: str, site: Site, page: SitePage, make: Callable[[], str]) -> None:
        target = f"{self._folder}/{path}"
        marks = None if self._known is None else (self._looks, site.sources(page))
        if self._known is not None and self._known.get(target) == marks:
            return
        put(self._folder, path, make().encode())
        if self._known is not None:
            self._known[target] = marks


def leaves(site: Site) -> Iterator[SitePage]:
    """Pages that are about one record, release or practice; the others are MkDocs' own."""
    return (page for page in site.pages() if page.subject)


def searched(site: Site) -> Iterator[str]:
    """The files of leaves that the word search covers, below the language's folder."""
    return (f"{page.path}index.html" for page in leaves(site) if site.is_searched(page))


def put(folder: str, path: str, content: bytes) -> None:
    """Write a file below a folder, its own folder as well where there is none; raises ValueError
    for a path that leads out of it, whatever let that pass."""
    if not urls.stays(path):
        raise ValueError(f"{path!r} is no path below the site")
    target = f"{folder}/{path}"
    try:
        file = open(target, "wb")  # noqa: PTH123, SIM115 - there are a hundred thousand of them
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        file = open(target, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(content)
