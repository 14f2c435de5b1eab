"""A record on a terminal.

Takes a record and gives lines on the console, in the order of `caveat.exports.telling`. Prose is
shown as it was written: the Markdown subset of records reads well as text.
"""

from __future__ import annotations

from collections.abc import Mapping

from caveat import prose
from caveat.applicability.wording import Wording
from caveat.cli.console import Console, Styled
from caveat.exports.telling import Block, tell
from caveat.model import Advisory

#: What stands before a kind of block, its style, and which begin with an empty line.
_BEFORE = {"item": "- ", "probe": "$ "}
_STYLES = {
    "status": "red",
    "note": "dim",
    "probe": "dim",
    **dict.fromkeys(("notice", "section", "subsection", "command"), "bold"),
}
_APART = ("gap", "section")


def show(record: Advisory, place: Mapping[str, str], say: Wording, console: Console) -> None:
    """The whole record."""
    colon = say.words("sentence.colon")
    for block in tell(record, say):
        if block.kind == "title":
            console.line(f"{block.name}  ", Styled(prose.plain(block.text), "bold"))
            console.line(Styled(" ".join(place.values()), "dim"))
        else:
            _show(block, colon, console)


def _show(block: Block, colon: str, console: Console) -> None:
    kind, text, name, depth = block
    if kind in _APART:
        console.line()
    if kind == "link":
        console.line(text, indent=depth)
        console.line(Styled(name, "dim"), indent=depth + 1)
    elif kind in ("fact", "advice", "output"):
        console.text(f"{name}{colon}{text}", indent=depth)
    elif kind == "command":
        # Never broken: it is there to be copied.
        for line in text.splitlines():
            console.line(Styled(line, _STYLES[kind]), indent=depth)
    elif kind == "probe":
        console.line(Styled(_BEFORE[kind] + text, _STYLES[kind]), indent=depth)
    elif kind != "gap":
        shown = prose.plain(text) if kind == "subsection" else text
        console.text(_BEFORE.get(kind, "") + shown, indent=depth, style=_STYLES.get(kind, ""))
