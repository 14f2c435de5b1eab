"""/llms.txt: what the site is and where its texts are, for assistants; in both languages.

Takes the shelf and gives a file that lists the Markdown twin of every record, newest first, and the
files that tools read. Its form is that of llmstxt.org.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat import urls
from caveat.applicability.wording import Wording
from caveat.exports.export import File, Shelf, text_file
from caveat.prose import literal
from caveat.words import LANGUAGES, words


def files(shelf: Shelf) -> Iterator[File]:
    """The list in every language."""
    for language in LANGUAGES:
        say, folder = Wording(shelf.kb, words(language)), urls.FOLDER[language]
        path = folder + urls.LLMS
        text = "\n".join(_lines(shelf, say, path, folder))
        yield text_file(path, f"{text}\n")


def _lines(shelf: Shelf, say: Wording, here: str, folder: str) -> Iterator[str]:
    t, colon = say.words, say.words("sentence.colon")
    yield from (f"# {t('site.name')}", "", f"> {t('site.tagline')}", "", t("twin.intro"), "")
    yield from ("## API", "")
    for name, says, target in (
        ("twin.api", "twin.api-says", urls.api_index()),
        ("twin.signatures", "twin.signatures-says", urls.api_list("signatures")),
        ("twin.csaf", "twin.csaf-says", f"{urls.CSAF}index.txt"),
        ("twin.exports", "twin.exports-says", folder + urls.EXPORTS),
        ("feed.json", "twin.feed-says", folder + urls.feed("feed.json")),
    ):
        yield f"- [{t(name)}]({shelf.link(here, target)}){colon}{t(says)}"
    yield from ("", f"## {t('nav.advisories')}", "")
    for record in shelf.kb.published:
        title = literal(f"{record.id}: {say.plain(record.title)}")
        products = t.joined([say.product(one) for one in record.products])
        facts = [literal(products), t(f"severity.{record.severity.level}")]
        if (standing := shelf.kb.standing(record)) != "published":
            facts.append(t(f"status.{standing}"))
        link = shelf.link(here, folder + urls.twin(record.id))
        yield f"- [{title}]({link}){colon}{t.joined(facts)}"
