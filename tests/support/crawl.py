"""Takes a built site and the address it is read at; gives every reference in it that leads nowhere.

Each kind of file is read by a parser of its own kind: pages, styles, modules, feeds, JSON, Markdown
and the site map. What begins at the host's address must be there; the rest is others' to keep.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from tests.support.html import Document, read_html

#: Keys of JSON whose values are addresses, in a mapping that says what it is about.
KEYS = {"url", "file", "home", "home_page_url", "feed_url"}
MARKDOWN = re.compile(r"\]\(<?([^)>\s]+)>?\)|<((?:[a-z]+://|\.\./|\./)[^>\s]+)>")
STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
MODULE = re.compile(r"""(?:^|[\s;}])(?:import|from)\s*\(?\s*["'](\.[^"']+)["']""")


class Crawl(NamedTuple):
    """How many references inside the site each kind of file has, and those that lead nowhere."""

    counts: Mapping[str, int]
    dead: list[str]


def crawl(site: Path, base: str, documents: Mapping[str, Document]) -> Crawl:
    """Follow every reference of every file; `base`, where the site is read, ends in a slash, and
    `documents` are its pages."""
    host = "{0.scheme}://{0.netloc}/".format(urlsplit(base))
    counts: Counter[str] = Counter()
    dead = []
    for file, said, whole in _references(site, base, documents):
        address, anchor = urldefrag(whole)
        if not address.startswith(host):
            continue
        counts[".html" if file in documents else Path(file).suffix] += 1
        name = unquote(urlsplit(address).path)[len(urlsplit(base).path) :]
        if not address.startswith(base):
            dead.append(f"{file}: {said}: leaves the site")
        elif name in documents:
            if anchor and unquote(anchor) not in documents[name].ids:
                dead.append(f"{file}: {said}: no such id in {name}")
        elif not (site / name).is_file():
            dead.append(f"{file}: {said}: there is no {name}")
    return Crawl(counts, dead)


def _references(
    site: Path, base: str, documents: Mapping[str, Document]
) -> Iterator[tuple[str, str, str]]:
    """File, what it says, and the address that this means."""
    for path, document in documents.items():
        targets = dict.fromkeys(target for _, target in document.links)
        own = (document.canonical, *document.alternates.values())
        yield from ((path, said, urljoin(base + path, said)) for said in (*targets, *own) if said)
    for path in sorted(site.rglob("*")):
        file = path.relative_to(site).as_posix()
        if path.suffix in READERS and "pagefind/" not in file and path.is_file():
            here = base + _seen_from(file)
            for said in dict.fromkeys(READERS[path.suffix](path)):
                yield file, said, urljoin(here, said)


def _seen_from(file: str) -> str:
    """What addresses in a file count from: those of the planner's data from the planner's page."""
    folder, found, _ = file.partition("plan/")
    return folder + found if found and file.endswith(".json") else file


def _found(pattern: re.Pattern[str]) -> Callable[[Path], Iterator[str]]:
    def read(path: Path) -> Iterator[str]:
        for match in pattern.finditer(path.read_text("utf-8")):
            yield next(group for group in match.groups() if group)

    return read


def _xml(path: Path) -> Iterator[str]:
    for one in ElementTree.parse(path).iter():
        name = one.tag.rpartition("}")[2]
        if name == "link" and "href" in one.attrib:
            yield one.attrib["href"]
        elif name == "loc" and one.text:
            yield one.text
        elif name == "content" and one.text:
            yield from _inside(one.text)


def _json(path: Path) -> Iterator[str]:
    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for one in value:
                yield from walk(one)
        elif isinstance(value, dict):
            named = bool({"id", "version"} & value.keys())
            found = (value[key] for key in sorted(KEYS & value.keys()) if named)
            yield from (one for one in found if isinstance(one, str))
            yield from value.get("lists", {}).values() if named else ()
            yield from _inside(value.get("content_html", ""))
            for one in value.values():
                yield from walk(one)

    if "/schema/" not in path.as_posix():
        yield from walk(json.loads(path.read_bytes()))


def _inside(html: str) -> list[str]:
    return [target for _, target in read_html(html).links] if html else []


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".css": _found(STYLE),
    ".js": _found(MODULE),
    ".atom": _xml,
    ".xml": _xml,
    ".svg": _xml,
    ".json": _json,
    ".md": _found(MARKDOWN),
    ".txt": _found(MARKDOWN),
}
