"""Takes the records of the house and of the small base as OSV; shows that the documents are valid
and hold the releases that the records hold."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from caveat import urls
from caveat.applicability.ranges import in_any
from caveat.exports.osv_ranges import versions
from caveat.knowledge import KnowledgeBase, load
from caveat.model import Range
from caveat.versions import Catalogue, Version
from tests.support.documents import faults, osv_documents
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base

#: https://semver.org, without build metadata.
SEMVER = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?")


@pytest.mark.parametrize("site", ["https://kb.example/a/", ""], ids=["address", "none"])
def test_every_document_is_valid(kb: KnowledgeBase, site: str) -> None:
    """Against the official schema, with or without an address of the site; ids are private ones,
    moments are UTC, and links are whole."""
    made = osv_documents(kb, site)
    assert set(made) == {urls.osv(one.id) for one in kb.published}
    for path, document in made.items():
        assert faults("osv", document) == [], path
        assert document["id"] == f"x_{Path(path).stem}"
        for name in ("modified", "published"):
            assert document[name].endswith("Z")
            assert datetime.fromisoformat(document[name]).tzinfo
        assert all(one["url"].startswith("https://") for one in document["references"])


def test_schema_notices() -> None:
    """What the test above leans on: an id without the private prefix, and an ecosystem that nobody
    defined, are refused."""
    (document,) = osv_documents(base_knowledge()).values()
    assert faults("osv", document) == []
    assert faults("osv", {**document, "id": "CAV-2025-0001"})
    invented = {"package": {"ecosystem": "Engines", "name": "engine"}}
    assert faults("osv", {**document, "affected": [invented]})


def test_documents_hold_the_releases_of_the_records(kb: KnowledgeBase) -> None:
    """By the algorithm of the format, a catalogued release is affected where it is in the record's
    ranges, for every record and every way to be affected."""
    checked = 0
    for record in kb.published:
        document = osv_documents_of(kb)[record.id]
        for entry, told in zip(record.affected, document["affected"], strict=True):
            catalogue = kb.catalogues[entry.on[0].product]
            wanted = inside(entry.on[0].ranges, catalogue)
            assert affected(told, catalogue) == wanted, record.id
            checked += len(wanted)
    assert checked > 100


#: By name: borders in the order introduced, fixed, last affected, branch.
BRANCHED = {
    "fixed-in-both": [("1.0.0", "2.0.1", "", ""), ("1.1.0", "1.1.2", "", "1.1")],
    "always": [("0", "", "", ""), ("1.1.1", "", "1.1.1", "1.1")],
    "open": [("2.0.0", "", "", ""), ("1.1.1", "", "", "1.1")],
    "plain": [("0", "1.0.0", "", "")],
    "several": [("1.1.0", "", "1.1.0", ""), ("2.0.0", "2.0.1", "", "")],
}


@pytest.mark.parametrize("borders", BRANCHED.values(), ids=BRANCHED)
def test_branches_become_one_line(borders: list[tuple[str, ...]]) -> None:
    """A branch's range decides alone about its branch; OSV, which knows no branches, is told the
    runs of releases that are left."""
    catalogue = base_knowledge().catalogues["engine"]
    names = ("introduced", "fixed", "last_affected", "branch")
    parsed = [
        Range(**{name: text for name, text in zip(names, one, strict=True) if text})
        for one in borders
    ]
    told = versions(parsed, catalogue)
    assert "versions" not in told
    assert affected(told, catalogue) == inside(parsed, catalogue)


def test_numbers_without_a_known_order_are_listed() -> None:
    """Two-part numbers are no semantic versions: no order is claimed for them."""
    catalogue = base_knowledge().catalogues["proxy"]
    told = versions([Range(introduced="1.9", fixed="1.11")], catalogue)
    assert told == {"versions": ["1.9", "1.10"]}


def test_semantic_versions_are_ones(kb: KnowledgeBase) -> None:
    """Every border of such a range is a version as the format defines it."""
    borders = [
        text
        for document in osv_documents_of(kb).values()
        for entry in document["affected"]
        for one in entry.get("ranges", ())
        if one["type"] == "SEMVER"
        for event in one["events"]
        for text in event.values()
    ]
    assert borders
    assert [one for one in borders if one != "0" and not SEMVER.fullmatch(one)] == []


def test_packages_are_named_only_in_their_ecosystem(kb: KnowledgeBase) -> None:
    """Docker's SDK for Python is one of PyPI's; an engine that distributions ship is nobody's."""
    found = {
        (entry["database_specific"]["product"], entry.get("package", {}).get("ecosystem"))
        for document in osv_documents_of(kb).values()
        for entry in document["affected"]
    }
    assert ("docker-py", "PyPI") in found
    assert ("docker-engine", None) in found
    assert {ecosystem for _, ecosystem in found} == {"PyPI", None}


