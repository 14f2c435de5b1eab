"""Every text of the interface and every reason of the engine, in both languages.

Takes a language, a key and parameters and gives the text; a key or a parameter that does not exist
raises `KeyError`, so that no page ships with a hole in it. The texts of a language are in
`<language>.toml` and `<language>.<part>.toml`; `declared.toml` holds the Chinese of what
declarations in the code say in English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from caveat.model.base import LANGUAGES, Language

__all__ = ["LANGUAGES", "Words", "words"]


class Words:
    """The words of one language."""

    def __init__(self, language: Language, table: dict[str, str]) -> None:
        self.language = language
        self._table = table

    def __call__(self, key: str, **params: Any) -> str:
        """The text under `key` with its parameters filled in."""
        text = self._table[key]
        return text.format_map(params) if params else text

    def declared(self, english: str) -> str | None:
        """What a declaration says (one line of English) in this language; None where nobody
        translated it. A changed English text is a new one: no translation outlives its source."""
        return english if self.language == "en" or not english else self._declared.get(english)

    @cached_property
    def _declared(self) -> dict[str, str]:
        return tomllib.loads(files(__name__).joinpath("declared.toml").read_text(encoding="utf-8"))

    def keys(self) -> set[str]:
        """All keys, for the tests that compare the languages."""
        return set(self._table)

    def joined(self, parts: list[str]) -> str:
        """Several names as one enumeration: `a, b` or `a、b`."""
        return self("list.separator").join(parts)


def words(language: Language) -> Words:
    """The words of `language`, read anew when they changed, so that a preview shows it."""
    with as_file(files(__name__)) as folder:
        parts = sorted(folder.glob(f"{language}.*"))
        return _read(language, tuple((path, path.stat().st_mtime_ns) for path in parts))


@lru_cache(maxsize=2 * len(LANGUAGES))
def _read(language: Language, parts: Iterable[tuple[Path, int]]) -> Words:
    table: dict[str, str] = {}
    for path, _changed in parts:
        table |= _flat("", tomllib.loads(path.read_text(encoding="utf-8")))
    return Words(language, table)


def _flat(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(f"{name}.", value) if isinstance(value, dict) else [(name, value)]
    return found
