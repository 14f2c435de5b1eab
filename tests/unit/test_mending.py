"""Takes untidy files; shows that mending them keeps what they say, and comments at their keys."""

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from caveat.mending import canonical, mend
from caveat.mending.mend import ACTS
from caveat.mending.source import same
from caveat.model import KINDS, Advisory, Record
from caveat.reading.parse import CATALOGUE_LIMITS, RECORD_LIMITS, parse
from caveat.reading.tree import LIMITS, PATTERNS
from tests.support.knowledge import ADVISORY, BASE, ENGINE, TRAIT

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data" / "mending"
NEW = "advisories/records/2025/CAV-2025-new-engine-ports.yml"
TEXTS = {
    Advisory: (ADVISORY, (BASE / ADVISORY).read_text(encoding="utf-8")),
    KINDS["product"]: (ENGINE, (BASE / ENGINE).read_text(encoding="utf-8")),
    KINDS["trait"]: (TRAIT, (BASE / TRAIT).read_text(encoding="utf-8")),
}


def mended(raw: bytes, file: str = NEW, model: type[Record] = Advisory) -> bytes:
    """The bytes after mending."""
    return mend(file, raw, model, CATALOGUE_LIMITS).raw


def said(raw: bytes, model: type[Record]) -> Any:
    """What a file says, decoded; None where it says nothing."""
    text = raw.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    data, problems = parse("a.yml", text, CATALOGUE_LIMITS)
    if any(p.code in {"CAV104", "CAV106", "CAV107", "CAV108"} for p in problems):
        return None
    try:
        return model.model_validate(same(data, model))
    except ValidationError:
        return None


def test_every_slip_at_once() -> None:
    """The file that holds them all comes out as a person would write it, comments at their keys."""
    before, after = ((DATA / f"{name}.yml").read_bytes() for name in ("before", "after"))
    done = mend(NEW, before, Advisory, RECORD_LIMITS)
    assert done.raw == after
    assert set(done.done) == set(ACTS) - {"line-ends", "tabs"}
    assert sorted(_comments(before)) == sorted(_comments(after))
    assert said(before, Advisory) == said(after, Advisory)


def _comments(raw: bytes) -> list[str]:
    return [line.strip() for line in raw.decode().splitlines()[1:] if line.strip()[:1] == "#"]


@pytest.mark.parametrize("kind", PATTERNS)
def test_this_repository_is_tidy(kind: str) -> None:
    """`scripts/validate.py --fix` has nothing to do here."""
    for path in sorted((ROOT / "advisories").glob(PATTERNS[kind])):
        file = path.relative_to(ROOT).as_posix()
        assert mend(file, path.read_bytes(), KINDS[kind], LIMITS[kind]).done == {}, file


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"id: a\r\nslug: b\r\n", b"id: a\nslug: b\n"),
        (b"\xef\xbb\xbfid: a\nslug: b\n", b"id: a\nslug: b\n"),
        (b"id: a\nslug: b", b"id: a\nslug: b\n"),
        (b"id: a\nslug: b\n\n\n", b"id: a\nslug: b\n"),
        (b"id: a   \nslug: b\t\n", b"id: a\nslug: b\n"),
        (b"title:\n\ten: a\n\tzh: b\n", b"title:\n  en: a\n  zh: b\n"),
        (b"fixes:\n\t- product: a\n\t  scope: b\n", b"fixes:\n  - product: a\n    scope: b\n"),
        (b"title:\n  en: no\n", b'title:\n  en: "no"\n'),
        (b"published: 2025-02-26\n", b'published: "2025-02-26"\n'),
        ("published: 2025年2月6日\n".encode(), b'published: "2025-02-06"\n'),
        (b"slug: b # why\nid: a\n", b"id: a\nslug: b # why\n"),
    ],
    ids=["crlf", "mark", "no end", "ends", "spaces", "tabs", "tabs and dashes", "word", "day",
         "Chinese day", "order"],
)  # fmt: skip
def test_one_slip(old: bytes, new: bytes) -> None:
    """Each is mended alone, and the schema's line is put above."""
    head = b"# yaml-language-server: $schema=../../schema/advisory.schema.json\n"
    assert mended(old) == head + new


