"""Files beside the pages: what a page's scripts fetch once somebody uses them.

Takes a site and gives `DataFile`s and their text. To add some: a function of a view and an entry in
`_KINDS`. Pages stay light, since answers are fetched on first use and not carried by each page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from caveat import urls
from caveat.site.pages import Site, SitePage
from caveat.site.views import find, heat, new, panel, plan

Make = Callable[..., dict[str, Any]]

#: Kind of page -> files that each page of the kind asks for: the page they stand beside (None: the
#: page itself), their name with the subject filled in, and what makes them.
_KINDS: dict[str, tuple[tuple[str | None, str, Make], ...]] = {
    "advisory": (
        (None, "answers.json", panel.data),
        (None, "card.json", find.card),
        (urls.PLAN, "record/{}.json", plan.tasks),
    ),
    "product": ((None, "answers.json", heat.data), (urls.PLAN, "product/{}.json", plan.data)),
    "find": ((None, "words.json", find.words),),
    "plan": ((None, "words.json", plan.spoken),),
    "new": (
        (None, "choices.json", new.choices),
        (None, "names.json", new.names),
        (None, "schema.json", new.schema),
        (None, "words.json", new.words),
    ),
}


class DataFile(NamedTuple):
    """A file below a page's path; it is made from what `page` is made from."""

    path: str
    page: SitePage
    make: Make


def files(site: Site) -> Iterator[DataFile]:
    """Every data file of one language."""
    for page in site.pages():
        for beside, name, make in _KINDS.get(page.kind, ()):
            here = page.path if beside is None else beside
            yield DataFile(here + name.format(*page.subject), replace(page, path=here), make)


def text(site: Site, file: DataFile) -> str:
    """The JSON of one file, on one line that ends."""
    made = file.make(site.scene(file.page), *file.page.subject)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"
