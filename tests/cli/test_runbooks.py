"""Takes runbooks and a small base of records; shows which links `caveat runbooks` tells, where, in
which form, and by which status."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from caveat.applicability.answers import Answers
from caveat.knowledge import load
from caveat.publishing import outputs
from tests.support.command import Done, process, run
from tests.support.knowledge import ADVISORY, change, write_base
from tests.support.server import serve

DATA = Path(__file__).resolve().parents[1] / "data"
SITE = "https://kb.example/a/"
#: A day after the base's fix came out and its last change, and the day that counts as today.
REVIEWED, TODAY = "2025-06-01", "2025-12-31"
GOOD, OLD, NEW, GONE, DRAFT, OPEN = (f"CAV-2025-000{number}" for number in range(1, 7))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base and its like: one replaced by a second, one withdrawn, a draft, one not mended."""
    root = write_base(tmp_path_factory.mktemp("base"))
    whole = (root / ADVISORY).read_text(encoding="utf-8")
    status = "status: published"
    withdrawn = (
        f"status: withdrawn\nwithdrawn: {{successor: {GOOD}, reason: {{en: A cable., zh: 网线。}}}}"
    )
    replaced = f"related: [{{relation: supersedes, id: {OLD}}}]\n\naffected:"
    fixes = whole[whole.index("fixes:") : whole.index("practices:")]
    for id_, old, new in (
        (OLD, status, status),
        (NEW, "affected:", replaced),
        (GONE, status, withdrawn),
        (DRAFT, status, "status: draft"),
        (OPEN, fixes, ""),
    ):
        assert old in whole
        text = whole.replace(GOOD, id_).replace("engine-2-0-0-ports", f"slug-{id_.lower()}")
        text = text.replace(
            "aliases: [engine/engine#12, CVE-2025-1234]", "aliases: [engine/engine#9]"
        )
        path = (root / ADVISORY).with_name(f"{id_}.yml")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    kb, problems = load(root)
    assert len(kb.advisories) == 6, problems
    return root


