#!/usr/bin/env python3
"""Write the software bill of materials of what the lock names: every package, its hashes, and who
asked for it.

Takes requirements.lock and prints CycloneDX 1.6 as JSON, or writes it into a file; the same lock
gives the same bytes. Exit status 0 done, 2 wrong use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
#: A package's line, a hash of one of its files, and who asked for it, as `make lock` writes them.
_PACKAGE = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"#\s+(?:via )?([a-z0-9._-]+)(?: \(.*\))?$")


@dataclass
class Package:
    """One entry of the lock. `via` names the packages that need it; this project is `caveat`."""

    name: str
    version: str
    hashes: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)

    @property
    def purl(self) -> str:
        """Its name in all such lists (https://github.com/package-url/purl-spec)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="sbom.py",
        description="Write the software bill of materials of the lock as CycloneDX JSON.",
        epilog="Exit status: 0 done, 2 wrong use.",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements.lock", metavar="FILE")
    options = parser.parse_args(arguments)
    if not options.lock.is_file():
        parser.error(f"{options.lock}: no such file")
    made = bill(options.lock.read_text(encoding="utf-8"))
    text = json.dumps(made, indent=2) + "\n"
    if options.output:
        options.output.write_text(text, encoding="utf-8")
        print(f"{options.output}: {len(made['components'])} packages")
    else:
        print(text, end="")
    return 0


def packages(lock: str) -> Iterator[Package]:
    """The entries of the lock, in its order."""
    found: Package | None = None
    for line in lock.splitlines():
        if match := _PACKAGE.match(line):
            if found:
                yield found
            found = Package(canonicalize_name(match[1]), match[2])
        elif found and (match := _HASH.search(line)):
            found.hashes.append(match[1])
        elif found and (match := _VIA.search(line)):
            found.via.append(match[1])
    if found:
        yield found


def bill(lock: str) -> dict[str, Any]:
    """The bill (https://cyclonedx.org/docs/1.6/json/). What only work on the project needs is
    marked `excluded`: it is no part of a site."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = list(packages(lock))
    by_name = {one.name: one for one in known}
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    direct = {_named(one) for one in project["dependencies"]}
    needed = _needed(by_name, direct)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # Of the lock's own bytes, so that the same lock has the same bill.
        "serialNumber": f"urn:uuid:{uuid.UUID(hashlib.sha256(lock.encode()).hexdigest()[:32])}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": own,
            }
        },
        "components": [_component(one, required=one.name in needed) for one in known],
        "dependencies": [
            {"ref": own, "dependsOn": sorted(by_name[name].purl for name in direct)},
            *(
                {
                    "ref": one.purl,
                    "dependsOn": sorted(other.purl for other in known if one.name in other.via),
                }
                for one in known
            ),
        ],
    }


def _component(one: Package, *, required: bool) -> dict[str, Any]:
    hashes = [{"name": "caveat:sha256-of-a-distribution", "value": value} for value in one.hashes]
    return {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "scope": "required" if required else "excluded",
        "purl": one.purl,
        "properties": hashes,
    }


def _named(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    return canonicalize_name(match[0]) if match else requirement


def _needed(known: dict[str, Package], direct: set[str]) -> set[str]:
    """What a build needs: the direct dependencies, and what these need."""
    found, waiting = set(direct), list(direct)
    while waiting:
        name = waiting.pop()
        more = {one.name for one in known.values() if name in one.via} - found
        found |= more
        waiting += more
    return found


if __name__ == "__main__":
    sys.exit(main())
