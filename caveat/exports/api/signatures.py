"""All that finding records by error text needs: as one file for tools, in parts for the finder.

Takes the shelf and gives /api/v1/signatures.json, the form of `caveat.matching.Index.values`, and
below /find/ the same cut as `caveat.matching.parts` says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from caveat import urls
from caveat.exports.export import File, Shelf, json_file
from caveat.matching import Index
from caveat.matching.parts import FORM, cut


def files(shelf: Shelf) -> Iterator[File]:
    """The index of the published records."""
    values = Index.of(shelf.kb).values()
    whole = json_file(urls.api_list("signatures"), values)
    yield whole
    rest, parts = cut(values)
    # Named by content: a page that was loaded before a publication asks for the parts it knows.
    named = hashlib.sha256(whole.content + bytes([FORM])).hexdigest()[:8]
    folder = f"terms-{named}/"
    here = urls.FINDER
    link = urls.relative(here, whole.path)
    yield json_file(here, {**rest, "parts": {"count": len(parts), "folder": folder, "whole": link}})
    for number, part in enumerate(parts):
        yield json_file(f"{urls.FIND}{folder}{number}.json", part)
