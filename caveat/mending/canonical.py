"""One way to write what can be written in several: days, links, upstream names.

Takes a text and the pattern of its field and gives the text that says the same in the form that the
field wants, or the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit, urlunsplit

#: Inline code (CommonMark 0.31, 6.1), which says what somebody types, and the address of a link.
_CODE_OR_LINK = re.compile(
    r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|(?<=\]\()(?P<link>https?://[^\s()<>]+)(?=\))",
    re.IGNORECASE | re.DOTALL,
)

_DAY = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[Tt ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z|[+-]00:?00)?)?"
)
_TRACKING = re.compile(r"utm_[a-z]+|gclid|fbclid|ref_src")
_THREAD = re.compile(r"(/[\w.-]+/[\w.-]+)/(issues|pull|pulls)/(\d+)/?", re.ASCII)
_FIRST_POST = re.compile(r"issue-\d+")


def canonical(text: str, pattern: str) -> str:
    """The text of a field, in its one form; `pattern` is what the model holds the field to."""
    for part, way in _WAYS.items():
        if part in pattern:
            return way(text)
    return text


def prose(text: str) -> str:
    """Prose with its links in their one form."""
    for match in reversed(list(links(text, 0, len(text))) if "](" in text else ()):
        text = text[: match.start()] + link(match[0]) + text[match.end() :]
    return text


def links(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The addresses of the links in a part of a text that holds prose, outside inline code."""
    return (match for match in _CODE_OR_LINK.finditer(text, start, end) if match["link"])


def day(text: str) -> str:
    """A day that is written with its year first, as `2025-02-26` (ISO 8601); a time of that day in
    UTC is dropped. What is no real day stays."""
    if not (match := _DAY.fullmatch(text.strip())):
        return text
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return text


def link(url: str) -> str:
    """The address of a page without what makes two addresses of one: `http`, a host in capitals or
    with `www.` where it is the same, the port of https, tracking, a bare `?` or `#`, and the slash
    or first post behind the number of a GitHub thread."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    plain = port is None or (parts.scheme.lower(), port) in {("https", 443), ("http", 80)}
    if parts.scheme.lower() not in {"http", "https"} or not host or not plain or parts.username:
        return url
    host = {"www.github.com": "github.com", "redirect.github.com": "github.com"}.get(host, host)
    kept = [p for p in parts.query.split("&") if not _TRACKING.fullmatch(p.partition("=")[0])]
    path, fragment = parts.path, parts.fragment
    if host == "github.com" and (match := _THREAD.fullmatch(path)):
        path = f"{match[1]}/{match[2].replace('pulls', 'pull')}/{match[3]}"
        fragment = "" if _FIRST_POST.fullmatch(fragment) else fragment
    return urlunsplit(("https", host, path, "&".join(kept), fragment))


def upstream_name(text: str) -> str:
    """An alias in the form that records hold: `owner/repository#number` for a GitHub thread's
    address, capitals for CVE and GHSA."""
    if text.lower().startswith(("http://", "https://")):
        parts = urlsplit(link(text))
        match = _THREAD.fullmatch(re.sub(r"/(files|commits|checks)/?$", "", parts.path))
        return f"{match[1][1:]}#{match[3]}" if match and parts.netloc == "github.com" else text
    head, _, rest = text.partition("-")
    if head.lower() == "cve":
        return text.upper()
    return f"GHSA-{rest.lower()}" if head.lower() == "ghsa" else text


#: By a part of the pattern that tells the field's kind.
_WAYS: dict[str, Callable[[str], str]] = {
    r"^\d{4}-\d{2}": day,
    "^https://": link,
    "GHSA": upstream_name,
}
