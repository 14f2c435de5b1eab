"""Takes two hundred hostile names; shows that none of them becomes a file outside the output, nor
one that some system cannot hold, and that nothing linked from elsewhere is published."""

from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import ValidationError

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.exports import Shelf, aliases, files
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Practice, Product, Record, Trait
from caveat.problems import Problem
from caveat.publishing import outputs
from caveat.publishing.writing import put
from caveat.rules import load_and_check
from caveat.site import Site
from caveat.words import LANGUAGES
from tests.support.knowledge import base_knowledge, write_base
from tests.support.names import DEVICES, NAMES


def accepted(model: type[Record], field: str, base: Record, name: str) -> bool:
    """Whether the model lets the name into a field."""
    data = base.model_dump(by_alias=True, exclude_none=True)
    value = [name] if field == "aliases" else name
    try:
        model.model_validate(data | {field: value})
    except ValidationError:
        return False
    return True


def paths_of(kb: KnowledgeBase) -> list[str]:
    """Every file that a build would write for pages and exports."""
    pages = [
        f"{urls.FOLDER[lang]}{page.path}index.html"
        for lang in LANGUAGES
        for page in Site(kb, lang).pages()
    ]
    return pages + [file.path for file in files(Shelf(kb, Answers(kb)))]


def with_names(name: str) -> KnowledgeBase:
    """The base, whose record, product, practice and trait are called `name`, past every check."""
    kb = base_knowledge()
    record = next(iter(kb.advisories.values())).model_copy(
        update={"id": name, "slug": name, "aliases": [name], "practices": [name]}
    )
    practice = next(iter(kb.practices.values())).model_copy(update={"id": name})
    documents = dict(kb.documents)
    for kind in ("advisory", "practice"):
        documents[kind, name] = next(one for (of, _), one in documents.items() if of == kind)
    return KnowledgeBase(
        {name: record}, dict(kb.products), dict(kb.host_traits), {name: practice}, documents
    )


def test_there_are_many_names() -> None:
    assert len(NAMES) >= 200


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:40])
def test_a_name_that_the_model_takes_can_be_a_file_or_a_rule_says_so(name: str) -> None:
    """Ids and slugs of every kind."""
    kb = base_knowledge()
    kinds = (Advisory, Product, Trait, Practice)
    knowns = (kb.advisories, kb.products, kb.host_traits, kb.practices)
    for model, known in zip(kinds, knowns, strict=True):
        base = next(iter(known.values()))
        for field in ("id", "slug") if model is Advisory else ("id",):
            if accepted(model, field, base, name):
                assert name.isascii()
                assert name == name.casefold() or field == "id"
                assert not set(name) & set("/\\:.\n\0 ")
                assert urls.is_part(name) or name in DEVICES  # of which CAV312 tells


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:40])
def test_no_file_leaves_the_output(name: str, tmp_path: Path) -> None:
    """Even where every check before is passed by, and whatever else is written is below it."""
    kb, site = with_names(name), tmp_path / "out" / "site"
    site.mkdir(parents=True)
    with suppress(ValueError, OSError):  # a name that the file system does not take
        outputs.write(site, kb, Answers(kb), "")
    for path in paths_of(kb):
        if not urls.stays(path):
            with pytest.raises(ValueError, match="is no path below the site"):
                put(str(site), path, b"")
    outside = [path for path in tmp_path.rglob("*") if site not in (path, *path.parents)]
    assert outside == [tmp_path / "out"]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:40])
def test_the_page_of_a_name_is_below_alias(name: str) -> None:
    """Or there is none; the page of another alias never stands in its way."""
    path = urls.alias(name)
    if path is not None and path != "alias//":
        assert path.startswith("alias/")
        assert urls.stays(f"{path}index.html")
        assert "index.html" not in path.casefold().split("/")


def test_aliases_that_differ_in_case_share_their_page() -> None:
    """As they do upstream, and on file systems that do not tell them apart."""
    kb = base_knowledge()
    first = next(iter(kb.advisories.values()))
    other = first.model_copy(
        update={"id": "CAV-2025-0002", "slug": "b", "aliases": ["Engine/ENGINE#12"]}
    )
    both = KnowledgeBase(
        {first.id: first, other.id: other}, kb.products, kb.host_traits, kb.practices, kb.documents
    )
    named = aliases.named(Shelf(both, Answers(both)))
    assert [one.id for one in named["alias/engine/engine/12/"][1]] == [first.id, other.id]
    folded = [path.casefold() for path in named]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("language", ["", "..", "en", "../x", "EN", "zh/..", "fr"])
def test_languages_are_those_two(language: str) -> None:
    """No text of a record, and no argument, names a folder of a language."""
    assert language in urls.FOLDER or language not in LANGUAGES
    assert set(urls.FOLDER) == set(LANGUAGES)


def found(root: Path) -> list[Problem]:
    return load_and_check(root)[1]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("advisories/records/2025/CAV-2025-0002.yml", "CAV-2025-0001.yml"),
        ("advisories/records/2026", "2025"),
        ("advisories/traits/passwd.yml", "/etc/passwd"),
        ("advisories/products/gone.yml", "nowhere"),
        ("advisories/schema", "/etc"),
        ("advisories/LICENSE", "/etc/passwd"),
        ("advisories/other", "."),
        ("docs/en/passwd.md", "/etc/passwd"),
        ("docs/theme/assets/etc", "/etc"),
        ("docs/zh/loop", ".."),
        ("docs", "advisories"),
    ],
)
def test_a_link_is_an_error_with_its_path(tmp_path: Path, link: str, target: str) -> None:
    """To a file, to a folder, to nothing, to itself; in what is published or read, anywhere."""
    root = write_base(tmp_path)
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(target)
    assert [(p.file, p.code, p.found) for p in found(root)] == [(link, "CAV101", "a symbolic link")]


def test_the_folder_of_knowledge_is_no_link(tmp_path: Path) -> None:
    """Neither as a whole."""
    write_base(tmp_path / "elsewhere")
    (tmp_path / "advisories").symlink_to("elsewhere/advisories")
    assert "advisories" in {p.file for p in found(tmp_path) if p.found == "a symbolic link"}
