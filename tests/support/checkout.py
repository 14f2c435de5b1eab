"""Takes this repository; gives a copy to break or edit, whose commands run the copy's code."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PARTS = ("advisories", "caveat", "docs", "hooks", "scripts", "mkdocs.yml", "mkdocs.zh.yml")


@dataclass(frozen=True)
class Checkout:
    """A copied repository."""

    root: Path

    @classmethod
    def of(cls, source: Path, target: Path) -> "Checkout":
        """Copy what a build reads."""
        for name in PARTS:
            if (source / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source / name, target / name, ignore=ignored)
            else:
                shutil.copy2(source / name, target / name)
        return cls(target)

    @property
    def environment(self) -> dict[str, str]:
        """The copy's package goes before the installed one."""
        own = {"PYTHONPATH": str(self.root), "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
        return {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "EDIT_BASE")} | own

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Python with these arguments, from the copy's root."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *arguments: str, log: Path) -> subprocess.Popen[bytes]:
        """The same, left running."""
        with log.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, *arguments],
                cwd=self.root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @contextmanager
    def edited(self, name: str) -> Iterator[Path]:
        """A path to replace as one likes; afterwards it is what it was."""
        path = self.root / name
        before = path.read_bytes() if path.is_file() else None
        try:
            yield path
        finally:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
            if before is not None:
                path.write_bytes(before)
