"""A product's history as a picture: its releases on a time line, and each record's open stretches.

Takes a scene, a product and its records and gives lengths and texts; the template only prints. A
stretch is a run of releases, in the order of their numbers, that a record affects in some
configuration; it is drawn from the day of its first release to the day of the one that ends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from caveat import urls
from caveat.model import Advisory
from caveat.site.scene import Scene
from caveat.versions import Version

WIDTH, _LEFT, _RIGHT = 1000, 118, 960
_TOP, _ROW = 62, 22
_LABEL_GAP, _TEXT, _ID = 52, 150, 15


@dataclass(frozen=True)
class _Dated:
    version: Version
    day: date

    def __str__(self) -> str:
        return f"{self.version.text} ({self.day.isoformat()})"


@dataclass(frozen=True)
class _Run:
    """Releases from `first` to `last` that a record affects, `after` being the one behind them;
    `ends` says that it is free of the record. `sure` is False where nobody has looked yet."""

    first: _Dated
    last: _Dated
    after: _Dated | None
    ends: bool
    sure: bool

    @property
    def end(self) -> _Dated | None:
        """The release that ended it."""
        return self.after if self.ends else None


class _Line:
    """Days as places on the line."""

    def __init__(self, releases: Sequence[_Dated]) -> None:
        days = [one.day.toordinal() for one in releases]
        self._first, self._span = min(days), max(max(days) - min(days), 1)

    def x(self, day: date) -> int:
        return _LEFT + round((day.toordinal() - self._first) * (_RIGHT - _LEFT) / self._span)


def view(scene: Scene, product: str, records: Sequence[Advisory]) -> dict[str, Any] | None:
    """The values of the picture, or None where there is nothing to draw."""
    releases = list(_dated(scene, product))
    if len(releases) < 2 or not records:
        return None
    line = _Line(releases)
    told = [(record, list(_runs(scene, record, product, releases))) for record in records]
    told = [(record, runs) for record, runs in told if runs]
    told.sort(key=lambda one: (min(run.first.day for run in one[1]), one[0].id))
    return {
        "width": WIDTH,
        "height": _TOP + _ROW * len(told) + 8,
        "ticks": sorted({line.x(one.day) for one in releases}),
        "labels": _labels(releases, line),
        "years": _years(releases, line),
        "rows": [_row(scene, at, record, runs, line) for at, (record, runs) in enumerate(told)],
        "count": len(releases),
        "first": str(min(releases, key=lambda one: one.day)),
        "last": str(max(releases, key=lambda one: one.day)),
    }


def _dated(scene: Scene, product: str) -> Iterator[_Dated]:
    """Releases whose day is known, in the order of their numbers."""
    catalogue = scene.kb.catalogues[product]
    for version in catalogue.versions:
        release = catalogue.release(version)
        if release is not None and release.date is not None:
            yield _Dated(version, date.fromisoformat(release.date))


def _runs(
    scene: Scene, record: Advisory, product: str, releases: Sequence[_Dated]
) -> Iterator[_Run]:
    text = record.verification.releases.get(product)
    verified = scene.kb.catalogues[product].parse(text) if text else None

    def sure_of(one: _Dated) -> bool | None:
        """None for a release that the record leaves alone for certain."""
        if scene.answers.bare(record, product, one.version).state.is_fine:
            return None
        return verified is None or one.version <= verified

    runs = [(sure, list(run)) for sure, run in groupby(releases, key=sure_of)]
    for (sure, run), (then, following) in pairwise([*runs, (None, [])]):
        if sure is not None:
            after = following[0] if following else None
            yield _Run(run[0], run[-1], after, after is not None and then is None, sure)


def _row(
    scene: Scene, at: int, record: Advisory, runs: Sequence[_Run], line: _Line
) -> dict[str, Any]:
    lines = [_stretch(run, line) for run in runs]
    left, right = min(one["from"] for one in lines), max(one["to"] for one in lines)
    known = [run for run in runs if run.sure] or runs
    words = "; ".join(_short(run) for run in known)
    after = right + _TEXT < _RIGHT
    return {
        "id": record.id,
        "label": record.id if len(record.id) <= _ID else f"{record.id[: _ID - 1]}…",
        "url": scene.link(urls.advisory(record.id)),
        "title": scene.inline(record.title),
        "y": _TOP + _ROW * at + _ROW // 2,
        "lines": lines,
        "words": words if len(words) < 24 and (after or left - _TEXT > _LEFT) else "",
        "x": right + 10 if after else left - 10,
        "anchor": "start" if after else "end",
        "opened": [(str(run.first), str(run.end) if run.end else None, run.sure) for run in runs],
    }


def _stretch(run: _Run, line: _Line) -> dict[str, Any]:
    """Where a run is drawn. A release of another branch may follow by number and be older: then the
    last affected release ends the line."""
    left = line.x(run.first.day)
    end = run.after.day if run.after and run.after.day >= run.last.day else run.last.day
    right = line.x(end) if run.after else _RIGHT
    return {
        "from": left,
        "to": max(right, left + 4),
        "sure": run.sure,
        "open": run.after is None,
        "ends": run.ends,
    }


def _short(run: _Run) -> str:
    return (
        f"{run.first.version.text} → {run.end.version.text}" if run.end else run.first.version.text
    )


def _labels(releases: Sequence[_Dated], line: _Line) -> list[tuple[int, str]]:
    """Names of some releases, so far apart that they can be read: first of a major line first."""
    newest = max(releases, key=lambda one: one.day)
    majors = [b for a, b in pairwise(releases) if _head(a, 1) != _head(b, 1)]
    minors = [b for a, b in pairwise(releases) if _head(a, 2) != _head(b, 2)]
    placed: dict[int, str] = {}
    for one in (newest, *reversed(majors), *reversed(minors)):
        x = line.x(one.day)
        if all(abs(x - other) >= _LABEL_GAP for other in placed):
            placed[x] = one.version.text
    return sorted(placed.items())


def _head(one: _Dated, parts: int) -> list[str]:
    return one.version.text.split(".")[:parts]


def _years(releases: Sequence[_Dated], line: _Line) -> list[tuple[int, int]]:
    days = [one.day for one in releases]
    years = range(min(days).year + 1, max(days).year + 1)
    return [(line.x(date(year, 1, 1)), year) for year in years]
