"""Takes the small base with one text changed; shows what is told of its translation, and where."""

import io
import json
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from caveat.knowledge import KnowledgeBase, load
from caveat.model.base import LANGUAGES, Language
from caveat.publishing.numbering import number
from caveat.reading.translations import FILE, Pair, digest, parse_translations
from caveat.rules.translation import key, recorded, told
from caveat.site.pages import Site
from scripts import translate
from tests.support.knowledge import ADVISORY, change, write_base

ROOT = Path(__file__).resolve().parents[2]
EN, ZH = "  en: Engine 2.0.0 cannot publish ports\n", "  zh: Engine 2.0.0 无法发布端口\n"
NEW_EN, NEW_ZH = "  en: Engine 2.0.0 publishes no ports\n", "  zh: Engine 2.0.0 不再发布任何端口\n"
NOTES = {
    "en": "The Chinese text was changed after this one",
    "zh": "英文在这段中文之后改过",
}


class Done(NamedTuple):
    """What a run gave."""

    returncode: int
    stdout: str
    stderr: str


def command(root: Path, name: str, *rest: str) -> Done:
    """`scripts/translate.py`, as a person runs it in `root`."""
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors), chdir(root):
        try:
            status = translate.main([name, "--root", str(root), *rest])
        except SystemExit as end:
            status = int(end.code or 0)
    return Done(status, output.getvalue(), errors.getvalue())


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """The base, all of whose texts were recorded."""
    root = write_base(tmp_path)
    assert command(root, "record").returncode == 0
    return root


def knowledge(root: Path) -> KnowledgeBase:
    kb, problems = load(root)
    assert not problems
    return kb


def states(root: Path) -> dict[str, tuple[str, str | None]]:
    """What is told of the texts that are not held, by field."""
    kb = knowledge(root)
    found = told(kb, kb.advisories["CAV-2025-0001"], "missing", "behind", "new")
    return {str(one.path[0]): (one.state, one.language) for one in found}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ([], {}),
        ([(EN, NEW_EN)], {"title": ("behind", "zh")}),
        ([(ZH, NEW_ZH)], {"title": ("behind", "en")}),
        ([(EN, NEW_EN), (ZH, NEW_ZH)], {"title": ("new", None)}),
        ([(ZH, "")], {"title": ("missing", "zh")}),
        ([(EN, "")], {"title": ("missing", "en")}),
        ([(EN, "  en: >-\n    Engine 2.0.0 cannot\n    publish ports\n")], {}),
    ],
)
def test_the_text_that_stayed_is_behind(
    held: Path, changes: list[tuple[str, str]], wanted: dict[str, tuple[str, str | None]]
) -> None:
    """Whichever language changed alone, the other is behind; where lines break does not count."""
    for old, new in changes:
        change(held, ADVISORY, old, new)
    assert states(held) == wanted


def test_nothing_is_behind_where_nothing_was_recorded(tmp_path: Path) -> None:
    """Texts that were written together are new, not out of date."""
    kb = knowledge(write_base(tmp_path))
    assert {one.state for one in told(kb, kb.advisories["CAV-2025-0001"])} == {"new"}


def test_an_entry_put_first_makes_no_other_text_out_of_date(held: Path) -> None:
    """Pairs are known by what they say, not by their place in a list."""
    change(held, ADVISORY, "symptoms:\n", "symptoms:\n  - en: New.\n    zh: 新的。\n")
    assert states(held) == {"symptoms": ("new", None)}


def test_status_names_place_language_and_what_to_do(held: Path) -> None:
    """A translator gets the place of each text, and tools the text to start from."""
    change(change(held, ADVISORY, EN, NEW_EN), ADVISORY, "    zh: 所有已发布端口都不可用。\n", "")
    done = command(held, "status")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == f"{ADVISORY}:9:5: severity.reason: Chinese is missing"
    assert lines[1].startswith(f"{ADVISORY}:12:7: title: Chinese is out of date: the English text")
    assert lines[2] == "1 missing, 1 out of date; 0 in both languages not recorded yet"
    listed = json.loads(command(held, "status", "--json", "--language", "zh", ADVISORY).stdout)
    assert [(one["field"], one["state"]) for one in listed] == [
        ("severity.reason", "missing"),
        ("title", "behind"),
    ]
    assert listed[1]["source"] == "Engine 2.0.0 publishes no ports"
    assert listed[1]["text"] == "Engine 2.0.0 无法发布端口"
    assert command(held, "status", "--language", "en").returncode == 0


