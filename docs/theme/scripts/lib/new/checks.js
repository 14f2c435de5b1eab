/**
 * What is wrong with the answers: what the schema says, and the few rules that need no more than
 * what stands on the page. The rest is the validator's, in the pull request.
 *
 * A problem is `{field, code}` with parameters; one a field, the first.
 */

import { clean } from "./clean.js";
import { commandFaults, commands } from "./commands.js";
import { faults } from "./schema.js";
import { patternFaults, proposed } from "./signature.js";

/** Characters of one text, and bytes of a file, that the reader takes. */
const [LONGEST, LARGEST] = [8192, 65536];

/** Which question a part of the record came from: the first that begins its path. */
const PLACES = [
  ["affected.0.on.0.product", "product"],
  ["affected.0.on.0.ranges.0.introduced", "from"],
  ["affected.0.on.0.ranges", "to"],
  ["affected.0.on.0.when", "conditions"],
  ["affected.0.effect", "effect"],
  ["affected.0.evidence", "evidence"],
  ["severity.level", "level"],
  ["severity", "reason"],
  ["signatures.0.log", "log"],
  ["signatures.0.command", "command"],
  ["signatures.0.near_misses", "near"],
  ["signatures.0.samples", "error"],
  ["signatures", "pattern"],
  ["workarounds.0.effort", "effort"],
  ["workarounds.0.disruption", "disruption"],
  ["workarounds.0.risk", "risk"],
  ["workarounds.0.leads_to", "leads"],
  ["workarounds.0.apply.0.text", "wayTitle"],
  ["workarounds.0.apply", "apply"],
  ["workarounds.0.verify", "verify"],
  ["workarounds.0.rollback", "rollback"],
  ["workarounds", "wayTitle"],
  ["fixes", "to"],
  ["timeline", "since"],
  ["references", "sources"],
  ["aliases", "sources"],
  ["id", "slug"],
  ["unverified", "unsure"],
];

const NEEDED = new Set(["required", "minProperties", "minItems", "minLength", "anyOf"]);

function ofSchema({ path, keyword, limit }) {
  const place = path.join(".");
  const known = PLACES.find(([begin]) => place === begin || place.startsWith(`${begin}.`));
  const field = known?.[1] ?? path[0];
  if (NEEDED.has(keyword)) return { field, code: "needed" };
  return keyword === "maxLength" ? { field, code: "long", most: limit } : { field, code: "form" };
}

/**
 * @param {object} answers
 * @param {object} built what `build` made of them
 * @param {{choices: object, schema: object, taken: Set<string>, known: string[]}} around `taken` are
 *   slugs of records, `known` are records whose error the pasted one is
 */
export function problems(answers, built, text, { choices, schema, taken = new Set(), known = [] }) {
  const { record, wrong } = built;
  const found = [
    ...wrong.map((one) => ({ field: "sources", code: "address", text: one })),
    ...faults(schema, record).map(ofSchema),
    ...versions(answers, choices),
    ...signature(answers),
    ...["apply", "verify", "rollback"].flatMap((field) => (answers.way ? commandFaults(field, commands(answers[field])) : [])),
    ...(record.signatures ? commandFaults("command", record.signatures[0].command ?? "") : []),
    ...(taken.has(record.slug) ? [{ field: "slug", code: "taken" }] : []),
    ...known.filter((id) => !answers.related.includes(id)).map((id) => ({ field: "error", code: "known", text: id })),
    ...sizes(record),
    ...sameNames(record),
  ];
  if (new TextEncoder().encode(text).length > LARGEST) found.push({ field: "summary", code: "large" });
  return found.filter((one, n) => found.findIndex(({ field }) => field === one.field) === n);
}

function versions({ product, from, end, to }, choices) {
  const list = choices.products.find(({ id }) => id === product)?.versions ?? [];
  if (end === "open" || !from) return [];
  if (!to) return [{ field: "to", code: "needed" }];
  const [first, last] = [list.indexOf(from), list.indexOf(to)];
  const forwards = from === "0" || (end === "fixed" ? first < last : first <= last);
  return forwards ? [] : [{ field: "to", code: "backwards", text: from }];
}

function signature(answers) {
  const sample = clean(answers.error);
  if (!sample.trim()) return [];
  return patternFaults(clean(answers.pattern) || proposed(sample), sample, clean(answers.near));
}

/** Every text with the path that it stands at. */
function* texts(value, path = []) {
  if (typeof value === "string") yield { path, text: value };
  else for (const [key, one] of Object.entries(value)) yield* texts(one, [...path, key]);
}

function sizes(record) {
  return [...texts(record)]
    .filter(({ text }) => [...text].length > LONGEST)
    .map(({ path }) => ({ ...ofSchema({ path, keyword: "maxLength", limit: LONGEST }) }));
}

/** What stays the same in every language; the same as in caveat/rules/text.py. */
const FIXED = [
  /(?<![\p{L}\p{N}_.])\p{Nd}+(?:\.\p{Nd}+)+(?:-[a-z]+\.?\p{Nd}+)?/gu,
  /CAV-\p{Nd}{4}-\p{Nd}{4}|CVE-\p{Nd}+-\p{Nd}+|GHSA(?:-[\p{L}\p{N}_]{4}){3}|[\p{L}\p{N}_]+\/[\p{L}\p{N}_]+#\p{Nd}+/gu,
  /`[^`\n\u2e80-\uffef]+`/gu,
];

/** Versions, names and commands that stand in one language only. */
function sameNames(record) {
  return [...pairs(record)].flatMap(({ path, en, zh }) => {
    for (const pattern of FIXED) {
      const [inEn, inZh] = [en, zh].map((text) => new Set(text.match(pattern) ?? []));
      const missing = [...inEn].find((name) => !inZh.has(name)) ?? [...inZh].find((name) => !inEn.has(name));
      if (missing) return [{ ...ofSchema({ path, keyword: "both" }), code: "both", text: missing }];
    }
    return [];
  });
}

function* pairs(value, path = []) {
  if (typeof value !== "object") return;
  if (typeof value.en === "string" && typeof value.zh === "string") yield { path, ...value };
  for (const [key, one] of Object.entries(value)) yield* pairs(one, [...path, key]);
}