@pytest.fixture(scope="module")
def published(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the records' site publishes."""
    site, (kb, _) = tmp_path_factory.mktemp("published"), load(root)
    outputs.write(site, kb, Answers(kb), SITE)
    return site


def look(root: Path, folder: Path, text: str, *more: str, name: str = "book.md") -> Done:
    """The command over one runbook."""
    (folder / name).write_text(text, encoding="utf-8")
    return run("runbooks", folder, "--today", TODAY, *more, kb=root)


def codes(root: Path, folder: Path, text: str, *more: str, name: str = "book.md") -> list[str]:
    """`line:column code` of each finding."""
    found = look(root, folder, text, "--json", *more, name=name).json["findings"]
    return [f"{one['line']}:{one['column']} {one['code']}" for one in found]


def page(id_: str, rest: str = "", base: str = SITE) -> str:
    """A link to an advisory's page."""
    return f"{base}advisories/{id_}/{rest}"


def marked(text: str, day: str = REVIEWED) -> str:
    """A Markdown runbook that was reviewed on a day; its text begins in the second line."""
    return f"<!-- caveat-reviewed: {day} -->\n{text}\n"


def test_good_links_are_good(root: Path, tmp_path: Path) -> None:
    """Every kind of address of a record that is as it was at the review: status 0, and a count."""
    links = [
        page(GOOD),
        page(GOOD, "#downgrade"),
        page(GOOD, "#ref-issue"),
        page(GOOD, "?engine=2.0.0&engine.mode=rootless#affects-me"),
        page(GOOD, "index.html#what-now"),
        page(GOOD, "index.md"),
        f"{SITE}zh/advisories/{GOOD}/#workarounds",
        f"{SITE}badge/{GOOD}.svg",
        f"{SITE}zh/badge/{GOOD}.json",
        f"{SITE}api/v1/advisories/{GOOD}.json",
        f"{SITE}api/v1/osv/{GOOD}.json",
        f"{SITE}api/v1/csaf/2025/{GOOD.lower()}.json",
        f"{SITE}alias/engine/engine/12/",
        f"{SITE}alias/CVE-2025-1234/",
        f"{SITE}zh/alias/engine-2-0-0-ports/",
        page(GOOD, base="http://localhost:8000/"),
        page(GOOD, base="/kb/"),
        page(GOOD, base="../../"),
    ]
    done = look(root, tmp_path, marked("\n".join(f"- [a]({link})." for link in links)))
    assert (done.status, done.error) == (0, "")
    assert done.out == f"All good. Files read: 1, links to advisories: {len(links)}.\n"


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (page("CAV-1999-0001"), "unknown"),
        (page(GOOD.lower()), "unknown"),
        (page("engine-2-0-0-ports"), "unknown"),
        (page(DRAFT), "unknown"),
        (f"{SITE}api/v1/advisories/CAV-1999-0001.json", "unknown"),
        (f"{SITE}badge/CAV-1999-0001.svg", "unknown"),
        (
            "https://img.shields.io/endpoint?url=https%3A%2F%2Fx%2Fbadge%2FCAV-1999-0001.json",
            "unknown",
        ),
        (page(GONE), "withdrawn"),
        (f"{SITE}badge/{GONE}.svg", "withdrawn"),
        (f"{SITE}alias/slug-{GONE.lower()}/", "withdrawn"),
        (page(OLD, "#fix"), "superseded"),
        (page(GOOD, "#no-such-section"), "anchor"),
        (page(GOOD, "#why-engine-1"), "anchor"),
        (f"{SITE}alias/engine/engine/12/#fix", "anchor"),
    ],
)
def test_each_fault_is_told(root: Path, tmp_path: Path, link: str, code: str) -> None:
    """One fault a link, with its place; status 1."""
    text = marked(f"See <{link}>, then **go on**.")
    assert codes(root, tmp_path, text) == [f"2:6 {code}"]
    assert look(root, tmp_path, text).status == 1


def test_fixed_since(root: Path, tmp_path: Path) -> None:
    """The fix came out on 2025-02-20: reviewed before is told, on the day and after is not; what
    has no fix is never told; without a mark nobody knows, so it is told, with what to do."""
    link, fix = page(GOOD, "#cause"), ["2:1 fixed"]
    assert codes(root, tmp_path, marked(link, "2025-02-19")) == fix
    assert codes(root, tmp_path, marked(link, "2025-02-20")) == []
    assert codes(root, tmp_path, marked(page(OPEN, "#cause"), "2025-02-19")) == []
    done = look(root, tmp_path, link)
    assert "fixed in Engine 2.0.1 (2025-02-20)" in done.out
    assert "add `caveat-reviewed: <today>`" in done.out


def test_changed_since(root: Path, tmp_path: Path) -> None:
    """History tells a change on 2025-03-10. Links that go by workarounds are told of it, unless
    the entry says that it was about others."""
    for rest in ("", "#workarounds", "#what-now", "#downgrade"):
        assert codes(root, tmp_path, marked(page(OPEN, rest), "2025-03-09")) == ["2:1 changed"]
        assert codes(root, tmp_path, marked(page(OPEN, rest), "2025-03-10")) == []
    assert codes(root, tmp_path, marked(page(OPEN, "#signatures"), "2025-03-09")) == []
    done = look(root, tmp_path, marked(page(OPEN), "2025-03-09"), "--lang", "zh")
    assert "最近一次在 2025-03-10：补充了内核模块。" in done.out
    for named, told in (("[]", []), ("[downgrade]", ["2:1 changed"])):
        other = tmp_path / named
        shutil.copytree(root, other)
        file = ADVISORY.replace(GOOD, OPEN)
        change(
            other, file, "zh: 补充了内核模块。", f"zh: 补充了内核模块。\n    workarounds: {named}"
        )
        assert codes(other, tmp_path, marked(page(OPEN), "2025-03-09")) == told


