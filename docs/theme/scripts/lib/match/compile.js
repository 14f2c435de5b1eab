/**
 * A signature's pattern from the text of a record: `{name}` for what varies, `{{` and `}}` for braces.
 *
 * The same as `compiled` of caveat/matching/pattern.py, for whoever writes a pattern: an index
 * carries the short form, which this gives.
 */

import { isDigit, squeeze, tokens } from "./text.js";

const PART = /(\{\{|\}\}|\{[a-z][a-z0-9_-]*\}|\n)/;

/** The short form; "" for a text of punctuation alone. */
export function short(text) {
  const parts = [];
  let pending = null;
  for (const { literal, gap, first, last } of literals(text)) {
    const segment = segmentOf(literal, first, last);
    if (segment) {
      if (parts.length) parts.push(pending ?? "*");
      parts.push(segment);
      pending = null;
    }
    if (gap && parts.length) pending = pending === "/" || gap === "/" ? "/" : "*";
  }
  return parts.join("");
}

/** Braces that neither hold a name nor are doubled, with what follows. */
export function braceFaults(text) {
  return text
    .split(PART)
    .filter((_, n) => n % 2 === 0)
    .map((part) => part.match(/[{}].{0,20}/)?.[0])
    .filter(Boolean);
}

/** Literal text, the gap behind it, and whether a word must begin and end at its edges. */
function* literals(text) {
  let [literal, first] = ["", true];
  for (const [index, part] of text.split(PART).entries()) {
    if (index % 2 === 0 || part === "{{" || part === "}}") {
      literal += index % 2 ? part[0] : part;
    } else {
      const line = part === "\n";
      yield { literal, gap: line ? "/" : "*", first, last: line };
      [literal, first] = ["", line];
    }
  }
  yield { literal, gap: null, first, last: true };
}

function segmentOf(literal, edgeLeft, edgeRight) {
  const found = [...tokens(literal)];
  if (!found.length) return "";
  const [left, right] = [found[0], found.at(-1)];
  const [begin, end] = [isDigit(left.word[0]), isDigit(right.word.at(-1))];
  // `1.{minor}`: the point belongs to the number that goes on in the gap. At its own ends a pattern
  // may stand inside a word, but not inside a number.
  const pointLeft = literal.slice(0, left.start) === "." && begin;
  const pointRight = literal.slice(right.end) === "." && end;
  const gluedLeft = edgeLeft ? !begin : left.start === 0 || pointLeft;
  const gluedRight = edgeRight ? !end : right.end === literal.length || pointRight;
  return `${gluedLeft ? "=" : ""}${squeeze(literal).text}${gluedRight ? "=" : ""}`;
}
