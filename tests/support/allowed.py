"""Takes what is published; gives everything in it that only a record's text could have brought in.

Each kind of file has its list of what templates and exports write themselves; what is not on the
list is named, whatever it would do.
"""

import csv
import json
import re
from collections.abc import Container, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt
from markdown_it.token import Token

from caveat.reading.characters import unseen


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _listed(
    "a article body button caption circle code datalist dd del desc details div dl dt em fieldset"
    " figcaption figure footer form h1 h2 h3 h4 head header html img input label legend li link"
    " main mark meta nav ol option p path pre progress samp script section select small span strong"
    " summary sup svg table tbody td text textarea th thead time title tr ul var wbr"
)
ATTRIBUTES = _listed(
    "action alt autocapitalize autocomplete charset class checked content cx cy d datetime dir"
    " disabled for height hidden href hreflang http-equiv id lang list max min name novalidate"
    " open placeholder r rel role rows scope selected spellcheck src tabindex target text-anchor"
    " title type value viewbox width x y xmlns fill multiple accept required align"
)
FREE = re.compile(r"(?:data|aria)-[a-z-]+")
ADDRESSES = ("href", "src", "action")
#: Characters that a browser drops before it looks at a scheme.
DROPPED = re.compile(r"[\0-\x20\x7f-\xa0]")
#: What a page may tell a browser as if the server had said it.
OBEYED = re.compile(
    r"refresh: 0; url=(?:(?!\s*\w+:)|https://)[^\s;]+"
    r"|Content-Security-Policy: default-src '(?:none|self)'.*"
)
#: With these a cell is a formula to a program that calculates.
FORMULA = re.compile(r"[=+\-@\t\r]")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
BADGE = {
    "svg": {"width", "height", "viewBox", "role", "aria-label"},
    "title": set(),
    "rect": {"x", "y", "width", "height", "rx", "fill", "stroke"},
    "path": {"transform", "fill", "d"},
    "g": {"fill", "font-size", "font-family", "aria-hidden"},
    "text": {"x", "y", "textLength"},
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LAX = MarkdownIt("commonmark", {"html": True}).enable("table")
_LAX.validateLink = lambda url: isinstance(url, str)  # type: ignore[method-assign]


def faults(path: str, content: bytes) -> list[str]:
    """What is wrong with a file, by the ending of its name."""
    text = content.decode("utf-8")
    check = {
        "html": in_html,
        "json": in_json,
        "csv": in_csv,
        "md": in_markdown,
        "txt": in_markdown,
        "svg": in_badge,
        "atom": in_feed,
    }[path.rpartition(".")[2]]
    return [f"{path}: {fault}" for fault in check(text)]


def in_html(text: str, scripts: Container[str] = ()) -> list[str]:
    """Elements, attributes and addresses of a page or of a part of one. `scripts` are those of the
    theme that stand in the page itself (see `own_scripts`)."""
    reader = _Reader(scripts)
    reader.feed(text)
    reader.close()
    return reader.found


def own_scripts(text: str) -> set[str]:
    """The scripts of a page that holds no text of a record; where it lies does not matter."""
    reader = _Reader(())
    reader.feed(text)
    reader.close()
    return reader.written


class _Reader(HTMLParser):
    def __init__(self, scripts: Container[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts = scripts
        self.written: set[str] = set()
        self.within = False

    def handle_data(self, data: str) -> None:
        if self.within:
            script = re.sub(r'"[./]*"', '""', data)
            self.written.add(script)
            self.found += [] if script in self.scripts else [f"<script>{data[:60]}"]
        self.within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.found.append(f"<{tag}>")
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            if name not in ATTRIBUTES and not FREE.fullmatch(name):
                self.found.append(f"<{tag} {name}>")
            if name in ADDRESSES:
                self.found += [f'<{tag} {name}="{value}">'] if _leaves(value) else []
        known = "src" in values or values.get("type") == "application/json"
        self.within = tag == "script" and not known
        if "http-equiv" in values and not OBEYED.fullmatch(
            f"{values['http-equiv']}: {values.get('content', '')}"
        ):
            self.found.append(f"<meta http-equiv content={values.get('content')}>")

    def handle_decl(self, decl: str) -> None:
        if decl.casefold() != "doctype html":
            self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}]>")


def _leaves(address: str) -> bool:
    """Whether the address is neither relative nor https. What follows two slashes is a host."""
    bare = DROPPED.sub("", address)
    return bare.startswith("//") or bool(
        SCHEME.match(bare) and not bare.lower().startswith("https://")
    )


def in_json(text: str) -> list[str]:
    """HTML that a script puts into a page as it is."""
    return [fault for part in _html_of(json.loads(text)) for fault in in_html(part)]


def _html_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and "html" in key:
                yield inner
            yield from _html_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _html_of(inner)


def in_csv(text: str) -> list[str]:
    """Cells that a program would calculate, and characters that nobody sees."""
    cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
    return [f"the cell {cell!a}" for cell in cells if FORMULA.match(cell) or unseen(cell)]


def in_markdown(text: str) -> list[str]:
    """HTML, images and addresses that a reader of Markdown may follow, and what a terminal obeys
    or nobody sees."""
    found = [f"{t.type} {t.content[:60]!r}" for t in _flat(_LAX.parse(text)) if _strange(t)]
    character = unseen(text)
    return found + ([f"the character {character[0]!a}"] if character else [])


def _strange(token: Token) -> bool:
    if token.type == "link_open":
        return _leaves(str(token.attrGet("href")))
    return token.type in {"html_block", "html_inline", "image", "table_open"}


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


def in_badge(text: str) -> list[str]:
    """Elements and attributes of a drawing."""
    found = _declared(text)
    for element in ET.fromstring(text).iter():
        tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        if tag not in BADGE:
            found.append(f"<{tag}>")
        elif strange := set(element.attrib) - BADGE[tag] - {_LANG}:
            found.append(f"<{tag} {strange}>")
    return found


def in_feed(text: str) -> list[str]:
    """Elements of a feed, its addresses, and the HTML of its entries."""
    found = _declared(text)
    atom = "{http://www.w3.org/2005/Atom}"
    known = {
        *("feed", "id", "title", "subtitle", "updated", "author", "name", "link", "entry"),
        *("published", "category", "content"),
    }
    for element in ET.fromstring(text).iter():
        tag = element.tag.removeprefix(atom)
        if tag not in known:
            found.append(f"<{tag}>")
        found += in_html(element.text or "") if tag == "content" else []
        found += ["link"] if _leaves(element.get("href", "")) else []
    return found


def _declared(text: str) -> list[str]:
    body = text.removeprefix('<?xml version="1.0" encoding="utf-8"?>')
    return [sign for sign in ("<!DOCTYPE", "<!ENTITY", "<?") if sign in body]