FORMS = {
    "comment.md": ("<!-- caveat-reviewed: {day} -->\n{link}\n", 2),
    "below.md": ("{link}\n<!-- caveat-reviewed: {day} -->\n", 1),
    "front.md": ("---\ntitle: a\ncaveat-reviewed: {day}\n---\n\n{link}\n", 6),
    "page.html": ('<!-- caveat-reviewed: {day} -->\n<a href="{link}">a</a>\n', 2),
    "meta.html": ('<meta name="caveat-reviewed" content="{day}">\n<a href="{link}">a</a>', 2),
    "book.rst": (".. caveat-reviewed: {day}\n\n`a <{link}>`_\n", 3),
    "field.rst": (":caveat-reviewed: {day}\n\n.. _a: {link}\n", 3),
    "rules.yaml": ("# caveat-reviewed: {day}\nrunbook_url: {link}\n", 2),
    "key.yml": ("caveat-reviewed: {day}\nrunbook_url: '{link}'\n", 2),
    "after.yml": ("annotations:\n  runbook_url: {link}\n  caveat_reviewed: '{day}'\n", 2),
    "template.yml": ("caveat_reviewed: {day}\n{{{{ if }}}}\nurl: {link}\n", 3),
    "dash.json": ('{{"caveat-reviewed": "{day}",\n"url": "{link}"}}\n', 2),
    "escaped.json": ('{{"caveat-reviewed": "{day}",\n"text": "a\\n{link}\\n"}}\n', 2),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_kind_of_file_carries_marks(root: Path, tmp_path: Path, name: str) -> None:
    """In each form, the day counts: what was reviewed early is told, what was reviewed late not."""
    form, line = FORMS[name]
    link = page(GOOD, "#cause")
    if name == "escaped.json":
        link = link.replace("/", "\\/")
    early = codes(root, tmp_path, form.format(day="2025-02-01", link=link), name=name)
    assert [one.split(":")[0] for one in early] == [str(line)]
    assert early[0].endswith(" fixed")
    assert codes(root, tmp_path, form.format(day=REVIEWED, link=link), name=name) == []


def test_a_mark_speaks_of_its_part(root: Path, tmp_path: Path) -> None:
    """Of what follows it up to the next one; in YAML of the mapping that it stands in."""
    early, late, link = "2025-02-01", REVIEWED, page(GOOD, "#cause")
    text = f"{marked(link, late)}{marked(link, early)}{marked(link, late)}"
    assert codes(root, tmp_path, text) == ["4:1 fixed"]
    rules = "".join(
        f"- runbook_url: {link}\n  annotations: {{caveat_reviewed: '{day}', runbook_url: {link}}}\n"
        for day in (late, early)
    )
    found = codes(root, tmp_path, f"# caveat-reviewed: {late}\n{rules}", name="rules.yml")
    assert [one for one in found if not one.startswith("4:1")] == ["5:61 fixed"]


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", "20250601", "2026-01-01", ""])
def test_a_mark_that_is_no_day_is_told(root: Path, tmp_path: Path, day: str) -> None:
    """A slip of the pen must not switch the check off; nor may a day that is still to come."""
    found = codes(root, tmp_path, f"# caveat-reviewed: {day}\na: 1\n", name="a.yml")
    assert found == ["1:1 mark"]


def test_marks_in_prose_are_none(root: Path, tmp_path: Path) -> None:
    """A page may explain the mark."""
    assert codes(root, tmp_path, "Write `caveat-reviewed: <date>` there.\n") == []


def test_which_sites_count(root: Path, tmp_path: Path) -> None:
    """Without --site whatever has the path of an advisory; with it only that address, and there a
    page that does not exist is told even where it looks like no advisory."""
    other, dead = page("CAV-1999-0001", base="https://other.example/"), f"{SITE}alias/no-such/"
    page_ = f"{SITE}advisories/no-such/"
    text = marked(f"{other}\n{dead}\n{page_}\n{SITE}products/engine/\nhttps://x/alias/no-such/")
    assert codes(root, tmp_path, text) == ["2:1 unknown"]
    found = codes(root, tmp_path, text, "--site", SITE.rstrip("/"))
    assert found == ["3:1 unknown", "4:1 unknown"]
    assert codes(root, tmp_path, marked("/a/advisories/CAV-1999-0001/"), "--site", SITE) == [
        "2:1 unknown"
    ]
    assert codes(root, tmp_path, marked("/b/advisories/CAV-1999-0001/"), "--site", SITE) == []


def test_other_addresses_do_not_count(root: Path, tmp_path: Path) -> None:
    """What merely looks alike: advisories of other places, plain ids, paths of other things."""
    lines = [
        "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
        "https://github.com/moby/moby/security/advisories/new",
        f"{SITE}advisories/",
        f"{SITE}badge/engine/2.0.0.svg",
        "CAV-1999-0001",
        "https://[broken/advisories/CAV-1999-0001/",
        "/etc/aliases",
    ]
    done = look(root, tmp_path, "\n".join(lines), "--site", SITE)
    assert done.out == "All good. Files read: 1, links to advisories: 0.\n"


def test_a_line_is_told_once(root: Path, tmp_path: Path) -> None:
    """A badge inside a link is one thing to mend."""
    link = f"[![a]({SITE}badge/{GONE}.svg)]({page(GONE)})"
    assert codes(root, tmp_path, link) == ["1:7 withdrawn"]


def test_html_entities(root: Path, tmp_path: Path) -> None:
    """An address in HTML ends where its attribute ends."""
    text = f"<p title='{page(GOOD)}?a=b&amp;c=d#nope'>&quot;{page(GOOD, '#fix')}&quot;</p>"
    found = codes(root, tmp_path, f"<!-- caveat-reviewed: {REVIEWED} -->{text}", name="a.html")
    assert [one.split()[1] for one in found] == ["anchor"]


@pytest.fixture(params=["folder", "address"])
def place(request: pytest.FixtureRequest, published: Path) -> Iterator[object]:
    """A published site."""
    if request.param == "folder":
        yield published
        return
    with serve(published, "/a/") as address:
        yield address


def test_a_published_site_tells_the_same(root: Path, place: object, tmp_path: Path) -> None:
    """The folder of a site and its address, the records that replace others included. Only a draft
    is not there, and the site knows where it lives."""
    links = [page(GONE), page(OLD), page(GOOD), page(GOOD, "#nope"), page("CAV-1999-0001")]
    text = marked("\n".join(links), "2025-02-01")
    here, there = (look(one, tmp_path, text, "--json").json for one in (root, place))  # type: ignore[arg-type]

    def told(values: dict[str, object]) -> str:
        return json.dumps(values).replace(str(place), "").replace(SITE, "")

    for values in (here, there):
        for one in values["findings"]:
            for record in one["records"]:
                del record["url"]
    assert told(there) == told(here)
    dead = look(place, tmp_path, f"{SITE}alias/no-such/", "--json")  # type: ignore[arg-type]
    assert [one["code"] for one in dead.json["findings"]] == ["unknown"]


def test_json(root: Path, tmp_path: Path) -> None:
    """Each finding with place, code, texts in both languages and the record."""
    done = look(root, tmp_path, marked(page(GONE, "#fix")), "--json")
    assert done.json == {
        "files": 1,
        "links": 1,
        "findings": [
            {
                "file": (tmp_path / "book.md").as_posix(),
                "line": 2,
                "column": 1,
                "code": "withdrawn",
                "level": "warning",
                "link": page(GONE, "#fix"),
                "anchor": "fix",
                "reviewed": REVIEWED,
                "message": {
                    "en": f"{GONE} was withdrawn: A cable. Read {GOOD} instead.",
                    "zh": f"{GONE} 已撤回：网线。请改看 {GOOD}。",
                },
                "records": [
                    {"id": GONE, "slug": f"slug-{GONE.lower()}", "url": f"advisories/{GONE}/"}
                ],
            }
        ],
    }


def test_sarif_is_valid(root: Path, tmp_path: Path) -> None:
    """By the official schema of 2.1.0; an empty log as well. Lines may move without making a
    result a new one."""
    schema = json.loads((DATA / "sarif" / "sarif-schema-2.1.0.json").read_bytes())
    text = f"{page(GONE)}\n{page(GOOD, '#nope')}\n<!-- caveat-reviewed: no -->\n"
    logs = [look(root, tmp_path, one, "--format", "sarif").json for one in (text, "", f"\n{text}")]
    for log in logs:
        Draft7Validator(schema).validate(log)
    results = logs[0]["runs"][0]["results"]
    rules = logs[0]["runs"][0]["tool"]["driver"]["rules"]
    assert [one["ruleId"] for one in results] == ["withdrawn", "anchor", "fixed", "mark"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)
    assert logs[1]["runs"][0]["results"] == []
    moved = logs[2]["runs"][0]["results"]
    assert [one["partialFingerprints"] for one in moved] == [
        one["partialFingerprints"] for one in results
    ]


def test_github_annotations_land_on_the_line(root: Path, tmp_path: Path) -> None:
    """Relative to where the command runs, which is the checkout in a workflow."""
    (tmp_path / "docs, old").mkdir()
    (tmp_path / "docs, old" / "a.md").write_text(f"\n{page(GONE)}\n")
    words = ("runbooks", "docs, old", "--format", "github", "--kb", root)
    done = process(*words, folder=tmp_path)
    assert done.out == (
        f"::warning file=docs%2C old/a.md,line=2,col=1,title={GONE} withdrawn::"
        f"{GONE} was withdrawn: A cable. Read {GOOD} instead.\n"
    )
    assert done.status == 1


def test_hidden_folders_are_passed_over(root: Path, tmp_path: Path) -> None:
    """What a version control system or a package manager keeps is nobody's runbook."""
    for name in (".git", "node_modules"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(page(GONE))
    assert codes(root, tmp_path, "nothing") == []


def test_wrong_use_is_2(root: Path, tmp_path: Path) -> None:
    """A folder without runbooks, a file of another kind, nothing at all, a site without a scheme,
    two forms: a line each, and no answer that leaves something out."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty").mkdir()
    (tmp_path / "large.json").write_bytes(b" " * (9 << 20))
    for words, want in (
        ([tmp_path / "nowhere"], "no such folder or file"),
        ([tmp_path / "a.pdf"], "want a folder, or a file"),
        ([tmp_path], "larger than 8 MB"),
        ([tmp_path / "empty"], "no file to read"),
        ([root, "--site", "kb.example"], "http:// or https://"),
        ([root, "--json", "--format", "sarif"], "two forms"),
    ):
        done = run("runbooks", *words, kb=root)
        assert (done.status, done.out) == (2, ""), words
        assert want in done.error
        assert done.error.count("\n") == 1


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.rst", "a.yml", "a.json"])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a: &a [*a]\ncaveat_reviewed: *a",
        "\ufeff\x00\x1b[31m",
        "{" * 5000,
        "- " * 9000,
    ],
)
def test_hostile_files_do_no_harm(root: Path, tmp_path: Path, name: str, text: str) -> None:
    """Depth, loops and control characters: an answer, and no escape reaches the terminal."""
    done = look(root, tmp_path, f"{text}\n{page(GONE)}\n", name=name)
    assert done.status == 1
    assert "\x1b" not in done.out
