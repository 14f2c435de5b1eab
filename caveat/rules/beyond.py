"""What an editor sees by itself, with the published schema and a YAML reader of its own, and what
only this house's checks see.

Takes a rule's code and gives the reason why the schema does not express it, or None where an editor
refuses what the rule refuses.
"""

from __future__ import annotations

#: Rules whose every breach an editor marks, whether it reads YAML 1.1 or 1.2.
SEEN = frozenset({"CAV104", "CAV105", "CAV201", "CAV202", "CAV203", "CAV204", "CAV205", "CAV309"})

#: Why the others lie beyond the schema, by what their codes begin with; the longest beginning wins.
REASONS = {
    "CAV10": "It is about the file's bytes or its YAML; a schema sees what a reader made of them.",
    "CAV109": "A YAML 1.1 reader marks `1e3` no more than a 1.2 reader marks `no` or a bare date.",
    "CAV11": "It is about how a file is written, of which no data is left.",
    "CAV3": "It compares values with each other, with the file's name or with a catalogue.",
    "CAV4": "It reads prose, which a pattern cannot.",
    "CAV5": "It looks up names in other files or elsewhere in this one.",
    "CAV6": "It is asked of published records alone; the API shares the schema, which only grows.",
    "CAV7": "It reads patterns and matches samples; the API shares the schema, which only grows.",
    "CAV8": "It reads commands as a shell and a reader's eye would.",
    "CAV9": "It compares with what was published.",
}


def beyond(code: str) -> str | None:
    """Why an editor may pass what the rule refuses, or None where it refuses it too."""
    if code in SEEN:
        return None
    return REASONS[max((part for part in REASONS if code.startswith(part)), key=len)]
