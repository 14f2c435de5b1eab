"""Takes the guides of both languages; shows that what they tell people to do and write works."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from caveat.exports import Shelf
from caveat.knowledge import KnowledgeBase, load
from caveat.model.base import LANGUAGES, Language
from caveat.rules import load_and_check
from caveat.rules.rule import Rule
from caveat.site import rendering
from caveat.site.pages import Site
from tests.support.checkout import Checkout
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base

ROOT = Path(__file__).resolve().parent.parent
SLUG = "podman-5-4-1-empty-kube-pods"
DRAFT = f"advisories/records/2025/CAV-2025-new-{SLUG}.yml"
PATIENCE = 60
BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A fenced block of a guide: what it holds, and the file that it is a part of."""

    kind: str
    title: str
    text: str


def guide(language: Language, name: str) -> str:
    """The source of a guide."""
    path = ROOT / "docs" / language / "contribute" / f"{name}.md"
    return path.read_text(encoding="utf-8")


def blocks(language: Language, name: str) -> list[Block]:
    """The fenced blocks of a guide, without the indentation that puts them into a list."""
    found = []
    for match in BLOCK.finditer(guide(language, name)):
        lines = match["text"].splitlines(keepends=True)
        text = "".join(line.removeprefix(match["indent"]) for line in lines)
        found.append(Block(match["kind"], match["title"] or "", text))
    return found


def part(language: Language, name: str, title: str) -> str:
    """The block of a guide that is a part of the file `title`."""
    return next(one.text for one in blocks(language, name) if one.title == title)


