/**
 * Answers to the questions of the form as a record: the draft that goes into a pull request.
 *
 * Takes plain answers (a text, a list of ids, or `{en, zh}` for each question), what there is to
 * choose from, and a day; gives the record with its keys in the order of the format, its path, and
 * which question each part came from.
 */

import { clean, line } from "./clean.js";
import { commands } from "./commands.js";
import { named, telling } from "./names.js";
import { block, inlined } from "./prose.js";
import { proposed, standIn } from "./signature.js";
import { sources } from "./sources.js";

/** Months after which somebody looks at the record again. */
const REVIEW = 6;
const LANGUAGES = ["en", "zh"];
const NOT_KNOWN = { en: "Not known yet.", zh: "原因尚不清楚。" };
const REPORTED = { en: "Became public.", zh: "问题公开。" };
const WRITTEN = { en: "First written, with the form of the site.", zh: "用站点表单写成初稿。" };
export const MADE_UP = "Made up from the error: put a real line here that looks like it and means something else.";

/** The languages that are written in. */
export const languages = (write) => (write === "both" ? LANGUAGES : [write]);

/** @returns {{record: object, path: string, comments: object, wrong: string[]}} */
export function build(answers, choices, today) {
  const spoken = languages(answers.write);
  const at = { answers, choices, today, spoken, ...sources(answers.sources) };
  const slug = answers.slug ? named(line(answers.slug)) : proposedSlug(answers, at.aliases);
  const year = (answers.since || today).slice(0, 4);
  const id = `CAV-${year}-new-${slug}`;
  const signature = signatureOf(answers);
  const record = {
    id,
    slug,
    status: "draft",
    kind: answers.kind,
    severity: { level: answers.level, reason: both(at, "reason", inlined) },
    title: both(at, "title", inlined),
    summary: both(at, "summary", block),
    published: today,
    modified: today,
    aliases: some(at.aliases),
    related: some((answers.related ?? []).map((other) => ({ relation: "often-confused-with", id: other }))),
    affected: [affected(at)],
    signatures: signature && [signature],
    cause: filled(both(at, "cause", block)) ?? spokenOnly(NOT_KNOWN, spoken),
    workarounds: answers.way ? [workaround(at)] : undefined,
    fixes: answers.end === "fixed" ? [fix(answers)] : undefined,
    practices: some(answers.practices ?? []),
    timeline: [{ date: answers.since || today, event: spokenOnly(REPORTED, spoken), ...citation(at) }],
    references: at.references,
    verification: { last_verified: today, review_by: later(today) },
    unverified: filled(both(at, "unsure", block)) && [both(at, "unsure", block)],
    history: [{ date: today, change: spokenOnly(WRITTEN, spoken) }],
  };
  const comments = signature && !clean(answers.near) ? { "signatures.0.near_misses": MADE_UP } : {};
  return {
    record: whole(record),
    path: `advisories/records/${year}/${id}.yml`,
    comments,
    wrong: at.wrong,
  };
}

/** The name that is proposed: product, release, and what the title says. */
export function proposedSlug(answers, aliases = sources(answers.sources).aliases) {
  const release = answers.from && answers.from !== "0" ? named(answers.from) : "";
  const begin = [answers.product, release].filter(Boolean).join("-");
  const titles = languages(answers.write).map((language) => answers.title?.[language]);
  const words = telling(line(titles.find(Boolean) ?? ""), 200);
  const rest = words.split("-").filter((word) => !begin.split("-").includes(word)).join("-");
  const number = aliases[0] ? named(aliases[0]) : "";
  return named([begin, rest || number].filter(Boolean).join("-"), 60);
}

function affected(at) {
  const { answers } = at;
  const end = answers.end === "fixed" ? { fixed: answers.to } : answers.end === "last" ? { last_affected: answers.to } : {};
  const when = Object.entries(answers.conditions ?? {}).filter(([, values]) => values.length);
  return {
    on: [
      {
        product: answers.product,
        ranges: [{ introduced: answers.from, ...end, ...citation(at) }],
        when: when.length ? Object.fromEntries(when) : undefined,
      },
    ],
    effect: filled(both(at, "effect", block)),
    evidence: { level: answers.evidence, ...citation(at) },
  };
}

function signatureOf(answers) {
  const sample = clean(answers.error);
  if (!sample.trim()) return undefined;
  const pattern = clean(answers.pattern) || proposed(sample);
  const near = clean(answers.near);
  return {
    pattern,
    log: answers.log,
    command: line(commands(answers.command)) || undefined,
    samples: [sample],
    near_misses: [near || standIn(pattern)],
  };
}

function workaround(at) {
  const { answers } = at;
  const leads = ["upgrade", "downgrade"].includes(answers.way) && answers.leads;
  const title = both(at, "wayTitle", inlined);
  const step = (name) => steps(answers, commands(answers[name]));
  const words = telling(line(title.en ?? ""), 60);
  return {
    id: words || [answers.way, leads ? named(answers.leads) : ""].filter(Boolean).join("-"),
    kind: answers.way,
    title,
    leads_to: leads ? [{ product: answers.product, version: answers.leads }] : undefined,
    effort: answers.effort,
    disruption: answers.disruption,
    risk: both(at, "risk", block),
    apply: step("apply") ?? [{ text: title }],
    verify: step("verify"),
    rollback: step("rollback"),
    evidence: { level: answers.evidence, ...citation(at) },
  };
}

const steps = ({ platform }, text) => (text ? [{ commands: { [platform]: text } }] : undefined);

const fix = ({ product, to }) => ({ product, version: to, scope: "full" });

/** The first source says it; a reviewer may know better which does. */
const citation = ({ references }) => (references.length ? { reference: references[0].id } : {});

/** A text in the languages that are written in and filled. */
function both({ answers, spoken }, name, form) {
  const found = spoken.map((language) => [language, form(answers[name]?.[language] ?? "")]);
  return Object.fromEntries(found.filter(([, text]) => text.trim()));
}

const spokenOnly = (text, spoken) => Object.fromEntries(spoken.map((language) => [language, text[language]]));
const filled = (text) => (Object.keys(text).length ? text : undefined);
const some = (list) => (list.length ? list : undefined);

function later(today) {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + REVIEW);
  return day.toISOString().slice(0, 10);
}

/** Without what was not answered, down to the last mapping. */
function whole(value) {
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== undefined && one !== "");
  return Object.fromEntries(kept.map(([key, one]) => [key, whole(one)]));
}
