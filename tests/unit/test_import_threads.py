"""Takes saved upstream threads; shows that a reader gets a valid draft with all that is missing."""

import json
import time
from html import escape
from typing import Any

import pytest

from caveat.importers import documents
from caveat.importers.draft import draft
from caveat.importers.lead import Lead, SourceError
from caveat.importers.parts import MOST, told
from caveat.importers.thread import errors, read
from caveat.knowledge import KnowledgeBase
from tests.support.drafts import IMPORTS, data, document, problems_of, record_of
from tests.support.knowledge import base_knowledge

TODAY = "2026-11-28"
ISSUE = "moby-49499.json"


def issue(**more: Any) -> dict[str, Any]:
    """An issue of the base's product, with some fields changed."""
    own = {
        "html_url": "https://github.com/engine/engine/issues/12",
        "number": 12,
        "title": "Ports fail after the upgrade",
        "body": "Version 2.0.0 fails.",
        "created_at": "2025-02-02T10:00:00Z",
    }
    return {**own, **more}


def lead(**more: Any) -> Lead:
    """What is read of it."""
    return read(data(issue(**more)), "issue.json")


def page(found: dict[str, Any], *, carried: bool) -> bytes:
    """The page of an issue as a browser saves it: with the data for its scripts, or without."""
    shown = {
        "title": found["title"],
        "url": found["html_url"],
        "body": found["body"],
        "createdAt": found["created_at"],
        "labels": {"edges": [{"node": {"name": one["name"]}} for one in found["labels"]]},
    }
    query = {
        "queryName": "IssueViewerViewQuery",
        "result": {"data": {"repository": {"issue": shown}}},
    }
    script = json.dumps({"payload": {"preloadedQueries": [query]}}) if carried else "{}"
    code = escape('engine: port driver "a" cannot bind [::]:8080')
    return f"""<!DOCTYPE html><html><head>
    <title>{escape(found["title"])} · Issue #{found["number"]} · moby/moby · GitHub</title>
    <meta property="og:title" content="{escape(found["title"])} · Issue #1 · moby/moby">
    <meta property="og:url" content="{found["html_url"]}">
    <script type="application/json" data-target="react-app.embeddedData">{script}</script>
    </head><body><nav>Code <p>Issues</p></nav><main>
    <relative-time datetime="{found["created_at"]}">then</relative-time>
    <div data-testid="issue-body-viewer"><div class="markdown-body"><h3>Description</h3>
    <p>Broken with <code>28.0.0</code>.</p><pre><code>{code}</code></pre>
    <ul><li>one</li><li>two</li></ul></div></div>
    <div class="markdown-body"><p>A comment.</p></div></main></body></html>""".encode()


def test_real_issue_becomes_a_valid_draft(kb: KnowledgeBase) -> None:
    """Title, thread, labels, release and error text are taken over; nothing is wrong with the file
    but that it has one language, and it is marked unreviewed in three places."""
    made = draft(read((IMPORTS / ISSUE).read_bytes(), ISSUE), kb, TODAY)
    assert problems_of(made, kb) == []
    record, _ = record_of(made)
    assert record is not None
    assert record.id == made.id == f"CAV-2025-new-{record.slug}"
    assert made.path == f"advisories/records/2025/{made.id}.yml"
    assert (record.status, record.kind) == ("draft", "regression")
    assert record.aliases == ["moby/moby#49499"]
    (on,) = record.affected[0].on
    assert (on.product, on.ranges[0].introduced) == ("docker-engine", "28.0.0")
    assert "is not supported by the RootlessKit port driver" in record.symptoms[0].get("en")
    assert [str(r.url) for r in record.references] == ["https://github.com/moby/moby/issues/49499"]
    assert "Unreviewed draft" in made.text.split("\n")[2]
    assert "nobody has checked it" in record.unverified[0].get("en")
    assert "not reviewed" in record.history[0].change.get("en")


def test_draft_lists_what_is_missing_and_what_is_lost(kb: KnowledgeBase) -> None:
    """Both lists stand in the file as well; a record that has the thread already is named."""
    made = draft(read((IMPORTS / ISSUE).read_bytes(), ISSUE), kb, TODAY)
    fields = {one.field for one in made.fill}
    assert {"severity", "summary", "affected", "signatures", "cause", "workarounds"} <= fields
    assert any("CAV-2025-0001" in one.what for one in made.fill if one.field == "aliases")
    comments = "\n".join(x.lstrip("# ") for x in made.text.split("\n") if x.startswith("#"))
    joined = " ".join(comments.split())
    for one in (*(str(x) for x in made.fill), *told(made.lost)):
        assert " ".join(one.split()) in joined
    assert {one.place for one in made.lost} >= {"user", "state", "comments"}


