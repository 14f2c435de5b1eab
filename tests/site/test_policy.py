"""Takes every page of the built site; shows that its security policy lets it run, and nothing that
somebody would put into it."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from caveat.publishing import headers

#: Never allowed in a page that other people's texts are in.
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "http:", "https:", "*", "blob:")


class Page(HTMLParser):
    """What a policy is about."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.policies: list[str] = []
        self.scripts: list[str] = []
        self.faults: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(values["content"])
        self.faults += [f"<{tag} {name}>" for name in values if name == "style" or name[:2] == "on"]
        self.faults += [f"<{tag}>"] if tag in ("style", "base", "object", "embed", "iframe") else []
        data = values.get("type", "").endswith("json")
        self._inside = "script" if tag == "script" and "src" not in values and not data else ""
        if self._inside:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def faults(html: str) -> list[str]:
    """What a browser would refuse in the page, or what its policy should not allow."""
    page = Page(html)
    if len(page.policies) != 1:
        return [f"{len(page.policies)} policies"]
    policy = page.policies[0]
    found = [*page.faults, *(f"the policy has {one}" for one in FORBIDDEN if f"'{one}'" in policy)]
    found += [f"the policy has {one}" for one in FORBIDDEN if one in policy.split()]
    for script in page.scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in policy:
            found.append(f"an inline script that the policy does not know: {script[:60]}")
    return found


def test_every_page_has_its_policy(site: Path) -> None:
    """One policy, no inline style, no handler in an attribute, no script that has no hash."""
    pages = [path for path in sorted(site.rglob("*.html")) if "pagefind" not in path.parts]
    told = {str(path): found for path in pages if (found := faults(path.read_text("utf-8")))}
    assert len(pages) > 100
    assert told == {}


@pytest.mark.parametrize(
    ("old", "new", "want"),
    [
        ("</body>", "<script>alert(1)</script></body>", "an inline script"),
        ("</body>", "<style>a{}</style></body>", "<style>"),
        ("<h1", '<h1 style="color: red"', "<h1 style>"),
        ("<h1", '<h1 onclick="x()"', "<h1 onclick>"),
        ("var scope", "let scope", "an inline script"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "unsafe-inline"),
        ("script-src 'self'", "script-src 'self' https:", "https:"),
        ("Content-Security-Policy", "x", "0 policies"),
    ],
)
def test_what_is_added_is_noticed(site: Path, old: str, new: str, want: str) -> None:
    """The check above sees each kind of fault."""
    html = (site / "about" / "index.html").read_text("utf-8")
    assert old in html
    assert any(want in one for one in faults(html.replace(old, new, 1)))


def test_header_and_page_say_the_same(site: Path, root: Path) -> None:
    """A header adds what only a header can say."""
    script = headers.start(root)
    policy = headers.policy(script)
    assert policy in (site / "zh" / "404.html").read_text("utf-8")
    assert headers.policy(script, header=True) == f"{policy}; frame-ancestors 'none'"
    assert re.search(r"script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]{43}='", policy)
