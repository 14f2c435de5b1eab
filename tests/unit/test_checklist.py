"""Takes the records of the house; shows which workaround a step's checklist offers, and when."""

import pytest

from caveat.applicability import Facts, plan
from caveat.applicability.checklist import Job, checklist
from caveat.applicability.remedies import RELEASES, best_first, possible, suited
from caveat.knowledge import KnowledgeBase

ENGINE = "docker-engine"
SLIRP = "CAV-2025-0001"


def rootless(driver: str = "slirp4netns") -> Facts:
    """The host of the story."""
    facts = Facts().having("docker-engine.mode", "rootless")
    return facts.having("docker-engine.port-driver", driver)


def jobs(kb: KnowledgeBase, start: str, target: str, facts: Facts) -> list[tuple[str, Job]]:
    """Every job of a step with its phase."""
    parse = kb.catalogues[ENGINE].parse
    made = checklist(kb, plan(kb, ENGINE, parse(start), parse(target), facts))
    return [(phase, job) for phase, all_ in made.items() for job in all_]


def test_a_change_of_configuration_goes_before_another_release(kb: KnowledgeBase) -> None:
    """What a host can use is a workaround that is not ruled out, and no other release if there is
    one."""
    parse = kb.catalogues[ENGINE].parse
    for record in kb.by_product[ENGINE]:
        facts = rootless().at(ENGINE, parse("28.0.0"))
        chosen = suited(kb, record, facts)
        open_ = [w for w in best_first(record) if possible(kb, record, w, facts) is not False]
        assert (chosen is None) == (not open_)
        if chosen is not None:
            assert chosen in open_
            assert chosen.kind not in RELEASES or all(w.kind in RELEASES for w in open_)


def test_a_workaround_comes_with_its_check(kb: KnowledgeBase) -> None:
    """Of a record that is entered one workaround is applied before or during the step and checked
    after it; what only may be entered has probes and no workaround."""
    made = [(p, j) for p, j in jobs(kb, "27.5.1", "28.0.0", rootless()) if j.source == "workaround"]
    assert {job.records for _, job in made} == {(SLIRP,)}
    assert len({job.id for _, job in made}) == 1
    phases = {job.part: phase for phase, job in made}
    assert phases["apply"] in ("before", "during")
    assert phases["verify"] == "after"
    unknown = jobs(kb, "27.5.1", "28.0.0", Facts())
    assert {job.source for _, job in unknown} == {"find-out"}


@pytest.mark.parametrize("facts", [Facts(), rootless()])
def test_probes_ask_only_for_what_may_bite(kb: KnowledgeBase, facts: Facts) -> None:
    """A fact that can only decide what is carried along is no work before the step."""
    parse = kb.catalogues[ENGINE].parse
    made = plan(kb, ENGINE, parse("27.5.1"), parse("28.0.0"), facts)
    asked = {f"find/{name}" for item in made.items if item.may_bite for name in item.missing}
    [find] = [job for _, job in jobs(kb, "27.5.1", "28.0.0", facts) if job.source == "find-out"]
    assert {task.key for task in find.tasks} == asked
    assert asked < {f"find/{name}" for name in made.missing}
