"""Takes the records of the house and of the small base as CSAF; shows that the documents are valid
informational advisories. Numbers of sections are those of the standard, CSAF 2.0."""

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from caveat import urls
from caveat.knowledge import KnowledgeBase, load
from tests.support.documents import SITE, csaf_documents, csaf_files, faults
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base


def only(kb: KnowledgeBase) -> dict[str, Any]:
    """The document of the base's one record."""
    (found,) = csaf_documents(kb).values()
    document: dict[str, Any] = found["document"]
    return document


def note(document: dict[str, Any], title: str) -> str:
    """The text of a note."""
    (found,) = [one["text"] for one in document["notes"] if one["title"] == title]
    return str(found)


@pytest.mark.parametrize("site", [SITE, ""], ids=["address", "none"])
def test_every_document_is_valid(kb: KnowledgeBase, site: str) -> None:
    """Against the official schema, with or without an address of the site."""
    made = csaf_documents(kb, site)
    assert len(made) == len(kb.published)
    for name, document in made.items():
        assert faults("csaf-2.0", document) == [], name
        assert urlsplit(document["document"]["publisher"]["namespace"]).scheme in ("https", "urn")


def test_every_document_passes_the_mandatory_tests(kb: KnowledgeBase) -> None:
    """Those of section 6.1 that can fail in a document without products and vulnerabilities."""
    for name, found in csaf_documents(kb).items():
        document, tracking = found["document"], found["document"]["tracking"]
        revisions = tracking["revision_history"]
        dates = [datetime.fromisoformat(one["date"]) for one in revisions]
        numbers = [int(one["number"]) for one in revisions]
        assert document["lang"] == "en", f"6.1.12 {name}"
        assert dates == sorted(dates), f"6.1.14 {name}"
        assert numbers == sorted(numbers), f"6.1.14 {name}"
        assert document["publisher"]["category"] != "translator", f"6.1.15 {name}"
        assert tracking["version"] == str(numbers[-1]), f"6.1.16 {name}"
        assert tracking["status"] == "final", f"6.1.17 {name}"
        assert numbers[0] == 1, f"6.1.18, 6.1.19, 6.1.20 {name}"
        assert numbers == list(range(1, len(numbers) + 1)), f"6.1.21, 6.1.22 {name}"
        categories = {one["category"] for one in document["notes"]}
        assert categories & {"description", "details", "general", "summary"}, f"6.1.27.1 {name}"
        links = {one["category"] for one in document["references"]}
        assert "external" in links, f"6.1.27.2 {name}"
        assert set(found) == {"document"}, f"6.1.27.3 {name}"
        assert tracking["current_release_date"] >= revisions[-1]["date"], f"6.2.6 {name}"


def test_file_names_follow_the_standard(kb: KnowledgeBase) -> None:
    """The id in small letters (5.1), in a folder of the year of its first release (7.1.11)."""
    for name, found in csaf_documents(kb).items():
        tracking = found["document"]["tracking"]
        assert Path(name).name == re.sub(r"[^+\-a-z0-9]+", "_", tracking["id"].lower()) + ".json"
        assert Path(name).parent.name == tracking["initial_release_date"][:4]
    assert urls.csaf("CAV-2025-0001", "2026-11-23").endswith("csaf/2026/cav-2025-0001.json")


def test_keys_are_sorted(kb: KnowledgeBase) -> None:
    """As 5.3 wants them."""
    for path, text in csaf_files(kb).items():
        if path.endswith(".json"):
            again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)
            assert json.loads(again) == json.loads(text)
            assert again.replace(" ", "") == text.decode().strip().replace(" ", ""), path


def test_lists_name_every_document(kb: KnowledgeBase) -> None:
    """index.txt (7.1.12) and changes.csv (7.1.13), the latest change first."""
    made = csaf_files(kb)
    names = sorted(csaf_documents(kb))
    listed = made[f"{urls.CSAF}index.txt"].decode().splitlines()
    assert sorted(listed) == names
    rows = list(csv.reader(io.StringIO(made[f"{urls.CSAF}changes.csv"].decode())))
    assert sorted(name for name, _ in rows) == names
    assert [date for _, date in rows] == sorted((date for _, date in rows), reverse=True)
    for name, date in rows:
        found = json.loads(made[urls.CSAF + name])
        assert found["document"]["tracking"]["current_release_date"] == date


def test_matrix_stands_in_a_note() -> None:
    """Each release, or run of releases that say the same, with its answer in each case."""
    text = note(only(base_knowledge()), "Impact matrix: Engine")
    assert "(1) All conditions hold: Mode: rootless" in text
    assert "Engine 2.0.0: (1) affected, (2) cannot tell" in text
    assert "Engine 1.1.2 to 2.0.0-rc.1: (1) not affected" in text
    assert "(7) One differs: Proxy 1.11" in text


def test_workarounds_stand_in_a_note() -> None:
    """With commands, risk and the way back, as Markdown."""
    text = note(only(base_knowledge()), "Workarounds")
    assert "### Go back to 1.1.2" in text
    assert "What you give up: You lose the fixes of 2.0." in text
    assert "sudo apt-get install engine-ce=5:1.1.2-1" in text
    assert "sudo apt-mark unhold engine-ce" in text
    fine = note(only(base_knowledge()), "Tested and fine")
    assert "Tried with the default mode." in fine


def test_withdrawn_stays_and_drafts_are_left_out(tmp_path: Path) -> None:
    """A withdrawn record says why in its first note and in its title; a draft is nowhere."""
    gone = (
        "status: withdrawn\n"
        "withdrawn: {successor: CAV-2025-0009, reason: {en: A cable., zh: 网线。}}"
    )
    root = change(write_base(tmp_path), ADVISORY, "status: published", gone)
    document = only(load(root)[0])
    assert document["title"].startswith("Withdrawn")
    assert document["notes"][0]["text"].startswith("A cable.\n\n")
    assert "CAV-2025-0009" in document["notes"][0]["text"]
    assert faults("csaf-2.0", {"document": document}) == []
    change(root, ADVISORY, gone, "status: draft")
    made = csaf_files(load(root)[0])
    assert set(made.values()) == {b""}
