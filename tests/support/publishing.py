"""Takes a word; gives the least that counts as a whole site, in which every file says that word.

`python -m tests.support.publishing TARGET WORD` publishes one, for tests that need a process.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from caveat.publishing import staging, swap

FILES = 30


def a_site(folder: Path, word: str, files: int = 0) -> Path:
    """A site below `folder`, with as many other files in each language."""
    for lang, root in (("en", folder), ("zh", folder / "zh")):
        (root / "pagefind").mkdir(parents=True, exist_ok=True)
        for name in ("index.html", "404.html", *(f"data-{n}.txt" for n in range(files))):
            (root / name).write_text(word)
        entry = {"languages": {lang: {"page_count": 1}}}
        (root / "pagefind" / "pagefind-entry.json").write_text(json.dumps(entry))
    (folder / "api" / "v1").mkdir(parents=True, exist_ok=True)
    (folder / "api" / "v1" / "index.json").write_text('{"advisories": []}')
    return folder


def building(word: str, files: int = 0) -> Callable[[Path], Path]:
    """A build that makes such a site."""
    return lambda folder: a_site(folder, word, files)


def word_of(site: Path, files: int = 0) -> str:
    """The word that the site says; fails where a file is missing, or says another."""
    said = {
        (root / name).read_text()
        for root in (site, site / "zh")
        for name in ("index.html", "404.html", *(f"data-{n}.txt" for n in range(files)))
    }
    assert len(said) == 1, said
    return said.pop()


def names(folder: Path) -> list[str]:
    """What lies in a folder, but for the file that keeps builds apart."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".site.lock")


if __name__ == "__main__":
    try:
        staging.build_and_publish(building(sys.argv[2], FILES), Path(sys.argv[1]))
    except (OSError, swap.SwapError) as error:
        sys.stdout.write(f"{error}\n")
        sys.exit(1)