def test_a_filled_draft_of_a_thread_cannot_be_published_unread(kb: KnowledgeBase) -> None:
    """Every text that a person must write says so in a way that the rules refuse when published."""
    made = draft(read((IMPORTS / ISSUE).read_bytes(), ISSUE), kb, TODAY)
    published = made.text.replace("status: draft", "status: published")
    found = problems_of(type(made)(made.id, made.path, published, made.slug, (), ()), kb)
    assert sum("CAV605" in one for one in found) == 2


@pytest.mark.parametrize("carried", [True, False], ids=["data", "text"])
def test_saved_page_is_read(kb: KnowledgeBase, carried: bool) -> None:
    """From the data that the page carries, or from what a reader sees; comments are left out."""
    found = read(page(document(ISSUE), carried=carried), "page.html")
    assert found.title == document(ISSUE)["title"]
    assert found.sources[0].url == "https://github.com/moby/moby/issues/49499"
    assert found.day == "2025-02-20"
    assert "A comment" not in found.text
    if carried:
        assert found.text == document(ISSUE)["body"]
        assert "kind/regression" in found.hints
    else:
        assert "### Description" in found.text
        assert "Broken with `28.0.0`." in found.text
        assert found.errors == ('engine: port driver "a" cannot bind [::]:8080',)
    assert problems_of(draft(found, kb, TODAY), kb) == []


TITLES = {
    "https://github.com/engine/engine/issues/7": "Ports fail · Issue #7 · engine/engine · GitHub",
    "https://github.com/engine/engine/pull/7": "Ports fail by x · Pull Request #7 · engine/engine",
    "https://gitlab.com/a/engine/-/issues/7": "Ports fail (#7) · Issues · a / engine · GitLab",
    "https://gitlab.com/a/engine/-/merge_requests/7": "Ports fail (!7) · Merge requests · a",
}


@pytest.mark.parametrize(("url", "title"), TITLES.items(), ids=range(len(TITLES)))
def test_title_of_a_page_is_that_of_the_thread(url: str, title: str) -> None:
    """Without what each site adds to it; the text is found in either site's page."""
    body = '<div><div class="md"><p>Broken &amp; <code>2.0.0</code></p></div></div>'
    text = f'<title>{title}</title><link rel="canonical" href="{url}"><body>{body}'
    found = read(text.encode(), "page.html")
    assert found.title == "Ports fail"
    assert found.text == "Broken & `2.0.0`"
    assert found.sources[0].url == url


def test_gitlab_issue_is_read() -> None:
    """GitLab's answer for one issue; its thread is a reference, which is no alias."""
    found = read(
        data(
            {
                "iid": 7,
                "web_url": "https://gitlab.com/engine/engine/-/issues/7",
                "title": "Ports fail",
                "description": "It says `cannot bind the port 8080 at all`.",
                "created_at": "2025-02-02T10:00:00.000Z",
                "labels": ["regression"],
                "author": {"name": "x"},
                "state": "opened",
            }
        ),
        "gitlab.json",
    )
    made = draft(found, base_knowledge(), TODAY, product="engine")
    record, _ = record_of(made)
    assert record is not None
    assert (record.kind, record.aliases) == ("regression", [])
    assert record.references[0].url == "https://gitlab.com/engine/engine/-/issues/7"
    assert {one.place for one in made.lost} == {"author", "state"}
    assert problems_of(made, base_knowledge()) == []


def test_pull_request_is_a_fix() -> None:
    """The thread of a change is a reference of that sort."""
    found = lead(html_url="https://github.com/engine/engine/pull/13")
    assert found.sources[0].type == "fix"
    made = draft(found, base_knowledge(), TODAY)
    record, _ = record_of(made)
    assert record is not None
    assert record.references[0].id == "pull-13"


def test_error_texts_are_told_from_commands() -> None:
    """Lines of code that look printed and like errors, each once, whatever fences them."""
    text = """It says `failed to start the container now` and `ok`.
```console
$ engine run --fail-on-error --verbose
Error: cannot bind the port 8080
Error: cannot bind the port 8080
everything is fine and well today
```
~~~
panic: runtime error: index out of range
"""
    assert errors(text) == (
        "Error: cannot bind the port 8080",
        "panic: runtime error: index out of range",
        "failed to start the container now",
    )


def test_slug_is_free(kb: KnowledgeBase) -> None:
    """Two drafts of one thread do not collide, nor with a record."""
    found = lead()
    first = draft(found, base_knowledge(), TODAY)
    second = draft(found, base_knowledge(), TODAY, taken=(first.id, first.slug))
    assert (first.slug, second.slug) == (
        "engine-ports-fail-after-upgrade",
        "engine-ports-fail-after-upgrade-2",
    )
    assert second.id.endswith(second.slug)


