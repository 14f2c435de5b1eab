"""Takes OSV and CSAF documents of public databases; shows that a draft keeps what a record can hold
and says what it does not keep."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat import prose
from caveat.importers import documents, texts, writing
from caveat.importers.csaf_products import spans_of
from caveat.importers.draft import Draft, draft
from caveat.importers.lead import Lead, SourceError, Span
from caveat.importers.parts import told
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.reading.characters import visible
from caveat.reading.parse import RECORD_LIMITS, parse
from tests.support.drafts import IMPORTS, data, document, problems_of, record_of
from tests.support.knowledge import base_knowledge

TODAY = "2026-11-28"
REAL = sorted(path.name for path in IMPORTS.glob("*.json"))
FORMATS = {"GHSA-9wx4-h78v-vm56.json": "GHSA", "rhsa-2022_0011.json": "CSAF"}


def lead(name: str) -> Lead:
    """What is read of a stored document."""
    return documents.read((IMPORTS / name).read_bytes(), name)


def drafted(value: Any, product: str = "engine") -> Draft:
    """The draft that a document becomes among the small base."""
    return draft(documents.read(data(value), "a.json"), base_knowledge(), TODAY, product=product)


def record(made: Draft) -> Advisory:
    """The record in a draft."""
    found, problems = record_of(made)
    assert found is not None, problems
    return found


def osv(**more: Any) -> dict[str, Any]:
    """A small OSV document."""
    own = {"id": "x_TEST-1", "modified": "2025-01-01T00:00:00Z", "summary": "Ports fail"}
    links = [{"type": "REPORT", "url": "https://a.example/1"}]
    return {**own, "references": links, **more}


def csaf(**more: Any) -> dict[str, Any]:
    """A small CSAF document."""
    links = [{"category": "self", "summary": "A", "url": "https://a.example/1.json"}]
    tracking = {"id": "A-1", "initial_release_date": "2025-02-03T00:00:00Z"}
    document = {"csaf_version": "2.0", "title": "Ports fail", "tracking": tracking}
    return {"document": {**document, "references": links}, **more}


@pytest.mark.parametrize("name", REAL)
def test_real_document_becomes_a_valid_draft(kb: KnowledgeBase, name: str) -> None:
    """Nothing is wrong with the file but that it has one language."""
    made = draft(lead(name), kb, TODAY)
    assert problems_of(made, kb) == []
    assert record(made).status == "draft"


def test_osv_document_is_kept_as_far_as_a_record_goes(kb: KnowledgeBase) -> None:
    """Names, day, releases, fixes and links are taken over; a score and what only the database
    knows are named as lost."""
    made = draft(lead("GHSA-9wx4-h78v-vm56.json"), kb, TODAY)
    found = record(made)
    assert made.id.startswith("CAV-2024-new-requests-")
    assert found.aliases == ["GHSA-9wx4-h78v-vm56", "CVE-2024-35195"]
    (on,) = found.affected[0].on
    assert (on.product, on.ranges[0].introduced, on.ranges[0].fixed) == ("requests", "0", "2.32.2")
    assert [(fix.product, fix.version) for fix in found.fixes] == [("requests", "2.32.2")]
    assert found.timeline[0].date == "2024-05-20"
    assert len(found.references) == 6
    assert "- Upgrade to `requests>=2.32.2`." in found.summary.get("en")
    assert {one.place for one in made.lost} == {
        "severity",
        "database_specific",
        "affected[].database_specific",
    }


def test_versions_between_releases_move_to_the_next_and_say_so(kb: KnowledgeBase) -> None:
    """Of the Go database's versions of Moby, one is no release of the catalogue."""
    made = draft(lead("GO-2024-3005.json"), kb, TODAY)
    ranges = record(made).affected[0].on[0].ranges
    assert [(one.introduced, one.fixed) for one in ranges] == [
        ("20.10.0", "25.0.6"),
        ("26.0.0", "26.1.5"),
        ("27.0.1", "27.1.1"),
    ]
    asked = [one.what for one in made.fill if one.field == "affected"]
    assert any("`27.0.0+incompatible` is no catalogued release" in one for one in asked)
    assert any("`github.com/docker/docker` is taken to mean docker-engine" in one for one in asked)


