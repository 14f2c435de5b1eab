"""Takes a checkout with one record under `scripts/preview.py`; shows its page and its problems."""

import re
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.checkout import Checkout

RECORD = "advisories/records/2025/CAV-2025-0001.yml"
PAGE = "advisories/CAV-2025-0001/index.html"


def once(checkout: Checkout, name: str, target: Path) -> tuple[str, str]:
    """Both pages, written once."""
    done = checkout.run("scripts/preview.py", name, "--once", str(target))
    assert done.returncode == 0, done.stderr
    english, chinese = done.stdout.split()
    return Path(english).read_text("utf-8"), Path(chinese).read_text("utf-8")


def changed(path: Path, *changes: tuple[str, str]) -> None:
    """Edit a file as a person would: one write."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def words(page: str) -> str:
    """What a reader sees of a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_sound_record(copied: Checkout, tmp_path: Path) -> None:
    """The page as readers get it, in both languages, below a line that nothing is wrong; of other
    pages there are none, and the data that its scripts fetch are there."""
    english, chinese = once(copied, "docker-28-0-0-rootless-slirp4netns-port-driver", tmp_path)
    assert "Nothing is wrong with this file." in english
    assert "此文件没有问题。" in chinese
    for page in (english, chinese):
        assert 'id="workarounds"' in page
        assert page.count("<h1") == 1
    pages = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("index.html"))
    assert pages == [PAGE, f"zh/{PAGE}"]
    assert (tmp_path / PAGE).with_name("answers.json").is_file()


def test_record_with_problems(copied: Checkout, tmp_path: Path) -> None:
    """Each problem with its place, words and line, above a page that shows all the same."""
    with copied.edited(RECORD) as path:
        swapped = "kind: regression\nstatus: published"
        changed(
            path,
            ("    zh: 以常规", "    zh: 以<b>常规"),
            ("status: published\nkind: regression", swapped),
        )
        english, chinese = once(copied, str(path), tmp_path)
    assert "errors: 1, warnings: " in words(english)
    assert "错误 1 处，警告" in words(chinese)
    assert f"CAV402 {RECORD}:12:9" in words(english)
    assert "以<mark>&lt;b&gt;</mark>常规" in english
    assert "<details open>" in english
    assert 'id="workarounds"' in english


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title:\n  en: ", "title:\n  en: Docker: ", "a colon and a space inside a text"),
        ("product: docker-engine", "product: docker-engin", "did you mean docker-engine"),
    ],
    ids=["no YAML", "no product"],
)
def test_broken_record_has_a_page(
    copied: Checkout, tmp_path: Path, old: str, new: str, said: str
) -> None:
    """What cannot be shown is said to come back; the problems are there."""
    with copied.edited(RECORD) as path:
        changed(path, (old, new))
        english, chinese = once(copied, "CAV-2025-0001", tmp_path)
    assert said in words(english)
    assert "The page comes back" in english
    assert "页面就会恢复显示" in chinese
    assert [page.count("<h1") for page in (english, chinese)] == [1, 1]


def test_draft(copied: Checkout, tmp_path: Path) -> None:
    """A draft that `new.py` wrote is shown under its placeholder id."""
    made = copied.run(
        *(
            "scripts/new.py",
            "--url",
            "https://github.com/moby/moby/issues/60001",
            "--slug",
            "a-draft",
        ),
        *("--title", "Ports are gone", "--product", "docker-ce", "--introduced", "29.0.0"),
    )
    assert made.returncode == 0, made.stderr
    (path,) = (copied.root / "advisories/records").glob("*/*-new-a-draft.yml")
    try:
        english, chinese = once(copied, path.stem, tmp_path)
    finally:
        path.unlink()
    assert "Ports are gone" in english
    assert "待完成" not in words(chinese)
    assert "CAV401" in english


def test_wrong_use(copied: Checkout) -> None:
    """A record that does not exist is 2, with near names."""
    done = copied.run("scripts/preview.py", "CAV-2025-00001")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "near: CAV-2025-0001" in done.stderr


def test_one_page_costs_little(copied: Checkout, tmp_path: Path) -> None:
    """Both languages of one record take at most three times the processor time of checking all
    records, which is about a second: no other page is made, nothing is indexed."""

    def seconds(run: Callable[[], object]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    one = seconds(lambda: once(copied, "CAV-2025-0001", tmp_path))
    assert one < 3 * seconds(lambda: copied.run("scripts/validate.py"))
