"""What machines read: every output beside the pages, each a module and an entry in `EXPORTS`.

Takes a knowledge base with its answers and gives files as paths and bytes; the same knowledge gives
the same bytes.

To add one: a module with a function that takes a `Shelf` and gives `File`s, and an entry below.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.exports import aliases, badges, csaf, feeds, llms, markdown, osv
from caveat.exports.api import advisories, index, practices, products, schemas, signatures
from caveat.exports.export import Export, File, Shelf

EXPORTS = (
    Export("api-index", index.files),
    Export("api-advisories", advisories.files),
    Export("api-products", products.files),
    Export("api-practices", practices.files),
    Export("api-signatures", signatures.files),
    Export("api-schemas", schemas.files),
    Export("osv", osv.files),
    Export("csaf", csaf.files),
    Export("feeds", feeds.files),
    Export("badges", badges.files),
    Export("markdown", markdown.files),
    Export("llms", llms.files),
    Export("aliases", aliases.files),
)


def files(shelf: Shelf) -> Iterator[File]:
    """Every file of every export, one at a time: they need not fit into memory together."""
    for export in EXPORTS:
        yield from export.files(shelf)


__all__ = ["EXPORTS", "Export", "File", "Shelf", "files"]
