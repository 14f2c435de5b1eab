"""What the output of a probe means.

Takes a trait's probe or a product's version command with what was printed, and gives the value or
the version; running it is for the command alone.
"""

from __future__ import annotations

from caveat.model import Probe
from caveat.versions import Catalogue, Version, VersionError


def meaning(probe: Probe, status: int, output: str) -> str | None:
    """The trait's value, or None where the probe does not tell."""
    if (value := probe.exit.get(str(status))) is not None:
        return value
    if (value := probe.equals.get(output.strip())) is not None:
        return value
    found = {value for part, value in probe.contains.items() if part in output}
    return found.pop() if len(found) == 1 else None


def version_in(catalogue: Catalogue, output: str) -> Version | None:
    """The first version that was printed: alone, or among words such as `runc version 1.1.5`."""
    for word in output.split():
        try:
            return catalogue.parse(word)
        except VersionError:
            continue
    return None
