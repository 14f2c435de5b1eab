"""Files of a published site by HTTP.

Takes the site's address and gives the bytes of its API's files; every way in which that can fail
ends the command with the address and the reason.
"""

from __future__ import annotations

import zlib
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from caveat import __version__, urls
from caveat.cli.failure import Failure

SECONDS = 15
#: No file of the API comes near; what does is something else.
LARGEST = 256 * 2**20


class Web:
    """The API's files behind an `http://` or `https://` address of the site or of its API."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Failure(f"--kb {address}: want a folder, or an address with http:// or https://")
        path = parts.path.removesuffix("index.json").rstrip("/") + "/"
        root = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
        self._root = root if root.endswith(f"/{urls.API}") else root + urls.API
        self._opener = _opener()

    def read(self, name: str) -> bytes:
        """The file's bytes, however the server sends them."""
        address = self.name(name)
        headers = {"User-Agent": f"caveat/{__version__}", "Accept-Encoding": "gzip"}
        try:
            with self._opener.open(Request(address, headers=headers), timeout=SECONDS) as answer:  # noqa: S310 - the opener knows nothing but HTTP
                found: bytes = answer.read(LARGEST + 1)
                packed = answer.headers.get("Content-Encoding") == "gzip"
            if packed:
                found = zlib.decompressobj(wbits=31).decompress(found, LARGEST + 1)
        except HTTPError as error:
            raise Failure(f"{address}: the server says {error.code} {error.reason}") from None
        except URLError as error:
            raise Failure(f"{address}: {error.reason}") from None
        except (OSError, HTTPException, zlib.error, ValueError) as error:
            raise Failure(f"{address}: {error or type(error).__name__}") from None
        if len(found) > LARGEST:
            raise Failure(f"{address}: larger than {LARGEST // 2**20} MB")
        return found

    def name(self, name: str) -> str:
        """Its address."""
        return urljoin(self._root, name)

    def site(self) -> str:
        """Where the API was found, its site is."""
        return self._root.removesuffix(urls.API)


def _opener() -> OpenerDirector:
    """HTTP and nothing else: a redirect leads to no file of this machine."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPRedirectHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener
