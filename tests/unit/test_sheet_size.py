"""Takes generated products; shows that precomputed answers stay small enough to send."""

import gzip
import json
import random

import pytest

from caveat.applicability.forms import product_form
from caveat.applicability.sheets import sheet
from caveat.knowledge import KnowledgeBase
from tests.support.many import many

LIMIT = 40 * 1024


def compressed(kb: KnowledgeBase, product: str) -> int:
    """Bytes of a product's form as a server sends it."""
    made = product_form(kb, product, [sheet(kb, record) for record in kb.by_product[product]])
    data = json.dumps(made, separators=(",", ":"), ensure_ascii=False).encode()
    return len(gzip.compress(data, 6))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_releases_and_a_hundred_records_fit(seed: int) -> None:
    """At most 40 KB for the whole product, with all its records, conditions and steps."""
    kb = many(random.Random(seed), releases=100, records=100)
    assert len(kb.catalogues["engine"].versions) == 100
    assert len(kb.by_product["engine"]) == 100
    assert compressed(kb, "engine") <= LIMIT


def test_growth_is_linear_in_records_and_hardly_felt_in_releases() -> None:
    """Twice the records are at most twice the bytes; ten times the releases only lengthen the list
    of releases, since a table grows with borders."""
    small = compressed(many(random.Random(3), releases=100, records=50), "engine")
    double = compressed(many(random.Random(3), releases=100, records=100), "engine")
    long = compressed(many(random.Random(3), releases=1000, records=50), "engine")
    assert double < 2.2 * small
    assert long < 2 * small + 10 * 1000


def test_real_products_fit(kb: KnowledgeBase) -> None:
    """What the house holds today."""
    assert {id_: compressed(kb, id_) for id_ in kb.products if compressed(kb, id_) > LIMIT} == {}