@pytest.mark.parametrize(
    "text",
    [
        'published: "2025-02-30"\n',
        'published: "26/02/2025"\n',
        'published: "2025-02-26T23:00:00-05:00"\n',
        "title:\n  en:\n",
        "title: {en: a}\ntitle: {en: b}\n",
        "id: &a b\nslug: *a\n",
        "id: a\nslug: [\n",
        "- id: a\n",
        "just a text\n",
        'references:\n  - url: "http://engine.example:8080/a"\n',
        "workarounds:\n  - apply:\n      - commands:\n          any: curl http://127.0.0.1:8080/\n",
        "cause:\n  en: |+\n    a  \n\n\n",
        "slug: a\nwhatever: b\nid: c\n",
        "cause:\n  en: write `[a](http://a.example/?utm_source=b)`, ``[`](http://c.example/)``\n",
    ],
)
def test_what_a_person_must_decide_stays(text: str) -> None:
    """Days that may be two, empty values, keys that stand twice or are unknown, commands, code."""
    head = "# yaml-language-server: $schema=../../schema/advisory.schema.json\n"
    assert mended(text.encode()).decode().removeprefix(head) == text


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://a.example/b", "https://a.example/b"),
        ("https://A.Example:443/B?", "https://a.example/B"),
        ("https://a.example/b?utm_source=x&c=d&fbclid=1#e", "https://a.example/b?c=d#e"),
        ("https://www.github.com/a/b/pulls/1/", "https://github.com/a/b/pull/1"),
        ("https://github.com/a/b/issues/1#issue-2", "https://github.com/a/b/issues/1"),
        ("https://github.com/a/b/issues/1#issuecomment-2", None),
        ("https://github.com/a/b/pull/1/files", None),
        ("https://a.example/b/", None),
        ("http://a.example:8080/b", None),
        ("https://user@a.example/", None),
        ("ftp://a.example/b", None),
        ("https://[::1/", None),
        ("no link", None),
    ],
)
def test_link(url: str, plain: str | None) -> None:
    """What makes two addresses of one page goes, what leads to another place stays."""
    assert canonical.link(url) == (plain or url)
    assert canonical.link(canonical.link(url)) == canonical.link(url)


def _shuffled(chance: random.Random, data: Any) -> Any:
    if isinstance(data, dict):
        keys = chance.sample(list(data), len(data))
        return {key: _shuffled(chance, data[key]) for key in keys}
    return [_shuffled(chance, one) for one in data] if isinstance(data, list) else data


@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False), model=st.sampled_from(list(TEXTS)))
def test_order_of_keys_says_nothing(chance: random.Random, model: type[Record]) -> None:
    """A record whose keys were shuffled, in blocks and in braces, says the same before and after,
    and every key is where the format has it."""
    file, text = TEXTS[model]
    data = _shuffled(chance, parse(file, text, CATALOGUE_LIMITS)[0])
    style = {"default_flow_style": chance.choice([None, False, True]), "width": 60}
    written = yaml.dump(data, sort_keys=False, allow_unicode=True, indent=2, **style).encode()
    after = mended(written, file, model)
    assert said(after, model) == said(written, model) is not None
    assert mended(after, file, model) == after
    reread = parse(file, after.decode(), CATALOGUE_LIMITS)[0]
    assert list(reread) == [key for key in model.model_json_schema()["properties"] if key in data]


SLIPS = st.lists(
    st.tuples(
        st.integers(0, 6_000),
        st.integers(0, 6),
        st.sampled_from(
            ["", "  ", "\t", "\n", "\n\n", "\r\n", " # note\n", "#", '"', "'", "- ", ": ", "[", "}",
             "|", "> ", "no", "2025-2-3", "1.0", "http://www.github.com/a/b/pull/1/",
             "&a ", "\ufeff"]
        ),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slips=SLIPS, model=st.sampled_from(list(TEXTS)))
def test_no_file_says_anything_else_afterwards(
    slips: list[tuple[int, int, str]], model: type[Record]
) -> None:
    """Whatever a hand did to a file, mending keeps what could be read, and does nothing twice."""
    file, text = TEXTS[model]
    for at, length, new in slips:
        text = text[:at] + new + text[at + length :]
    raw = text.encode()
    after = mended(raw, file, model)
    before = said(raw, model)
    assert before is None or said(after, model) == before
    assert mended(after, file, model) == after


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xff", b"id: \x00", b"x" * 2**19])
def test_what_is_no_record_is_left_alone(raw: bytes) -> None:
    """Nothing is made of nothing."""
    assert mended(raw) == raw
