"""/badge/<ID>.svg, <ID>.json and <product>/<version>.svg, in both languages.

Takes the shelf and gives a badge for each record and each catalogued release. A release's badge
counts what strikes it where nothing else is known about the host, as its page does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caveat import urls
from caveat.applicability import State
from caveat.applicability.wording import Wording
from caveat.exports.badge import Look, draw
from caveat.exports.export import File, Shelf, json_file
from caveat.model import Advisory
from caveat.versions import Version
from caveat.words import LANGUAGES, words


class Badge(NamedTuple):
    """What a badge says: about what, what, and how it looks."""

    label: str
    message: str
    look: Look


def files(shelf: Shelf) -> Iterator[File]:
    """Every badge in every language."""
    for language in LANGUAGES:
        say, folder = Wording(shelf.kb, words(language)), urls.FOLDER[language]
        for record in shelf.kb.published:
            made = of_record(say, record)
            yield File(folder + urls.badge(record.id), draw(*made, language))
            yield json_file(
                folder + urls.badge(record.id, "json"),
                {
                    "schemaVersion": 1,
                    "label": made.label,
                    "message": made.message,
                    "color": made.look.colour.removeprefix("#"),
                },
            )
        for id_, catalogue in shelf.kb.catalogues.items():
            for version in catalogue.versions:
                made = of_release(shelf, say, id_, version)
                path = folder + urls.release_badge(id_, version.text)
                yield File(path, draw(*made, language))


def of_record(say: Wording, record: Advisory) -> Badge:
    """How bad, and whether it is mended."""
    t = say.words
    ended = say.kb.standing(record)
    if ended != "published":
        successors = t.joined(say.kb.successors(record))
        key = f"{ended}-for" if ended == "withdrawn" and successors else ended
        return Badge(record.id, t(f"badge.{key}", successor=successors), Look.WITHDRAWN)
    severity = t(f"severity.{record.severity.level}")
    full = [fix for fix in record.fixes if fix.scope == "full"]
    if len(full) == 1:
        message = t("badge.mended", severity=severity, version=full[0].version)
    elif full:
        message = t("badge.mended-somewhere", severity=severity)
    else:
        message = t("badge.partly" if record.fixes else "badge.open", severity=severity)
    return Badge(record.id, message, Look[record.severity.level.upper()])


def of_release(shelf: Shelf, say: Wording, id_: str, version: Version) -> Badge:
    """How many records strike it, and how many may."""
    t, label = say.words, f"{say.product(id_)} {version.text}"
    states = [answer.state for _, answer in shelf.answers.may_bite(id_, version)]
    count = sum(state is State.AFFECTED for state in states)
    more = len(states) - count
    if count:
        key = "badge.both" if more else "badge.affected"
        return Badge(label, t(key, count=count, more=more), Look.HIGH)
    if more:
        return Badge(label, t("badge.unknown", more=more), Look.UNKNOWN)
    return Badge(label, t("badge.clear"), Look.CLEAR)
