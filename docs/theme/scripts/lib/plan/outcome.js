/**
 * What a step between two releases does to a host, worked out by look-ups.
 *
 * The same as caveat/applicability/step.py, outcome.py, plan.py and landing.py:
 * a test holds the two against each other. Takes precomputed answers (the form
 * at the head of caveat/applicability/forms.py) and a step:
 *
 *   { product, start, target, facts, defaults, kept }
 *
 * `facts` is a Map from a product's id or a trait's key to its values, `kept` a
 * Set of traits set by hand. Releases are compared by their place in the list.
 */

import { at, lookUp, place } from "../answers.js";

export const KINDS = ["entered", "step", "unknown", "carried", "left"];
const SEVERITIES = ["critical", "high", "medium", "low"];
const MOST_TRIES = 5000;
/** Of answers that are fine the one most to the point speaks. */
const TELLING = ["trait-differs", "not-this-step", "only-on-upgrade", "version-partly-fixed", "version-fixed"];

/** What each record says of the step, the most severe first; those that say nothing are left out. */
export function plan(form, step) {
  const items = form.records.map((record) => outcome(form, record, step)).filter(Boolean);
  return items.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.record.severity) - SEVERITIES.indexOf(b.record.severity) ||
      (a.record.id < b.record.id ? -1 : 1),
  );
}

/** The items of one kind: what may bite, then the rest. */
export function of(items, kind) {
  const found = items.filter((item) => item.kind === kind);
  return [...found.filter((item) => !item.may.length || mayBite(item)), ...found.filter((item) => item.may.length && !mayBite(item))];
}

export const bites = (item) => item.kind === "entered" || item.kind === "step";
export const mayBite = (item) => item.may.some((kind) => kind === "entered" || kind === "step");

/** Facts that would decide what is unknown: what may bite first. */
export function missing(items) {
  return [...new Set(of(items, "unknown").flatMap((item) => item.missing))];
}

/** The first clean release at or after the target, and the releases that were passed over. */
export function landing(form, step, today) {
  const { releases } = form.products[step.product];
  const start = place(form, step.product, step.start);
  const target = place(form, step.product, step.target);
  const end = target < start ? start : releases.length;
  const passed = [];
  for (const { version, end_of_life: ends, prerelease } of releases.slice(target, end)) {
    const unfit = ends !== undefined && ends < today ? "end-of-life" : prerelease ? "pre-release" : null;
    const items = unfit ? [] : plan(form, { ...step, target: version });
    const enters = items.filter(bites).map((item) => item.record.id);
    if (unfit || enters.length) {
      passed.push({ version, why: unfit ?? "enters", records: enters });
      continue;
    }
    const carried = items.filter((item) => item.kind === "carried");
    return { version, unknown: items.filter(mayBite), carried, passed };
  }
  return { version: null, unknown: [], carried: [], passed };
}

export function outcome(form, record, step) {
  const own = answers(form, record, step, new Map());
  const named = new Set(own.flatMap((one) => (one ? one.missing : [])));
  const lacks = factsOf(record).filter((name) => named.has(name));
  const states = own.map((one) => one?.state ?? null);
  const tried = states.includes("unknown") && lacks.length ? tryAll(form, record, step, lacks) : null;
  const may = new Set((tried ?? [states]).flatMap(kinds));
  const kind = only(may);
  if (!kind) return null;
  const [before, after, moving] = own;
  const unknown = kind === "unknown";
  const ends = [after, moving, before];
  const answer = unknown ? ends.find((one) => one?.state === "unknown") : (kind === "step" && moving) || after;
  return {
    record,
    kind,
    answer,
    may: unknown ? KINDS.filter((one) => may.has(one)) : [],
    missing: unknown ? lacks : [],
  };
}

/** The names under which a record's facts can be missing, in its own order. */
function factsOf(record) {
  return record.facts.filter((fact) => fact.kind !== "leaves").map(nameOf);
}

function nameOf(fact) {
  return fact.kind === "version" ? `product:${fact.of}` : fact.of;
}

function only(may) {
  if (may.size === 1) return [...may][0];
  // Either way it strikes; that it strikes on the step is the part which is certain.
  return may.size === 2 && may.has("entered") && may.has("step") ? "step" : "unknown";
}

/** What the states at start, at target and on the step come to; what is not known may be either. */
function kinds([before, after, moving]) {
  const either = (state) => (state === "unknown" ? [true, false] : [state === "affected"]);
  const found = [];
  for (const b of either(before)) {
    for (const a of either(after)) {
      for (const m of moving === null ? [a] : either(moving)) {
        if (a) found.push(b ? "carried" : "entered");
        else if (m) found.push("step");
        else found.push(b ? "left" : null);
      }
    }
  }
  return found;
}