def test_done_says_that_a_text_still_fits(held: Path) -> None:
    """Whoever mended a slip in one language records that the other stays; the old pair goes."""
    change(held, ADVISORY, EN, NEW_EN)
    assert command(held, "record").stdout.endswith("0 recorded, 0 let go\n")
    assert states(held) == {"title": ("behind", "zh")}
    done = command(held, "done", ADVISORY, "--field", "title")
    assert done.stdout == f"{FILE}: 1 recorded, 1 let go\n"
    assert states(held) == {}


def test_done_for_one_field_leaves_the_others(held: Path) -> None:
    """Only what was looked at is recorded."""
    change(held, ADVISORY, EN, NEW_EN)
    change(held, ADVISORY, "    en: No published port works.", "    en: No port works at all.")
    command(held, "done", ADVISORY, "--field", "severity.reason")
    assert states(held) == {"title": ("behind", "zh")}


def test_wrong_use_is_told_with_what_may_be_meant(held: Path) -> None:
    """A field or file that does not exist changes nothing."""
    before = (held / FILE).read_bytes()
    field = command(held, "done", ADVISORY, "--field", "titel")
    assert (field.returncode, "did you mean `title`" in field.stderr) == (2, True)
    file = command(held, "done", "advisories/records/2025/CAV-2025-0010.yml")
    assert (file.returncode, "CAV-2025-0001" in file.stderr) == (2, True)
    assert (held / FILE).read_bytes() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_board_tell_what_is_behind(held: Path, language: Language) -> None:
    """The note stands beside the text in the language that is behind, and nowhere in the other."""
    old, new = (ZH, NEW_ZH) if language == "en" else (EN, NEW_EN)
    change(held, ADVISORY, old, new)
    kb = knowledge(held)
    for shown in LANGUAGES:
        site = Site(kb, shown)
        pages = {page.kind: site.render(page).html for page in site.pages()}
        assert (NOTES[shown] in pages["advisory"]) == (shown == language)
        assert ("cv-older" in pages["advisory"]) == (shown == language)
        behind = pages["board"].partition('id="outdated"')[2].partition("<h2")[0]
        assert "CAV-2025-0001" in behind


def test_a_dirty_preview_makes_the_page_again_when_a_text_falls_behind(held: Path) -> None:
    """What the page is made from includes whether its texts are held to say the same."""
    marks = []
    for lock in ((held / FILE).read_text("utf-8"), ""):
        (held / FILE).write_text(lock, encoding="utf-8")
        change(held, ADVISORY, *((EN, NEW_EN) if lock else (NEW_EN, NEW_EN)))
        site = Site(knowledge(held), "zh")
        page = next(page for page in site.pages() if page.kind == "advisory")
        marks.append(site.sources(page))
    assert marks[0] != marks[1]


def test_pairs_follow_a_record_to_its_number(held: Path) -> None:
    """What was recorded of a placeholder is recorded of the number it gets."""
    new = "CAV-2025-new-port"
    path = held / ADVISORY
    text = path.read_text(encoding="utf-8").replace("CAV-2025-0001", new)
    path.with_stem(new).write_text(text.replace("engine-2-0-0-ports", "port"), encoding="utf-8")
    assert command(held, "done", str(path.with_stem(new))).returncode == 0
    number(held)
    kb, _ = load(held)
    record = kb.advisories["CAV-2025-0002"]
    assert {one.state for one in told(kb, record)} == {"held"}
    assert new not in (held / FILE).read_text(encoding="utf-8")


def test_a_recorded_lock_reads_as_it_was_written(held: Path) -> None:
    """Writing and reading are inverse, and the order of lines means nothing."""
    kb = knowledge(held)
    written = recorded(kb, {})
    assert parse_translations(written.text())[0] == written == kb.translations
    turned = "\n".join(reversed(written.text().splitlines()))
    assert parse_translations(turned)[0] == written
    title = kb.advisories["CAV-2025-0001"].title
    assert Pair(digest(title.en or ""), digest(title.zh or "")) in written.of(
        key(kb.advisories["CAV-2025-0001"])
    )


def test_the_house_has_no_text_behind() -> None:
    """Every record of this checkout is recorded, and nothing in it is out of date."""
    done = command(ROOT, "status")
    assert "0 out of date" in done.stdout.splitlines()[-1]
