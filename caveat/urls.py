"""The contract's paths: where each page lives, below the root of its language.

Takes ids and gives paths that end with a slash, and relative links between two of them, so that the
site works under any base address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

HOME = ""
ADVISORIES = "advisories/"
PRODUCTS = "products/"
CHECKLISTS = "checklists/"
PLAN = "plan/"
FIND = "find/"
#: The error texts as the finder loads them; they exist once for all languages.
FINDER = f"{FIND}index.json"
RUNBOOKS = "runbooks/"
CONTRIBUTE = "contribute/"
BOARD = f"{CONTRIBUTE}board/"
NEW = f"{CONTRIBUTE}new/"
FORMATS = "formats/"
RULES = f"{FORMATS}rules/"
COMMANDS = f"{FORMATS}commands/"
API_FORMAT = f"{FORMATS}api/"
API = "api/v1/"
CSAF = f"{API}csaf/"
#: What the exports in other databases' formats keep of a record.
EXPORTS = f"{FORMATS}exports/"
LLMS = "llms.txt"
FEEDS = ("feed.atom", "feed.json")

#: What stands between the parts of an upstream name: `owner/name#1`, `debian:1`.
_SEPARATORS = re.compile("[/#:]")

#: What RFC 3986 lets stand in an address.
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
#: What no file name of a CSAF document holds.
_NO_FILE = re.compile(r"[^+a-z0-9-]+")

#: Characters that no file's name holds on some system, and names that are devices on one.
_NO_PART = re.compile(r'[<>:"/\\|?*\0-\x1f\x7f]')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
#: Bytes, on the file systems that take the fewest; a name is ASCII where it becomes an address.
_LONGEST = 255

#: Where each language lives below the root of the site. The JSON API exists once.
FOLDER = {"en": "", "zh": "zh/"}

#: Anchors of an advisory's page, the same in every language and never renamed.
SECTIONS = (
    "affects-me",
    "impact",
    "symptoms",
    "signatures",
    "cause",
    "workarounds",
    "fix",
    "checklist",
    "timeline",
    "references",
    "history",
    "link",
)


def site_address(text: str, refuse: Callable[[str], BaseException] = ValueError) -> str:
    """The address of a site as all links to it begin: with a slash at its end; "" stays "".

    Raises what `refuse` makes of a message, with what was found and wanted, for what no page can
    live below.
    """
    if fault := _fault(text) if text else "":
        want = "want an address such as https://example.org/kb/"
        raise refuse(f"found {fault} in the site's address {text!r}, {want} (SITE_URL)")
    return f"{text.rstrip('/')}/" if text else ""


def _fault(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        return "a character that an address does not hold"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in ("http", "https") or not host:
        return "no https:// with a host"
    if "@" in parts.netloc:
        return "a user's name"
    if {"?", "#"} & set(address):
        return "a query or fragment"
    return "dots for a folder" if {".", ".."} & set(parts.path.split("/")) else ""


def is_part(name: str) -> bool:
    """Whether a file or folder may have the name on every system: nothing that leads elsewhere, and
    none of what Windows keeps for itself ("Naming Files, Paths, and Namespaces")."""
    return (
        0 < len(name) <= _LONGEST
        and name[-1] not in ". "
        and not _NO_PART.search(name)
        and name.partition(".")[0].rstrip().casefold() not in _DEVICES
    )


def stays(path: str) -> bool:
    """Whether a file's path leads nowhere but below the folder that it is taken from."""
    return all(map(is_part, path.split("/")))


def catalogue(number: int) -> str:
    """Path of the catalogue's page of this number, from 1."""
    return f"{ADVISORIES}page/{number}/" if number > 1 else ADVISORIES


def advisory(id_: str) -> str:
    """Path of an advisory's page."""
    return f"{ADVISORIES}{id_}/"


def product(id_: str) -> str:
    """Path of a product's page."""
    return f"{PRODUCTS}{id_}/"


def release(product_id: str, version: str) -> str:
    """Path of a release's page."""
    return f"{PRODUCTS}{product_id}/{version}/"


def practice(id_: str) -> str:
    """Path of a best practice's page."""
    return f"{CHECKLISTS}{id_}/"


def record_format(kind: str) -> str:
    """Path of the page about the fields of a kind of record: `advisory`, `product`, …"""
    return f"{FORMATS}{kind}/"


def rule(code: str) -> str:
    """Path of a rule's page."""
    return f"{RULES}{code}/"


def api_index() -> str:
    """Path of the JSON API's index."""
    return f"{API}index.json"


def api_list(name: str) -> str:
    """Path of a list that the API holds once: `advisories`, `practices`, `signatures`."""
    return f"{API}{name}.json"


def api_advisory(id_: str) -> str:
    """Path of an advisory's JSON."""
    return f"{API}advisories/{id_}.json"


def api_product(id_: str) -> str:
    """Path of a product's JSON."""
    return f"{API}products/{id_}.json"


def api_schema(name: str) -> str:
    """Path of the schema of the API's files called `name`."""
    return f"{API}schema/{name}.json"


def osv(id_: str) -> str:
    """Path of an advisory as an OSV document."""
    return f"{API}osv/{id_}.json"


def csaf(id_: str, published: str) -> str:
    """Path of an advisory as a CSAF document, by the day it was published: the standard wants the
    year of the first release as the folder, and this file name (CSAF 2.0, 5.1 and 7.1.11)."""
    return f"{CSAF}{published[:4]}/{_NO_FILE.sub('_', id_.lower())}.json"


def alias(name: str) -> str | None:
    """Path of the page that leads on from an upstream name or a slug; None for a name that cannot
    be part of an address."""
    parts = [part for part in _SEPARATORS.split(name) if part]
    # A folder of that name would stand where another alias has its page.
    usable = all(is_part(part) and part.casefold() != "index.html" for part in parts)
    return f"alias/{'/'.join(parts)}/" if usable else None


def feed(name: str, product_id: str = "") -> str:
    """Path of the feed called `name`, one of `FEEDS`: of all records, or of a product's."""
    return f"{product(product_id)}{name}" if product_id else name


def twin(id_: str) -> str:
    """Path of an advisory as Markdown, beside its page."""
    return f"{advisory(id_)}index.md"


def badge(id_: str, suffix: str = "svg") -> str:
    """Path of an advisory's badge: `svg`, or `json` for a service that draws it."""
    return f"badge/{id_}.{suffix}"


def release_badge(product_id: str, version: str) -> str:
    """Path of a release's badge."""
    return f"badge/{product_id}/{version}.svg"


def relative(source: str, target: str, anchor: str = "") -> str:
    """The link from the page at `source` to the one at `target`."""
    fragment = f"#{anchor}" if anchor else ""
    if source == target:
        return fragment or target.rpartition("/")[2] or "./"
    # By way of the root: longer than the shortest way, and a tenth of a large build's time cheaper.
    return ("../" * source.count("/") + target or "./") + fragment


def upstream(alias: str) -> str | None:
    """Where an upstream name leads, or None where no address follows from it."""
    if "#" in alias:
        repository, _, number = alias.partition("#")
        return f"https://github.com/{repository}/issues/{number}"
    kind, _, rest = alias.partition(":")
    if alias.startswith("CVE-"):
        return f"https://www.cve.org/CVERecord?id={alias}"
    if alias.startswith("GHSA-"):
        return f"https://github.com/advisories/{alias}"
    return {
        "launchpad": f"https://bugs.launchpad.net/bugs/{rest}",
        "debian": f"https://bugs.debian.org/{rest}",
        "redhat": f"https://bugzilla.redhat.com/show_bug.cgi?id={rest}",
    }.get(kind)
