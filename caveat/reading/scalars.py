"""Which unquoted scalars a YAML reader would take for something other than text.

Takes the text of a plain scalar and says what YAML 1.1 or the 1.2 core schema would make of it.
"""

from __future__ import annotations

import re

#: Fields of the model that YAML 1.1 takes for truth values. Editors read YAML 1.2, where they are
#: words, and quotes around a field's name would surprise everybody.
OUR_KEYS = frozenset({"on"})

# YAML 1.1 type repository (bool, int, float, null, timestamp, merge, value) and YAML 1.2, 10.3.
_MEANINGS = (
    ("an empty value", re.compile(r"")),
    ("a null", re.compile(r"~|null|Null|NULL")),
    (
        "a truth value",
        re.compile(
            r"y|Y|n|N|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
        ),
    ),
    (
        "a number",
        re.compile(
            r"[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|\d[\d_]*(:[0-5]?\d)*(\.[\d_]*)?"
            r"|\d[\d_]*(\.[\d_]*)?[eE][-+]?\d+|\.\d[\d_]*([eE][-+]?\d+)?|\.(inf|Inf|INF))"
            r"|\.(nan|NaN|NAN)"
        ),
    ),
    (
        "a date",
        re.compile(
            r"\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)?(\d\d?:\d\d:\d\d(\.\d*)?)?"
            r"([ \t]*(Z|[-+]\d\d?(:?\d\d)?))?"
        ),
    ),
    ("a merge key", re.compile(r"<<")),
    ("a value key", re.compile(r"=")),
)


# One look for the many texts that are nothing of all this, before the list says which it is: what
# all of these begin with, then all of them at once.
_FIRST = frozenset("~nNyYtTfFoO+-.0123456789<=")
_ANY = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _MEANINGS))


def read_as(text: str) -> str | None:
    """What a YAML reader may take the unquoted `text` for, or None where all read text."""
    if (text and text[0] not in _FIRST) or not _ANY.fullmatch(text):
        return None
    return next(name for name, pattern in _MEANINGS if pattern.fullmatch(text))
