"""Takes a process that starts work beside itself and ends early; shows that nothing is left."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

#: More than a pipe holds, so that the other process waits for a reader.
STARTED = """
import os, signal, sys
from caveat.publishing.beside import later

def much():
    print(os.getpid(), flush=True)
    return bytes(1 << 22)

answer = later(much)
"""


def running(pid: int) -> bool:
    """Whether there is such a process, and not only what is left of one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc")
@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("print(len(answer()))", 0),
        ("raise SystemExit(3)", 3),
        ("os.kill(os.getpid(), signal.SIGKILL)", -9),
    ],
)
def test_work_beside_ends_with_its_process(end: str, status: int) -> None:
    """Read, not waited for, or left behind by a kill: the other process is gone as well."""
    started = [sys.executable, "-c", STARTED + "import time; time.sleep(0.5)\n" + end]
    done = subprocess.run(started, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == status
    pid, *read = done.stdout.split()
    assert read == (["4194304"] if status == 0 else [])
    for _ in range(100):
        if not running(int(pid)):
            return
        time.sleep(0.1)
    pytest.fail("the other process is still there")