def test_conditions_and_workarounds_stand_beside() -> None:
    """In the record's own form, with both languages; the traits by their one name."""
    (document,) = osv_documents(base_knowledge()).values()
    own = document["affected"][0]["database_specific"]
    assert own["conditions"] == {
        "engine.mode": ["rootless"],
        "kernel-module": ["present", "built-in"],
    }
    (with_,) = document["affected"][1]["database_specific"]["together_with"]
    assert (with_["product"], with_["ranges"]) == (
        "proxy",
        [{"introduced": "1.10", "fixed": "1.11"}],
    )
    (workaround,) = document["database_specific"]["workarounds"]
    assert workaround["risk"]["zh"] == "失去 2.0 的修复。"
    assert document["related"] == ["CVE-2025-1234"]
    assert "aliases" not in document


def test_withdrawn_stays_and_drafts_are_left_out(tmp_path: Path) -> None:
    """A withdrawn record says since when; a draft is nowhere."""
    gone = "status: withdrawn\nwithdrawn: {reason: {en: A cable., zh: 网线。}}"
    root = change(write_base(tmp_path), ADVISORY, "status: published", gone)
    (document,) = osv_documents(load(root)[0]).values()
    assert document["withdrawn"] == "2025-03-10T00:00:00Z"
    assert document["database_specific"]["withdrawn"]["reason"]["en"] == "A cable."
    assert faults("osv", document) == []
    change(root, ADVISORY, gone, "status: draft")
    assert osv_documents(load(root)[0]) == {}


_MADE: dict[KnowledgeBase, dict[str, Any]] = {}


def osv_documents_of(kb: KnowledgeBase) -> dict[str, Any]:
    """The documents by the ids of their records, made once."""
    if kb not in _MADE:
        _MADE[kb] = {Path(path).stem: one for path, one in osv_documents(kb).items()}
    return _MADE[kb]


def inside(ranges: list[Range], catalogue: Catalogue) -> list[str]:
    """The releases that the record's own engine takes for affected."""
    scheme = catalogue.product.versioning
    return [one.text for one in catalogue.versions if in_any(ranges, one, scheme)]


def affected(told: dict[str, Any], catalogue: Catalogue) -> list[str]:
    """The releases that the algorithm of the format takes for affected: listed, or inside a range
    (https://ossf.github.io/osv-schema/#evaluation)."""
    return [
        one.text
        for one in catalogue.versions
        if one.text in told.get("versions", ())
        or any(_in_range(one, each["events"], catalogue) for each in told.get("ranges", ()))
    ]


def _in_range(version: Version, events: list[dict[str, str]], catalogue: Catalogue) -> bool:
    hit = False
    for event in events:
        ((kind, text),) = event.items()
        at = None if text == "0" else catalogue.parse(text)
        if kind == "introduced" and (at is None or version >= at):
            hit = True
        elif at is not None and (
            (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at)
        ):
            hit = False
    return hit
