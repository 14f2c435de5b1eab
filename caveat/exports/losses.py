"""What becomes of each field of a record in OSV and in CSAF: kept, folded into something, or lost.

Takes nothing and gives the table `FATES`, which a test holds to the exports by changing each field
in turn, and its rendering as a page.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from caveat.words import Words

#: `kept`: a field of the format says the same; `folded`: the text or the values stand in a place
#: that the format leaves free; `lost`: nothing of it is there.
Fate = Literal["kept", "folded", "lost"]


class Told(NamedTuple):
    """A fate, and the place in the format's document where a reader finds the field."""

    fate: Fate
    place: str = ""


class Row(NamedTuple):
    """A field of a record, its parts joined by points, and its fate in each format."""

    field: str
    osv: Told
    csaf: Told


#: Where the other language of a text stands; no field of the model, but every text has it.
OTHER_LANGUAGE = "zh"
_LOST = Told("lost")
_NOTES = Told("folded", "document.notes")


def _own(name: str) -> Told:
    return Told("folded", f"database_specific.{name}")


def _case(name: str) -> Told:
    return Told("folded", f"affected.database_specific.{name}")


def _workaround(*names: str, csaf: Told) -> tuple[Row, ...]:
    return tuple(Row(f"workarounds.{name}", _own("workarounds"), csaf) for name in names)


FATES: tuple[Row, ...] = (
    Row("id", Told("kept", "id"), Told("kept", "document.tracking.id")),
    Row("slug", _own("slug"), Told("kept", "document.tracking.aliases")),
    Row("status", Told("kept", "withdrawn"), Told("folded", "document.title")),
    Row("kind", _own("kind"), _NOTES),
    Row("severity.level", _own("severity"), Told("kept", "document.aggregate_severity")),
    Row("severity.reason", _own("severity"), _NOTES),
    Row("title", Told("kept", "summary"), Told("kept", "document.title")),
    Row("summary", Told("kept", "details"), Told("kept", "document.notes")),
    Row(
        "published",
        Told("kept", "published"),
        Told("kept", "document.tracking.initial_release_date"),
    ),
    Row(
        "modified", Told("kept", "modified"), Told("kept", "document.tracking.current_release_date")
    ),
    Row("aliases", _own("aliases"), Told("folded", "document.references")),
    Row("related", Told("kept", "related"), _NOTES),
    Row("withdrawn.reason", _own("withdrawn"), _NOTES),
    Row("withdrawn.successor", _own("withdrawn"), _NOTES),
    Row("affected.on", _case("together_with"), _NOTES),
    Row("affected.on.product", _case("product"), _NOTES),
    Row("affected.on.ranges", Told("kept", "affected.ranges"), _NOTES),
    Row("affected.on.when", _case("conditions"), _NOTES),
    Row("affected.upgrade", _case("upgrade"), _NOTES),
    Row("affected.effect", _case("effect"), _NOTES),
    Row("affected.evidence", _case("evidence"), _LOST),
    Row("unaffected", _own("unaffected"), _NOTES),
    Row("symptoms", _own("symptoms"), _NOTES),
    Row("signatures.pattern", _own("signatures"), _NOTES),
    Row("signatures.log", _own("signatures"), _LOST),
    Row("signatures.command", _LOST, _LOST),
    Row("signatures.samples", _LOST, _LOST),
    Row("signatures.near_misses", _LOST, _LOST),
    Row("cause", Told("kept", "details"), Told("kept", "document.notes")),
    *_workaround("id", csaf=_LOST),
    *_workaround("kind", "title", csaf=_NOTES),
    *_workaround("versions", "when", "leads_to", csaf=_LOST),
    *_workaround("effort", "disruption", "risk", "apply", "verify", "rollback", csaf=_NOTES),
    *_workaround("remove_when", "evidence", csaf=_NOTES),
    Row("fixes", _own("fixes"), _NOTES),
    Row("omitted", _LOST, _LOST),
    Row("practices", _LOST, _LOST),
    Row("timeline", _LOST, _LOST),
    Row("references.id", _LOST, _LOST),
    Row("references.type", Told("kept", "references.type"), _LOST),
    Row("references.url", Told("kept", "references.url"), Told("kept", "document.references")),
    Row("references.title", _LOST, Told("kept", "document.references")),
    Row("verification.last_verified", _own("verification"), _NOTES),
    Row("verification.releases", _own("verification"), _NOTES),
    Row("verification.review_by", _own("verification"), _LOST),
    Row("unverified", _own("unverified"), _NOTES),
    Row("history", _LOST, Told("kept", "document.tracking.revision_history")),
    Row(OTHER_LANGUAGE, _own("title"), _LOST),
)


def page(t: Words) -> str:
    """The page /formats/exports/ as Markdown, front matter included."""
    rows = "\n".join(
        f"| {_field(one, t)} | {_cell(one.osv, t)} | {_cell(one.csaf, t)} |" for one in FATES
    )
    head = f"---\nhide:\n  - navigation\ndescription: {t('losses.description')}\n---\n"
    table = f"| {t('losses.field')} | OSV | CSAF |\n| --- | --- | --- |\n{rows}"
    parts = [
        head,
        f"# {t('losses.title')} {{#exports}}",
        t("losses.intro"),
        f"## OSV {{#osv}}\n\n{t('losses.osv')}",
        f"## CSAF {{#csaf}}\n\n{t('losses.csaf')}",
        f"## {t('losses.table')} {{#losses}}\n\n{t('losses.legend')}",
        table,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _field(one: Row, t: Words) -> str:
    return t("losses.other-language") if one.field == OTHER_LANGUAGE else _code(one.field)


def _cell(told: Told, t: Words) -> str:
    """The word first: no meaning rests on the place alone."""
    word = f"**{t(f'losses.{told.fate}')}**"
    return f"{word} {_code(told.place)}" if told.place else word


def _code(name: str) -> str:
    """A name that breaks between its words: some are wider than a column on a phone."""
    broken = name.replace(".", ".<wbr>").replace("_", "_<wbr>")
    return f"<code>{broken}</code>"
