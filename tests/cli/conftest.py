"""Takes this checkout; gives its API as a folder, written once a session without building pages."""

from pathlib import Path

import pytest

from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.publishing import outputs


@pytest.fixture(scope="session")
def published(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that holds nothing but the exports."""
    site = tmp_path_factory.mktemp("published")
    outputs.write(site, kb, Answers(kb), "")
    return site
