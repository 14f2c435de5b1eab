"""Takes the exports of the house; shows that every file has its schema, that they lead to each
other, that they are the same each time, and small."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from caveat import published as form
from caveat import urls
from caveat.applicability.answers import Answers
from caveat.exports import EXPORTS, File, Shelf, files
from caveat.exports.api.schemas import schemas
from caveat.knowledge import KnowledgeBase, load
from caveat.matching import Index
from tests.support.knowledge import ADVISORY, change, write_base
from tests.support.many import many

SITE = "https://kb.example/a/"
#: Keys below which nothing is an address of this site.
UPSTREAM = ("releases", "branches", "references", "traits", form.SHARED_TRAITS, "answers")
RECORDED = Path(__file__).resolve().parents[1] / "data" / "api-v1"


@pytest.fixture(scope="module")
def made(kb: KnowledgeBase) -> dict[str, Any]:
    """Every file's values by its path."""
    return {path: json.loads(content) for path, content in api(Shelf(kb, Answers(kb)))}


def api(shelf: Shelf) -> Iterator[File]:
    """The files of the API; other exports have tests of their own."""
    others = (f"{urls.API}osv/", urls.CSAF)
    ours = (file for file in files(shelf) if file.path.startswith(urls.API))
    return (file for file in ours if not file.path.startswith(others))


def kind(path: str) -> str:
    """The name of the schema that a file has."""
    name = PurePosixPath(path)
    return {"advisories": "advisory", "products": "product"}.get(name.parent.name, name.stem)


def closed(schema: Any) -> Any:
    """The schema without room for keys that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    if found.get("type") == "object" and "properties" in found:
        found.setdefault("additionalProperties", False)
    return found


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """What a validator says."""
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{one.json_path}: {one.message}" for one in checker.iter_errors(value)]


def test_every_file_is_what_its_schema_says(made: dict[str, Any]) -> None:
    """Each key is declared, each that is promised is there."""
    known = schemas()
    for name, schema in known.items():
        Draft202012Validator.check_schema(schema)
        assert made[f"api/v1/schema/{name}.json"] == schema
    told = [path for path in made if "/schema/" not in path]
    assert {kind(path) for path in told} == set(known)
    for path in told:
        assert faults(closed(known[kind(path)]), made[path]) == [], path


def test_the_api_only_grows(made: dict[str, Any]) -> None:
    """What was recorded of version 1 still holds: no key is gone, none has another form, none that
    was always there may be missing."""
    recorded = {path.stem: json.loads(path.read_bytes()) for path in RECORDED.glob("*.json")}
    assert set(recorded) == set(schemas())
    for name, old in recorded.items():
        assert list(lost(old, schemas()[name], name)) == []
    for path in (path for path in made if "/schema/" not in path):
        assert faults(recorded[kind(path)], made[path]) == [], path


def lost(old: Any, new: Any, place: str) -> Iterator[str]:
    """What a later schema no longer promises."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    for key in ("properties", "$defs"):
        for name, one in old.get(key, {}).items():
            if name not in new.get(key, {}):
                yield f"{place}: {name} is gone"
            else:
                yield from lost(one, new[key][name], f"{place}.{name}")
    yield from (
        f"{place}: {name} may be missing"
        for name in old.get("required", ())
        if name not in new.get("required", ())
    )
    for key in ("type", "$ref", "const"):
        if old.get(key) != new.get(key):
            yield f"{place}: {key} was {old.get(key)}"
    for key in ("items", "additionalProperties"):
        yield from lost(old.get(key), new.get(key), f"{place}[]")


@pytest.mark.parametrize(
    ("change_", "want"),
    [
        (lambda s: s["properties"].pop("aliases"), "aliases is gone"),
        (lambda s: s["required"].remove("title"), "title may be missing"),
        (lambda s: s["properties"]["symptoms"].update(type="object"), "type was array"),
        (lambda s: s["$defs"]["On"]["properties"].pop("ranges"), "ranges is gone"),
    ],
)
def test_what_is_lost_is_noticed(change_: Any, want: str) -> None:
    """The comparison above sees each kind of loss, and lets a gain pass."""
    new = json.loads(json.dumps(schemas()["advisory"]))
    new["properties"]["news"] = {"type": "string"}
    assert list(lost(schemas()["advisory"], new, "")) == []
    change_(new)
    assert any(want in one for one in lost(schemas()["advisory"], new, ""))


