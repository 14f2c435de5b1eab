"""What makes a preview quick: templates, compiled and by name, that outlive a build, and when looks
changed.

Takes Jinja's buckets and folders; gives code and names it has seen, and the newest change.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

#: What all pages are made from beside the records, and what a preview reloads for.
LOOKS = ("docs", "caveat/site/templates", "caveat/site/reference", "caveat/words", "mkdocs.zh.yml")
WATCHED = ("advisories", *LOOKS)


class Compiled(BytecodeCache):
    """The theme's templates, compiled: MkDocs makes a new environment for every build. Jinja holds
    what it finds here to a checksum of the template's source."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known about a template."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


def list_once(environment: Environment, listed: dict[int, list[str]], changed: int) -> Environment:
    """Have the theme's environment look for its files only once after a change of looks; `listed`
    keeps what was found."""
    loader = environment.loader
    if loader is not None:
        find = loader.list_templates

        def names() -> list[str]:
            if changed not in listed:
                listed.clear()
                # MkDocs wants none that is hidden, and the icons, more than all else, are.
                listed[changed] = [name for name in find() if not name.startswith(".")]
            return listed[changed]

        loader.list_templates = names  # type: ignore[method-assign]
    return environment


def newest_change(root: Path) -> int:
    """The newest change of what `LOOKS` names below `root`, in nanoseconds since the epoch."""
    places = [root / name for name in LOOKS]
    paths = [*places, *(path for place in places for path in place.rglob("*"))]
    return max((path.stat().st_mtime_ns for path in paths if path.exists()), default=0)
