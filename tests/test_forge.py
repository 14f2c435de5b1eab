"""Takes .github/; shows that workflows are hardened and do what they say, and that forms are valid.

The audit is zizmor's and the schemas are SchemaStore's, both from packages in the lock; the steps
that write are run for real, against a repository in a folder and a `gh` that only remembers.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.knowledge import ADVISORY, write_base

ROOT = Path(__file__).resolve().parent.parent
FORGE = ROOT / ".github"
WORKFLOWS = sorted((FORGE / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (FORGE / "ISSUE_TEMPLATE").glob("*.yml") if path.stem[0].isdigit())
BIN = Path(sys.executable).parent
#: Workflow and job to what it may write; every other job reads at most.
WRITES = {
    ("publish", "publish"): {"contents", "actions"},
    ("scheduled", "review"): {"issues"},
    ("pages", "deploy"): {"pages", "id-token"},
}
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+(\.\d+)*")
HAN = re.compile("[\u4e00-\u9fff]")
NEW = "CAV-2025-new-port-again"


def read(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def audited(folder: Path) -> str:
    """What the audit says; empty when it finds nothing."""
    command = [str(BIN / "zizmor"), "--offline", "--persona", "auditor", "--no-ignores"]
    command += ["--strict-collection", "--quiet", "--format", "github", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or done.stdout, done.stderr
    return done.stdout


def test_the_audit_finds_nothing() -> None:
    """Not even what only an auditor would ask about, and nothing is switched off."""
    assert audited(FORGE) == ""


BAD = {
    "unpinned-uses": ("@3d3c42e5aac5ba805825da76410c181273ba90b1  # v7.0.1", "@v7"),
    "artipacked": ("persist-credentials: false", "persist-credentials: true"),
    "dangerous-triggers": ("  pull_request:\n", "  pull_request_target:\n"),
    "excessive-permissions": ("\npermissions: {}", "\npermissions: write-all"),
    "template-injection": ("run: make site", "run: echo ${{ github.event.pull_request.title }}"),
}


@pytest.mark.parametrize(("name", "change"), BAD.items(), ids=BAD)
def test_the_audit_catches(tmp_path: Path, name: str, change: tuple[str, str]) -> None:
    """One change for the worse in the workflow that runs strangers' code, and it is named."""
    text = (FORGE / "workflows" / "check.yml").read_text("utf-8")
    assert change[0] in text
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "check.yml").write_text(text.replace(*change), "utf-8")
    assert f"title={name}::" in audited(tmp_path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_has_no_more_rights_than_it_needs(path: Path) -> None:
    """Nothing by default; each job names its own, and the few that write are known here."""
    workflow = read(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        writes = {what for what, level in job["permissions"].items() if level != "read"}
        assert writes == WRITES.get((path.stem, name), set()), name
        assert job["timeout-minutes"] <= 90
    # A stranger's code runs on pull_request alone, where there is no secret to take.
    triggers = set(workflow[True])  # YAML 1.1 reads `on` as a truth value
    assert triggers <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    if "pull_request" in triggers:
        assert "secrets." not in path.read_text("utf-8")
        assert not any((path.stem, name) in WRITES for name in workflow["jobs"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    """A whole commit, with the version that it is beside it for people and for updates."""
    lines = [line.strip(" -") for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert [line for line in lines if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_exists(path: Path) -> None:
    """Its shell parses, and the targets, scripts and workflows that it names are there."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for run in (step["run"] for step in steps(read(path)) if "run" in step):
        done = subprocess.run(
            ["bash", "-n"], input=run, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        for target in re.findall(r"\bmake ([a-z]+)", run):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
        for script in re.findall(r"scripts/[\w.]+", run):
            assert (ROOT / script).is_file(), script


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "github-issue-forms": FORMS,
    "github-issue-config": [FORGE / "ISSUE_TEMPLATE" / "config.yml"],
    "dependabot": [FORGE / "dependabot.yml"],
}


@pytest.mark.parametrize(("schema", "files"), SCHEMAS.items(), ids=SCHEMAS)
def test_files_are_what_the_forge_reads(schema: str, files: list[Path]) -> None:
    """Each is valid against the schema that its kind is published with."""
    assert files
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_form_speaks_both_languages(path: Path) -> None:
    """Every question is asked in Chinese as well, and no two fields share an id."""
    body = read(path)["body"]
    asked = [part["attributes"].get("label") or part["attributes"]["value"] for part in body]
    asked += [o for part in body for o in part["attributes"].get("options", [])]
    assert [text for text in asked if not HAN.search(text)] == []
    ids = [part["id"] for part in body if "id" in part]
    assert len(ids) == len(set(ids))


def test_owners_name_paths_that_exist() -> None:
    """The pattern of each line of CODEOWNERS leads to something, also where it waits for a name."""
    text = (FORGE / "CODEOWNERS").read_text("utf-8")
    patterns = re.findall(r"^(?:# )?(/\S+) @", text, re.MULTILINE)
    assert len(patterns) > 5
    assert [one for one in patterns if not (ROOT / one.strip("/")).exists()] == []


ITEM = re.compile(r"^- \[ \] \*\*(.+?)\*\*: .+ · \*\*(.+?)\*\*：", re.MULTILINE)


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh", 1)])
def test_the_guide_explains_every_line_of_the_template(language: str, place: int) -> None:
    """What the author ticks and what the reviewer looks at is one list, in both languages."""
    template = (FORGE / "pull_request_template.md").read_text("utf-8")
    items = [found[place] for found in ITEM.findall(template)]
    assert len(items) == template.count("- [ ]") > 5
    guide = (ROOT / "docs" / language / "contribute" / "reviewing.md").read_text("utf-8")
    assert re.findall(r"^### (.+?) \{#", guide, re.MULTILINE) == items


class Forge:
    """A checkout with new records, its remote, and a `gh` that writes down what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.remote, self.clone, self.tools = folder / "o" / "r.git", folder / "c", folder / "bin"
        self.asked, self.outputs = folder / "asked", folder / "outputs"
        self.tools.mkdir()
        write_base(self.clone)
        shutil.copytree(ROOT / "scripts", self.clone / "scripts")
        (self.clone / ".gitignore").write_text(".venv\n", "utf-8")
        python = self.clone / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        self.program(python, f'exec "{sys.executable}" "$@"')
        self.program(self.tools / "gh", f'echo "$@" >> "{self.asked}"; echo "$ANSWER"')
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "A")
        self.git("config", "user.email", "a@example.org")
        self.commit("first")

    @staticmethod
    def program(path: Path, line: str) -> None:
        path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        path.chmod(0o755)

    def git(self, *arguments: str) -> str:
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=self.clone, capture_output=True, text=True, check=True)
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        self.git("push", "--quiet", str(self.remote), "HEAD:main")

    def run(self, workflow: str, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """The step called `name`, as the forge runs it."""
        found = [s for s in steps(read(FORGE / "workflows" / workflow)) if s.get("name") == name]
        known = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        set_ = {
            "PATH": f"{self.tools}:{os.environ['PATH']}",
            "HOME": str(self.tools),
            "REMOTE": str(self.remote),
            "GITHUB_OUTPUT": str(self.outputs),
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found[0]["run"]],
            cwd=self.clone,
            env={**known, **set_, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def published(self) -> list[str]:
        """The records on the remote's main."""
        listed = self.git("--git-dir", str(self.remote), "ls-tree", "-r", "--name-only", "main")
        return [Path(one).stem for one in listed.splitlines() if "/records/" in one]

    def add_record(self) -> None:
        text = (self.clone / ADVISORY).read_text("utf-8")
        for old in (r"^id: .*", r"^slug: .*"):
            key, name = old[1:].split(":")[0], NEW if "id" in old else "port-again"
            text = re.sub(old, f"{key}: {name}", text, flags=re.MULTILINE)
        text = text.replace("cannot bind", "cannot bind it again")
        (self.clone / ADVISORY).with_stem(NEW).write_text(text, "utf-8")
        self.commit("a record")


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path)


GIVE = ("publish.yml", "Give numbers, write down what is published, push both")


def test_numbers_reach_main(forge: Forge) -> None:
    """A merged record has its number on main and in the lock; a second run does nothing."""
    forge.add_record()
    done = forge.run(*GIVE)
    assert done.returncode == 0, done.stderr
    assert forge.published() == ["CAV-2025-0001", "CAV-2025-0002"]
    lock = forge.git("--git-dir", str(forge.remote), "show", "main:advisories/published.lock")
    assert "CAV-2025-0002 port-again" in lock
    before = forge.git("--git-dir", str(forge.remote), "rev-parse", "main")
    assert forge.run(*GIVE).returncode == 0
    assert forge.git("--git-dir", str(forge.remote), "rev-parse", "main") == before


def test_a_broken_main_is_not_written_down(forge: Forge) -> None:
    """Where a record has a fault nothing is pushed, and the run fails."""
    forge.add_record()
    path = forge.clone / ADVISORY
    path.write_text(path.read_text("utf-8").replace("kind: ", "kind: no-such-", 1), "utf-8")
    forge.commit("a mistake")
    before = forge.git("--git-dir", str(forge.remote), "rev-parse", "main")
    assert forge.run(*GIVE).returncode == 1
    assert forge.git("--git-dir", str(forge.remote), "rev-parse", "main") == before


def test_numbers_are_given_anew_when_main_has_moved(forge: Forge) -> None:
    """A push that comes second starts from what came first."""
    forge.add_record()
    once = f'test -e "{forge.tools}/pushed" || {{ touch "{forge.tools}/pushed"; exit 1; }}'
    forge.program(forge.remote / "hooks" / "update", once)
    done = forge.run(*GIVE)
    assert done.returncode == 0, done.stderr
    assert "main has moved on (try 1)" in done.stdout
    assert forge.published() == ["CAV-2025-0001", "CAV-2025-0002"]


def test_a_main_that_takes_no_push_fails_the_run(forge: Forge) -> None:
    """Somebody must see it: three tries, then an error."""
    forge.add_record()
    forge.program(forge.remote / "hooks" / "update", "exit 1")
    done = forge.run(*GIVE)
    assert done.returncode == 1
    assert "(try 3)" in done.stdout


def test_due_records_are_listed_and_a_broken_one_fails(forge: Forge) -> None:
    """The list comes with its status; records that cannot be read are no empty list."""
    step = ("scheduled.yml", "List what is due")
    assert forge.run(*step).returncode == 0
    assert forge.outputs.read_text() == "status=1\n"
    assert "CAV-2025-0001" in (forge.clone / "due.txt").read_text("utf-8")
    (forge.clone / ADVISORY).write_text("no record\n", "utf-8")
    assert forge.run(*step).returncode == 2


@pytest.mark.parametrize(
    ("status", "number", "wanted"),
    [
        ("1", "", "issue create --title Records due for review --body-file body.md"),
        ("1", "7", "issue edit 7 --body-file body.md"),
        ("0", "7", "issue close 7 --comment Nothing is due any more."),
        ("0", "", None),
    ],
)
def test_one_issue_lists_what_is_due(
    forge: Forge, status: str, number: str, wanted: str | None
) -> None:
    """It is opened, kept up to date and closed, and there is never a second one."""
    (forge.clone / "due.txt").write_text("CAV-2025-0001 port: review by 2025-01-01\n", "utf-8")
    step = ("scheduled.yml", "Keep the issue that lists it")
    done = forge.run(*step, STATUS=status, TITLE="Records due for review", ANSWER=number)
    assert done.returncode == 0, done.stderr
    search, *rest = forge.asked.read_text("utf-8").splitlines()
    assert search.startswith("issue list --state open")
    assert rest == ([wanted] if wanted else [])
    if status == "1":
        assert "CAV-2025-0001 port" in (forge.clone / "body.md").read_text("utf-8")
