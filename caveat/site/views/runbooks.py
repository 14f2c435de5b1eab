"""What the page about links from runbooks shows.

Takes a scene and gives plain values: the texts to paste for one record, the addresses that stay,
the forms of the review mark, and what `caveat runbooks` tells.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.runbooks import CODES
from caveat.site.scene import Scene
from caveat.site.views import kit, parts

_SECTIONS = ("paste", "addresses", "mark", "check", "alerts")
#: Records that the field offers while somebody types; any other is found by its name as well.
_OFFERED = 200
#: What an address names -> an example of it below the site's root, made of the record's names.
_ADDRESSES = (
    ("page", "{page}"),
    ("section", "{page}#workarounds"),
    ("way", "{page}#{way}"),
    ("state", "{page}{state}"),
    ("slug", "{slug}"),
    ("alias", "{alias}"),
    ("badge", "{badge}"),
    ("twin", "{twin}"),
    ("api", "{api}"),
)
#: Kind of file -> the mark in it.
_MARKS = (
    ("markdown", kit.MARK),
    ("front", f"---\ncaveat-reviewed: {kit.DAY}\n---"),
    ("html", f'<meta name="caveat-reviewed" content="{kit.DAY}">'),
    ("rst", f".. caveat-reviewed: {kit.DAY}"),
    ("yaml", f"# caveat-reviewed: {kit.DAY}"),
    ("alert", f'annotations:\n  caveat_reviewed: "{kit.DAY}"'),
    ("json", f'"caveat-reviewed": "{kit.DAY}"'),
)
_COMMAND = "caveat runbooks docs/runbooks --kb {root}"
_PIPELINE = """\
- run: caveat runbooks docs/runbooks --kb {root} --format sarif > runbooks.sarif
- if: always()
  uses: github/codeql-action/upload-sarif@<commit>
  with:
    sarif_file: runbooks.sarif"""
_TEMPLATE = "{{ .CommonAnnotations.runbook_url }}"


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    records = [one for one in scene.kb.published if one.status != "withdrawn"]
    shown = next((one for one in records if one.workarounds and one.aliases), None)
    root = scene.site_url or kit.ROOT
    return {
        "title": scene.words("runbooks.title"),
        "description": scene.words("runbooks.description"),
        "toc": [(name, scene.words(f"runbooks.{name}"), 2) for name in _SECTIONS],
        **kit.place(scene),
        "record": parts.card(scene, shown) if shown else None,
        "kit": kit.view(scene, shown) if shown else None,
        "offered": [(one.id, scene.plain(one.title)) for one in records[:_OFFERED]],
        "pages": {"advisory": scene.link(urls.ADVISORIES), "alias": scene.link("alias/")},
        "addresses": _addresses(scene, shown.id) if shown else [],
        "marks": _MARKS,
        "command_line": _COMMAND.format(root=root),
        "pipeline": _PIPELINE.format(root=root),
        "template": _TEMPLATE,
        "codes": [
            (scene.words(f"cli-runbooks.code-{code}"), scene.words(f"runbooks.means-{code}"))
            for code in CODES
        ],
    }


def _addresses(scene: Scene, id_: str) -> list[tuple[str, str]]:
    """What each kind of address names, with one that works."""
    record = scene.kb.advisories[id_]
    named = {
        "page": urls.advisory(id_),
        "way": record.workarounds[0].id,
        "state": kit.state(scene, record),
        "slug": urls.alias(record.slug),
        "alias": next(filter(None, map(urls.alias, record.aliases)), ""),
        "badge": urls.badge(id_),
        "twin": urls.twin(id_),
        "api": urls.api_advisory(id_),
    }
    return [(name, form.format(**named)) for name, form in _ADDRESSES]
