"""Takes a built site and the knowledge; writes what machines read beside the pages.

Every export is written once for both languages, when each build has emptied the folder of its
language.
"""

from pathlib import Path

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.exports import Shelf, files
from caveat.knowledge import KnowledgeBase
from caveat.publishing.writing import put


def write(site: Path, kb: KnowledgeBase, answers: Answers, site_url: str) -> int:
    """Write every export below `site`; gives the number of files."""
    count = 0
    shelf = Shelf(kb, answers, urls.site_address(site_url))
    for count, file in enumerate(files(shelf), 1):  # noqa: B007
        put(str(site), file.path, file.content)
    return count


def exist(site: Path) -> bool:
    """Whether they were written."""
    return (site / urls.api_index()).exists()
