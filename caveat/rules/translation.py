"""What is missing or out of date between the two languages of a record.

Takes a knowledge base, with the pairs of texts that were held to say the same, and gives each
bilingual text with its state. Neither language is the source: of a known pair, the text that stayed
is behind the one that changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from caveat.knowledge import KnowledgeBase
from caveat.model import Bilingual, Language, Record
from caveat.reading.document import Document, Path
from caveat.reading.translations import Key, Pair, Translations, digest
from caveat.rules import walk
from caveat.rules.rule import Finding

State = Literal["missing", "behind", "new", "held"]
"""`missing`: there is one language. `behind`: one text of a known pair changed, the other did not.
`new`: both are there and neither belongs to a known pair. `held`: the pair is known."""
NAMES: Mapping[Language, str] = {"en": "English", "zh": "Chinese"}


class Told(NamedTuple):
    """A text of a record, its state, and the language that is missing or behind."""

    path: Path
    text: Bilingual
    state: State
    language: Language | None = None

    @property
    def pair(self) -> Pair | None:
        """Its digests, where both languages are there."""
        return _pair(self.text)


def told(kb: KnowledgeBase, record: Record, *states: State) -> tuple[Told, ...]:
    """Every text of a record with its state; only those in `states` where some are named."""
    found = _all(kb, record)
    return tuple(one for one in found if one.state in states) if states else found


def _all(kb: KnowledgeBase, record: Record) -> tuple[Told, ...]:
    document, known = kb.document(record), kb.translations.of(key(record))
    remembered = _TOLD.get(document)
    if remembered is None or remembered[0] != known:
        found = tuple(_told(path, text, known) for path, text in walk.texts(document, record))
        remembered = _TOLD[document] = (known, found)
    return remembered[1]


#: For as long as a file's content and its pairs stay what they are: a server asks with every build.
_TOLD: WeakKeyDictionary[Document, tuple[frozenset[Pair], tuple[Told, ...]]] = WeakKeyDictionary()


def key(record: Record) -> Key:
    """How the lock names a record."""
    return type(record).__name__.lower(), record.id


def _told(path: Path, text: Bilingual, known: frozenset[Pair]) -> Told:
    if text.en is None or text.zh is None:
        return Told(path, text, "missing", "en" if text.en is None else "zh")
    pair = _pair(text)
    if not known or pair is None:
        return Told(path, text, "new")
    if pair in known:
        return Told(path, text, "held")
    stays: dict[Language, bool] = {
        "en": any(one.en == pair.en for one in known),
        "zh": any(one.zh == pair.zh for one in known),
    }
    behind: list[Language] = [language for language, stayed in stays.items() if stayed]
    return Told(path, text, "behind", behind[0]) if len(behind) == 1 else Told(path, text, "new")


def _pair(text: Bilingual) -> Pair | None:
    if text.en is None or text.zh is None:
        return None
    return Pair(digest(text.en), digest(text.zh))


@lru_cache(maxsize=2)
def behind(kb: KnowledgeBase) -> Mapping[tuple[str | None, str | None], Language]:
    """Texts of which one language is behind, by what they say, for the pages."""
    if not kb.translations.pairs:
        return {}
    return {
        (one.text.en, one.text.zh): one.language
        for record in walk.every_record(kb)
        for one in told(kb, record, "behind")
        if one.language is not None
    }


def follows(kb: KnowledgeBase) -> Iterator[Finding]:
    """A text says what the other language says now."""
    for record in walk.every_record(kb):
        for one in told(kb, record, "behind"):
            document, language = kb.document(record), one.language or "en"
            newer = NAMES["zh" if language == "en" else "en"]
            found = f"a text that is older than the {newer} one"
            want = f"what the {newer} text says now"
            hint = f"mend it; where it still fits: scripts/translate.py done {document.file}"
            yield Finding(document, (*one.path, language), found, want, hint)


def recorded(kb: KnowledgeBase, done: Mapping[Key, frozenset[Path]]) -> Translations:
    """The pairs to write down: those that are known or new, and of what is in `done` (texts by
    record) those that were behind as well. A pair of which no text is left is let go."""
    found = {}
    for record in walk.every_record(kb):
        name = key(record)
        known, kept = kb.translations.of(name), set()
        for one in told(kb, record):
            if one.pair is None:
                continue
            if one.state != "behind" or one.path in done.get(name, ()):
                kept.add(one.pair)
            else:
                kept |= {old for old in known if old.en == one.pair.en or old.zh == one.pair.zh}
        if kept:
            found[name] = frozenset(kept)
    return Translations(found)
