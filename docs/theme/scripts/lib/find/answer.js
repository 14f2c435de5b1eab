/**
 * An answer of the matcher as elements: known errors with the reader's own line, what looks similar,
 * or that nothing is known, with a way to report it.
 */

import { open } from "../../search.js";
import { element } from "../dom.js";
import { advisory, card, release } from "./place.js";
import { report } from "./report.js";

/** What terminals hide and what no screen shows; a character that the matcher does not read. */
const UNSEEN = /\x1b\[[0-?]*[ -/]*[@-~]|[\0-\x08\x0b-\x1f\x7f]/g;
const printable = (text) => text.replace(UNSEEN, "").replaceAll("\ue000", "\u25a1");

/** So long a question may be; what is longer was pasted. */
const TYPED = 200;

const chip = (text, kind) => element("span", { className: `cv-chip ${kind}` }, [text]);

/** One sentence about the answer, for a status line. */
export function summary(answer, words) {
  const count = (grade) => answer.hits.filter((hit) => hit.grade === grade).length;
  const said = (grade) => {
    const number = count(grade);
    const key = number === 0 ? "none" : number === 1 ? "one" : "many";
    return words.say(`${grade}-${key}`, { count: number });
  };
  return said("known") + words.say("separator") + said("similar");
}

/**
 * @param {object} answer what the matcher gave
 * @param {object} words the texts of this language
 * @param {{text: string, level?: number, report?: boolean}} options the text, for a report; the
 *   level of the headings; whether a report is offered
 */
export async function rendered(answer, words, { text, level = 3, report: offered = true }) {
  const cards = new Map();
  await Promise.all(answer.hits.map(async (hit) => cards.set(hit.id, await card(hit.id))));
  const at = { answer, words, cards, level };
  const known = grouped(answer.hits.filter((hit) => hit.grade === "known"));
  const similar = answer.hits.filter((hit) => hit.grade === "similar");
  const parts = known.map((group) => knownError(at, group));
  if (similar.length) parts.push(similarRecords(at, similar));
  if (!answer.hits.length) parts.push(nothing(words, text, offered));
  else if (!known.length && offered) parts.push(...wordSearch(words, text), otherwise(words, text));
  if (answer.versions.length) parts.push(versions(at));
  return element("div", { className: "cv-hits" }, parts);
}

/** Records with the same part of the text together: none masks another. */
function grouped(hits) {
  const groups = [];
  for (const hit of hits) {
    const places = hit.spans.map(String);
    const group = groups.find((one) => places.some((place) => one.places.has(place)));
    if (!group) groups.push({ hits: [hit], places: new Set(places) });
    else {
      group.hits.push(hit);
      places.forEach((place) => group.places.add(place));
    }
  }
  return groups.map((group) => group.hits);
}

/** A box with an answer of one grade. */
function box(tag, grade, children) {
  return element(tag, { className: "cv-hit" }, children, { "data-grade": grade });
}

function knownError(at, hits) {
  const { words } = at;
  const [first] = hits;
  const several = hits.length > 1;
  return box("article", "known", [
    grade(words, "known", first.lines[0]),
    ...(several ? [] : [name(at, first)]),
    excerptOf(first),
    ...more(words, first.lines),
    ...(several
      ? [element("p", {}, [words.say("same-text", { count: hits.length })]), records(at, hits)]
      : details(at, first)),
  ]);
}

function records(at, hits) {
  const items = hits.map((hit) => element("li", {}, [name(at, hit), ...details(at, hit)]));
  return element("ul", { className: "cv-hit-records" }, items);
}

function similarRecords(at, hits) {
  const { words } = at;
  return box("section", "similar", [
    grade(words, "similar"),
    element("p", { className: "cv-note" }, [words.say("similar-intro")]),
    records(at, hits),
  ]);
}

function grade(words, which, line = 0) {
  const where = words.say("line", { line });
  return element("p", { className: "cv-hit-grade" }, [
    element("strong", {}, [words.say(which)]),
    ...(line ? [" ", element("span", { className: "cv-note" }, [where])] : []),
  ]);
}

/** A record's title, which leads to its page with the versions that the text shows. */
function name({ answer, cards, level }, hit) {
  const shown = cards.get(hit.id);
  const last = new Map(answer.versions.map((fact) => [fact.product, fact]));
  const facts = [...last.values()].filter((fact) => shown?.products.includes(fact.product));
  const link = element("a", { href: advisory(hit.id, facts) }, [shown?.title ?? hit.slug]);
  if (shown?.lang) link.lang = shown.lang;
  const chips = shown
    ? [chip(shown.severity_label, `cv-severity-${shown.severity}`), " ", chip(shown.kind, ""), " "]
    : [];
  return element("div", { className: "cv-hit-name" }, [
    element(`h${level}`, {}, [link]),
    element("p", {}, [...chips, element("span", { className: "cv-id" }, [hit.id])]),
  ]);
}

/** What tells a record from others: versions, conditions, and what the text's version says. */
function details({ words, cards }, hit) {
  const shown = cards.get(hit.id);
  if (!shown) return [];
  const ranges = shown.affected.map(([product, list]) =>
    element("li", {}, [`${product} `, ...list.flatMap((one) => [range(one), " "])]),
  );
  const rows = [
    element("dt", {}, [words.say("affected")]),
    element("dd", {}, [element("ul", { className: "cv-ranges" }, ranges)]),
  ];
  if (hit.fits !== null) {
    const says = words.say(hit.fits ? "fits" : "fits-not");
    const state = hit.fits ? "affected" : "not_affected";
    const attributes = { "data-state": state };
    rows[1].append(element("span", { className: "cv-state" }, [says], attributes));
  }
  if (shown.when.length) {
    const all = shown.when.map((one) => element("li", {}, [one]));
    rows.push(
      element("dt", {}, [words.say("conditions")]),
      element("dd", {}, [element("ul", { className: "cv-ranges" }, all)]),
    );
  }
  return [element("dl", { className: "cv-hit-facts" }, rows)];
}

const range = (text) => element("span", { className: "cv-range" }, [text]);

/** The reader's own lines, with the part that is the error. */
function excerptOf(hit) {
  const [[, { before, part, after }]] = hit.shown;
  return element("pre", { className: "cv-hit-text" }, [
    element("samp", {}, [
      printable(before),
      element("mark", {}, [printable(part)]),
      printable(after),
    ]),
  ]);
}

function more(words, lines) {
  if (lines.length < 2) return [];
  const said = words.say("lines", { count: lines.length - 1, line: lines[1] });
  return [element("p", { className: "cv-note" }, [said])];
}

function nothing(words, text, offered) {
  return box("section", "nothing", [
    element("p", { className: "cv-hit-grade" }, [element("strong", {}, [words.say("nothing")])]),
    element("p", {}, [words.say(offered ? "nothing-more" : "nothing-short")]),
    ...(offered ? [...wordSearch(words, text), report(words, text)] : []),
  ]);
}

/** Pages say more than error texts: what could have been typed is looked for there on a click. */
function wordSearch(words, text) {
  const typed = text.trim();
  if (typed.length > TYPED || typed.includes("\n")) return [];
  const button = element("button", { type: "button", textContent: words.say("search-words") });
  button.addEventListener("click", () => open(typed, button));
  return [element("p", {}, [button])];
}

function otherwise(words, text) {
  return element("details", { className: "cv-hit-other" }, [
    element("summary", {}, [words.say("report-other")]),
    report(words, text),
  ]);
}

/** The versions that the text shows, each with what is known of that release. */
function versions({ answer, words }) {
  const items = answer.versions.map(({ product, version, line }) =>
    element("li", {}, [
      element("a", { href: release(product, version) }, [`${words.product(product)} ${version}`]),
      " ",
      element("span", { className: "cv-note" }, [words.say("line", { line })]),
    ]),
  );
  return element("section", { className: "cv-seen" }, [
    element("p", { className: "cv-label" }, [words.say("shows")]),
    element("ul", { className: "cv-ranges" }, items),
  ]);
}