def test_go_modules_of_one_product_are_told_apart(kb: KnowledgeBase) -> None:
    """A path that ends in a major version means that version's releases: what is affected from the
    beginning begins there, and does not overlap the older module."""
    made = draft(lead("GO-2025-4100.json"), kb, TODAY)
    ranges = record(made).affected[0].on[0].ranges
    assert [(one.introduced, one.fixed) for one in ranges] == [
        ("0", "1.7.29"),
        ("2.0.0", "2.0.7"),
        ("2.1.0", "2.1.5"),
    ]


def test_an_open_go_module_ends_where_the_next_begins(kb: KnowledgeBase) -> None:
    """The module without a major version in its path has no release of 2 and later."""
    packages = [
        {"ecosystem": "Go", "name": f"github.com/traefik/traefik{end}"} for end in ("", "/v3")
    ]
    events = [{"type": "SEMVER", "events": [{"introduced": "0"}]}]
    affected = [{"package": one, "ranges": events} for one in packages]
    made = draft(documents.read(data(osv(affected=affected)), "a.json"), kb, TODAY)
    (on,) = record(made).affected[0].on
    assert [(one.introduced, one.last_affected) for one in on.ranges] == [("3.0.0", None)]
    assert record(made).fixes == []
    assert any("before `2.0.0`: no catalogued release" in one.what for one in made.fill)


def test_names_that_may_mean_something_else_are_asked_about(kb: KnowledgeBase) -> None:
    """A product is found by its repository or a name of its own; anything less is a guess, and said
    to be one. What only led to records elsewhere is no guess at all."""
    package = {"ecosystem": "Go", "name": "github.com/someone/something/kernel"}
    made = draft(documents.read(data(osv(affected=[{"package": package}])), "a.json"), kb, TODAY)
    assert record(made).products == ("linux",)
    assert any("taken to mean linux; it may be something else" in one.what for one in made.fill)
    package["name"] = "github.com/rancher/rancher"
    with pytest.raises(SourceError, match=r"names `github\.com/rancher/rancher`"):
        draft(documents.read(data(osv(affected=[{"package": package}])), "a.json"), kb, TODAY)


def test_csaf_document_is_kept_as_far_as_a_record_goes(kb: KnowledgeBase) -> None:
    """Notes, CVE, links and remedies are taken over, as is the platform that is known here."""
    made = draft(lead("rhsa-2022_0011.json"), kb, TODAY)
    found = record(made)
    assert made.id.startswith("CAV-2022-new-rhel-")
    assert found.aliases == ["CVE-2020-10188"]
    assert found.products == ("rhel",)
    assert found.references[0].url == "https://access.redhat.com/errata/RHSA-2022:0011"
    assert found.workarounds[0].kind == "upgrade"
    assert "no bounds checks in nextitem" in found.summary.get("en")
    lost = {one.place for one in made.lost}
    assert {"document.publisher", "vulnerabilities[].cwe", "vulnerabilities[].threats"} <= lost


def test_csaf_products_versions_and_relationships() -> None:
    """A product's versions come from its branches, by way of a relationship as well; what is fixed
    ends what is affected."""
    branches = [
        {
            "category": "product_name",
            "name": "Engine",
            "branches": [
                {
                    "category": "product_version_range",
                    "name": "vers:semver/>=1.1.1|<2.0.1",
                    "product": {"product_id": "P1", "name": "Engine 1.1 to 2.0"},
                }
            ],
        },
        {
            "category": "product_version",
            "name": "proxy-1.9-1.x86_64",
            "product": {"product_id": "P2", "name": "proxy-1.9-1.x86_64"},
        },
    ]
    tie = {
        "category": "installed_on",
        "product_reference": "P2",
        "relates_to_product_reference": "P1",
        "full_product_name": {"product_id": "P3", "name": "proxy on Engine"},
    }
    tree = {"branches": branches, "relationships": [tie]}
    status = {"known_affected": ["P1"], "fixed": ["P3", "P4"]}
    made = drafted(csaf(product_tree=tree, vulnerabilities=[{"product_status": status}]))
    found = {entry.on[0].product: entry.on[0].ranges[0] for entry in record(made).affected}
    assert (found["engine"].introduced, found["engine"].fixed) == ("1.1.1", "2.0.1")
    assert "P4" not in made.text
    assert any("does not define" in one.why for one in made.lost)
    assert problems_of(made, base_knowledge()) == []


