"""Why the command cannot answer.

Takes messages, all at once where there are several, and gives exit status 2.
"""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - it is the end of a command, in words for a person
    """The end of a command that has no answer; each message is a line for standard error."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
