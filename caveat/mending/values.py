"""Values as the reader wants them: quoted where YAML would not read text, in their field's form.

Takes the text of a file and its model and gives the edits of its values.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from caveat.mending.canonical import link, links
from caveat.mending.source import Edit, Leaf, leaves
from caveat.reading.scalars import OUR_KEYS, read_as


def quotes(text: str, model: type[BaseModel]) -> Iterator[Edit]:
    """Quotes around plain texts that YAML would read as something else. Nothing at all is not
    quoted: whether a text is missing or the key too many, a person must say."""
    for leaf in leaves(text, model):
        value = leaf.node.value
        if leaf.node.style or not value or (leaf.is_key and value in OUR_KEYS):
            continue
        if read_as(value):
            yield Edit(leaf.node.start_mark.index, leaf.node.end_mark.index, f'"{value}"')


def forms(text: str, model: type[BaseModel]) -> Iterator[Edit]:
    """Days, links and upstream names in their one form, with the quotes that they had."""
    for leaf in leaves(text, model):
        if leaf.is_key or leaf.wanted == leaf.node.value:
            continue
        start, end = leaf.node.start_mark.index, leaf.node.end_mark.index
        if leaf.prose:
            yield from _prose_links(text, start, end)
        elif leaf.node.style not in {"|", ">"}:
            yield Edit(start, end, _written(leaf))


def _written(leaf: Leaf) -> str:
    quote = '"' if read_as(leaf.wanted) else leaf.node.style or ""
    return f"{quote}{leaf.wanted}{quote}"


def _prose_links(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in links(text, start, end):
        if (wanted := link(match[0])) != match[0]:
            yield Edit(match.start(), match.end(), wanted)
