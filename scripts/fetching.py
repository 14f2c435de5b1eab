"""An upstream document: a file, or an address where there is a network.

Takes a name and gives bytes; what cannot be had raises `SourceError` with what to do instead.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from caveat import __version__
from caveat.importers import documents
from caveat.importers.lead import SourceError
from caveat.importers.parts import MOST
from caveat.mending.canonical import link

_SECONDS = 15
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/(?:issues|pull)/(\d+)")
_GITLAB = re.compile(
    r"https://(gitlab\.[\w.-]+|salsa\.debian\.org)/([\w./-]+)/-/(issues|merge_requests)/(\d+)"
)


def contents(source: str) -> bytes:
    """The bytes of a file, or of what stands at an address."""
    if re.match(r"https?://", source, re.IGNORECASE):
        return _fetched(link(source))
    return documents.contents(Path(source))


def api_address(url: str) -> str:
    """Where a thread's own data are, for services whose API answers without a key; else the page.
    https://docs.github.com/en/rest/issues/issues#get-an-issue answers for pull requests as well,
    https://docs.gitlab.com/api/issues/#single-project-issue for public projects."""
    if match := _GITHUB.match(url):
        return f"https://api.github.com/repos/{match[1]}/issues/{match[2]}"
    if match := _GITLAB.match(url):
        project = quote(match[2], safe="")
        return f"https://{match[1]}/api/v4/projects/{project}/{match[3]}/{match[4]}"
    return url


def _opener() -> OpenerDirector:
    """HTTPS and nothing else, wherever a redirect leads."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPSHandler,
        HTTPRedirectHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
        UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def _fetched(url: str) -> bytes:
    headers = {"User-Agent": f"caveat/{__version__}", "Accept": "application/json, text/html"}
    request = Request(api_address(url), headers=headers)  # noqa: S310 - `link` gives https alone
    try:
        with _opener().open(request, timeout=_SECONDS) as answer:
            found: bytes = answer.read(MOST + 1)
    except HTTPError as error:
        reason = f"the server says {error.code}"
    except (URLError, OSError, ValueError) as error:
        reason = str(getattr(error, "reason", error))
    else:
        return found
    raise SourceError(f"{url}: {reason}. Save the page in your browser and give the file instead")
