"""Takes a page's path and language; gives its address in the other language.

Addresses are relative to the page, so that the site works under any path it is
published at; absolute ones are given where a published address is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from caveat import urls

NAMES = {"en": "English", "zh": "中文"}
DEFAULT = "en"
FOLDER = urls.FOLDER
"""Where each language lives under the root of the site."""


@dataclass(frozen=True)
class Link:
    """One page in one language."""

    lang: str
    name: str
    href: str


def other(lang: str) -> str:
    """The language that a page in `lang` offers to switch to."""
    return next(name for name in NAMES if name != lang)


def site_root(lang: str, base: str) -> str:
    """From a language's own root, as an address or a relative path, to that of the whole site."""
    base = base if base.endswith("/") else base + "/"
    if not (folder := FOLDER[lang]):
        return base
    if base.endswith(folder) and "://" in base:
        return base.removesuffix(folder)
    return base + "../"


def home(lang: str, address: str | None) -> str:
    """The address of the whole site, from that of a language's root; "" where nobody said one."""
    return site_root(lang, address) if address else ""


def switch(lang: str, base: str, path: str) -> Link:
    """The same page in the other language, relative to this one.

    `base` leads from the page to its language's root; `path` from there to the page.
    """
    target = other(lang)
    return Link(target, NAMES[target], site_root(lang, base) + FOLDER[target] + path)


def alternates(lang: str, base: str, path: str, site_url: str = "") -> tuple[Link, ...]:
    """All languages of a page, the default once more for readers of neither.

    Search engines want whole addresses here: given wherever `site_url`, the address
    of this language's root, is known.
    """
    root = site_root(lang, site_url or base)
    links = [Link(code, name, root + FOLDER[code] + path) for code, name in NAMES.items()]
    return (*links, Link("x-default", NAMES[DEFAULT], root + FOLDER[DEFAULT] + path))


def feeds(base: str, path: str) -> list[tuple[bool, list[str]]]:
    """The feeds that a page offers, relative to it: each with whether it is the page's own, and its
    addresses in the order of `urls.FEEDS`. Only a product has one."""
    root = base if base.endswith("/") else base + "/"
    found = [(False, [root + urls.feed(name) for name in urls.FEEDS])]
    products, _, product = path.removesuffix("/").rpartition("/")
    if f"{products}/" == urls.PRODUCTS:
        found.insert(0, (True, [root + urls.feed(name, product) for name in urls.FEEDS]))
    return found


def theme_values(lang: str, base: str, path: str, site_url: str) -> dict[str, Any]:
    """The language of a page and its links to the others, by the names that docs/theme/ uses."""
    return {
        "lang": lang,
        "root": site_root(lang, base),
        "other": switch(lang, base, path),
        "alternates": alternates(lang, base, path, site_url),
        "feeds": feeds(base, path),
    }


def nav_labels(nav: Any) -> Iterator[tuple[str, str]]:
    """From `nav:` in the settings, each page's file and the label it is shown under."""
    for item in nav or []:
        for label, target in item.items() if isinstance(item, dict) else ():
            if isinstance(target, str):
                yield target, label
            else:
                yield from nav_labels(target)
