"""What a runbook, a page or an alert can paste to link to a record.

Takes a scene and a record and gives snippets. Addresses are whole where the site knows its own;
elsewhere they begin with a placeholder, which kit.js fills in.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import escape

from caveat import prose, urls
from caveat.applicability import State
from caveat.model import Advisory
from caveat.site.scene import Scene

#: Stands for the site's address, and for the day on which somebody pastes.
ROOT, DAY = "https://YOUR-SITE/", "YYYY-MM-DD"
MARK = f"<!-- caveat-reviewed: {DAY} -->"


def view(scene: Scene, record: Advisory) -> dict[str, Any]:
    """The snippets, each with its name, in the order of use."""
    page = _address(scene, urls.advisory(record.id))
    decided = f"{page}{state(scene, record)}#affects-me"
    return {
        **place(scene),
        "more": scene.link(urls.RUNBOOKS),
        "snippets": [
            ("address", decided),
            ("markdown", _markdown(scene, record, page)),
            ("html", _html(scene, record, page)),
            ("badge", f"[![{record.id}]({_address(scene, urls.badge(record.id))})]({page})"),
            ("alert", f'annotations:\n  runbook_url: "{decided}"\n  caveat_reviewed: "{DAY}"'),
        ],
    }


def place(scene: Scene) -> dict[str, str]:
    """The way to the site's root, and the placeholder where nobody said what its address is."""
    return {"root": scene.once(""), "placeholder": "" if scene.site_url else ROOT}


def _address(scene: Scene, path: str) -> str:
    return (scene.site_url or ROOT) + urls.FOLDER[scene.language] + path


def state(scene: Scene, record: Advisory) -> str:
    """What the address says of a host that is struck: the first release that is, with all that must
    hold; "" where no release alone is. The form is that of docs/theme/scripts/lib/facts.js."""
    table = scene.answers.matrix(record, record.products[0])
    for number, column in enumerate(table.columns):
        for row in reversed(table.rows):
            if row.answers[number].state is State.AFFECTED:
                told = {table.product: row.version.text}
                told |= {id_: one.text for id_, one in column.facts.versions.items()}
                told |= {key: ",".join(sorted(v)) for key, v in column.facts.traits.items()}
                return "?" + "&".join(f"{key}={quote(text)}" for key, text in told.items())
    return ""


def _ways(scene: Scene, record: Advisory) -> list[tuple[str, str]]:
    """Sections that a reader in a hurry wants, with their names."""
    wanted = ("affects-me", *(["workarounds"] if record.workarounds else []), "fix")
    return [(name, scene.words(f"section.{name}")) for name in wanted]


def _markdown(scene: Scene, record: Advisory, page: str) -> str:
    """A call-out. A title is Markdown already."""
    title = " ".join(record.title.get(scene.language).split())
    ways = " · ".join(f"[{name}]({page}#{section})" for section, name in _ways(scene, record))
    level = scene.words(f"severity.{record.severity.level}")
    head = scene.words("kit.head", id=f"[{record.id}]({page})", severity=level)
    return f"> **{head}** {title}\n>\n> {ways}\n\n{MARK}"


def _html(scene: Scene, record: Advisory, page: str) -> str:
    title = prose.inline_html(record.title.get(scene.language))
    link = f'<a href="{escape(page)}">{record.id}</a>'
    level = scene.words(f"severity.{record.severity.level}")
    head = scene.words("kit.head", id=link, severity=escape(level))
    return f"<aside><strong>{head}</strong> {title}</aside>\n{MARK}"
