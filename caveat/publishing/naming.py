"""Takes the theme's folder; gives the names that its styles and scripts have on the site.

The folder of each has a name that follows from the content of all in it, so that whoever loaded a
page before a publication still finds what belongs to that page, and a copy may be kept for ever.
"""

import hashlib
from pathlib import Path

FOLDERS = ("styles", "scripts")
_LENGTH = 8


def published(theme: Path) -> dict[str, str]:
    """Folder of the theme -> the same on the site. Modules name each other by relative paths: a
    name for each file would have to be written into all that import it."""
    return {name: f"{name}-{_digest(theme / name)}" for name in FOLDERS}


def place(path: str, names: dict[str, str]) -> str:
    """Where a file of the theme lies on the site."""
    folder, slash, rest = path.partition("/")
    return f"{names.get(folder, folder)}{slash}{rest}"


def _digest(folder: Path) -> str:
    """Of names and bytes, in the order of the names; hidden files are not published."""
    made = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".") and "/." not in name:
            content = path.read_bytes()
            made.update(f"{name}\0{len(content)}\0".encode() + content)
    return made.hexdigest()[:_LENGTH]
