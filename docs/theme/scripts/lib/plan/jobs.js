/**
 * One checklist for a step: the same as caveat/applicability/checklist.py and
 * remedies.py, with what is possible at a release looked up.
 *
 * Takes the answers, the step, its items and, by record, what there is to do
 * (plan/record/<ID>.json); gives jobs by phase.
 */

import { at, place } from "../answers.js";
import { bites, factsAt, mayBite, missing } from "./outcome.js";

const PHASES = ["before", "during", "after"];
/** Ways round that are another release. */
const RELEASES = ["upgrade", "downgrade"];

export function jobs(form, step, items, todo) {
  const found = new Map(PHASES.map((phase) => [phase, []]));
  found.get("before").push(...probes(form, items));
  const biting = items.filter(bites);
  for (const { record } of biting) {
    for (const [phase, job] of workaround(form, step, record.id, todo.get(record.id))) found.get(phase).push(job);
  }
  found.get("after").sort((a, b) => (a.source === "way-out") - (b.source === "way-out"));
  for (const { phase, ...job } of practices(biting, todo)) {
    found.get(phase === "always" ? "before" : phase).push(job);
  }
  return [...found].filter(([, list]) => list.length);
}

function probes(form, items) {
  const asking = items.filter((item) => mayBite(item) && item.missing.length);
  const facts = missing(items).filter((name) => asking.some((item) => item.missing.includes(name)));
  if (!facts.length) return [];
  const tasks = facts.map((fact) => {
    const { name, command } = form.facts[fact];
    return { key: `find/${fact}`, text: name, ...(command ? { commands: { any: command } } : {}) };
  });
  return [{ source: "find-out", part: "steps", id: "find-out", title: null, records: asking.map((item) => item.record.id), tasks }];
}

function workaround(form, step, id, { workarounds }) {
  const there = factsAt(form, step, step.target).known;
  const open = workarounds
    .map((one) => ({ one, fits: possible(form, one, there) }))
    .filter(({ fits }) => fits !== false);
  const cost = ({ one, fits }) => 2 * RELEASES.includes(one.kind) + (fits === null);
  const chosen = open.reduce((best, other) => (!best || cost(other) < cost(best) ? other : best), null)?.one;
  if (!chosen) return [];
  const isRelease = RELEASES.includes(chosen.kind);
  const early = chosen.where.length > 0 && possible(form, chosen, factsAt(form, step, step.start).known) !== false;
  const source = isRelease ? "way-out" : "workaround";
  const first = isRelease ? "after" : early ? "before" : "during";
  return [
    [first, "apply"],
    ["after", "verify"],
  ]
    .filter(([, part]) => chosen[part].length)
    .map(([phase, part]) => [
      phase,
      { source, part, id: chosen.id, title: chosen.title, shown: chosen, records: [id], tasks: chosen[part] },
    ]);
}

/** Whether a host can use it; null where a fact is missing. */
function possible(form, { where, when }, known) {
  const told = [
    ...where.map(({ of, runs }) => {
      const [version] = known.get(of) ?? [];
      const index = version === undefined || !form.products[of] ? -1 : place(form, of, version);
      return index < 0 ? null : at(runs, index);
    }),
    ...Object.entries(when).map(([key, wanted]) => {
      const values = known.get(key) ?? [];
      return values.length ? values.some((value) => wanted.includes(value)) : null;
    }),
  ];
  if (told.includes(false)) return false;
  return told.includes(null) ? null : true;
}

/** Every practice that would soften one of the items, with the ids of those. */
function practices(biting, todo) {
  const found = new Map();
  for (const { record } of biting) {
    for (const practice of todo.get(record.id).practices) {
      if (!found.has(practice.id)) found.set(practice.id, { practice, records: [] });
      found.get(practice.id).records.push(record.id);
    }
  }
  return [...found.values()].map(({ practice, records }) => ({
    phase: practice.phase,
    source: "practice",
    part: "steps",
    id: practice.id,
    title: practice.title,
    shown: practice,
    records,
    tasks: practice.tasks,
  }));
}
