"""What the form for a new record shows, and what its scripts fetch: choices, names, words, schema.

Takes a scene and gives plain values; the questions stand here once, for the form and for readers
without scripts.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from caveat import urls
from caveat.model.advisory import Kind, Level
from caveat.model.base import LANGUAGES
from caveat.model.evidence import EvidenceLevel
from caveat.model.schema import schemas
from caveat.model.signature import LogPlace
from caveat.model.workaround import Disruption, Effort, Platform, WorkaroundKind
from caveat.site.scene import Scene

#: Texts of the scripts are the words whose keys begin so.
_WORDS = "form-says."
#: What explains a schema to people and decides nothing.
_NOTES = {"$comment", "$schema", "title", "description", "examples", "default"}


class Question(NamedTuple):
    """One field: its name, what it is made of, and whether it waits for an answer."""

    name: str
    control: str
    needed: bool = False
    options: tuple[str, ...] = ()
    words: str = ""
    prose: bool = False


def _choice(
    name: str, kind: object, words: str, *, control: str = "select", waits: bool = False
) -> Question:
    """A question with the model's own choices. One that `waits` has none of them chosen, so that
    nobody gives an answer without a thought."""
    first = ("",) if waits and control == "select" else ()
    return Question(name, control, needed=waits, options=(*first, *get_args(kind)), words=words)


#: By group, in the order in which somebody tells the story.
QUESTIONS: dict[str, tuple[Question, ...]] = {
    "broke": (
        Question("title", "line", needed=True, prose=True),
        Question("summary", "text", needed=True, prose=True),
        _choice("kind", Kind, "kind."),
        _choice("level", Level, "form.level-", control="radio", waits=True),
        Question("reason", "line", needed=True, prose=True),
        Question("cause", "text", prose=True),
    ),
    "versions": (
        Question("product", "select", needed=True),
        Question("from", "select", needed=True),
        Question("end", "radio", options=("fixed", "last", "open"), words="form.end-"),
        Question("to", "select", needed=True),
        Question("since", "date"),
    ),
    "conditions": (
        Question("conditions", "traits"),
        Question("effect", "text", prose=True),
    ),
    "error": (
        Question("error", "log"),
        _choice("log", LogPlace, "log."),
        Question("command", "code"),
        Question("pattern", "log"),
        Question("near", "log"),
    ),
    "helped": (
        Question("way", "select", options=("", *get_args(WorkaroundKind)), words="form.way-"),
        Question("wayTitle", "line", needed=True, prose=True),
        Question("leads", "select"),
        _choice("platform", Platform, "platform."),
        Question("apply", "log"),
        Question("verify", "log"),
        Question("rollback", "log"),
        _choice("effort", Effort, "effort.", waits=True),
        _choice("disruption", Disruption, "disruption.", waits=True),
        Question("risk", "text", needed=True, prose=True),
    ),
    "known": (
        Question("sources", "log", needed=True),
        _choice("evidence", EvidenceLevel, "form.evidence-", control="radio"),
        Question("practices", "practices"),
        Question("unsure", "text", prose=True),
        Question("slug", "code"),
    ),
}


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    return {
        "title": scene.words("form.page"),
        "description": scene.words("form.lead"),
        "languages": [(one, scene.words(f"form.write-{one}")) for one in (*LANGUAGES, "both")],
        "groups": [
            {
                "id": group,
                "title": scene.words(f"form.group-{group}"),
                "questions": [_question(scene, one) for one in questions],
            }
            for group, questions in QUESTIONS.items()
        ],
        "practices": [
            {"id": one.id, "title": scene.inline(one.title)} for one in scene.kb.practices.values()
        ],
        "guide": scene.link(urls.CONTRIBUTE),
        "find": scene.link(urls.FIND),
        "board": scene.link(urls.BOARD),
    }


def _question(scene: Scene, one: Question) -> dict[str, Any]:
    return {
        "name": one.name,
        "control": one.control,
        "needed": one.needed,
        "label": scene.words(f"form.{one.name}"),
        "hint": scene.words(f"form.{one.name}-hint"),
        "languages": LANGUAGES if one.prose else (),
        "options": [(value, _option(scene, one, value)) for value in one.options],
    }


def _option(scene: Scene, one: Question, value: str) -> str:
    own = one.words.startswith("form.")
    return scene.words(f"{one.words}{value or 'none'}" if value or own else "form.choose")


def choices(scene: Scene) -> dict[str, Any]:
    """What the catalogue offers: products with their releases, oldest first, and their traits."""
    products = sorted(scene.kb.products.values(), key=lambda one: one.name.casefold())
    return {
        "products": [
            {
                "id": one.id,
                "name": one.name,
                "aliases": list(one.aliases),
                "versions": [version.text for version in scene.kb.catalogues[one.id].versions],
                "traits": [
                    _trait(scene, path, key)
                    for path in (*(t.id for t in one.traits), *one.host_traits)
                    if (key := scene.kb.trait_key(one.id, path))
                ],
            }
            for one in products
        ]
    }


def _trait(scene: Scene, path: str, key: str) -> dict[str, Any]:
    trait = scene.kb.traits[key]
    return {
        "path": path,
        "name": scene.trait(key),
        **({"about": scene.plain(trait.about)} if trait.about else {}),
        "values": [(value.id, scene.value(key, value.id)) for value in trait.values],
    }


def names(scene: Scene) -> dict[str, Any]:
    """What is taken: upstream names with the records that have them, and slugs."""
    aliases: dict[str, list[str]] = {}
    for record in scene.kb.published:
        for name in record.aliases:
            aliases.setdefault(name, []).append(record.id)
    return {"aliases": aliases, "slugs": [record.slug for record in scene.kb.published]}


def schema(scene: Scene) -> dict[str, Any]:  # noqa: ARG001 - every data file is made alike
    """The schema of a record, without what explains it."""
    made: dict[str, Any] = _bare(schemas()["advisory"])
    return made


def _bare(value: Any, *, names: bool = False) -> Any:
    """`value` without notes; inside `names` the keys are names of fields, whatever they are."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _bare(one, names=not names and key in {"properties", "$defs", "patternProperties"})
        for key, one in value.items()
        if names or key not in _NOTES
    }


def words(scene: Scene) -> dict[str, Any]:
    """Texts of the scripts."""
    every = scene.words.keys()
    keys = sorted(key for key in every if key.startswith(_WORDS))
    return {key.removeprefix(_WORDS): scene.words(key) for key in keys}
