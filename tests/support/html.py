"""Takes a folder of HTML; gives each page's ids, links and language, read once."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

#: Attributes that hold an address, by tag.
LINKS = {
    "a": "href",
    "area": "href",
    "link": "href",
    "use": "href",
    "image": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "form": "action",
    "object": "data",
}


@dataclass
class Document:
    """What a link check needs of a page."""

    path: str
    """Its address from the root of the site: `advisories/CAV-2025-0001/`, or a file's name."""
    lang: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    """Line and target, as written."""
    alternates: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    edit: str = ""
    switch: str = ""
    text: str = ""


def read_site(site: Path) -> dict[str, Document]:
    """Every page by its path, one pass over the folder."""
    return {path: _read(path, file) for path, file in pages(site).items()}


def read_page(site: Path, path: str) -> Document:
    """One page of a site, by its path."""
    return _read(path, site / path / "index.html" if f"/{path}".endswith("/") else site / path)


def pages(site: Path) -> dict[str, Path]:
    """The file of every page, by its path, in the order of the files' names."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if "/pagefind/" not in f"/{path}":
            found[path.removesuffix("index.html") if file.name == "index.html" else path] = file
    return found


def read_html(text: str) -> Document:
    """A page, or a piece of one, that lies in no folder."""
    document = Document("")
    _Reader(document).feed(text)
    return document


def _read(path: str, file: Path) -> Document:
    document = Document(path)
    _Reader(document).feed(file.read_text("utf-8"))
    return document


class _Reader(HTMLParser):
    def __init__(self, document: Document) -> None:
        super().__init__(convert_charrefs=True)
        self.document = document

    def handle_data(self, data: str) -> None:
        self.document.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        document = self.document
        if tag == "html":
            document.lang = values.get("lang", "")
        if identifier := values.get("id"):
            document.ids.append(identifier)
        relations = values.get("rel", "").split()
        if tag == "link" and "canonical" in relations:
            document.canonical = values["href"]
        elif tag == "link" and "alternate" in relations and "hreflang" in values:
            document.alternates[values["hreflang"]] = values["href"]
        elif target := values.get(LINKS.get(tag, "")):
            document.links.append((self.getpos()[0], target))
        if tag == "meta" and values.get("http-equiv") == "refresh":
            document.links.append((self.getpos()[0], values["content"].partition("url=")[2]))
        if tag == "a" and "edit" in relations:
            document.edit = values["href"]
        if tag == "a" and values.get("hreflang") and "caveat-language" in values.get("class", ""):
            document.switch = values["href"]


def resolve(path: str, target: str) -> tuple[str, str] | None:
    """The page and anchor that `target` on page `path` means; None for another host.

    An address that climbs out of the site keeps its `..`, so nothing is found there.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    depth = "http://site/" + "x/" * 20
    whole = urlsplit(urljoin(depth + path, target))
    inside = whole.path.removeprefix("/" + "x/" * 20)
    return unquote(inside), unquote(whole.fragment)