def test_chinese_thread_becomes_a_chinese_draft() -> None:
    """Texts stand under the language they are in, and what is to be written is asked for in it."""
    made = draft(
        lead(title="升级后端口全部失效", body="升级到 2.0.0 之后无法启动。"),
        base_knowledge(),
        TODAY,
    )
    record, _ = record_of(made)
    assert record is not None
    assert record.title.zh == "升级后端口全部失效"
    assert record.cause.zh == "待补：why it happens"
    assert record.title.en is None
    assert problems_of(made, base_knowledge()) == []


REFUSED = {
    "nothing": (b"", "neither JSON nor the page of an issue"),
    "text": (b"hello", "neither JSON nor the page of an issue"),
    "half": (b'{"number": 1', "not JSON"),
    "twice": (b'{"number": 1, "number": 2}', "the key `number` stands twice"),
    "nan": (b'{"number": NaN}', "NaN is no number"),
    "digits": (b'{"number": ' + b"9" * 5000 + b"}", "not JSON"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, "nested deeper than 60 levels"),
    "deeper-than-python": (b'{"a":' * 70 + b"1" + b"}" * 70, "nested deeper than 60 levels"),
    "large": (b" " * (MOST + 1), "more than 5,242,880 bytes"),
    "utf-16": ("{}".encode("utf-16"), "is not UTF-8"),
    "several": (data([issue(), issue()]), "a list of 2 things"),
    "other": (data({"a": 1}), "neither an issue of GitHub"),
    "no-thread": (data(issue(html_url="https://github.com/engine/engine")), "is no issue"),
    "script": (data(issue(html_url="javascript:alert(1)")), "is no issue"),
    "no-title": (data(issue(title=" ")), "has no title"),
    "wrong-types": (data(issue(title=["a"], body=3)), "has no title"),
}


@pytest.mark.parametrize(("found", "want"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused(found: bytes, want: str) -> None:
    """With the file's name and what would help, and in one printable line."""
    with pytest.raises(SourceError) as error:
        read(found, "a.json")
    assert want in str(error.value)
    assert str(error.value).startswith("a.json: ")
    assert str(error.value).isprintable()


def test_product_that_is_not_known_is_refused(kb: KnowledgeBase) -> None:
    """The message says what was named and what to do; --product then decides."""
    found = lead(html_url="https://github.com/nobody/nothing/issues/1")
    with pytest.raises(SourceError, match=r"names `nobody/nothing`.*--product ID"):
        draft(found, base_knowledge(), TODAY)
    with pytest.raises(SourceError, match=r"unknown product `engin`.*did you mean `engine`"):
        draft(found, base_knowledge(), TODAY, product="engin")
    assert (
        problems_of(draft(found, base_knowledge(), TODAY, product="engine"), base_knowledge()) == []
    )


PAYLOADS = (
    "<script>alert(1)</script>",
    "<!-- hidden --> <img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) ![b](https://a.example/b.png)",
    "\x1b[31mred\x07\u202e\u200b\ufeff\x00",
    "*a* **b** _c_ `d` ``e` {{ 7*7 }} {% raw %} {name} {{",
    "# a\n> b\n---\n| a | b |\n|---|---|\n| 1 | 2 |\n~~~\ncode\n",
    "- a\n  1. b\n\n      c\n\td",
    "&lt;b&gt; &#60;i&#62; \\<u> < b <3",
    "key: value # comment\n...\n--- !!python/object:os.system",
    "a" * 20_000,
    "`" * 3000,
    "[" * 3000,
    "> " * 300 + "x",
)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_are_made_safe(payload: str) -> None:
    """In every text at once: the draft is refused, or satisfies every rule for prose and files."""
    found = issue(title=f"Ports {payload}", body=f"{payload}\n\n```\n{payload} error failed\n```\n")
    found["labels"] = [{"name": payload}]
    found[payload] = payload
    made = draft(
        read(data(found), f"{payload[:40]}.json"), base_knowledge(), TODAY, product="engine"
    )
    assert problems_of(made, base_knowledge()) == []
    assert all(c.isprintable() or c == "\n" for c in made.text)


TRIPPING = ("<div>", "<!--", "<a ", "&#", "</", "<![CDATA[", "<?", "<script>", "<a b='", "<a b='>")


@pytest.mark.parametrize("piece", TRIPPING)
def test_tripping_pages_cost_their_size(piece: str) -> None:
    """Markup that never ends, for which a parser looks through all that follows: eight times as
    much of it takes less than thirty times as long, or seconds, where looking through all takes
    sixty-four times as long, and minutes."""
    head = '<meta property="og:url" content="https://github.com/a/b/issues/1"><title>x</title>'
    took = []
    for number in (4_000, 32_000):
        page = f'{head}<div class="markdown-body">{piece * number}'.encode()
        begin = time.process_time()
        assert documents.read(page, "a.html").title == "x"
        took.append(time.process_time() - begin)
    assert took[1] < max(30 * took[0], 5)
