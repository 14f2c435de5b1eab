"""Takes the Markdown twins and llms.txt; shows that they say what the records say, and that no text
of a record becomes markup on the way."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from caveat import prose, urls
from caveat.applicability.answers import Answers
from caveat.applicability.wording import Wording
from caveat.exports import Shelf, llms, markdown
from caveat.exports.telling import Block, tell
from caveat.knowledge import KnowledgeBase, load
from caveat.model.base import Language
from caveat.words import LANGUAGES, words
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base

SITE = "https://kb.example/a/"


def twins(kb: KnowledgeBase, site: str = "") -> dict[str, str]:
    """Every twin by its path."""
    found = markdown.files(Shelf(kb, Answers(kb), site))
    return {path: content.decode() for path, content in found}


def parsed(text: str) -> list[Token]:
    """As CommonMark reads it."""
    return MarkdownIt("commonmark").parse(text)


def headings(text: str) -> list[str]:
    """Their level and what a reader sees of each."""
    tokens = parsed(text)
    return [
        f"{tokens[at].tag} {prose.plain(tokens[at + 1].content)}"
        for at in range(len(tokens))
        if tokens[at].type == "heading_open"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_has_its_twin(kb: KnowledgeBase, language: Language) -> None:
    """With its sections, workarounds and every command just as it is to be typed."""
    found, say = twins(kb), Wording(kb, words(language))
    levels = {"title": "h1", "section": "h2", "subsection": "h3"}
    for record in kb.published:
        text = found[urls.FOLDER[language] + urls.twin(record.id)]
        blocks = list(tell(record, say))
        wanted = [
            f"{levels[one.kind]} " + (prose.plain(one.text)) for one in blocks if one.kind in levels
        ]
        wanted[0] = f"h1 {record.id}{say.words('sentence.colon')}{say.plain(record.title)}"
        assert headings(text) == wanted, record.id
        fences = [one.content.rstrip("\n") for one in parsed(text) if one.type == "fence"]
        kinds = ("literal", "probe", "command", "output")
        assert fences == [one.text.rstrip("\n") for one in blocks if one.kind in kinds], record.id
        assert not [one for one in parsed(text) if one.type == "html_block"], record.id
    assert len(found) == len(LANGUAGES) * len(kb.published)


def test_a_twin_leads_to_its_page_and_the_other_language() -> None:
    """By whole addresses where the site has one, else by relative ones."""
    kb = base_knowledge()
    text = twins(kb, SITE)["zh/advisories/CAV-2025-0001/index.md"]
    assert f"页面：<{SITE}zh/advisories/CAV-2025-0001/>" in text
    assert f"English: <{SITE}advisories/CAV-2025-0001/index.md>" in text
    text = twins(kb)["advisories/CAV-2025-0001/index.md"]
    assert "Page: <../../advisories/CAV-2025-0001/>" in text
    assert "中文: <../../zh/advisories/CAV-2025-0001/index.md>" in text


@pytest.mark.parametrize(
    "text",
    [
        *("<b>x</b>", "# x", "- x", "1. x", "*x* and **y**", "[a](https://a.example)", "`x`"),
        *(
            "> x",
            "a\\*b",
            "<https://a.example>",
            "_x_",
            "snake_case_name",
            "a\n\n# b",
            "```",
            "===",
        ),
    ],
)
def test_plain_text_stays_text(text: str) -> None:
    """Whatever it looks like, a reader sees the characters that the record holds."""
    for kind in ("line", "item", "fact", "label", "link"):
        block = Block(kind, text, "https://b.example")  # type: ignore[arg-type]
        html = MarkdownIt("commonmark").render(markdown.join([block], ": "))
        shown = re.sub(r"<[^>]+>", "", html)
        seen = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert " ".join(text.split()) in seen, html
        assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p", "ul", "li", "strong", "a"}, html


def test_ticks_do_not_end_a_fence() -> None:
    """A command may itself write Markdown."""
    command = "cat <<'EOF'\n````sh\nx\n````\nEOF"
    tokens = parsed(markdown.join([Block("command", command)], ": "))
    assert [(one.type, one.content) for one in tokens] == [("fence", f"{command}\n")]


def test_withdrawn_and_draft(tmp_path: Path) -> None:
    """What was withdrawn says so at its head and in the list; a draft is in neither."""
    withdrawn = "status: withdrawn\nwithdrawn: {reason: {en: A cable., zh: 网线。}}"
    root = change(write_base(tmp_path / "a"), ADVISORY, "status: published", withdrawn)
    kb, _ = load(root)
    text = twins(kb)["advisories/CAV-2025-0001/index.md"]
    assert "**This record was withdrawn**\n\nA cable.\n" in text
    assert listed(kb)["llms.txt"].endswith(", high, withdrawn\n")
    root = change(write_base(tmp_path / "b"), ADVISORY, "status: published", "status: draft")
    kb, _ = load(root)
    assert twins(kb) == {}
    assert "CAV-2025-0001" not in listed(kb)["llms.txt"]


def listed(kb: KnowledgeBase, site: str = "") -> dict[str, str]:
    """The lists by their paths."""
    return {path: text.decode() for path, text in llms.files(Shelf(kb, Answers(kb), site))}


def test_llms_txt_lists_every_twin(kb: KnowledgeBase) -> None:
    """A heading, a summary, and lists of links that lead to files of the same language."""
    for path, text in listed(kb, SITE).items():
        lines = text.splitlines()
        assert lines[0] == "# Caveat"
        assert lines[2].startswith("> ")
        links = re.findall(r"^- \[.+\]\((\S+)\)[：:]", text, re.MULTILINE)
        folder = path.removesuffix(urls.LLMS)
        wanted = [SITE + folder + urls.twin(record.id) for record in kb.published]
        assert [link for link in links if link.endswith("index.md")] == wanted
        assert len(links) == len(wanted) + 5
