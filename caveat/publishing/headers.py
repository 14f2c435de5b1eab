"""What a web server says with each file: the security policy, and how long a copy may be kept.

Takes the one inline script and gives the policy, and the files of headers in deploy/.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from caveat.urls import FOLDER

#: The one script that stands inside the pages.
INLINE = Path("docs/theme/.inline/start.js")

#: Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/): this site's own files and nothing
#: else; workers are scripts where no directive names them. `wasm-unsafe-eval` is for the word
#: search, which is WebAssembly; the theme's icons are `data:` images in its own style sheets.
_DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval' {hash}"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("connect-src", "'self'"),
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


#: What every answer says beside the policy. The address of a page holds what a reader said about a
#: host: it leaves with no link. Whether pages of other origins may read the API
#: (`Access-Control-Allow-Origin`) is for whoever publishes to say: readers of an internal site read
#: pages of strangers as well.
_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
#: Files that have a hash of their content in their names: of each language, and of all.
_HASHED = (
    *("assets/stylesheets/*", "assets/javascripts/bundle.*", "styles-*", "scripts-*"),
    *("pagefind/fragment/*", "pagefind/index/*", "pagefind/filter/*"),
)
_HASHED_ONCE = ("find/terms-*",)
_KEPT = "public, max-age=31536000, immutable"
_MADE = "Made by scripts/regenerate.py from caveat/publishing/headers.py."


def nginx(script: str) -> str:
    """The headers as an include of nginx."""
    lines = [f'add_header {name} "{value}" always;' for name, value in _every(script)]
    return "\n".join((f"# {_MADE}", *lines, ""))


def static_host(script: str) -> str:
    """The headers as the file `_headers` that Netlify and Cloudflare Pages read at the site's root.
    What no rule names they let a browser ask for again, which is right for all but hashed names."""
    lines = [f"# {_MADE}", "/*", *(f"  {name}: {value}" for name, value in _every(script))]
    each = [f"{folder}{hashed}" for folder in FOLDER.values() for hashed in _HASHED]
    for hashed in (*each, *_HASHED_ONCE):
        lines += [f"/{hashed}", f"  Cache-Control: {_KEPT}"]
    return "\n".join((*lines, ""))


def _every(script: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Security-Policy", policy(script, header=True)), *_HEADERS)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
