"""/alias/…/: a small page for each upstream name and slug, which leads to what it is the name of.

Takes the shelf and gives plain HTML in both languages, outside the theme and the search: with ten
thousand records these are most of the site's pages, and nobody stays on one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from caveat import urls
from caveat.applicability.wording import Wording
from caveat.exports.export import File, Shelf
from caveat.model import Advisory
from caveat.model.base import Language
from caveat.words import LANGUAGES, words

Named = Mapping[str, tuple[str, list[Advisory]]]


def files(shelf: Shelf) -> Iterator[File]:
    """Every name in every language."""
    names = named(shelf)
    for language in LANGUAGES:
        say = Wording(shelf.kb, words(language))
        for path, (name, records) in names.items():
            here = urls.FOLDER[language] + path
            yield File(f"{here}index.html", _page(shelf, say, path, name, records).encode())


def named(shelf: Shelf) -> Named:
    """What each page is about: its path, the name, and the records of that name by id. Names that
    differ in case alone are one, as they are upstream and on some file systems."""
    found: dict[str, tuple[str, list[Advisory]]] = {}
    spelt: dict[str, str] = {}
    for record in sorted(shelf.kb.published, key=lambda one: one.id):
        for name in dict.fromkeys((record.slug, *record.aliases)):
            if path := urls.alias(name):
                path = spelt.setdefault(path.casefold(), path)
                records = found.setdefault(path, (name, []))[1]
                records += [] if record in records[-1:] else [record]
    return dict(sorted(found.items()))


def _page(shelf: Shelf, say: Wording, path: str, name: str, records: list[Advisory]) -> str:
    t, language = say.words, say.language
    here = urls.FOLDER[language] + path
    single = records[0] if len(records) == 1 else None
    target = _record(shelf, language, here, single) if single else escape(shelf.link(here, here))
    title = escape(t("alias.title", name=name, site=t("site.name")))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<link rel="canonical" href="{target}">\n'
        f"{_alternates(shelf, here, path)}"
        + (f'<meta http-equiv="refresh" content="0; url={target}">\n' if single else "")
        + "</head>\n<body>\n"
        f"{_body(shelf, say, here, name, records)}"
        f"{_switch(say, here, path)}"
        "</body>\n</html>\n"
    )


def _body(shelf: Shelf, say: Wording, here: str, name: str, records: list[Advisory]) -> str:
    t = say.words
    upstream = urls.upstream(name)
    key = "several" if len(records) > 1 else "one" if upstream else "slug"
    items = []
    for record in records:
        href = _record(shelf, say.language, here, record)
        text = escape(f"{record.id}: {say.plain(record.title)}")
        standing = say.kb.standing(record)
        gone = "" if standing == "published" else escape(t(f"alias.{standing}"))
        items.append(f'<li><a href="{href}">{text}</a>{gone}</li>\n')
    told = escape(t(f"alias.{key}", name=name))
    made = f"<h1>{escape(name)}</h1>\n<p>{told}</p>\n<ul>\n{''.join(items)}</ul>\n"
    if upstream:
        text = escape(t("alias.upstream", name=name))
        made += f'<p><a href="{escape(upstream)}" rel="noopener">{text}</a></p>\n'
    return made


def _switch(say: Wording, here: str, path: str) -> str:
    other = next(one for one in LANGUAGES if one != say.language)
    href = escape(urls.relative(here, urls.FOLDER[other] + path))
    return (
        f'<p><a class="caveat-language" href="{href}" hreflang="{other}" lang="{other}">'
        f"{say.words('alias.other')}</a></p>\n"
    )


def _alternates(shelf: Shelf, here: str, path: str) -> str:
    """The page in each language, English for readers of neither."""
    found = {**urls.FOLDER, "x-default": urls.FOLDER["en"]}
    return "".join(
        f'<link rel="alternate" hreflang="{lang}" '
        f'href="{escape(shelf.link(here, folder + path))}">\n'
        for lang, folder in found.items()
    )


def _record(shelf: Shelf, language: Language, here: str, record: Advisory) -> Markup:
    return escape(shelf.link(here, urls.FOLDER[language] + urls.advisory(record.id)))