/** The states for every combination of the missing facts; null where there are too many. */
function tryAll(form, record, step, lacks) {
  const choices = lacks.map((name) => {
    const fact = record.facts.find((one) => nameOf(one) === name && one.kind !== "leaves");
    // Another product may not be there at all.
    return [...examples(form, fact), ...(fact.kind === "version" ? [null] : [])];
  });
  if (choices.reduce((count, one) => count * one.length, 1) > MOST_TRIES) return null;
  let hosts = [[]];
  for (const choice of choices) hosts = hosts.flatMap((host) => choice.map((one) => [...host, one]));
  return hosts.map((parts) => {
    const tried = new Map(parts.filter(Boolean).map(([key, value]) => [key, [value]]));
    const states = answers(form, record, step, tried).map((one) => one?.state ?? null);
    // What does not strike for sure while the product is not known needs the product.
    return parts.includes(null) ? states.map((state) => (state === "unknown" ? "not_affected" : state)) : states;
  });
}

/** One thing to know for each class of a fact but "not known". */
function examples(form, fact) {
  const found = new Map();
  if (fact.kind === "trait") {
    for (const [value, number] of Object.entries(fact.values)) if (!found.has(number)) found.set(number, value);
  } else {
    let index = 0;
    for (const [count, number] of fact.runs) {
      if (!found.has(number)) found.set(number, form.products[fact.of].releases[index].version);
      index += count;
    }
  }
  return [...found.values()].map((value) => [fact.of, value]);
}

/** The answers at the start, at the target, and at the target on the step (null: no steps known). */
function answers(form, record, step, tried) {
  const answerAt = (version, leaves) => {
    const { known, assumed } = factsAt(form, step, version, tried);
    if (leaves) known.set(`${step.product}:from`, [leaves]);
    return worst(form, record, known, assumed);
  };
  const moves = record.facts.some((fact) => fact.kind === "leaves" && fact.of === step.product);
  return [answerAt(step.start), answerAt(step.target), moves ? answerAt(step.target, step.start) : null];
}

/** The answer of the worst combination of a host's values; the first of equally bad ones. */
function worst(form, record, known, assumed) {
  let hosts = [known];
  for (const fact of record.facts) {
    const values = fact.kind === "trait" ? (known.get(fact.of) ?? []) : [];
    if (values.length < 2) continue;
    hosts = hosts.flatMap((host) => [...values].sort().map((value) => new Map([...host, [fact.of, [value]]])));
  }
  const told = hosts.map((host) => record.answers[lookUp(form, record, host)]);
  const best = told.reduce((one, other) => (rank(other) < rank(one) ? other : one));
  const names = (numbers = []) => numbers.map((number) => nameOf(record.facts[number]));
  const lacks = best.state === "unknown" ? told.flatMap((one) => names(one.missing)) : [];
  return {
    record,
    number: record.answers.indexOf(best),
    state: best.state,
    code: best.code,
    evidence: best.evidence?.level ?? null,
    missing: [...new Set(lacks)],
    assumed: names(best.rests).filter((name) => assumed.has(name)),
  };
}

function rank({ state, code }) {
  if (state === "affected" || state === "unknown") return state === "affected" ? 0 : 1;
  return 2 + (TELLING.includes(code) ? TELLING.indexOf(code) : TELLING.length);
}

/** What is known at one end of the step, and which traits rest on a default. */
export function factsAt(form, step, version, tried = new Map()) {
  let known = new Map([...step.facts, [step.product, [version]]]);
  const assumed = new Set();
  if (step.defaults) {
    for (const [key, value] of defaultsOf(form, known)) {
      known.set(key, [value]);
      assumed.add(key);
    }
  }
  known = new Map([...tried, ...known]);
  if (version === step.start) return { known, assumed };
  // Whoever has what is the default at the start may get the default of this end.
  for (const [key, [before, here]] of movedDefaults(form, step.product, step.start, version)) {
    const values = known.get(key) ?? [];
    if (step.kept.has(key) || assumed.has(key) || values.length !== 1 || values[0] !== before) continue;
    known.set(key, [before, here]);
    assumed.add(key);
  }
  return { known, assumed };
}

/** Traits whose default differs between two releases, with both. */
export function movedDefaults(form, product, start, target) {
  const before = defaultsOf(form, new Map([[product, [start]]]));
  const here = defaultsOf(form, new Map([[product, [target]]]));
  const moved = new Map();
  for (const [key, value] of before) {
    if (here.has(key) && here.get(key) !== value) moved.set(key, [value, here.get(key)]);
  }
  return moved;
}

/** The default of each trait that is not known, where there is one. */
function defaultsOf(form, known) {
  const found = new Map();
  for (const [key, { default: told }] of Object.entries(form.traits)) {
    if (told === undefined || told === null || known.get(key)?.length) continue;
    if (typeof told === "string") {
      found.set(key, told);
      continue;
    }
    const product = key.split(".")[0];
    const [version] = known.get(product) ?? [];
    const index = version === undefined || !form.products[product] ? -1 : place(form, product, version);
    const value = index < 0 ? null : at(told, index);
    if (value) found.set(key, value);
  }
  return found;
}
