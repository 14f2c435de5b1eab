"""Make a large knowledge base that looks like ours, and the same content as plain Markdown.

Takes the checkout's records and a number; gives a folder that builds, with names, versions, words
and upstream numbers changed from copy to copy, so that neither search nor compression is flattered.
"""

from __future__ import annotations

import copy
import json
import random
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from caveat.applicability.answers import Answers
from caveat.knowledge import load
from caveat.model import Advisory, Step
from caveat.model.base import LANGUAGES, Language
from caveat.reading.parse import CATALOGUE_LIMITS, parse
from caveat.site.scene import Scene
from caveat.words import words

#: Each hundred and fifty records get copies of all products of their own, so that a busy product
#: has about a hundred records; a copy keeps the releases that records name and the newest others.
RECORDS_PER_SET = 150
NEWEST_RELEASES = 30
_SHARED = ("mkdocs.yml", "mkdocs.zh.yml", "hooks", "docs")
_WORD = re.compile(r"[a-z]{6,}")
_GAP = re.compile(r"\{\{|\}\}|\{[a-z][a-z0-9_-]*\}")
_LITERAL = re.compile(r"[A-Za-z]+")
#: A title that is shorter gets the number of its copy.
_LONGEST_TITLE = 68
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "no", "pi", "ra", "su", "te", "vo", "zi")


