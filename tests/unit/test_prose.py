"""Takes hostile and honest texts; shows that prose is safe HTML and that its faults are named."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caveat import prose

ALLOWED = {"p", "ul", "ol", "li", "em", "strong", "code", "a", "br"}


class Tags(HTMLParser):
    """Every tag that a browser would see, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))


HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            ["<script>", "</p>", "<img src=x onerror=a>", "<!--", "javascript:a", "https://a.b",
             "[a](", ")", "![", "](", "<https://a>", "`", "``", "*", "**", "_", "\n\n", "\n", "- ",
             "1. ", "# ", "> ", "    ", "\t", "|", "---", "===", "&lt;", "&#60;", "&amp;", '"', "'",
             "\\", "{{", "[a]: javascript:b", "\n[a]\n", " ", "://", "data:text/html,<b>", "~~~"]
        ),
        st.text(max_size=5),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(HOSTILE)
@example('[a](https://x "onload=alert(1)")')
@example("[a](JAVASCRIPT:alert(1))")
@example("[a](https://x'><script>)")
@example("<a href='javascript:x'>")
def test_html_holds_only_the_subset(text: str) -> None:
    """Whatever is written, a browser sees only our few tags, and links lead to https."""
    for html in (str(prose.html(text)), str(prose.inline_html(text))):
        for tag, attributes in Tags(html).seen:
            assert tag in ALLOWED
            for name, value in attributes:
                assert (tag, name) in {("a", "href"), ("a", "title"), ("ol", "start")}
                # An empty address leads nowhere, and a rule refuses it.
                assert name != "href" or not value or value.lower().startswith("https://")


@settings(max_examples=600, deadline=None)
@given(HOSTILE)
@example("a\n-")
@example("a\n=")
@example("-     code")
@example("1.\tcode")
@example("[a]\n\n[a]: http://x")
@example("&lt;?")
def test_the_short_cut_hides_no_fault(text: str) -> None:
    """A text that is passed without a second look has no fault in a second look either."""
    if prose._SUSPECT.search(text) is None:
        tokens = list(prose._flat(prose._FULL.parse(text)))
        assert not [t for t in tokens if t.type in prose._MARKUP | {"link_open", "table_open"}]
        assert not [t for t in tokens if t.type == "text" and prose._TAG.search(t.content)]


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_plain_is_one_line(text: str) -> None:
    """For titles, feeds and search."""
    assert prose.plain(text) == " ".join(prose.plain(text).split())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a `b <c>` *d* **e**", "<p>a <code>b &lt;c&gt;</code> <em>d</em> <strong>e</strong></p>"),
        ("[a](https://b.example/?c&d)", '<p><a href="https://b.example/?c&amp;d">a</a></p>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("这是*重点*。", "<p>这是<em>重点</em>。</p>"),
    ],
)
def test_html(text: str, html: str) -> None:
    """The subset as HTML."""
    assert str(prose.html(text)) == html


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a < b, c > d, `<e>`", []),
        ("1. a\n2. b\n\n- c", []),
        ("it is `[::]:8080`, not [::]", []),
        ("2 * 3 * 4, 5:28.0.0-*, `*a*`, *b*, **c**", []),
        ("这是**重点**。", []),
        ("[a]()", ["link"]),
        # Beside Chinese, CommonMark does not take these for emphasis: a reader would see the stars.
        ("这是**“重点”**。", ["markup"]),
        ("版本*（旧）*不受影响", ["markup"]),
        ("<br>", ["html"]),
        ("a <!-- b", ["html"]),
        ("[a](http://b)", ["link"]),
        ("[a](mailto:b@c)", ["link"]),
        ("[a](../b)", ["link"]),
        ("[a]\n\n[a]: ftp://b", ["link"]),
        ("# a", ["markup"]),
        ("a\n---", ["markup"]),
        ("a\n=", ["markup"]),
        ("***", ["markup"]),
        ("> a", ["markup"]),
        ("    a", ["markup"]),
        ("```\na\n```", ["markup"]),
        ("| a |\n|---|\n| b |", ["markup"]),
        ("![a](https://b)", ["markup"]),
        ("- # a", ["markup"]),
        ("- > a", ["markup"]),
    ],
)
def test_faults(text: str, kinds: list[str]) -> None:
    """What lies outside the subset, by kind."""
    assert [fault.kind for fault in prose.faults(text)] == kinds


def test_long_texts_take_no_time() -> None:
    """The parser's known slow inputs stay quick at the length that a record may have."""
    for piece in ("[", "*a ", "`", "![](", "- ", "> ", "**_", "[a](", "<", "&", "\\"):
        text = (piece * 8192)[:8192]
        prose.faults(text)
        assert not re.search(r"<(?!/?(?:p|ul|ol|li|em|strong|code|a|br)\b)", str(prose.html(text)))
