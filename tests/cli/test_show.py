"""Takes records by all their names; shows that `caveat show` tells them whole, in two languages."""

from pathlib import Path

import pytest

from tests.support.command import run
from tests.support.knowledge import ADVISORY, BASE, change, write_base


@pytest.mark.parametrize(
    "name",
    ["CAV-2025-0001", "cav-2025-0001", "engine-2-0-0-ports", "engine/engine#12", "cve-2025-1234"],
)
def test_record_by_any_name(name: str) -> None:
    """Id, slug and upstream names, whatever the case."""
    done = run("show", name, kb=BASE)
    assert (done.status, done.error) == (0, "")
    assert done.out.startswith("CAV-2025-0001  Engine 2.0.0 cannot publish ports\n")


def test_all_that_helps_is_there() -> None:
    """Who is hit and how to find out, the error text, the way round with its way back, the fix."""
    text = run("show", "CAV-2025-0001", kb=BASE).out
    for part in (
        "Also known as: engine/engine#12, CVE-2025-1234",
        "- Mode: rootless",
        "$ modinfo engine_filter",
        'port driver "{name}" cannot bind [::]:{port}',
        "Go back to 1.1.2",
        "sudo apt-get install engine-ce=5:1.1.2-1",
        "Expected output: 1.1.2 (old)",
        "sudo apt-mark unhold engine-ce",
        "Remove it when: Once 2.0.1 is installed.",
        "Fixed in Engine 2.0.1 (engine/engine#13)",
        "Whether 2.0.0-rc.1 is affected.",
        "https://git.example/engine/engine/issues/12",
        "Strikes only on the step from",
    ):
        assert part in text, part


def test_chinese() -> None:
    """The record and the words around it."""
    text = run("show", "CAV-2025-0001", "--lang", "zh", kb=BASE).out
    assert "Engine 2.0.0 无法发布端口" in text
    assert "守护进程接管了端口映射。" in text
    assert "规避办法" in text
    assert "Workarounds" not in text


def test_missing_language_is_noted(tmp_path: Path) -> None:
    """What was not translated is shown, and said to be so."""
    root = change(write_base(tmp_path), ADVISORY, "  zh: 守护进程接管了端口映射。\n", "")
    text = run("show", "CAV-2025-0001", "--lang", "zh", kb=root).out
    assert "The daemon took over the port mapping." in text
    assert "此处尚无中文，暂显示英文。" in text


def test_shared_alias_lists_all(tmp_path: Path) -> None:
    """Nobody guesses which of several records is meant."""
    root = write_base(tmp_path)
    record = (root / ADVISORY).read_text(encoding="utf-8")
    other = record.replace("CAV-2025-0001", "CAV-2025-0002").replace("engine-2-0-0-ports", "twin")
    (root / ADVISORY).with_name("CAV-2025-0002.yml").write_text(other, encoding="utf-8")
    done = run("show", "CVE-2025-1234", "--json", kb=root)
    assert [one["id"] for one in done.json["records"]] == ["CAV-2025-0001", "CAV-2025-0002"]
    text = run("show", "CVE-2025-1234", kb=root).out
    assert "CAV-2025-0001  " in text
    assert "CAV-2025-0002  " in text
    assert run("hold", "CVE-2025-1234", kb=root).status == 2


def test_json_has_the_records_own_fields() -> None:
    """As the API writes them, with the place of the record."""
    record = run("show", "CAV-2025-0001", "--json", kb=BASE).json["records"][0]
    assert record["affected"][2]["upgrade"]["from"][0]["introduced"] == "0"
    assert record["title"]["zh"] == "Engine 2.0.0 无法发布端口"
    assert record["file"] == ADVISORY


def test_withdrawn_record_says_so(tmp_path: Path) -> None:
    """With the reason and what to read instead."""
    root = change(
        write_base(tmp_path),
        ADVISORY,
        "status: published",
        "status: withdrawn\n"
        "withdrawn: {successor: CAV-2025-0009, reason: {en: A faulty cable., zh: 网线故障。}}",
    )
    text = run("show", "CAV-2025-0001", kb=root).out
    assert "This record was withdrawn\n  A faulty cable.\n  Read instead: CAV-2025-0009\n" in text


def test_unknown_name_is_2() -> None:
    """With near matches, or without where nothing is near."""
    done = run("show", "engine-2-0-0-port", kb=BASE)
    assert (done.status, done.out) == (2, "")
    assert "Did you mean `engine-2-0-0-ports`" in done.error
    assert "Did you mean" not in run("show", "#", kb=BASE).error


def test_every_record_of_the_house_is_shown(kb: object, published: Path) -> None:
    """In both languages, alike from the checkout and from what was published."""
    for id_ in kb.advisories:  # type: ignore[attr-defined]
        for lang in ("en", "zh"):
            here = run("show", id_, "--lang", lang)
            there = run("show", id_, "--lang", lang, kb=published)
            assert (here.status, there.status) == (0, 0)
            assert here.out.splitlines()[2:] == there.out.splitlines()[2:]
