/**
 * What a text is about: its words in the form in which a ranked search compares them.
 *
 * The same as caveat/matching/terms.py: words without their endings, pairs of Chinese characters,
 * whole version numbers, and names such as CVE-2025-1234 or #49499.
 */

import { STOP_WORDS } from "./stop.js";
import { BLANK, isAscii, lower, wholeWords } from "./text.js";

const SLASHED = /(?:#|\/issues\/|\/pull\/)([1-9][0-9]{1,6})(?![0-9A-Za-z_])/g;
const NAME = String.raw`([0-9a-z_.-]{1,40}/[0-9a-z_.-]{1,60})\n?$`;
const REPOSITORY = new RegExp(`[^0-9a-z_.-]${NAME}`);
const REPOSITORY_FIRST = new RegExp(`(?:^|[^0-9a-z_.-])${NAME}`);
const NAMED = /cav-[0-9]{4}-[0-9]{4}|cve-[0-9]{4}-[0-9]{4,7}|ghsa(?:-[0-9a-z]{4}){3}/g;
const BARE = new RegExp(`^[${BLANK}]*([1-9][0-9]{2,6})[${BLANK}]*$`);
const NUMBER = /^v?([0-9]+(?:\.[0-9]+)+)$/;
const HEX = /^[0-9a-f]{8,}$/;
const HAN = /[\u3400-\u9fff]+/g;
const NO_TERM = "0123456789:";
const LONGEST = 40;
/** A repository's name stands so near before its number. */
const NEAR = 110;

/** The terms of `text` in order, repetitions included; names come first. */
export function terms(text) {
  return [...names(text), ...wholeWords(text).flatMap(ofWord)];
}

/** Identifiers: of advisories, and of upstream threads, `owner/name#1` or `#1` alone. */
function names(text) {
  const low = lower(text);
  const found = low.match(NAMED) ?? [];
  for (const match of low.matchAll(SLASHED)) {
    const begin = Math.max(match.index - NEAR, 0);
    const before = low.slice(begin, match.index).match(begin ? REPOSITORY : REPOSITORY_FIRST);
    found.push(`${before ? before[1] : ""}#${match[1]}`);
  }
  const bare = low.length < 20 ? low.match(BARE) : null;
  return bare ? [...found, `#${bare[1]}`] : found;
}

/** What a word of the text is searched by: its stem, its pairs of signs, or nothing. */
function ofWord(word) {
  if (!isAscii(word)) return other(word);
  const number = word.match(NUMBER);
  if (number) return [number[1]];
  if (word.length < 2 || word.length > LONGEST || STOP_WORDS.has(word)) return [];
  if (NO_TERM.includes(word[0])) return [];
  return HEX.test(word) && /[0-9]/.test(word) ? [] : [stem(word)];
}

/** Chinese has no blanks: every two neighbours are a term. Other scripts have words. */
function other(word) {
  const found = [];
  let at = 0;
  for (const match of word.matchAll(HAN)) {
    if (match.index > at) found.push(word.slice(at, match.index).slice(0, LONGEST));
    const run = match[0];
    if (run.length === 1) found.push(run);
    for (let index = 0; index + 1 < run.length; index += 1) found.push(run.slice(index, index + 2));
    at = match.index + run.length;
  }
  if (at < word.length) found.push(word.slice(at).slice(0, LONGEST));
  return found;
}

/** An English word without its ending, the same for `fails`, `failed` and `failing`. */
function stem(word) {
  const size = word.length;
  if (size > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (size > 4 && /(?:shes|ches|xes|sses)$/.test(word)) word = word.slice(0, -2);
  else if (size > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) word = word.slice(0, -1);
  if (word.length > 5 && word.endsWith("ing")) word = word.slice(0, -3);
  else if (word.length > 4 && word.endsWith("ed")) word = word.slice(0, -2);
  if (word.length > 4 && word.endsWith("e")) word = word.slice(0, -1);
  return word;
}
