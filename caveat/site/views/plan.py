"""What the planner shows before anybody asked, and what its scripts fetch once somebody does.

Takes a scene and gives plain values: for the page, for each product its answers with every name and
reason in both languages, for each record what there is to tick. The browser compares no versions
and composes no sentence.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.applicability import Answer
from caveat.applicability.checklist import Job, Task, command, practice_job, workaround_job
from caveat.applicability.forms import runs
from caveat.applicability.ranges import in_any
from caveat.applicability.remedies import best_first
from caveat.applicability.wording import Wording, both
from caveat.model import Advisory, Bilingual, Range, Trait, Workaround
from caveat.site.scene import Scene
from caveat.site.views import parts
from caveat.site.views.condition import outputs
from caveat.words import LANGUAGES, words

#: Parameters of a plan's address, with an example of each.
_ADDRESS = (
    ("product", "product=docker-engine"),
    ("from", "from=27.5.1&to=28.0.0"),
    ("trait", "docker-engine.mode=rootless"),
    ("with", "traefik=3.5.0"),
    ("defaults", "defaults=yes"),
    ("kept", "kept=docker-engine.min-api"),
)
_COMMAND = "caveat plan docker-engine 27.5.1 28.0.0 --trait mode=rootless --with traefik=3.5.0"
_GROUPS = (
    *("plan", "severity", "evidence", "evidence-means", "phase", "platform"),
    *("list", "sentence", "copy"),
)
_WORDS = (
    *(f"checklist.{name}" for name in ("progress", "reset", "undo", "kept")),
    *("workaround.expected", "affects.otherwise", "panel.probe"),
    *("advisory.effect", "section.workarounds", "section.fix"),
)


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    products = sorted(scene.kb.products.values(), key=lambda one: one.name.casefold())
    return {
        "title": scene.words("plan.title"),
        "description": scene.words("plan.intro"),
        "products": [(one.id, one.name, scene.link(urls.product(one.id))) for one in products],
        "command": _COMMAND,
        "address": [(scene.words(f"plan.address-{key}"), text) for key, text in _ADDRESS],
        "root": scene.link(urls.HOME) if scene.language == "en" else f"../{scene.link(urls.HOME)}",
    }


def spoken(scene: Scene) -> dict[str, Any]:
    """The words that the planner prints, and those of reasons in both languages."""
    reasons = ("reason.missing", "reason.assumed", "list.separator", "sentence.gap")
    keys = sorted(scene.words.keys())
    prefixes = tuple(f"{group}." for group in _GROUPS)
    return {
        "words": {"language": scene.language}
        | {key: scene.words(key) for key in keys if key.startswith(prefixes) or key in _WORDS},
        "spoken": {lang: {key: words(lang)(key) for key in reasons} for lang in LANGUAGES},
    }


def data(scene: Scene, id_: str) -> dict[str, Any]:
    """A product's answers (see `applicability.forms`) with `reasons` in both languages, one for
    each answer of each record, `about` for each record, `facts` by name and `names` of products."""
    both = {lang: Wording(scene.kb, words(lang)) for lang in LANGUAGES}
    made = scene.answers.of_product(id_)
    records = [scene.kb.advisories[one["id"]] for one in made["records"]]
    facts = dict.fromkeys(
        f"product:{fact['of']}" if fact["kind"] == "version" else fact["of"]
        for one in made["records"]
        for fact in one["facts"]
        if fact["kind"] != "leaves"
    )
    return {
        **made,
        "reasons": [
            [_reason(answer, both) for answer in scene.answers.sheet(one).answers]
            for one in records
        ],
        "about": {one.id: _about(scene, one) for one in records},
        "facts": {name: _fact(scene, name, both) for name in facts},
        "names": {product: scene.product(product) for product in made["products"]},
    }


def tasks(scene: Scene, id_: str) -> dict[str, Any]:
    """What there is to do about a record: its workarounds, best suited first, and practices."""
    record = scene.kb.advisories[id_]
    return {
        "workarounds": [_workaround(scene, record, one) for one in best_first(record)],
        "practices": [
            {"phase": practice.phase, **_job(scene, practice_job(practice))}
            for name in record.practices
            if (practice := scene.kb.practices.get(name))
        ],
    }


def _reason(answer: Answer, both: dict[Any, Wording]) -> dict[str, str] | None:
    """Why, in both languages; what is missing is worded where the whole host is known."""
    if answer.reason.code == "missing":
        return None
    return {lang: say.reason(answer) for lang, say in both.items()}


def _about(scene: Scene, record: Advisory) -> dict[str, Any]:
    made = {
        "slug": record.slug,
        "title": both(record.title),
        **_shown(scene, record.title),
        "url": scene.link(urls.advisory(record.id)),
    }
    return {**made, "felt": felt} if (felt := parts.felt(record)) else made


def _fact(scene: Scene, name: str, both: dict[Any, Wording]) -> dict[str, Any]:
    made: dict[str, Any] = {"name": {lang: say.fact(name) for lang, say in both.items()}}
    if text := command(scene.kb, name):
        made["command"] = text
    trait = scene.kb.traits.get(name)
    return {**made, **_trait(scene, name, trait)} if trait else made


def _trait(scene: Scene, name: str, trait: Trait) -> dict[str, Any]:
    values = {value.id: scene.value(name, value.id) for value in trait.values}
    made: dict[str, Any] = {"values": values}
    if trait.about:
        about = scene.block(trait.about)
        made["about"] = (
            {"html": about.html, "lang": about.lang} if about.lang else {"html": about.html}
        )
    if trait.probe:
        told = outputs(scene, name, trait.probe, [])
        made["outputs"] = [[one["says"], one["text"], one["value"]] for one in told]
    return made


def _workaround(scene: Scene, record: Advisory, one: Workaround) -> dict[str, Any]:
    parts = [workaround_job(record, one, "apply"), workaround_job(record, one, "verify")]
    apply, verify = (_job(scene, job)["tasks"] if job else [] for job in parts)
    return {
        "id": one.id,
        "kind": one.kind,
        "title": both(one.title),
        **_shown(scene, one.title),
        "where": [
            {"of": where.product, "runs": runs(_places(scene, where.product, where.ranges))}
            for where in one.versions
        ],
        "when": {
            scene.kb.trait_key(record.products[0], path) or path: values
            for path, values in one.when.items()
        },
        "apply": apply,
        "verify": verify,
    }


def _places(scene: Scene, product: str, ranges: list[Range]) -> list[bool]:
    """For each release, oldest first, whether the ranges hold it."""
    scheme = scene.kb.products[product].versioning
    return [in_any(ranges, one, scheme) for one in scene.kb.catalogues[product].versions]


def _job(scene: Scene, job: Job) -> dict[str, Any]:
    made: dict[str, Any] = {"id": job.id, "tasks": [_task(scene, task) for task in job.tasks]}
    if job.title:
        made |= {"title": both(job.title), **_shown(scene, job.title)}
    return made


def _task(scene: Scene, task: Task) -> dict[str, Any]:
    made: dict[str, Any] = {"key": task.key}
    if task.text:
        made |= {"text": both(task.text), **_shown(scene, task.text)}
    if task.commands:
        made["commands"] = dict(task.commands)
    if task.expected is not None:
        made["expected"] = task.expected
    return made


def _shown(scene: Scene, text: Bilingual) -> dict[str, Any]:
    """As the page prints it, with its language where that is not the page's."""
    found = scene.inline(text)
    return {"html": found.html, "lang": found.lang} if found.lang else {"html": found.html}
