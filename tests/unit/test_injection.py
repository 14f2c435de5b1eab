"""Takes payloads in every text of a record; shows that what is published of them stays text.

The rules are not asked: an output is safe even where a rule misses something. That nothing runs in
a browser is shown in tests/browser/test_injection.py, that nothing reaches a terminal in
tests/cli/test_injection.py.
"""

from collections.abc import Iterator

import pytest

from caveat.applicability.answers import Answers
from caveat.exports import EXPORTS, Shelf
from caveat.exports.export import Export
from caveat.knowledge import KnowledgeBase
from caveat.model import KINDS
from caveat.model.base import Language
from caveat.site import Site, data
from caveat.words import LANGUAGES
from tests.support.allowed import faults, in_html
from tests.support.payloads import PAYLOADS
from tests.support.poisoned import base_data, places, poison, poisoned, write_poisoned

MARK = "\x1b[payload"
#: Texts that the model keeps to a form or a choice, by their last name, and those that name others.
KEPT = {
    *(
        "id",
        "slug",
        "status",
        "kind",
        "level",
        "published",
        "modified",
        "date",
        "product",
        "version",
    ),
    *(
        "introduced",
        "fixed",
        "last_affected",
        "branch",
        "reference",
        "type",
        "effort",
        "disruption",
    ),
    *("scope", "change", "log", "last_verified", "review_by", "relation", "successor", "phase"),
    *("versioning", "granularity", "manager", "forms", "value", "exit", "aliases", "practices"),
    *("products", "host_traits", "end_of_life", "releases", "mode", "kernel-module", "names"),
}


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A record for each payload; products, traits and practices for each few."""
    return poisoned(write_poisoned(tmp_path_factory.mktemp("poisoned"), PAYLOADS))


@pytest.fixture(scope="module")
def answers(kb: KnowledgeBase) -> Answers:
    return Answers(kb)


def test_there_are_many_payloads() -> None:
    """Each once."""
    assert len(PAYLOADS) >= 150
    assert len(set(PAYLOADS.values())) == len(PAYLOADS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_takes_a_payload_or_keeps_to_its_form(kind: str) -> None:
    """No text of the model is passed over, in either language."""
    for _, found in base_data(kind):
        for place, text in places(poison(kind, found, MARK)):
            name = next(part for part in reversed(place) if isinstance(part, str))
            inside = {"when", "equals", "contains", "releases"} & {*place}
            assert "payload" in text or name in KEPT or inside, (place, text)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_model_is_in_the_base(kind: str) -> None:
    """So that the test above sees it."""
    seen = {part for _, found in base_data(kind) for part in _keys(found)}
    missing = {info.alias or name for name, info in KINDS[kind].model_fields.items()} - seen
    assert missing <= {"withdrawn", "related", "granularity", "version_labels", "about"}


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_hold_nothing_but_their_own(
    kb: KnowledgeBase, answers: Answers, language: Language
) -> None:
    """Elements, attributes and addresses of every page, and of what its scripts put into it."""
    site = Site(kb, language, answers)
    found = [f"{p.path}: {fault}" for p in site.pages() for fault in in_html(site.render(p).html)]
    for file in data.files(site):
        found += faults(file.path, data.text(site, file).encode())
    assert found == []


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_exports_hold_nothing_but_their_own(
    kb: KnowledgeBase, answers: Answers, export: Export
) -> None:
    """Every file that machines read, whatever its form; a form that is new here has to be added."""
    shelf = Shelf(kb, answers)
    assert [fault for file in export.files(shelf) for fault in faults(*file)] == []
