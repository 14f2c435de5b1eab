"""Takes the tree of plain files that a build can write; shows that MkDocs without any hook makes
pages of it that say the same, under the same addresses and anchors."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.support.checkout import Checkout
from tests.support.html import Document, read_html, read_site
from tests.support.six import PLAIN

TWIN = re.compile(r"^(?:zh/)?(?:advisories/[^/]+/index\.md|llms\.txt)$")


@pytest.fixture(scope="module")
def tree(six: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the six records, built by MkDocs in place."""
    target = tmp_path_factory.mktemp("tree") / "tree"
    done = Checkout(six).run("scripts/build.py", "--tree", str(target))
    assert done.returncode == 0, done.stderr
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", name]
        built = subprocess.run(command, cwd=target, capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stderr
    return target


def bodies(site: Path) -> dict[str, str]:
    """The content of each page that the theme is around, without the theme's own."""
    found = {}
    for path in site.rglob("index.html"):
        html = path.read_text("utf-8")
        if "<article" in html:
            body = html.partition("<article")[2].partition(">")[2].rpartition("</article>")[0]
            own = re.search(r'<div class="cv-page.*', body, re.DOTALL)
            found[path.relative_to(site).as_posix()] = own[0] if own else body
    return found


def shown(html: str) -> tuple[str, Document]:
    """What a page says, with its code to the letter, and its ids and links."""
    read = read_html(html)
    code = re.findall(r"<pre.*?</pre>", html.replace("&#10;", "\n"), re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", " ", html.replace("&#10;", "\n")).split())
    return text + "\n".join(code), read


def test_no_hook_and_no_plugin(tree: Path) -> None:
    """The settings are data that any engine reads."""
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        settings = yaml.safe_load((tree / name).read_text("utf-8"))
        assert "hooks" not in settings
        assert settings["plugins"] == []
        assert "custom_dir" not in settings["theme"]


def test_pages_say_the_same_under_the_same_anchors(six: Path, tree: Path) -> None:
    """Every page of both languages, generated and hand-written."""
    ours, theirs = bodies(six / "site"), bodies(tree / "site")
    assert set(theirs) == set(ours)
    assert len(ours) > 100
    for path, body in ours.items():
        if 'class="cv-page' not in body:
            continue
        (text, page), (plain, twin) = shown(body), shown(theirs[path])
        assert plain == text, path
        assert twin.ids == page.ids, path
        assert [to for _, to in twin.links] == [to for _, to in page.links], path


def test_hand_written_pages_are_there_too(six: Path, tree: Path) -> None:
    """With the same headings."""
    for folder in ("", "zh/"):
        ours, theirs = (
            read_html(bodies(site / "site")[f"{folder}about/index.html"]) for site in (six, tree)
        )
        assert set(theirs.ids) == set(ours.ids) != set()


def test_what_machines_read_lies_beside(six: Path, tree: Path) -> None:
    """All but the Markdown twins, in whose place the sources of pages are."""
    folders = (
        "api",
        "alias",
        "badge",
        "feed.atom",
        "feed.json",
        "zh/alias",
        "zh/badge",
        "products",
    )
    for name in folders:
        top = six / "site" / name
        for path in [top] if top.is_file() else top.rglob("*"):
            where = path.relative_to(six / "site")
            if path.is_file() and path.suffix != ".html" and not TWIN.match(where.as_posix()):
                assert (tree / "site" / where).read_bytes() == path.read_bytes(), where


def test_links_of_the_built_tree_arrive(tree: Path) -> None:
    """From page to page and to their anchors."""
    documents = read_site(tree / "site")
    for path, document in documents.items():
        if not path.endswith("404.html"):
            for _, target in document.links:
                anchor = target.removeprefix("#")
                assert not target.startswith("#") or not anchor or anchor in document.ids, target


@pytest.mark.parametrize("folder", ["en", "zh"])
def test_other_readers_of_markdown_see_one_block(tree: Path, folder: str) -> None:
    """CommonMark ends a block of HTML at an empty line: a page has none."""
    text = (tree / "docs" / folder / f"advisories/{PLAIN}/index.md").read_text("utf-8")
    front, _, body = text.removeprefix("---\n").partition("---\n")
    assert set(yaml.safe_load(front)) == {"title", "description"}
    tokens = MarkdownIt("commonmark").parse(body)
    assert [token.type for token in tokens] == ["html_block"]


def test_only_a_tree_is_written_over(six: Path, tree: Path, tmp_path: Path) -> None:
    """A second time it is written anew; a folder of something else is left alone."""
    write = ("scripts/build.py", "--tree")
    assert Checkout(six).run(*write, str(tree)).returncode == 0
    assert not (tree / "site").exists()
    (tmp_path / "thesis.txt").write_text("mine")
    done = Checkout(six).run(*write, str(tmp_path))
    assert done.returncode == 1
    assert "holds something else: name a new or an empty folder" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "mine"
