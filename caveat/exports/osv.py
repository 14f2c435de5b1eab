"""/api/v1/osv/<ID>.json: each record as a document of the Open Source Vulnerability format, 1.7.

Takes the shelf and gives a file for each published or withdrawn record; what OSV has no field for
stands under `database_specific` in the record's own form (https://ossf.github.io/osv-schema/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from caveat import published, urls
from caveat.applicability.wording import Wording
from caveat.exports.export import File, Shelf, json_file, moment
from caveat.exports.osv_ranges import package, versions
from caveat.model import Advisory, Affected, On
from caveat.model.base import Language
from caveat.words import words

SCHEMA_VERSION = "1.7.5"
#: Ids of a database that OSV.dev does not gather begin so; the schema refuses any other.
PREFIX = "x_"
#: OSV holds one text; the other language's stands beside it.
_LANGUAGE: Language = "en"
#: https://ossf.github.io/osv-schema/#references-field
_TYPES = {
    "report": "REPORT",
    "fix": "FIX",
    "discussion": "DISCUSSION",
    "advisory": "ADVISORY",
    "release-notes": "WEB",
    "documentation": "WEB",
    "source": "WEB",
}
#: Names that other databases of this format know.
_KNOWN = re.compile(r"(?:CVE|GHSA)-")
#: What is taken over as it stands in the record.
_SAME = ("slug", "status", "kind", "severity", "title", "summary", "cause", "withdrawn", "symptoms")
_SAME_TOO = ("workarounds", "fixes", "unverified", "verification")


def files(shelf: Shelf) -> Iterator[File]:
    """Every record."""
    say = Wording(shelf.kb, words(_LANGUAGE))
    for record in sorted(shelf.kb.published, key=lambda one: one.id):
        path = urls.osv(record.id)
        yield json_file(path, document(shelf, say, path, record))


def document(shelf: Shelf, say: Wording, here: str, record: Advisory) -> dict[str, Any]:
    """The record as OSV has it."""
    made: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "id": PREFIX + record.id,
        "modified": moment(record.modified),
        "published": moment(record.published),
    }
    if record.status == "withdrawn":
        # A withdrawal is the last change of a record.
        made["withdrawn"] = moment(record.modified)
    # Not `aliases`: those are the same problem to every database, and several records may share an
    # upstream name.
    related = [alias for alias in record.aliases if _KNOWN.match(alias)]
    related += [PREFIX + other.id for _, other in shelf.kb.related(record)]
    if related:
        made["related"] = list(dict.fromkeys(related))
    return {
        **made,
        "summary": say.plain(record.title),
        "details": _details(record, say),
        "affected": [_affected(shelf, entry) for entry in record.affected],
        "references": _references(shelf, record),
        "database_specific": _own(shelf, here, record),
    }


def _details(record: Advisory, say: Wording) -> str:
    """What happens and why, as Markdown."""
    parts = (record.summary, record.cause)
    return f"\n\n## {say.words('section.cause')}\n\n".join(one.get(say.language) for one in parts)


def _affected(shelf: Shelf, entry: Affected) -> dict[str, Any]:
    """One way to be affected, told by the product where the fix lies. That conditions or other
    products' versions must hold as well is no idea of OSV's: it stands beside."""
    first = entry.on[0]
    catalogue = shelf.kb.catalogues[first.product]
    found = package(catalogue.product)
    whole = entry.model_dump(mode="json", by_alias=True, exclude_none=True)
    own = {
        **_on(shelf, first),
        "together_with": [_on(shelf, one) for one in entry.on[1:]],
        **{key: value for key, value in whole.items() if key != "on"},
    }
    return {
        **({"package": found} if found else {}),
        **versions(first.ranges, catalogue),
        "database_specific": own,
    }


def _on(shelf: Shelf, on: On) -> dict[str, Any]:
    """A product with its versions and conditions; a trait stands under its one name."""
    return {
        "product": on.product,
        "name": shelf.kb.products[on.product].name,
        "ranges": [one.model_dump(mode="json", exclude_none=True) for one in on.ranges],
        "conditions": {
            shelf.kb.trait_key(on.product, path) or path: values for path, values in on.when.items()
        },
    }


def _references(shelf: Shelf, record: Advisory) -> list[dict[str, str]]:
    found = [{"type": _TYPES[one.type], "url": one.url} for one in record.references]
    if shelf.site_url:  # the format knows no relative address
        found.append({"type": "ADVISORY", "url": shelf.site_url + urls.advisory(record.id)})
    return found


def _own(shelf: Shelf, here: str, record: Advisory) -> dict[str, Any]:
    whole = published.values(record)
    made = {key: whole[key] for key in _SAME if key in whole}
    return {
        **made,
        "aliases": record.aliases,
        "relations": [
            {"relation": relation, "id": other.id} for relation, other in shelf.kb.related(record)
        ],
        "unaffected": whole["unaffected"],
        "signatures": [{"pattern": one.pattern, "log": one.log} for one in record.signatures],
        **{key: whole[key] for key in _SAME_TOO},
        "url": shelf.link(here, urls.advisory(record.id)),
        "record": shelf.link(here, urls.api_advisory(record.id)),
    }