def make_tree(root: Path, target: Path, number: int, seed: int = 1) -> None:
    """Write a checkout with `number` records into `target`."""
    for name in _SHARED:
        source = root / name
        copier = shutil.copytree if source.is_dir() else shutil.copy
        copier(source, target / name)
    advisories = root / "advisories"
    for name in ("traits", "practices", "products"):
        shutil.copytree(advisories / name, target / "advisories" / name)
    random_ = random.Random(seed)  # noqa: S311 - the same tree in every run
    models = [_data(path) for path in sorted(advisories.glob("records/*/*.yml"))]
    products = {p.stem: _data(p) for p in sorted(advisories.glob("products/*.yml"))}
    named = set(
        re.findall(
            r'"(\d[^"]*)"', json.dumps([models, [p.get("traits") for p in products.values()]])
        )
    )
    numbers: Counter[str] = Counter()
    for at in range(number):
        set_ = at // RECORDS_PER_SET
        model = _with_products(models[at % len(models)], list(products), set_)
        year = model["id"].split("-")[1]
        numbers[year] += 1
        model["id"] = f"CAV-{year}-{numbers[year]:04d}"
        _vary(model, at, random_)
        _write(target / f"advisories/records/{year}/{model['id']}.yml", model)
    for set_ in range(1, -(-number // RECORDS_PER_SET)):
        for id_, data in products.items():
            _write_product(target, data, f"{id_}-{set_}", named)


def _data(path: Path) -> Any:
    data, problems = parse(path.name, path.read_text(encoding="utf-8"), CATALOGUE_LIMITS)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    return data


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")


def _with_products(node: Any, products: list[str], set_: int) -> Any:
    """A copy of a record that names the products of a set; the first set are the originals."""

    def name(text: str) -> str:
        first, point, rest = text.partition(".")
        return f"{first}-{set_}{point}{rest}" if set_ and first in products else text

    if isinstance(node, list):
        return [_with_products(one, products, set_) for one in node]
    if not isinstance(node, dict):
        return node
    copied = {key: _with_products(value, products, set_) for key, value in node.items()}
    for key in copied.keys() & {"product"}:
        copied[key] = name(copied[key])
    for key in copied.keys() & {"when", "releases"}:
        copied[key] = {name(one): value for one, value in copied[key].items()}
    return copied


def _write_product(target: Path, data: Any, id_: str, named: set[str]) -> None:
    mine = copy.deepcopy(data)
    mine["id"], mine["name"] = id_, f"{mine['name']} {id_.rpartition('-')[2]}"
    newest = sorted(mine["releases"], key=lambda r: r.get("date", ""))[-NEWEST_RELEASES:]
    mine["releases"] = [r for r in mine["releases"] if r in newest or r["version"] in named]
    _write(target / f"advisories/products/{id_}.yml", mine)


def _vary(model: Any, at: int, random_: random.Random) -> None:
    """Give a copy a name, upstream numbers and words of its own."""
    model["slug"] = f"{model['slug'][:60]}-{at}"
    model.pop("related", None)
    model["aliases"] = [
        f"{alias.partition('#')[0]}#{random_.randrange(10_000, 99_999)}"
        for alias in model.get("aliases", [])
        if "#" in alias
    ]
    _retext(model.get("signatures", []), _name(at))
    for text in ("title", "summary", "cause"):
        for language, words_ in model[text].items():
            model[text][language] = _reworded(words_, random_)
    for language, words_ in model["title"].items():
        if len(words_) < _LONGEST_TITLE:
            model["title"][language] = f"{words_} {at}"


def _retext(signatures: list[Any], name: str) -> None:
    """Error texts of their own: the first long word of each pattern is another one, in all
    samples as well, since a sample may hold the texts of several patterns."""
    literals = (_LITERAL.findall(_GAP.sub(" ", one["pattern"])) for one in signatures)
    words_ = {next((w for w in found if len(w) > 5), max(found, key=len)) for found in literals}
    for signature in signatures:
        for old in sorted(words_, key=lambda word: (-len(word), word)):
            new = name + old
            signature["pattern"] = signature["pattern"].replace(old, new)
            for key in ("samples", "near_misses"):
                signature[key] = [text.replace(old, new) for text in signature.get(key, [])]


def _name(number: int) -> str:
    """A word for a number, another for each; none begins or ends another one."""
    size = len(_SYLLABLES)
    return "".join(_SYLLABLES[number // size**place % size] for place in range(4))


def _reworded(text: str, random_: random.Random) -> str:
    """One long word in six becomes another, outside code and links."""
    pieces = re.split(r"(`[^`]*`|\[[^\]]*\]\([^)]*\))", text)
    return "".join(
        piece if index % 2 else _WORD.sub(lambda m: _word(m[0], random_), piece)
        for index, piece in enumerate(pieces)
    )


def _word(old: str, random_: random.Random) -> str:
    return (
        old if random_.random() > 1 / 6 else "".join(random_.choices(_SYLLABLES, k=5))[: len(old)]
    )


def make_markdown(tree: Path, target: Path) -> None:
    """The records and releases of `tree` as Markdown for plain MkDocs, Material and its search."""
    kb, _ = load(tree)
    answers = Answers(kb)
    for language in LANGUAGES:
        docs = target / language / "docs"
        scene = Scene(kb, words(language), answers, "")
        for record in kb.published:
            _put(docs / f"advisories/{record.id}.md", _advisory(scene, record))
        for id_, catalogue in kb.catalogues.items():
            _put(docs / f"products/{id_}.md", _product(scene, id_))
            for version in catalogue.versions:
                lines = [
                    f"# {kb.products[id_].name} {version}",
                    "",
                    *_bites(scene, id_, version.text),
                ]
                _put(docs / f"products/{id_}/{version}.md", lines)
        for practice in kb.practices.values():
            steps = [f"- {step.get(language)}" for step in practice.steps]
            lines = [
                f"# {practice.title.get(language)}",
                "",
                practice.why.get(language),
                "",
                *steps,
            ]
            _put(docs / f"checklists/{practice.id}.md", lines)
        index = [f"- [{r.title.get(language)}](advisories/{r.id}.md)" for r in kb.published]
        _put(docs / "index.md", ["# Advisories", "", *index])
        _put(target / language / "mkdocs.yml", [_SETTINGS.format(language=language)])


_SETTINGS = """site_name: Plain
theme: {{name: material, language: {language}, font: false}}
plugins: [search]
nav: [Home: index.md]
not_in_nav: /
markdown_extensions: [tables, attr_list, pymdownx.superfences, pymdownx.tasklist]
"""


def _put(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _advisory(scene: Scene, record: Advisory) -> list[str]:
    language, t = scene.language, scene.words
    lines = [f"# {record.title.get(language)}", "", record.summary.get(language), ""]
    for product in record.products:
        lines += ["", f"## {t('section.impact')}", "", *_matrix(scene, record, product)]
    lines += ["", f"## {t('section.symptoms')}", ""]
    lines += [f"- {symptom.get(language)}" for symptom in record.symptoms]
    for signature in record.signatures:
        lines += ["", "```text", signature.pattern, "```", "", "```text", *signature.samples, "```"]
    lines += ["", f"## {t('section.cause')}", "", record.cause.get(language), ""]
    for one in record.workarounds:
        lines += ["", f"## {one.title.get(language)}", "", one.risk.get(language), ""]
        for name in ("apply", "verify", "rollback"):
            lines += ["", f"### {t(f'workaround.{name}')}", ""]
            for step in getattr(one, name):
                lines += _step(step, language)
    for practice in (scene.kb.practices[p] for p in record.practices):
        lines += ["", f"### {practice.title.get(language)}", "", practice.why.get(language), ""]
        lines += [f"- [ ] {step.get(language)}" for step in practice.steps]
    lines += ["", f"## {t('section.timeline')}", ""]
    lines += [f"- {entry.date} {entry.event.get(language)}" for entry in record.timeline]
    lines += ["", f"## {t('section.references')}", ""]
    return lines + [f"- [{reference.title}]({reference.url})" for reference in record.references]


def _step(step: Step, language: Language) -> list[str]:
    lines = [step.text.get(language), ""] if step.text else []
    for platform, command in step.commands.items():
        lines += [platform, "", "```sh", *command.split("\n"), "```", ""]
    return lines


def _matrix(scene: Scene, record: Advisory, product: str) -> list[str]:
    table = scene.answers.matrix(record, product)
    heads = ["release", *(column.case for column in table.columns)]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in table.rows:
        states = [scene.words(f"state.{answer.state}") for answer in row.answers]
        lines.append("| " + " | ".join([row.version.text, *states]) + " |")
    return lines


def _product(scene: Scene, id_: str) -> list[str]:
    records = scene.kb.by_product[id_]
    heads = ["release", *(f"[{record.id}](../advisories/{record.id}.md)" for record in records)]
    lines = [f"# {scene.kb.products[id_].name}", "", "| " + " | ".join(heads) + " |"]
    lines.append("|" + "---|" * len(heads))
    for version in scene.kb.catalogues[id_].versions:
        states = [str(scene.answers.bare(record, id_, version).state) for record in records]
        lines.append("| " + " | ".join([version.text, *states]) + " |")
    return lines


def _bites(scene: Scene, id_: str, version: str) -> list[str]:
    parsed = scene.kb.catalogues[id_].parse(version)
    lines = []
    for record in scene.kb.by_product[id_]:
        answer = scene.answers.bare(record, id_, parsed)
        title = record.title.get(scene.language)
        link = f"../../advisories/{record.id}.md"
        lines.append(
            f"- {scene.words(f'state.{answer.state}')}: [{title}]({link}) {scene.reason(answer)}"
        )
    return lines
