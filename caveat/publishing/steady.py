"""Takes a search bundle as Pagefind wrote it; gives it the same bytes for the same pages.

Pagefind lists filters and their values in the order of a hash map that begins elsewhere in every
process. They are sorted here, and the files are named anew: names follow from content.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"pagefind_dcd"
_FILTERS = 3
"""Where the list of filters stands in Pagefind's `pf_meta`: after version, pages and index."""


def settle(bundle: Path) -> None:
    """Rewrite the filters of `bundle` and what names them."""
    for meta in sorted(bundle.glob("*.pf_meta")):
        content = _read(meta)
        for path in sorted((bundle / "filter").glob("*.pf_filter")):
            name = _settled(path, _sorted_values(_read(path)))
            content = content.replace(path.stem.encode(), name.encode())
        before = meta.stem.partition(".")[2]
        after = _settled(meta, _sorted_filters(content), before)
        entry = bundle / "pagefind-entry.json"
        entry.write_text(entry.read_text("utf-8").replace(before, after), "utf-8")
    entry = bundle / "pagefind-entry.json"
    values = json.loads(entry.read_bytes())
    entry.write_text(json.dumps(values, ensure_ascii=False, sort_keys=True), "utf-8")


def _read(path: Path) -> bytes:
    content = gzip.decompress(path.read_bytes())
    if not content.startswith(_MAGIC):
        raise ValueError(f"{path}: not a file of the Pagefind that this was written for")
    return content.removeprefix(_MAGIC)


def _settled(path: Path, content: bytes, name: str = "") -> str:
    """Write `content` in the place of `path`, under a name of the same length; gives the name,
    which is the file's own where `name` does not say which part of it."""
    before = name or path.stem
    language, _, digest = before.rpartition("_")
    whole = _MAGIC + content
    after = f"{language}_{hashlib.sha256(whole).hexdigest()[: len(digest)]}"
    path.unlink()
    path.with_name(path.name.replace(before, after)).write_bytes(gzip.compress(whole, 9, mtime=0))
    return after


def _sorted_values(content: bytes) -> bytes:
    """A filter is `[name, [[value, pages], …]]`."""
    _, values = _items(content, 0)
    head, *found = _parts(content, values)
    ordered = sorted(found, key=_name)
    return content[:values] + head + b"".join(ordered)


def _sorted_filters(content: bytes) -> bytes:
    start = list(_items(content, 0))[_FILTERS]
    head, *found = _parts(content, start)
    ordered = sorted(found, key=_name)
    size = len(head) + sum(map(len, ordered))
    return content[:start] + head + b"".join(ordered) + content[start + size :]


def _name(item: bytes) -> bytes:
    """The text that an array begins with."""
    _, size, start = _head(item, _head(item, 0)[2])
    return item[start : start + size]


def _parts(content: bytes, start: int) -> Iterator[bytes]:
    """The head of the array at `start`, then each of its items, as bytes."""
    at = _head(content, start)[2]
    yield content[start:at]
    for begin in _items(content, start):
        yield content[begin : _end(content, begin)]


def _items(content: bytes, start: int) -> Iterator[int]:
    """Where each item of the array at `start` begins."""
    kind, count, at = _head(content, start)
    if kind != _ARRAY:
        raise ValueError("a search bundle of another form")
    for _ in range(count):
        yield at
        at = _end(content, at)


_TEXTS, _ARRAY, _MAP = (2, 3), 4, 5


def _head(content: bytes, start: int) -> tuple[int, int, int]:
    """Major type and argument of the CBOR item at `start` (RFC 8949, section 3), and where its
    content begins."""
    kind, argument = content[start] >> 5, content[start] & 31
    if argument < 24:
        return kind, argument, start + 1
    if argument > 27:
        raise ValueError("a search bundle of another form")
    size = 1 << (argument - 24)
    end = start + 1 + size
    return kind, int.from_bytes(content[start + 1 : end]), end


def _end(content: bytes, start: int) -> int:
    kind, argument, at = _head(content, start)
    if kind in _TEXTS:
        return at + argument
    if kind in (_ARRAY, _MAP):
        for _ in range(argument * (2 if kind == _MAP else 1)):
            at = _end(content, at)
    return at
