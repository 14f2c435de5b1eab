"""What was found in logs, for people: each record with its lines, the matching part marked.

Takes results with the lines that they name and gives lines on the console.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from caveat.cli.console import Console, Styled
from caveat.cli.source import Source
from caveat.matching import Hit, Result, Span
from caveat.words import Words

#: Lines that are shown of one hit, and characters of one on each side of what matches.
_LINES, _AROUND = 5, 100

Found = tuple[str, Result, Mapping[int, str]]


def show(logs: Sequence[Found], source: Source, t: Words, console: Console) -> None:
    """Every hit of every log."""
    for name, result, lines in logs:
        where = f"{name}:" if len(logs) > 1 else ""
        for number, hit in enumerate(result.hits):
            if number:
                console.line()
            _hit(hit, source, t, console)
            for line in hit.lines[:_LINES]:
                text = lines.get(line, "")
                console.line(f"{where}{line}: ", *_marked(text, line, hit.spans), indent=1)
            if (more := len(hit.lines) - _LINES) > 0:
                console.line(t("cli-match.more", count=more), indent=1)
        if not result.hits:
            console.line(where and f"{where} ", t("cli-match.nothing"))


def _hit(hit: Hit, source: Source, t: Words, console: Console) -> None:
    style = "red" if hit.grade == "known" else "yellow"
    place = source.place(hit.id)
    fits = {True: "fits", False: "other-version"}.get(hit.fits) if hit.fits is not None else None
    console.line(
        Styled(t(f"cli-match.{hit.grade}"), style),
        f"  {hit.id}  ",
        Styled(hit.slug, "bold"),
        f"  {hit.score:.2f}",
        f"  {t(f'cli-match.{fits}')}" if fits else "",
    )
    where = place["url"] if "://" in place["url"] else place.get("file", place["url"])
    console.line(Styled(where, "dim"), indent=1)


def _marked(text: str, line: int, spans: Sequence[Span]) -> Iterator[str | Styled]:
    """The line, cut down to what is near a match, with the matching parts in another style."""
    parts = sorted(_parts(text, line, spans))
    at = max(parts[0][0] - _AROUND, 0) if parts else 0
    if at:
        yield "…"
    for start, end in parts:
        if start < at or start - at > 2 * _AROUND:
            continue
        yield text[at:start]
        yield Styled(text[start:end], "mark")
        at = end
    yield text[at : at + _AROUND]
    if len(text) > at + _AROUND:
        yield "…"


def _parts(text: str, line: int, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    for span in spans:
        if span.line <= line <= span.end_line:
            start = span.column if span.line == line else 0
            yield start, min(span.end_column if span.end_line == line else len(text), len(text))
