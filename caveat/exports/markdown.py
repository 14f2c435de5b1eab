"""/advisories/<ID>/index.md: each record as Markdown, in both languages.

Takes the shelf and gives a file for each published or withdrawn record, told as in
`caveat.exports.telling`. What is plain text in a record stays text here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caveat import prose, urls
from caveat.applicability.wording import Wording
from caveat.exports.export import File, Shelf, text_file
from caveat.exports.telling import Block, Kind, tell
from caveat.model import Advisory
from caveat.words import LANGUAGES, words

#: What would end the address of a link; the model holds none of them.
_ENDS = str.maketrans({one: f"%{ord(one):02X}" for one in "\\<> \n\r\t"})
#: What each kind looks like; where nothing is said, it is its text.
_FORMS: dict[Kind, str] = {
    "title": "# {name}{colon}{text}",
    "section": "## {text}",
    "subsection": "### {text}",
    "status": "**{text}**",
    "notice": "**{text}**",
    "label": "**{text}**",
    "note": "*{text}*",
    "fact": "- {name}{colon}{text}",
    "advice": "{name}{colon}{text}",
    "item": "- {text}",
    "link": "- [{text}](<{name}>)",
}
_FENCED: dict[Kind, str] = {"literal": "text", "probe": "sh", "command": "sh"}
#: What the record holds as Markdown already.
_MARKDOWN: tuple[Kind, ...] = ("title", "subsection", "prose", "advice")
#: Neighbours of these kinds make one list.
_LISTS: tuple[Kind, ...] = ("fact", "item", "link")


def files(shelf: Shelf) -> Iterator[File]:
    """Every record in every language."""
    for language in LANGUAGES:
        say, folder = Wording(shelf.kb, words(language)), urls.FOLDER[language]
        other = next(name for name in LANGUAGES if name != language)
        for record in shelf.kb.published:
            path = folder + urls.twin(record.id)
            page = shelf.link(path, folder + urls.advisory(record.id))
            twin = shelf.link(path, urls.FOLDER[other] + urls.twin(record.id))
            ways = f"{say.words('twin.page')}<{page}>\n\n{say.words('twin.other')}<{twin}>"
            head, _, body = text(record, say).partition("\n\n")
            yield text_file(path, f"{head}\n\n{ways}\n\n{body}")


def text(record: Advisory, say: Wording) -> str:
    """The record; its title is the first line."""
    return join(tell(record, say), say.words("sentence.colon"))


def join(blocks: Iterable[Block], colon: str) -> str:
    """Blocks as Markdown."""
    made, before = "", None
    for block in blocks:
        if block.kind != "gap":
            tight = block.kind in _LISTS and before == block.kind
            made += ("\n" if tight else "\n\n") + _written(block, colon)
        before = block.kind
    return f"{made.strip()}\n"


def _written(block: Block, colon: str) -> str:
    kind, text, name, _ = block
    if kind == "output":
        return f"{name}{colon}\n\n{_fenced(text, 'text')}"
    if kind in _FENCED:
        return _fenced(text, _FENCED[kind])
    shown = prose.kept(text) if kind in _MARKDOWN else prose.literal(text)
    if kind in ("title", "subsection"):
        shown = " ".join(shown.split())
    if kind == "link":
        name = name.translate(_ENDS)
    return _FORMS.get(kind, "{text}").format(text=shown, name=name, colon=colon)


def _fenced(text: str, language: str) -> str:
    """Text as it is, between fences longer than any run of ticks in it."""
    ticks = "`" * max(3, prose.longest_ticks(text) + 1)
    body = text.rstrip("\n")
    return f"{ticks}{language}\n{body}\n{ticks}"
