"""What an export takes and gives.

Takes nothing; the modules beside it fill these values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.reading.characters import visible


class File(NamedTuple):
    """A file of the site: its path below the site's root, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Shelf:
    """What exports are made from. `site_url` is where the site will live, or "" where nobody said:
    it ends in a slash."""

    kb: KnowledgeBase
    answers: Answers
    site_url: str = ""

    def link(self, source: str, target: str) -> str:
        """How the file `source` names the page or file `target`: its address, or the way to it from
        there. Resolved against the address of the file, both lead to the same place."""
        return self.site_url + target if self.site_url else urls.relative(source, target)


@dataclass(frozen=True)
class Export:
    """One output: its name, and what gives its files."""

    name: str
    files: Callable[[Shelf], Iterator[File]]


#: What XML 1.0 (production 2, Char) cannot hold in any form.
_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text as XML can hold it; what it cannot hold is seen to be missing."""
    return _NO_XML.sub("\ufffd", text)


def moment(day: str) -> str:
    """A day as formats want it that know moments only: its first, in UTC."""
    return f"{day}T00:00:00Z"


def text_file(path: str, text: str) -> File:
    """A file that people look at in a terminal: nothing in it drives one."""
    return File(path, visible(text).encode())


def json_file(path: str, value: Any, *, sort_keys: bool = False) -> File:
    """A file that holds `value` as JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
    return File(path, f"{text}\n".encode())
