"""What a draft says beside its fields: what is still to do, and what belongs where.

Takes the data of a draft and the answers that it was made from and gives rows of comments, in the
language of the answers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from caveat.drafting.answers import Answers
from caveat.importers import texts, writing
from caveat.importers.draft import TODO, Fill
from caveat.importers.guesses import signature
from caveat.importers.lead import Lead, Lost
from caveat.importers.parts import told
from caveat.model import Advisory
from caveat.model.base import Language
from caveat.model.shape import fields
from caveat.words import Words

#: Fields of a record that carry a note, by the key of the note in `words/`.
_NOTED = (
    *("status", "kind", "severity", "title", "summary", "affected", "symptoms", "signatures"),
    *("cause", "workarounds", "fixes", "practices", "references", "verification"),
)
#: A way round as a comment to uncomment, for who found none yet.
_WAY_ROUND = (
    "workarounds:",
    "  - id: go-back",
    "    kind: downgrade",
    "    title:",
    "      {lang}: …",
    "    effort: minutes",
    "    disruption: restart",
    "    risk:",
    "      {lang}: …",
    "    apply:",
    "      - commands:",
    "          debian: sudo apt-get install …",
    "    rollback:",
    "      - text:",
    "          {lang}: …",
    "    evidence:",
    "      level: reported",
)


@dataclass
class Wanted:
    """Texts in the language of the answers; `fill`, what is still to do, grows with the draft."""

    t: Words
    lang: Language
    fill: list[Fill] = field(default_factory=list)

    def said(self, text: str) -> dict[str, str]:
        """A bilingual text, in the one language."""
        return {self.lang: text}

    def open(self, key: str) -> dict[str, str]:
        """A bilingual text that waits to be written."""
        return self.said(TODO[self.lang] + self.t(f"new.open.{key}"))

    def ask(self, key: str, **params: str) -> None:
        """Note what is still to do, by its key in `words/`: `field: what`."""
        name, _, what = self.t(f"new.todo.{key}", **params).partition(": ")
        self.fill.append(Fill(name, what))


def head(fill: Collection[Fill], lost: Collection[Lost], lead: Lead | None, wanted: Wanted) -> str:
    """The comment at the head of the file."""
    t = wanted.t
    rows = writing.comment(t("new.head"))
    if lead is not None:
        rows += writing.comment(t("new.head-from", file=lead.file, form=lead.form))
    rows += ["#", *writing.comment(t("new.head-todo"))]
    rows += [row for one in fill for row in writing.comment(str(one), "- ")]
    if lost:
        rows += ["#", *writing.comment(t("new.head-lost"))]
        rows += [row for text in told(lost) for row in writing.comment(text, "- ")]
    return "\n".join([*rows, "", ""])


def comments(
    data: dict[str, Any], answers: Answers, wanted: Wanted
) -> dict[writing.Path, list[str]]:
    """Rows for the keys of the draft."""
    rows: dict[writing.Path, list[str]] = {
        (key,): [wanted.t(f"new.note.{key}")] for key in _NOTED if key in data
    }
    if answers.error and "signatures" not in data:
        block = signature(texts.line(answers.error))[1:-1]
        _before(rows, data, "signatures", [wanted.t("new.note.near-miss"), *block, "      - …"])
    if "workarounds" not in data:
        template = [row.format(lang=wanted.lang) for row in _WAY_ROUND]
        _before(rows, data, "workarounds", [wanted.t("new.note.no-workaround"), *template])
    return rows


def _before(
    rows: dict[writing.Path, list[str]], data: dict[str, Any], missing: str, block: list[str]
) -> None:
    """Put a block where the missing field would stand."""
    order = list(fields(Advisory))
    behind = order[order.index(missing) + 1 :]
    key = min((key for key in data if key in behind), key=order.index)
    rows[key,] = [*block, "", *rows.get((key,), [])]
