"""The releases that a record sends its readers to.

Takes the knowledge base and a record and gives `Advised` values; what is not catalogued is left to
the rule that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Workaround
from caveat.versions import Version, VersionError


@dataclass(frozen=True)
class Advised:
    """A release that a record recommends, the path in its file at which it does, and the workaround
    that leads there; without one it is a fix."""

    product: str
    version: Version
    path: tuple[str | int, ...]
    workaround: Workaround | None = None

    def reached_from(self, version: Version) -> bool:
        """Whether a host at `version` would follow the advice: a fix lies ahead."""
        back = self.workaround is not None and self.workaround.kind == "downgrade"
        return self.version < version if back else version < self.version


def advised(kb: KnowledgeBase, record: Advisory) -> Iterator[Advised]:
    """Every release that the record recommends, in its fixes and by its workarounds."""
    for number, fix in enumerate(record.fixes):
        if version := _catalogued(kb, fix.product, fix.version):
            yield Advised(fix.product, version, ("fixes", number, "version"))
    for number, workaround in enumerate(record.workarounds):
        if workaround.kind not in ("upgrade", "downgrade"):
            continue
        for index, target in enumerate(workaround.leads_to):
            if version := _catalogued(kb, target.product, target.version):
                path = ("workarounds", number, "leads_to", index, "version")
                yield Advised(target.product, version, path, workaround)


def _catalogued(kb: KnowledgeBase, product: str, text: str) -> Version | None:
    catalogue = kb.catalogues.get(product)
    try:
        version = catalogue.parse(text) if catalogue else None
    except VersionError:
        return None
    return version if catalogue and version and catalogue.has(version) else None
