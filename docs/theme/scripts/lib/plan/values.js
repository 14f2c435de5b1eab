/**
 * A plan as values: exactly what `caveat plan --json` prints, whose form is
 * described at the head of caveat/cli/planned.py.
 *
 * Takes the product's answers with their texts, the words, and a plan that was
 * worked out; `home` is the address of the site's root.
 */

import { place } from "../answers.js";
import { KINDS, bites, mayBite, missing, of } from "./outcome.js";

const LANGUAGES = ["en", "zh"];

/** A sentence with its `{names}` filled in. */
export function filled(text, params) {
  return text.replace(/\{(\w+)\}/g, (_, name) => params[name]);
}

export function values({ form, step, items, landed, phases, spoken, home }) {
  const { product, start, target, defaults } = step;
  const beside = [...step.facts].filter(([key]) => key in form.products).sort(byKey);
  const traits = [...step.facts].filter(([key]) => key in form.traits).sort(byKey);
  return {
    product,
    from: start,
    to: target,
    downgrade: place(form, product, target) < place(form, product, start),
    with: Object.fromEntries(beside.map(([key, [version]]) => [key, version])),
    traits: Object.fromEntries(traits.map(([key, told]) => [key, [...told].sort()])),
    defaults,
    kept: [...step.kept].sort(),
    bites: items.some(bites),
    may_bite: items.some(mayBite),
    ...Object.fromEntries(
      KINDS.map((kind) => [kind, of(items, kind).map((item) => itemValues(form, spoken, home, item))]),
    ),
    find_out: missing(items).map((fact) => ({
      fact,
      name: form.facts[fact].name,
      command: form.facts[fact].command ?? null,
      decides: of(items, "unknown").filter((item) => item.missing.includes(fact)).map(idOf),
    })),
    clean_landing: {
      version: landed.version,
      unknown: landed.unknown.map(idOf),
      carried: landed.carried.map(idOf),
      passed: landed.passed,
    },
    checklist: Object.fromEntries(phases.map(([phase, list]) => [phase, list.map(jobValues)])),
  };
}

/** Why an answer is what it is, in both languages. */
export function reason(form, spoken, answer) {
  const { record, number, assumed } = answer;
  const told = form.reasons[form.records.indexOf(record)][number];
  const say = (language) => {
    const words = spoken[language];
    const joined = (names) => names.map((name) => form.facts[name].name[language]).join(words["list.separator"]);
    const text = told?.[language] ?? filled(words["reason.missing"], { facts: joined(answer.missing) });
    if (!assumed.length) return text;
    return text + words["sentence.gap"] + filled(words["reason.assumed"], { traits: joined(assumed) });
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, say(language)]));
}

function itemValues(form, spoken, home, { record, kind, answer, may, missing: lacks }) {
  const { slug, title } = form.about[record.id];
  return {
    id: record.id,
    slug,
    severity: record.severity,
    title,
    reason: { code: answer.code, ...reason(form, spoken, answer) },
    evidence: answer.evidence,
    assumed: answer.assumed,
    ...(kind === "unknown" ? { may, missing: lacks } : {}),
    url: new URL(`advisories/${record.id}/`, home).href,
  };
}

function jobValues({ source, part, id, title, records, tasks }) {
  const taskValues = ({ key, text, commands, expected }) => ({
    key,
    ...(text ? { text } : {}),
    ...(commands ? { commands } : {}),
    ...(expected === undefined ? {} : { expected }),
  });
  return { source, part, id, title, records, tasks: tasks.map(taskValues) };
}

const idOf = (item) => item.record.id;
const byKey = ([a], [b]) => (a < b ? -1 : 1);
