"""Takes payloads; gives knowledge that holds one in every text that a record may hold.

The rules would refuse most of it and are not asked: what is printed must be safe even where a rule
misses something. A field that the model itself keeps to a form gets the nearest that it lets pass.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from caveat.knowledge import KnowledgeBase, load
from caveat.model import KINDS
from tests.support.knowledge import ADVISORY, ENGINE, PRACTICE, TRAIT, base_knowledge

Path_ = tuple[str | int, ...]
#: The base's files by kind, and the names in them that every copy has of its own.
FILES = {
    "advisory": [ADVISORY],
    "product": [ENGINE, "advisories/products/proxy.yml"],
    "trait": [TRAIT],
    "practice": [PRACTICE],
}
SHARED = ("engine", "proxy", "kernel-module", "pin-versions")
#: Releases that are enough to have pages of every sort.
RELEASES = ("1.1.2", "2.0.0", "1.10")
#: Payloads that one product, trait and practice hold together: a line has at most 500 characters.
TOGETHER = 5


def write_poisoned(root: Path, payloads: Mapping[str, str]) -> Path:
    """A knowledge tree with a record for each payload, and products, traits and practices for each
    few of them; gives the root back."""
    texts = list(payloads.values())
    for number, payload in enumerate(texts, 1):
        group = (number - 1) // TOGETHER
        _write(root, f"records/2025/CAV-2025-{number:04}.yml", _advisory(number, group, payload))
        if (number - 1) % TOGETHER == 0:
            together = " ".join(texts[number - 1 : number - 1 + TOGETHER])
            for file, data in _shared(group, together):
                _write(root, file, data)
    return root


def poisoned(root: Path) -> KnowledgeBase:
    """That tree, read; nothing of it is lost on the way."""
    kb, problems = load(root)
    lost = [one for one in problems if one.code not in {"CAV103", "CAV109"}]
    assert lost == []
    return kb


def places(value: object, at: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text of plain data, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*at, number))
    elif isinstance(value, str):
        yield at, value


def poison(kind: str, data: Any, payload: str) -> Any:
    """The data with the payload in each text that the model lets it into."""
    flat = " ".join(payload.split())
    address = "https://a.example/" + re.sub(r'[\s<>"]', "", payload)
    forms = (payload, flat, address)
    # The values of a `when` are names, of values that a trait has: the engine looks them up.
    tried = {place: 0 for place, _ in places(data) if "when" not in place}
    while True:
        made = _replaced(data, {at: forms[n] for at, n in tried.items() if n < len(forms)}, ())
        try:
            KINDS[kind].model_validate(made)
        except ValidationError as error:
            refused = {tuple(one["loc"]) for one in error.errors(include_url=False)}
            for place in tried:
                if any(place == one[: len(place)] or place[: len(one)] == one for one in refused):
                    tried[place] += 1
        else:
            return made


def base_data(kind: str) -> list[tuple[str, Any]]:
    """The base's files of a kind as data, with the fields that the base does without."""
    documents = {one.file: one for one in base_knowledge().documents.values()}
    return [(file, _whole(kind, documents[file].data)) for file in FILES[kind]]


def _whole(kind: str, data: Any) -> Any:
    more: dict[str, Any] = {}
    if kind == "advisory":
        fixes = [one | {"note": {"en": "a", "zh": "a"}} for one in data["fixes"]]
        omitted = {name: {"en": "a", "zh": "a"} for name in ("signatures", "probe", "fixes")}
        more = {"fixes": fixes, "omitted": omitted, "workarounds": [_way(data["workarounds"][0])]}
    elif kind == "product":
        releases = [one for one in data["releases"] if one["version"] in RELEASES]
        more = {"releases": releases}
    elif kind == "trait":
        argv = data["probe"]["argv"]
        more = {"probe": {"argv": argv, "equals": {"a": "present"}, "contains": {"b": "absent"}}}
    return data | more


def _way(workaround: Any) -> Any:
    """A way round with steps for every platform."""
    names = ("any", "debian", "rhel", "arch", "windows", "macos", "kubernetes")
    step = {"text": {"en": "a", "zh": "a"}, "commands": dict.fromkeys(names, "a"), "expected": "a"}
    return workaround | {"apply": [step], "verify": [step], "rollback": [step]}


def _advisory(number: int, group: int, payload: str) -> Any:
    [(_, data)] = base_data("advisory")
    if number % 20 == 0:
        reason = {"reason": {"en": "a", "zh": "a"}, "successor": f"CAV-2025-{number - 1:04}"}
        data = data | {"status": "withdrawn", "withdrawn": reason}
    if number % 3 == 0:  # one language alone, shown to readers of the other
        data = _without(data, "zh" if number % 2 else "en")
    own = {"CAV-2025-0001": f"CAV-2025-{number:04}", data["slug"]: f"record-{number}"}
    return poison("advisory", _renamed(data, own | _names(group)), payload)


def _shared(group: int, payload: str) -> Iterator[tuple[str, Any]]:
    for kind in ("product", "trait", "practice"):
        for file, data in base_data(kind):
            made = poison(kind, _renamed(data, _names(group)), payload)
            if kind == "trait":
                probe = made["probe"]
                probe["equals"] = {f"{payload}1": "present"}
                probe["contains"] = {f"{payload}2": "absent"}
            folder = Path(file).parent.name
            yield f"{folder}/{made['id']}.yml", made


def _names(group: int) -> dict[str, str]:
    return {name: f"{name}-{group}" for name in SHARED}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, names) for inner in value]
    return names.get(value, value)


def _without(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k != language or len(value) == 1}
        return {key: _without(inner, language) for key, inner in kept.items()}
    return [_without(one, language) for one in value] if isinstance(value, list) else value


def _replaced(value: Any, new: Mapping[Path_, str], at: Path_) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(inner, new, (*at, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, new, (*at, number)) for number, inner in enumerate(value)]
    return new.get(at, value)


def _write(root: Path, file: str, data: Any) -> None:
    path = root / "advisories" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    # Plain ASCII with escapes: so the bytes of the file are clean whatever the texts hold.
    text = yaml.dump(data, Dumper=_Quoted, allow_unicode=False, sort_keys=False)
    path.write_text(text, encoding="ascii")


class _Quoted(yaml.SafeDumper):
    """Writes every text in double quotes, and nothing twice by reference."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Quoted.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def groups(payloads: Sequence[str]) -> int:
    """How many products of a kind there are."""
    return -(-len(payloads) // TOGETHER)
