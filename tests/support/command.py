"""Takes words of a command line; gives what `caveat` prints and its status, in process or for real.

In process it is fast and can be looked into; a real process shows that the installed command does
the same.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from caveat.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "caveat"


class Done(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        """Its output as values."""
        return json.loads(self.out)


def run(*arguments: object, given: bytes = b"", kb: object = ROOT) -> Done:
    """The command in this process, over this checkout where no other knowledge is named."""
    out, error = StringIO(), StringIO()
    words = [str(one) for one in arguments]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(error):
        patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given)))
        try:
            status = main([*words, "--kb", str(kb)] if kb is not None else words)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    return Done(status, out.getvalue(), error.getvalue())


def process(
    *arguments: object,
    given: bytes = b"",
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Done:
    """The installed command, in a folder."""
    done = subprocess.run(
        [COMMAND, *(str(one) for one in arguments)],
        input=given,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
