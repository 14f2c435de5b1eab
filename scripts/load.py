"""Many readers at once against the web server of the recipe: pages, scripts, search, data, feeds.

Takes a built site; prints how much was answered, how fast, and every error. Exit status: 0 no
error, 1 an error, no site or no server, 2 wrong use.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import webserver

ROOT = Path(__file__).resolve().parent.parent
SEED = 11
#: What readers ask for, by pattern below the site, and how often.
MIX = (
    ("**/advisories/*/index.html", 8),
    ("**/products/**/index.html", 3),
    ("**/index.html", 3),
    ("**/scripts-*/**/*.js", 4),
    ("**/styles-*/*.css", 3),
    ("**/assets/**/*.css", 1),
    ("**/answers.json", 2),
    ("api/v1/*.json", 1),
    ("**/feed.*", 1),
    ("badge/*.svg", 2),
    ("**/pagefind/fragment/*", 2),
)
#: Files that one reader comes back to.
OWN = 25
#: A file of data may be large; readers' pages are what is measured.
LARGEST = 1 << 20


@dataclass
class Figures:
    """What was answered."""

    answers: Counter[int] = field(default_factory=Counter)
    packed: int = 0
    bytes: int = 0
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Reader:
    """One reader: one connection that stays, and a memory of what was read, as browsers have."""

    def __init__(self, address: str, paths: list[str], figures: Figures, number: int) -> None:
        parts = urlsplit(address)
        self._host, self._port, self._base = parts.hostname or "", parts.port or 80, parts.path
        self._chance = random.Random(SEED + number)  # noqa: S311 - nothing secret
        self._paths, self._figures = self._chance.sample(paths, min(len(paths), OWN)), figures
        self._known: dict[str, str] = {}

    async def read(self, until: float) -> None:
        """Ask for one file after another."""
        try:
            while time.monotonic() < until:
                reader, writer = await asyncio.open_connection(self._host, self._port)
                # A server ends a connection after some requests, and says so with the last answer.
                while await self._one(reader, writer) and time.monotonic() < until:
                    pass
                writer.close()
        except (OSError, ValueError, EOFError, IndexError) as error:
            self._figures.errors.append(f"{type(error).__name__}: {error}")

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One answer; whether the connection stays."""
        path = self._base + self._chance.choice(self._paths)
        known = self._known.get(path)
        lines = [f"GET {path} HTTP/1.1", f"Host: {self._host}", "Accept-Encoding: gzip"]
        lines += [f"If-None-Match: {known}"] if known else []
        started = time.monotonic()
        writer.write("\r\n".join((*lines, "", "")).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
        }
        body = b"" if status == 304 else await _body(reader, headers)
        self._note(path, status, headers, body, time.monotonic() - started)
        return headers.get("connection", "").lower() != "close"

    def _note(
        self, path: str, status: int, headers: dict[str, str], body: bytes, seconds: float
    ) -> None:
        figures = self._figures
        figures.answers[status] += 1
        figures.bytes += len(body)
        figures.waits.append(seconds)
        if status not in (200, 304):
            figures.errors.append(f"{path}: {status}")
        elif headers.get("content-encoding") == "gzip":
            figures.packed += 1
            if not gzip.decompress(body):
                figures.errors.append(f"{path}: empty")
        self._known[path] = headers.get("etag", "")


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    parts = []
    while size := int((await reader.readline()).strip(), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readline()
    return b"".join(parts)


def paths(site: Path) -> list[str]:
    """A mix of addresses below the site's root; the same one each time."""
    chance, found = random.Random(SEED), []  # noqa: S311 - nothing secret
    for pattern, weight in MIX:
        files = sorted(one for one in site.glob(pattern) if one.stat().st_size <= LARGEST)
        names = [one.relative_to(site).as_posix().removesuffix("index.html") for one in files]
        found += chance.choices(names, k=40 * weight) if names else []
    return found


async def load(address: str, wanted: list[str], readers: int, seconds: float) -> Figures:
    """All readers, for that long."""
    figures = Figures()
    until = time.monotonic() + seconds
    made = (Reader(address, wanted, figures, number).read(until) for number in range(readers))
    await asyncio.gather(*made)
    return figures


def told(figures: Figures, readers: int, seconds: float) -> dict[str, object]:
    """The figures by name; waits in milliseconds."""
    waits, count = sorted(figures.waits) or [0.0], sum(figures.answers.values())
    return {
        "readers": readers,
        "seconds": seconds,
        "answers": count,
        "per_second": round(count / seconds),
        "not_modified": figures.answers[304],
        "compressed": figures.packed,
        "megabytes": round(figures.bytes / 1e6, 1),
        "median_ms": round(waits[len(waits) // 2] * 1000, 1),
        "p99_ms": round(waits[len(waits) * 99 // 100] * 1000, 1),
        "errors": len(figures.errors),
    }


def main() -> int:
    """Serve, ask, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--site-dir", default=ROOT / "site", metavar="DIR", help="the site (site/)")
    parser.add_argument("--readers", type=int, default=200, metavar="N", help="at once (200)")
    parser.add_argument("--seconds", type=float, default=30, metavar="S", help="for how long (30)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    site = Path(options.site_dir).absolute()
    if not (site / "index.html").is_file():
        print(f"No site in {site}: run `make site` first.", file=sys.stderr)
        return 1
    try:
        with webserver.running(site) as address:
            asked = load(address, paths(site), options.readers, options.seconds)
            figures = asyncio.run(asked)
    except webserver.NoServerError as error:
        print(error, file=sys.stderr)
        return 1
    found = told(figures, options.readers, options.seconds)
    if options.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:13} {value}" for name, value in found.items()))
    for text, count in Counter(figures.errors).most_common(20):
        print(f"{text} ({count})", file=sys.stderr)
    return 1 if figures.errors else 0


if __name__ == "__main__":
    sys.exit(main())
