"""Work beside the running build: a function in a process of its own that knows what this one knows.

Takes a function and its arguments; gives the process, or None where it must be called in turn.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.process import BaseProcess as Process

__all__ = ["Process", "beside", "failed", "later", "stop"]


def beside(
    function: Callable[..., object], *arguments: object, ends: bool = False
) -> Process | None:
    """Start `function` in a fork, which holds all that was read without reading it again; None
    where a process cannot be forked or has no core to run on. With `ends` it ends when this process
    does. Flush what you print through first: the fork holds a copy of what is still buffered."""
    if "fork" not in multiprocessing.get_all_start_methods() or (os.cpu_count() or 1) < 2:
        return None
    process = multiprocessing.get_context("fork").Process(
        target=function, args=arguments, daemon=ends
    )
    process.start()
    return process


def later(function: Callable[..., bytes], *arguments: object) -> Callable[[], bytes] | None:
    """Start `function` in a fork; gives what waits for its answer, or None as `beside` does. The
    answer is raised as EOFError where the function failed. Nobody has to wait for it."""
    ours, theirs = multiprocessing.Pipe(duplex=False)

    def send() -> None:
        ours.close()  # so that a pipe nobody reads any more breaks, instead of holding this one up
        theirs.send_bytes(function(*arguments))

    process = beside(send, ends=True)
    theirs.close()
    if process is None:
        return None

    def answer() -> bytes:
        try:
            return ours.recv_bytes()
        finally:
            process.join()

    return answer


def failed(process: Process | None) -> bool:
    """Wait for the end of the process, and whether it was a bad one; where there is none, nothing
    failed."""
    if process is None:
        return False
    process.join()
    return bool(process.exitcode)


def stop(*processes: Process | None) -> None:
    """End those that still run."""
    for process in processes:
        if process is not None and process.is_alive():
            process.terminate()
