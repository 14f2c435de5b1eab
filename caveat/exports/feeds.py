"""/feed.atom and /feed.json, and the same of each product, in both languages.

Takes the shelf and gives the records that changed last, newest change first: published, changed and
withdrawn ones, no drafts. The ids of feeds and entries are made from names alone, so that they stay
where a site moves to another address or has none yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from markupsafe import escape

from caveat import prose, urls
from caveat.applicability.wording import Wording
from caveat.exports.export import File, Shelf, json_file, moment, xml_text
from caveat.model import Advisory, Bilingual
from caveat.words import LANGUAGES, words

#: Entries of one feed; a reader that asks now and then misses none of them.
LENGTH = 100
_ATOM = "http://www.w3.org/2005/Atom"
#: The day of a feed without entries, which Atom wants to know all the same.
_NEVER = "1970-01-01"


@dataclass(frozen=True)
class _Feed:
    """The records of one feed in the language of `say`; `product` is "" where it holds all."""

    shelf: Shelf
    say: Wording
    product: str
    records: Sequence[Advisory]

    @property
    def title(self) -> str:
        name = self.say.words("site.name")
        if not self.product:
            return name
        return self.say.words("feed.product", site=name, product=self.say.product(self.product))

    @property
    def updated(self) -> str:
        return moment(self.records[0].modified if self.records else _NEVER)

    def urn(self, *names: str) -> str:
        """An id that never changes: a name-based UUID of what is meant and the language."""
        name = ":".join(("caveat", *names, self.say.language))
        return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"

    def path(self, page: str) -> str:
        """A page or file of this feed's language."""
        return urls.FOLDER[self.say.language] + page

    def link(self, name: str, page: str) -> str:
        """From this feed's file called `name`."""
        here = self.path(urls.feed(name, self.product))
        return self.shelf.link(here, self.path(page))

    @property
    def home(self) -> str:
        return urls.product(self.product) if self.product else urls.HOME

    def entry_title(self, record: Advisory) -> str:
        title = f"{record.id}: {self.say.plain(record.title)}"
        standing = self.say.kb.standing(record)
        if standing in ("withdrawn", "superseded"):
            return self.say.words(f"feed.{standing}", title=title)
        return title

    def html(self, record: Advisory) -> str:
        """Why it ended and what to read instead, what it is about, what changed."""
        about = prose.html(self._text(record.summary))
        return "\n".join((*self._end(record), about, *self._changes(record)))

    def _text(self, text: Bilingual) -> str:
        return text.get(self.say.language)

    def _end(self, record: Advisory) -> Iterator[str]:
        if record.withdrawn is not None:
            yield prose.html(self._text(record.withdrawn.reason))
        told = self.say.words("advisory.successor") + self.say.words("sentence.colon")
        for successor in self.say.kb.successors(record):
            yield f"<p>{escape(told + successor)}</p>"

    def _changes(self, record: Advisory) -> Iterator[str]:
        if record.withdrawn is not None or record.modified == record.published:
            return
        told = escape(self.say.words("feed.changed", date=record.modified))
        for one in record.history:
            if one.date == record.modified:
                yield f"<p>{told}{prose.inline_html(self._text(one.change))}</p>"

    def categories(self, record: Advisory) -> list[str]:
        return [record.kind, record.severity.level, *record.products]


def files(shelf: Shelf) -> Iterator[File]:
    """Every feed in every language."""
    for language in LANGUAGES:
        say = Wording(shelf.kb, words(language))
        for product in ("", *shelf.kb.products):
            records = shelf.kb.by_product[product] if product else shelf.kb.published
            newest = sorted(records, key=lambda one: (one.modified, one.id), reverse=True)
            feed = _Feed(shelf, say, product, newest[:LENGTH])
            yield _atom(feed)
            yield _json(feed)


def _atom(feed: _Feed) -> File:
    """RFC 4287. Links may be relative there, ids may not."""
    name = urls.FEEDS[0]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.say.language})
    _put(root, "id", feed.urn("feed", feed.product))
    _put(root, "title", feed.title)
    _put(root, "subtitle", feed.say.words("feed.subtitle"))
    _put(root, "updated", feed.updated)
    _put(_put(root, "author"), "name", feed.say.words("site.name"))
    own = urls.feed(name, feed.product)
    _put(root, "link", rel="self", type="application/atom+xml", href=feed.link(name, own))
    _put(root, "link", rel="alternate", type="text/html", href=feed.link(name, feed.home))
    for record in feed.records:
        entry = _put(root, "entry")
        _put(entry, "id", feed.urn(record.id))
        _put(entry, "title", feed.entry_title(record))
        _put(entry, "published", moment(record.published))
        _put(entry, "updated", moment(record.modified))
        page = feed.link(name, urls.advisory(record.id))
        _put(entry, "link", rel="alternate", type="text/html", href=page)
        for term in feed.categories(record):
            _put(entry, "category", term=term)
        _put(entry, "content", feed.html(record), type="html")
    text = ET.tostring(root, encoding="unicode")
    return File(feed.path(own), f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode())


def _json(feed: _Feed) -> File:
    """JSON Feed 1.1. It knows no relative address, so that a site without one leaves them out."""
    name = urls.FEEDS[1]
    own = urls.feed(name, feed.product)

    def address(key: str, page: str) -> dict[str, str]:
        return {key: feed.link(name, page)} if feed.shelf.site_url else {}

    items = [
        {
            "id": feed.urn(record.id),
            **address("url", urls.advisory(record.id)),
            "title": feed.entry_title(record),
            "content_html": feed.html(record),
            "date_published": moment(record.published),
            "date_modified": moment(record.modified),
            "tags": feed.categories(record),
            "_caveat": {
                "id": record.id,
                "status": record.status,
                "severity": record.severity.level,
                "products": list(record.products),
            },
        }
        for record in feed.records
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.say.words("feed.subtitle"),
        "language": feed.say.language,
        "authors": [{"name": feed.say.words("site.name")}],
        **address("home_page_url", feed.home),
        **address("feed_url", own),
    }
    return json_file(feed.path(own), {**head, "items": items})


def _put(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    made.text = xml_text(text) or None
    return made
