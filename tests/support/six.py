"""Takes the small base; gives a knowledge base of six records that builds in seconds, with the ways
in which a record ends: replaced by another, withdrawn for one, withdrawn alone."""

import shutil
from pathlib import Path

from tests.support.checkout import Checkout
from tests.support.knowledge import ADVISORY, write_base

ROOT = Path(__file__).resolve().parents[2]
PLAIN, NEWER, REPLACED, MOVED, ENDED, SHARING = (f"CAV-2025-{n:04}" for n in range(1, 7))
_BEFORE = "\n\naffected:"
_WITHDRAWN = ("status: published", "status: withdrawn")
_REASON = "\nwithdrawn:\n  reason: {en: It was a faulty cable., zh: 原因是网线损坏。}"
_CHANGES = {
    NEWER: [(_BEFORE, f"\nrelated: [{{relation: supersedes, id: {REPLACED}}}]{_BEFORE}")],
    REPLACED: [],
    MOVED: [_WITHDRAWN, (_BEFORE, f"{_REASON}\n  successor: {PLAIN}{_BEFORE}")],
    ENDED: [_WITHDRAWN, (_BEFORE, f"{_REASON}{_BEFORE}")],
    SHARING: [],
}


def write_six(target: Path) -> Path:
    """The six below `target`, which is given back."""
    write_base(target)
    for id_, changes in _CHANGES.items():
        aliases = f"aliases: [engine/engine#{int(id_[-4:]) + 20}]"
        shared = "aliases: [engine/engine#12]" if id_ == SHARING else aliases
        write_copy(target, id_, ("aliases: [engine/engine#12, CVE-2025-1234]", shared), *changes)
    return target


def write_copy(root: Path, id_: str, *changes: tuple[str, str]) -> Path:
    """The base's record once more, with a name and an error text of its own."""
    text = (root / ADVISORY).read_text(encoding="utf-8")
    named = (("CAV-2025-0001", id_), ("engine-2-0-0-ports", f"copy-{id_[9:].lower()}"))
    for old, new in (*named, ("cannot bind", f"cannot bind {id_}"), *changes):
        assert old in text, old
        text = text.replace(old, new)
    path = (root / ADVISORY).with_stem(id_)
    path.write_text(text, encoding="utf-8")
    return path


def six_checkout(target: Path) -> Checkout:
    """What a build reads, with the six instead of this repository's records."""
    target.mkdir(exist_ok=True)
    made = Checkout.of(ROOT, target)
    for name in ("records", "products", "traits", "practices", "published.lock"):
        path = target / "advisories" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    write_six(target / "six")
    shutil.copytree(target / "six" / "advisories", target / "advisories", dirs_exist_ok=True)
    shutil.rmtree(target / "six")
    return made
