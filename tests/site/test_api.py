"""Takes the built site; shows that the API lies in it as the exports give it, once."""

from pathlib import Path

from caveat.applicability.answers import Answers
from caveat.exports import Shelf, files
from caveat.knowledge import KnowledgeBase
from tests.conftest import SITE_URL


def test_site_holds_every_export(site: Path, kb: KnowledgeBase) -> None:
    """Byte for byte, with the addresses of the site that it was built for."""
    made = dict(files(Shelf(kb, Answers(kb), SITE_URL)))
    assert made
    assert [path for path, content in made.items() if (site / path).read_bytes() != content] == []


def test_api_exists_once(site: Path, kb: KnowledgeBase) -> None:
    """Texts are in both languages, so that the Chinese half needs none of its own; and nothing of
    an earlier build is left over."""
    made = {path for path, _ in files(Shelf(kb, Answers(kb), SITE_URL))}
    found = {
        path.relative_to(site).as_posix() for path in (site / "api").rglob("*") if path.is_file()
    }
    assert found == {path for path in made if path.startswith("api/")}
    assert not (site / "zh" / "api").exists()