SPANS = {
    "1.2": (Span("1.2", last="1.2"),),
    "<2.0": (Span("0", fixed="2.0"),),
    "<=2.0": (Span("0", last="2.0"),),
    ">=1.0": (Span("1.0"),),
    "vers:deb/>=1.0|<1.5|>=2.0|<=2.3": (Span("1.0", fixed="1.5"), Span("2.0", last="2.3")),
    "vers:all/*": (Span("0"),),
    ">=1.0, <2.0": (Span("1.0", fixed="2.0"),),
    "all of them": (),
    "!= 1": (),
}


@pytest.mark.parametrize(("text", "want"), SPANS.items(), ids=SPANS)
def test_csaf_version_ranges(text: str, want: tuple[Span, ...]) -> None:
    """In vers and in comparators; what is neither is no range."""
    assert spans_of(text) == want


def test_withdrawn_document_is_marked() -> None:
    """Whoever goes on is asked whether there is anything to record."""
    made = drafted(osv(withdrawn="2025-02-02T00:00:00Z"))
    assert any("withdrew this on 2025-02-02" in one.what for one in made.fill)


def test_nothing_is_dropped_without_a_word() -> None:
    """A key that no importer knows, at any depth of any format, is named in the list."""
    for name in REAL:
        for place, changed in _with_a_stranger(document(name)):
            found = documents.read(data(changed), name)
            assert any("stranger" in one for one in told(found.lost)) or place in _UNREAD, place


#: Below these nothing is read at all, and they are named whole.
_UNREAD = {
    *("severity", "database_specific", "affected.database_specific", "cwe", "scores", "labels"),
    *("affected.ecosystem_specific", "user", "reactions", "document.publisher", "threats", "ids"),
    *("document.distribution", "document.aggregate_severity", "document.tracking.generator"),
    *("document.tracking.revision_history", "vulnerabilities.cwe", "vulnerabilities.threats"),
    *("vulnerabilities.ids", "product_tree.product_groups"),
}


def _with_a_stranger(found: Any) -> list[tuple[str, Any]]:
    """Copies of the document with a key more, one for each sort of mapping in it."""
    made: dict[str, Any] = {}

    def walk(here: Any, place: tuple[str, ...]) -> None:
        if isinstance(here, dict):
            name = ".".join(part for part in place if part)
            if not any(name == one or name.startswith(f"{one}.") for one in _UNREAD) and (
                name not in made
            ):
                here["stranger"] = "x"
                made[name] = json.loads(data(found))
                del here["stranger"]
            for key, value in list(here.items()):
                walk(value, (*place, key))
        elif isinstance(here, list):
            for value in here:
                walk(value, place)

    walk(found, ())
    return list(made.items())


def test_wrong_types_are_named_not_fatal() -> None:
    """A document whose fields are of other types than the format wants gives what can be read."""
    for wrong in (None, 3, True, "x", [1], {"a": 1}, [[{}]], 1.5):
        value = dict.fromkeys(("aliases", "severity", "affected", "credits", "details"), wrong)
        made = drafted(osv(**value))
        assert problems_of(made, base_knowledge()) == []
        keys = ("notes", "product_tree", "vulnerabilities", "publisher")
        made = drafted(csaf(**dict.fromkeys(keys, wrong)))
        assert problems_of(made, base_knowledge()) == []


