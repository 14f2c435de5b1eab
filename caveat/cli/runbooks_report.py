"""What was found in runbooks, as text for people, as JSON, as SARIF and as annotations.

Takes findings with their files and gives lines on the console. To add a form: a function and an
entry in `REPORTERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from caveat import prose
from caveat.cli.annotations import annotate
from caveat.cli.console import Console, Styled
from caveat.cli.sarif import Result, sarif
from caveat.cli.source import Source
from caveat.knowledge import KnowledgeBase
from caveat.model import Bilingual
from caveat.model.base import LANGUAGES
from caveat.problems import printable
from caveat.runbooks import CODES, Finding
from caveat.words import Words, words


class Place(NamedTuple):
    """A finding and the file that it is in."""

    file: Path
    finding: Finding


@dataclass(frozen=True)
class Looked:
    """All findings, in the order of files and lines, and what was looked at."""

    places: tuple[Place, ...]
    files: int
    links: int
    kb: KnowledgeBase


Reporter = Callable[[Looked, Source, Words, Console], None]


def message(finding: Finding, t: Words) -> str:
    """What is wrong, in a sentence or two."""
    params = {name: _told(value, t) for name, value in finding.params.items()}
    params["id"] = t.joined(list(finding.ids))
    return t(f"cli-runbooks.{finding.key}", **params)


def _told(value: object, t: Words) -> str:
    if isinstance(value, Bilingual):
        return prose.plain(value.get(t.language))
    if isinstance(value, list) and all(isinstance(one, Bilingual) for one in value):
        return t("sentence.gap").join(_told(one, t) for one in value)
    if isinstance(value, list):
        return t("list.or").join(str(one) for one in value)
    return str(value)


def _as_text(looked: Looked, source: Source, t: Words, console: Console) -> None:
    styles = {"error": "red", "warning": "yellow"}
    for file, one in looked.places:
        place = f"{file}:{one.line}:{one.column}"
        code = Styled(t(f"cli-runbooks.code-{one.code}"), styles[one.level])
        console.line(Styled(place, "bold"), ": ", code, t("sentence.colon"), message(one, t))
        if one.link:
            console.line(Styled(one.link, "dim"), indent=1)
        for id_ in one.ids:
            if (url := source.place(id_)["url"]) and "://" in url and url not in one.link:
                console.line(Styled(url, "dim"), indent=1)
    if looked.places:
        console.line()
    count = {"count": len(looked.places), "links": looked.links, "files": looked.files}
    console.line(t("cli-runbooks.summary" if looked.places else "cli-runbooks.fine", **count))


def _as_json(looked: Looked, source: Source, t: Words, console: Console) -> None:  # noqa: ARG001
    spoken = {lang: words(lang) for lang in LANGUAGES}
    console.json(
        {
            "files": looked.files,
            "links": looked.links,
            "findings": [_values(one, looked.kb, source, spoken) for one in looked.places],
        }
    )


def _values(place: Place, kb: KnowledgeBase, source: Source, spoken: Any) -> dict[str, Any]:
    one = place.finding
    return {
        "file": place.file.as_posix(),
        "line": one.line,
        "column": one.column,
        "code": one.code,
        "level": one.level,
        "link": one.link,
        "anchor": one.anchor,
        "reviewed": one.reviewed,
        "message": {lang: message(one, t) for lang, t in spoken.items()},
        "records": [
            {"id": id_, "slug": kb.advisories[id_].slug, "url": source.place(id_)["url"]}
            for id_ in one.ids
        ],
    }


def _as_github(looked: Looked, source: Source, t: Words, console: Console) -> None:  # noqa: ARG001
    """Workflow commands, which land on the line."""
    for file, one in looked.places:
        at = {"file": file.as_posix(), "line": str(one.line), "col": str(one.column)}
        title = f"{t.joined(list(one.ids))} {t(f'cli-runbooks.code-{one.code}')}".strip()
        annotate(console, one.level, {**at, "title": title}, message(one, t))


def _as_sarif(looked: Looked, source: Source, t: Words, console: Console) -> None:  # noqa: ARG001
    rules: dict[str, str] = {code: t(f"cli-runbooks.rule-{code}") for code in CODES}
    console.json(
        sarif(rules, {str(code): level for code, level in CODES.items()}, list(_results(looked, t)))
    )


def _results(looked: Looked, t: Words) -> Iterator[Result]:
    for file, one in looked.places:
        named = "/".join((*one.ids, one.anchor, one.link))
        yield Result(one.code, file, one.line, one.column, printable(message(one, t)), named)


REPORTERS: dict[str, Reporter] = {
    "text": _as_text,
    "json": _as_json,
    "sarif": _as_sarif,
    "github": _as_github,
}