def test_links_lead_to_files(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    """Resolved against the file that holds them, with SITE_URL and without."""
    for address in ("", SITE):
        shelf = Shelf(kb, Answers(kb), address)
        paths = {f"{SITE}{path}" for path in made}
        for path, content in api(shelf):
            value = json.loads(content)
            for key, link in links(value) if "/schema/" not in path else ():
                whole = urljoin(f"{SITE}{path}", link)
                assert whole.startswith(SITE)
                if key in ("file", "advisories", "practices", "signatures"):
                    assert whole in paths
                else:
                    assert whole.endswith("/")


def test_records_lead_to_their_exports(kb: KnowledgeBase) -> None:
    """To the same record as OSV and as CSAF."""
    shelf = Shelf(kb, Answers(kb), SITE)
    made = dict(files(shelf))
    for record in kb.published:
        path = urls.api_advisory(record.id)
        found = json.loads(made[path])["exports"]
        osv, csaf = (json.loads(made[found[name].removeprefix(SITE)]) for name in ("osv", "csaf"))
        assert osv["id"] == f"x_{record.id}"
        assert csaf["document"]["tracking"]["id"] == record.id


def links(value: Any) -> Iterator[tuple[str, str]]:
    """Every address of this site that the API itself adds."""
    if isinstance(value, list):
        for one in value:
            yield from links(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            ours = key in ("file", "home") or (key == "url" and "type" not in value)
            if isinstance(one, str) and ours:
                yield key, one
            elif key == "lists":
                yield from one.items()
            elif key not in UPSTREAM:
                yield from links(one)


def test_same_knowledge_gives_the_same_bytes(kb: KnowledgeBase, root: Path) -> None:
    """No clock, no chance, no order of a file system; each path once."""
    one, two = ([*files(Shelf(k, Answers(k)))] for k in (kb, load(root)[0]))
    assert one == two
    assert len({file.path for file in one}) == len(one)
    assert len({export.name for export in EXPORTS}) == len(EXPORTS)


def test_records_are_whole(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    """Read back, a record, a product and a practice are what they were."""
    for id_, record in kb.advisories.items():
        assert form.record(type(record), made[f"api/v1/advisories/{id_}.json"]) == record
    for id_, product in kb.products.items():
        assert form.record(type(product), made[f"api/v1/products/{id_}.json"]) == product
    for one in made["api/v1/practices.json"]["practices"]:
        practice = kb.practices[one["id"]]
        assert form.record(type(practice), one) == practice
    assert made["api/v1/signatures.json"] == json.loads(json.dumps(Index.of(kb).values()))


def base(folder: Path, new: str) -> dict[str, Any]:
    """The files of the small base whose record has another status."""
    kb, problems = load(change(write_base(folder), ADVISORY, "status: published", new))
    assert not problems
    return {path: json.loads(content) for path, content in api(Shelf(kb, Answers(kb)))}


def test_drafts_are_not_told(tmp_path: Path) -> None:
    """Neither whole nor in a list."""
    found = base(tmp_path, "status: draft")
    assert "api/v1/advisories/CAV-2025-0001.json" not in found
    told = {path: value for path, value in found.items() if "/schema/" not in path}
    assert "CAV-2025-0001" not in json.dumps(told)


def test_withdrawn_records_stay(tmp_path: Path) -> None:
    """With reason and successor, without answers: it no longer says who is hit."""
    why = "withdrawn:\n  successor: CAV-2025-0009\n  reason: {en: Wrong., zh: 有误。}"
    found = base(tmp_path, f"status: withdrawn\n{why}")
    record = found["api/v1/advisories/CAV-2025-0001.json"]
    assert record["withdrawn"]["successor"] == "CAV-2025-0009"
    assert "answers" not in record
    assert faults(closed(schemas()["advisory"]), record) == []
    assert found["api/v1/advisories.json"]["advisories"][0]["withdrawn"]["reason"]["en"] == "Wrong."
    assert found["api/v1/index.json"]["advisories"][0]["status"] == "withdrawn"
    assert found["api/v1/products/engine.json"]["answers"]["records"] == []
    assert found["api/v1/signatures.json"]["records"] == []


def test_index_tells_what_changed(tmp_path: Path, made: dict[str, Any]) -> None:
    """`modified` of each record, and of a product the day of its newest release or record."""
    index = base(tmp_path, "status: published\n")["api/v1/index.json"]
    assert index["advisories"][0]["modified"] == "2025-03-10"
    days = {one["id"]: one["modified"] for one in index["products"]}
    assert days["engine"] == "2025-09-01"
    listed = [one["id"] for one in made["api/v1/index.json"]["advisories"]]
    assert listed == sorted(listed)


def test_freshness_says_where_knowledge_ends(tmp_path: Path) -> None:
    """Not verified for releases after the last one that was looked at."""
    root = change(write_base(tmp_path), ADVISORY, 'engine: "2.1.0"', 'engine: "2.0.1"')
    kb, _ = load(root)
    path = "api/v1/advisories/CAV-2025-0001.json"
    content = next(file.content for file in files(Shelf(kb, Answers(kb))) if file.path == path)
    late = {"product": "engine", "newest": "2.1.0", "verified": "2.0.1"}
    assert late in json.loads(content)["freshness"]["behind"]


def product_file(kb: KnowledgeBase) -> File:
    """The file of the generated product."""
    known = form.knowledge(
        [{**form.values(p), form.SHARED_TRAITS: shared(kb)} for p in kb.products.values()],
        kb.advisories.values(),
    )
    found = files(Shelf(known, Answers(known)))
    return next(file for file in found if file.path == "api/v1/products/engine.json")


def shared(kb: KnowledgeBase) -> dict[str, Any]:
    return {key: form.values(trait) for key, trait in kb.host_traits.items()}


def test_a_large_product_is_less_than_40_kb() -> None:
    """A hundred releases and a hundred records, as a server sends them: the whole file."""
    kb = many(random.Random(1), releases=100, records=100)
    assert len(gzip.compress(product_file(kb).content, 6)) <= 40 * 1024


def test_answers_of_the_house_are_less_than_40_kb(made: dict[str, Any]) -> None:
    """What is published today; the largest product has far more than a hundred releases, and its
    traits with their prose in two languages come on top."""
    products = [value for path, value in made.items() if "/products/" in path]
    assert products
    for product in products:
        data = json.dumps(product["answers"], separators=(",", ":"), ensure_ascii=False).encode()
        assert len(gzip.compress(data, 6)) <= 40 * 1024, product["id"]
