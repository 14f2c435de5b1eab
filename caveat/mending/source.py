"""A file's text as a tree of nodes with places, walked beside the model that it must fit.

Takes text that the reader accepts and gives its nodes with their declarations; edits are spans of
the text with what takes their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel

from caveat.mending import canonical
from caveat.model import Bilingual
from caveat.model.shape import fields


class Leaf(NamedTuple):
    """A text in the file, and the pattern that its field wants; `prose` may hold links."""

    node: yaml.ScalarNode
    pattern: str
    prose: bool
    is_key: bool = False

    @property
    def wanted(self) -> str:
        """What the text should be."""
        if self.prose:
            return canonical.prose(self.node.value)
        return canonical.canonical(self.node.value, self.pattern)


class Mapping(NamedTuple):
    """A mapping in the file, and its declaration."""

    node: yaml.MappingNode
    model: type[BaseModel]


class Edit(NamedTuple):
    """Characters of the text, and what takes their place."""

    start: int
    end: int
    new: str


def tree(text: str) -> yaml.Node | None:
    """The nodes of a text that the reader accepts."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def leaves(text: str, model: type[BaseModel]) -> Iterator[Leaf]:
    """Every text of the file, keys included, in the order of the file."""
    yield from (part for part in _walk(tree(text), model, "", False) if isinstance(part, Leaf))


def mappings(text: str, model: type[BaseModel]) -> Iterator[Mapping]:
    """Every mapping that has a declaration, in the order of the file."""
    yield from (part for part in _walk(tree(text), model, "", False) if isinstance(part, Mapping))


def _walk(
    node: yaml.Node | None, model: type[BaseModel] | None, pattern: str, prose: bool
) -> Iterator[Leaf | Mapping]:
    if isinstance(node, yaml.ScalarNode):
        yield Leaf(node, pattern, prose)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _walk(child, model, pattern, prose)
    elif isinstance(node, yaml.MappingNode):
        known = fields(model) if model else {}
        if model is not None and all(key.value in known for key, _ in node.value):
            yield Mapping(node, model)
        for key, child in node.value:
            yield Leaf(key, "", prose=False, is_key=True)
            shape = known.get(key.value)
            if shape is not None:
                yield from _walk(child, shape.model, shape.pattern, model is Bilingual)
            else:
                # A mapping by names, such as `omitted`: below each name stands the model itself.
                yield from _walk(child, model, "", prose)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, which do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def same(data: Any, model: type[BaseModel] | None, pattern: str = "", prose: bool = False) -> Any:
    """The data with every text in its one form: two files say the same where these are equal."""
    if isinstance(data, list):
        return [same(one, model, pattern, prose) for one in data]
    if isinstance(data, dict):
        known = fields(model) if model else {}
        return {
            key: same(value, known[key].model, known[key].pattern, model is Bilingual)
            if key in known
            else same(value, model, "", prose)
            for key, value in data.items()
        }
    return canonical.prose(data) if prose else canonical.canonical(str(data), pattern)
