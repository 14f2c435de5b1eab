/**
 * An error as it was pasted, made into what the finder looks for.
 */

import { braceFaults, short } from "../match/compile.js";
import { whole } from "../match/locate.js";
import { parsed } from "../match/pattern.js";
import { Cleaner } from "../match/pieces.js";
import { squeeze } from "../match/text.js";
import { clean } from "./clean.js";

/** Letters and digits that a pattern has at least, in all and in its longest piece, and at most
 * (CAV702). */
const [LEAST, LEAST_IN_A_ROW, MOST] = [20, 8, 1500];
const TROUBLE = /\b(?:error|fail(?:ed|ure)?|fatal|panic|cannot|can't|could not|unable|denied|refused|invalid|unsupported|not supported|no such|not found|timed out)\b/i;
/** What a logger writes before the message. */
const PREFIX = /^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\S+\]?\s+|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S+?(?:\[\d+\])?: |\[ *\d+\.\d{6}\] )/;
/** What differs from host to host, with the name that takes its place. */
const VARIES = [
  ["id", /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,64}\b/g],
  ["address", /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g],
  ["address", /(?<=\[)[0-9a-f]*:[0-9a-f:]*(?=\])/g],
  ["port", /(?<=\{address\}\]?:)\d{1,5}\b/g],
  ["user", /(?<=\/(?:home|Users)\/)[^\s/"':]+|(?<=\/run\/user\/)\d+/g],
  ["pid", /(?<=\bpid[ =:])\d+|(?<=\w\[)\d+(?=\]:)/g],
];

/** So much of a line is enough; longer ones hold a whole request or a stack. */
const ENOUGH = 500;

/** The line that tells most: the first that speaks of trouble, else the longest. */
function tellingLine(text) {
  const lines = text.split("\n").filter((one) => one.trim());
  const longest = [...lines].sort((a, b) => b.length - a.length)[0] ?? "";
  return (lines.find((one) => TROUBLE.test(one)) ?? longest).trim();
}

/** The beginning of a long line, cut between words or at least not inside a number. */
function cut(line) {
  if (line.length <= ENOUGH) return line;
  const begin = line.slice(0, ENOUGH);
  const words = begin.replace(/\s+\S*$/, "");
  return words.length > ENOUGH / 5 ? words : begin.replace(/[\d.]+$/, "");
}

/** A pattern that finds the pasted text on other hosts as well. */
export function proposed(text) {
  let pattern = cut(tellingLine(clean(text)).replace(PREFIX, "")).replace(/[{}]/g, "$&$&");
  for (const [name, varies] of VARIES) pattern = pattern.replace(varies, `{${name}}`);
  return pattern;
}

const compiled = (pattern) => parsed(short(pattern));

/** Whether the finder would take the text for this error. */
export function matches(pattern, text) {
  const cleaner = new Cleaner();
  return whole(compiled(pattern), squeeze(cleaner.clean(text) + cleaner.rest())).length > 0;
}

/**
 * A text that shares the end of the error and not the error: a stand-in until somebody has a real
 * line that looks alike and means something else.
 */
export function standIn(pattern) {
  const words = pattern.replaceAll(/\{\{|\}\}/g, " ").replaceAll(/\{[^}]*\}/g, "…").split(/\s+/).filter(Boolean);
  return words.slice(Math.ceil(words.length / 2)).join(" ") || "…";
}

/** What is wrong with the pattern, as codes with parameters; "" is not asked. */
export function patternFaults(pattern, sample, nearMiss) {
  if (!pattern) return [];
  const [brace] = braceFaults(pattern);
  if (brace) return [{ field: "pattern", code: "brace", text: brace }];
  const form = short(pattern);
  const { segments, size } = form ? parsed(form) : { segments: [], size: 0 };
  const longest = Math.max(0, ...segments.map((one) => one.text.length));
  if (size < LEAST) return [{ field: "pattern", code: "short", most: size, least: LEAST }];
  if (longest < LEAST_IN_A_ROW) return [{ field: "pattern", code: "short", most: longest, least: LEAST_IN_A_ROW }];
  if (size > MOST) return [{ field: "pattern", code: "long", most: MOST }];
  const found = [];
  if (!matches(pattern, sample)) found.push({ field: "pattern", code: "unlike" });
  if (nearMiss && matches(pattern, nearMiss)) found.push({ field: "near", code: "alike" });
  return found;
}