HOSTILE = (
    "<script>alert(1)</script>",
    "\x1b]0;x\x07\u202eabc\u2066 \ud800",
    "[a](javascript:x) <https://a.example/> ![x](y)",
    '"): - # {{ }} {%\n---\n...\n\t&a *b !!c',
    "`" * 70 + "*" * 70,
    "a\r\nb\rc\x85d\u2028e",
)


@pytest.mark.parametrize("payload", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", REAL)
def test_hostile_documents_are_refused_or_made_safe(name: str, payload: str) -> None:
    """With a payload in every text and every key of a real document at once: refused, or a draft
    that satisfies every rule and holds nothing that cannot be printed."""
    kept = ("csaf_version", "html_url", "category", "type", "id", "created_at")

    def poisoned(here: Any, key: str = "") -> Any:
        if isinstance(here, dict):
            return {one: poisoned(value, one) for one, value in here.items()} | {payload: payload}
        if isinstance(here, list):
            return [poisoned(one, key) for one in here]
        return f"{here}{payload}" if isinstance(here, str) and key not in kept else here

    with suppress(SourceError):
        _is_safe(drafted(poisoned(document(name))))


def _is_safe(made: Draft) -> None:
    assert problems_of(made, base_knowledge()) == []
    assert all(c.isprintable() or c == "\n" for c in made.text)


UNKNOWN = {
    "list": (b"[1, 2]", "none of the formats"),
    "no-id": (data({"id": "", "modified": "x"}), "no `id` as OSV wants it"),
    "no-text": (data({"id": "GO-1", "modified": "x"}), "nothing to go on"),
    "csaf-2.1": (data({"document": {"csaf_version": "2.1"}}), "want 2.0"),
    "csaf-empty": (data({"document": {"csaf_version": "2.0"}}), "without a title"),
}


@pytest.mark.parametrize(("found", "want"), UNKNOWN.values(), ids=UNKNOWN)
def test_other_documents_are_refused(found: bytes, want: str) -> None:
    """With what was wanted."""
    with pytest.raises(SourceError, match=want):
        documents.read(found, "a.json")


def test_document_without_a_link_is_refused() -> None:
    """A record cites its source."""
    with pytest.raises(SourceError, match="no https link"):
        drafted(osv(references=[{"type": "WEB", "url": "http://a.example/"}]))


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_becomes_prose(text: str) -> None:
    """Whatever a text holds, what is kept of it lies in the subset that records have."""
    made = texts.as_prose(text, 500)
    assert prose.faults(made.text) == ()
    assert len(made.text) <= 600


MARKDOWN = st.text(alphabet="ab <>*_`[]()#|-+=~!\\\n\t1.&;:/{}\"'", max_size=80)


@given(MARKDOWN)
@settings(max_examples=150, deadline=None)
def test_any_markdown_becomes_prose(text: str) -> None:
    """The same for text that is all markup."""
    assert prose.faults(texts.as_prose(text, 500).text) == ()


def test_plain_words_keep_their_meaning() -> None:
    """What a reader of the source saw as text is what a reader of the draft sees."""
    text = "1. a_b * c [x] <y> `z`\n2. #5 is not a heading & a\\b"
    made = texts.as_prose(text, 500).text
    assert prose.plain(made) == "a_b * c [x] <y> z #5 is not a heading & a\\b"


DATA = st.recursive(
    st.text(max_size=200),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.from_regex("[a-z_]{1,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.from_regex("[a-z_]{1,8}", fullmatch=True), DATA, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_written_data_is_read_back(value: dict[str, Any]) -> None:
    """Whatever texts hold, our own reader takes the YAML for the same data, without a complaint;
    what no record may hold has become a mark that is seen."""
    found, problems = parse("a.yml", writing.written(value), RECORD_LIMITS)
    assert not [one for one in problems if one.code != "CAV107"]
    if not problems:
        assert found == _seen(value)


def _seen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _seen(inner) for key, inner in value.items()}
    return [_seen(one) for one in value] if isinstance(value, list) else visible(value)