def _page(address: str) -> str:
    """What is served at an address, as soon as anything is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                text: str = answer.read().decode()
                return text
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    return ""


class Reader:
    """Somebody who follows a guide in a copy of the checkout."""

    def __init__(self, folder: Path) -> None:
        self.checkout = Checkout.of(ROOT, folder)
        self.root = folder
        for name in ("Makefile", "pyproject.toml", "requirements.lock"):
            shutil.copy2(ROOT / name, folder / name)
        self._set_up(folder / ".venv")
        self.run("git init --quiet --initial-branch main")
        self.run("git config user.name A && git config user.email a@a.example")
        (folder / ".gitignore").write_text(".venv\nsite*\n.cache\n__pycache__\n", encoding="utf-8")
        self.run("git add --all && git commit --quiet --message 'as it was'")

    def _set_up(self, venv: Path) -> None:
        """What `make setup` leaves behind, made of the environment that runs the tests: make finds
        it fresh and installs nothing."""
        venv.mkdir()
        for part_ in Path(sys.prefix).iterdir():
            if part_.name not in (".locked", ".ready"):
                (venv / part_.name).symlink_to(part_)
        for name in (".locked", ".ready"):
            (venv / name).touch()

    def run(self, command: str) -> str:
        """What a command prints; it must do what the guide promises, so a failure is one."""
        own = {"GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            ["sh", "-ec", command],
            cwd=self.root,
            env=self.checkout.environment | own,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        # translate.py tells by 1 that there is something to translate.
        wanted = (0, 1) if "translate.py status" in command else (0,)
        assert done.returncode in wanted, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def served(self, command: str) -> str:
        """The page that a preview shows; it would go on until somebody interrupts it."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        process = subprocess.Popen(
            ["sh", "-ec", f"exec {command.strip()} ADDRESS={address}"],
            cwd=self.root,
            env=self.checkout.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            assert process.stdout
            shown = next((line for line in process.stdout if line.startswith("http://")), "")
            assert shown, f"{command} shows no address"
            return _page(shown.strip())
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(PATIENCE)

    def follow(self, language: Language, name: str) -> Iterator[tuple[str, str]]:
        """Every block in its order: commands run, files are written. Gives each command with what
        it printed."""
        for one in blocks(language, name):
            if one.kind == "shell":
                run = self.served if one.text.startswith("make preview") else self.run
                yield one.text, run(one.text)
            elif one.title:
                path = self.root / one.title
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(one.text, encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_advisory_goes_from_the_first_command_to_its_page(
    tmp_path: Path, language: Language
) -> None:
    """Whoever follows the worked example has a record that is merged, numbered and rendered."""
    reader = Reader(tmp_path)
    printed = {}
    for command, output in reader.follow(language, "first-advisory"):
        script = re.search(r"scripts/(\w+)\.py|make (\w+)|git (\w+)", command)
        assert script
        printed[script[1] or script[2] or script[3]] = output
        if script[1] == "new":
            _agrees(tmp_path, language)
    assert DRAFT in printed["new"]
    assert "0 errors" in printed["validate"]
    assert 'id="one-container-in-the-pod"' in printed["preview"]
    other = "Chinese" if language == "en" else "English"
    assert f": title: {other} is missing" in printed["translate"]
    id_ = re.fullmatch(rf"CAV-2025-new-{SLUG} -> (CAV-2025-\d{{4}})\n", printed["number"])
    assert id_
    kb, problems = load_and_check(tmp_path)
    assert not [problem for problem in problems if problem.is_error]
    assert not (tmp_path / DRAFT).exists()
    for shown in LANGUAGES:
        site = Site(kb, shown)
        page = next(page for page in site.pages() if page.path == f"advisories/{id_[1]}/")
        html = site.render(page).html
        assert 'id="one-container-in-the-pod"' in html
        assert ("cv-other" in html) == (shown != language)


def _agrees(root: Path, language: Language) -> None:
    """What `new.py` drafted and what the guide shows in the end agree where both say something."""
    (drafted,) = (one for one in load(root)[0].advisories.values() if one.slug == SLUG)
    (root / DRAFT).write_text(part(language, "first-advisory", DRAFT), encoding="utf-8")
    (done,) = (one for one in load(root)[0].advisories.values() if one.slug == SLUG)
    assert (drafted.id, drafted.title, drafted.kind) == (done.id, done.title, done.kind)
    assert drafted.severity.level == done.severity.level
    parts = [
        [(on.product, r.introduced, r.fixed) for r in on.ranges] for on in drafted.affected[0].on
    ]
    assert parts == [
        [(on.product, r.introduced, r.fixed) for r in on.ranges] for on in done.affected[0].on
    ]


@pytest.mark.parametrize("name", ["adding-a-product", "translating"])
def test_other_guides_run_as_they_stand(tmp_path: Path, name: str) -> None:
    """Files that a guide shows are valid, and its commands run; both languages show the same."""
    reader = Reader(tmp_path)
    assert blocks("en", name) == blocks("zh", name)
    assert list(reader.follow("en", name))
    written = {one.title for one in blocks("en", name) if one.title}
    _, problems = load_and_check(tmp_path)
    assert [str(problem) for problem in problems if problem.file in written] == []


def of_module(language: Language, title: str) -> dict[str, Any]:
    """The names that the guide's addition to a module defines, beside those the module has."""
    near = {
        "caveat/rules/text.py": "caveat.rules.text",
        "caveat/site/views/withdrawn.py": "caveat.site.views.board",
        "caveat/exports/ids.py": "caveat.exports.llms",
    }[title]
    names: dict[str, Any] = {}
    exec(f"from {near} import *\nimport {near} as near", names)
    names |= {key: value for key, value in vars(names["near"]).items() if key[0] != "_"}
    names |= vars(__import__("caveat.exports.export", fromlist=["x"]))
    names |= vars(__import__("collections.abc", fromlist=["x"]))
    exec(f"from __future__ import annotations\n{part(language, 'extending', title)}", names)
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_of_the_guide_finds_what_it_says(tmp_path: Path, language: Language) -> None:
    """A title in capitals is found, the base's own is not."""
    find = of_module(language, "caveat/rules/text.py")["no_shouting"]
    rule = Rule("CAV499", "no-shouting", "A title is not written in capitals.", find)
    assert list(rule.run(base_knowledge())) == []
    old = "  en: Engine 2.0.0 cannot publish ports"
    root = change(write_base(tmp_path), ADVISORY, old, old.upper().replace("EN:", "en:"))
    found = [str(problem) for problem in rule.run(load(root)[0])]
    assert len(found) == 1
    assert f"{ADVISORY}:12:7: CAV499 title.en: found" in found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_guide_is_made(language: Language, kb: KnowledgeBase) -> None:
    """View and template fit each other, in the environment of the site."""
    site = Site(kb, language)
    scene = site.scene(site.pages()[0])
    values = of_module(language, "caveat/site/views/withdrawn.py")["view"](scene)
    source = part(language, "extending", "caveat/site/templates/withdrawn.html.jinja")
    template = rendering.templates(scene.words).from_string(source)
    html = template.render(values, t=scene.words, link=scene.link, lang=language)
    assert f"<h1>{scene.words('advisory.withdrawn')}</h1>" in html
    assert html.count("<li>") == sum(one.status == "withdrawn" for one in kb.published)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_export_of_the_guide_gives_its_file(language: Language, kb: KnowledgeBase) -> None:
    """The function gives what the guide says, in the form of every export."""
    from caveat.applicability.answers import Answers

    files = of_module(language, "caveat/exports/ids.py")["files"]
    (file,) = files(Shelf(kb, Answers(kb)))
    assert file.path == "api/v1/ids.json"
    assert all(one.id.encode() in file.content for one in kb.published)


GUIDES = sorted(path.stem for path in (ROOT / "docs" / "en" / "contribute").glob("*.md"))


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_tell_the_same_steps(name: str) -> None:
    """Headings of the same levels, the same files and programs, in the same order."""
    told = {}
    for language in LANGUAGES:
        source = guide(language, name)
        shown = [one for one in blocks(language, name) if one.kind == "shell"]
        told[language] = (
            re.findall(r"^#+(?= )", BLOCK.sub("", source), re.MULTILINE),
            [one.title for one in blocks(language, name)],
            [re.findall(r"[\w./-]+\.py|make \w+|git \w+", one.text) for one in shown],
        )
    assert told["en"] == told["zh"]
    assert told["en"][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_names_exists(language: Language, name: str) -> None:
    """No guide sends people to a file that is not there; what it adds itself is no such file."""
    new = {one.title for one in blocks(language, name)}
    prose = BLOCK.sub("", guide(language, name))
    named = set(re.findall(r"`((?:scripts|tests|caveat|advisories)/[\w./-]*\w)", prose)) - new
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == [
        one for one in sorted(named) if one == DRAFT
    ]
    for command in (one.text for one in blocks(language, name) if one.kind == "shell"):
        assert shlex.split(command)
