"""/api/v1/practices.json: the best practices, each with the advisories that it would have softened.

Takes the shelf and gives one file.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat import published, urls
from caveat.exports.export import File, Shelf, json_file


def files(shelf: Shelf) -> Iterator[File]:
    """The list."""
    here = urls.api_list("practices")
    made = [
        {
            **published.values(practice),
            "url": shelf.link(here, urls.practice(id_)),
            "advisories": [one.id for one in shelf.kb.by_practice[id_]],
        }
        for id_, practice in shelf.kb.practices.items()
    ]
    yield json_file(here, {"practices": made})
