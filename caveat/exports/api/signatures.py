"""/api/v1/signatures.json: all that finding records by error text needs.

Takes the shelf and gives one file, the form of `caveat.matching.Index.values`.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat import urls
from caveat.exports.export import File, Shelf, json_file
from caveat.matching import Index


def files(shelf: Shelf) -> Iterator[File]:
    """The index of the published records."""
    yield json_file(urls.api_list("signatures"), Index.of(shelf.kb).values())
