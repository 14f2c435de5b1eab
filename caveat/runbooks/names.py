"""What advisories are called in addresses.

Takes all records' names and gives the ids that a link means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caveat import urls
from caveat.problems import nearest
from caveat.runbooks.addresses import ID, Target


class Names:
    """Ids, slugs and upstream names of all records: `records` are triples of these."""

    def __init__(self, records: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        self._ids: set[str] = set()
        self._slugs: dict[str, str] = {}
        self._alias: dict[str, list[str]] = {}
        for id_, slug, aliases in records:
            self._ids.add(id_)
            self._slugs[slug] = id_
            for name in dict.fromkeys((slug, *aliases)):
                if path := urls.alias(name):
                    self._alias.setdefault(_name(path), []).append(id_)

    def ids(self, target: Target) -> list[str] | None:
        """The records that the target means; none where it leads nowhere, None where it is no
        address of an advisory at all: then another site's page merely looks like one."""
        if target.by == "alias":
            found = self._alias.get(target.name, [])
            return found if found or target.sure else None
        name = target.name.upper() if target.by == "csaf" else target.name
        if name in self._ids:
            return [name]
        meant = ID.fullmatch(target.name) or target.name in self._slugs
        return [] if meant or (target.sure and target.by == "page") else None

    def near(self, target: Target) -> list[str]:
        """Addresses below the site's root that may have been meant."""
        if target.name in self._slugs:
            return [urls.advisory(self._slugs[target.name])]
        if target.by == "alias":
            return [f"alias/{name}/" for name in nearest(target.name, self._alias)]
        # A number that is near is no help: it is another problem.
        return [urls.advisory(id_) for id_ in (target.name.upper(),) if id_ in self._ids]


def _name(path: str) -> str:
    return path.removeprefix("alias/").removesuffix("/")
