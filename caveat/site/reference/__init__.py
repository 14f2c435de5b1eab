"""What the pages below /formats/ tell of the parts of the house that the site cannot import.

Takes the name of a file beside this one (`rules`, `commands`, `api`) and gives what it holds;
`scripts/regenerate.py` writes these files from the rules' test cases, the commands and the API.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def read(name: str) -> Any:
    """The content of a file as it is now: a preview shows what was generated since."""
    path = _FOLDER / f"{name}.json"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
