"""The site as plain files, for engines that allow no hooks.

Takes the knowledge and a checkout and writes a project for each language: a page is a file of front
matter and HTML, the outputs for machines lie beside the pages, and the settings name no hook.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.exports import EXPORTS, File, Shelf
from caveat.knowledge import KnowledgeBase
from caveat.publishing.languages import DEFAULT, FOLDER
from caveat.publishing.writing import Writer
from caveat.site import Rendered, Site
from caveat.words import LANGUAGES

MARK = "# Written by scripts/build.py --tree; each time all of this folder is written anew.\n"
#: What the settings of the tree take from those of the site.
_KEPT = ("site_name", "site_description", "nav", "not_in_nav", "markdown_extensions")
#: What the theme gets from the site's own: no part of it needs a template.
_FOLDERS = ("styles", "scripts", "assets")
#: In a tree, a page's source stands where its Markdown twin is on the site.
_LEFT_OUT = ("markdown", "llms")
#: A line without text ends a block of HTML for some readers of Markdown.
_BLANK = re.compile(r"(?<=\n)([ \t]*)\n")


def write(tree: Path, kb: KnowledgeBase, root: Path, site_url: str = "") -> int:
    """Write the pages of the checkout `root` below `tree`; gives the number of generated ones."""
    answers, count = Answers(kb), 0
    for language in LANGUAGES:
        docs = tree / "docs" / language
        shutil.copytree(root / "docs" / language, docs)
        for name in _FOLDERS:
            shutil.copytree(root / "docs" / "theme" / name, docs / name)
        site = Site(kb, language, answers)
        for page in site.pages():
            _put(docs / page.path / "index.md", source(site.render(page)))
            count += 1
        Writer(docs).data(site)
        settings = _settings(root, docs, language, urls.site_address(site_url))
        text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=100)
        _put(tree / _name(language), MARK + text)
    for file in _outputs(Shelf(kb, answers, urls.site_address(site_url))):
        _put(tree / "docs" / _place(file.path), file.content)
    return count


def is_ours(tree: Path) -> bool:
    """Whether the folder is one that `write` wrote."""
    settings = tree / _name(DEFAULT)
    return settings.is_file() and settings.read_text("utf-8").startswith(MARK)


def source(rendered: Rendered) -> str:
    """A page as Markdown that every engine reads alike: front matter, then one block of HTML."""
    head = {"title": rendered.title, "description": rendered.description}
    told = "".join(f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in head.items())
    return f"---\n{told}---\n\n{_one_block(rendered.html)}\n"


def _one_block(html: str) -> str:
    """HTML without empty lines; those of code are line ends by number, which read the same."""
    parts = re.split(r"(<pre\b.*?</pre>)", html.strip(), flags=re.DOTALL)
    return "".join(_BLANK.sub(r"\1&#10;" if n % 2 else "", part) for n, part in enumerate(parts))


def _put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _outputs(shelf: Shelf) -> Iterator[File]:
    for export in EXPORTS:
        if export.name not in _LEFT_OUT:
            yield from export.files(shelf)


def _place(path: str) -> str:
    """Below the pages of its language."""
    for language in LANGUAGES:
        if (folder := FOLDER[language]) and path.startswith(folder):
            return f"{language}/{path.removeprefix(folder)}"
    return f"{DEFAULT}/{path}"


def _name(language: str) -> str:
    return "mkdocs.yml" if language == DEFAULT else f"mkdocs.{language}.yml"


def _settings(root: Path, docs: Path, language: str, site_url: str) -> dict[str, Any]:
    """The least that an engine needs to know."""
    known = {**_read(root / _name(DEFAULT)), **_read(root / _name(language))}
    return {
        **{key: known[key] for key in _KEPT if key in known},
        **({"site_url": site_url + FOLDER[language]} if site_url else {}),
        "docs_dir": f"docs/{language}",
        "site_dir": f"site/{FOLDER[language]}".rstrip("/"),
        "plugins": [],
        "theme": {
            "name": "material",
            "language": language,
            "font": False,
            "logo": "assets/mark.svg",
            "favicon": "assets/favicon.svg",
        },
        "extra_css": _listed(docs, "styles/*.css"),
        "extra_javascript": [
            {"path": path, "type": "module"} for path in _listed(docs, "scripts/*.js")
        ],
    }


def _listed(docs: Path, pattern: str) -> list[str]:
    return [path.relative_to(docs).as_posix() for path in sorted(docs.glob(pattern))]


class _Loader(yaml.SafeLoader):
    """Reads the settings of MkDocs; values that it takes from the environment are left out."""


_Loader.add_constructor("!ENV", lambda *_: None)


def _read(path: Path) -> Mapping[str, Any]:
    found = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    return found if isinstance(found, dict) else {}
