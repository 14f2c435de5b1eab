"""Takes a knowledge base; gives its records as OSV and CSAF, and the official schemas of both."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.exports import Shelf, csaf, osv
from caveat.knowledge import KnowledgeBase

SCHEMAS = Path(__file__).resolve().parents[1] / "data" / "schemas"
SITE = "https://kb.example/a/"


@cache
def schema(name: str) -> Draft202012Validator:
    """A stored schema, ready to validate."""
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def faults(name: str, document: Any) -> list[str]:
    """What the schema has against a document."""
    return [f"{one.json_path}: {one.message}" for one in schema(name).iter_errors(document)]


def osv_documents(kb: KnowledgeBase, site: str = SITE) -> dict[str, Any]:
    """Every OSV document by its path."""
    return {path: json.loads(text) for path, text in osv.files(Shelf(kb, Answers(kb), site))}


def csaf_files(kb: KnowledgeBase, site: str = SITE) -> dict[str, bytes]:
    """Every file of the CSAF export by its path."""
    return dict(csaf.files(Shelf(kb, Answers(kb), site)))


def csaf_documents(kb: KnowledgeBase, site: str = SITE) -> dict[str, Any]:
    """Every CSAF document by its path below the folder of the export."""
    made = csaf_files(kb, site).items()
    names = {path.removeprefix(urls.CSAF): text for path, text in made}
    return {name: json.loads(text) for name, text in names.items() if name.endswith(".json")}
