"""What a web server says with each file: the security policy, and how long a copy may be kept.

Takes the source of the one inline script and gives the policy, and files of headers for servers.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

#: The one script that stands inside the pages.
INLINE = Path("docs/theme/inline/start.js")

#: Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/): this site's own files and nothing
#: else. `wasm-unsafe-eval` is for the word search, which is WebAssembly; the theme's icons are
#: `data:` images in its own style sheets.
_DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval' {hash}"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
)
#: Browsers heed this one in a header only.
_FRAMES = ("frame-ancestors", "'none'")


def start(root: Path) -> str:
    """The inline script of a repository as it stands in the pages: on one line."""
    lines = (root / INLINE).read_text(encoding="utf-8").splitlines()
    return " ".join(line.strip() for line in lines)


def theme_values(root: Path, *, preview: bool) -> dict[str, str]:
    """Script and policy of every page, by the names that docs/theme/ uses. A preview has no policy:
    its server writes a script of its own into each page."""
    script = start(root)
    return {"start": script, "policy": "" if preview else policy(script)}


def policy(script: str, *, header: bool = False) -> str:
    """The policy that lets this inline script run and no other: for a `meta` element, or for a
    header."""
    directives = (*_DIRECTIVES, *([_FRAMES] if header else []))
    text = "; ".join(f"{name} {value}" for name, value in directives)
    return text.format(hash=f"'sha256-{_hash(script)}'")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
