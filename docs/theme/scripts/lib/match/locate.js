/**
 * Where a pattern stands in a text: whole, or cut short where a line was cut off.
 *
 * The same as caveat/matching/locate.py. A segment is looked for as plain text and a gap is
 * bounded, so that the work grows with the text and never with its powers.
 */

import { find, findLast } from "./strings.js";
import { isBlank, trimEnd } from "./text.js";

/** The most that a gap holds, and the most line ends inside it. */
const GAP = { "*": 200, "/": 300 };
const LINES = { "*": 3, "/": 6 };
/** The most characters of the source that one match spans. */
export const REACH = 4000;
/** Below this many characters a beginning says nothing at all. */
const CUT_WEAK = 16;
/** So much of the last segment stands before the end of a line that was cut off. */
const CUT_TAIL = 6;
/** So much of a line is enough to see whether it begins a record. */
export const AHEAD = 200;

/** How a log, a shell or a build begins a new record; a wrapped line never begins so. */
const RECORD = new RegExp(
  [
    String.raw`^(?:\[?\d{4}-\d\d-\d\d[T _]\d\d:\d\d|\d{4}/\d\d/\d\d \d\d:\d\d|\[?\d\d:\d\d:\d\d`,
    String.raw`|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d`,
    String.raw`|[IWEF]\d{4} \d\d:\d\d:\d\d|(?:INFO|WARN|ERRO|FATA|DEBU|PANI|TRAC)\[\d`,
    String.raw`|\[ *\d{1,9}\.\d{6}\]|(?:time|ts|level)=|\{"|\[pod/|#\d{1,4} |[\w.-]{1,80} +\| `,
    String.raw`|(?:[\w.-]{1,40}@)?[^\t-\r $#]{0,80}[$#] |(?:docker|Error): )`,
  ].join(""),
);
/** What programs that cut lines put at the end. */
const ELLIPSES = ["…", "...", ">"];

/** Every place where all of the pattern stands, shortest reading each, in their order. */
export function whole(pattern, text) {
  if (!pattern.rarest.every((segment) => text.text.includes(segment))) return [];
  const found = new Map();
  for (const [start, end] of chains(pattern, pattern.segments.length, text)) {
    const [first, last] = text.span(start, end);
    if (last - first <= REACH && !found.has(start)) {
      found.set(start, { start, end, literal: pattern.size, rest: "" });
    }
  }
  return [...found.values()];
}

/** Places where the first `count` segments stand in their order, gaps kept, as start and end. */
function chains(pattern, count, text) {
  let found = [...places(pattern.segments[0], text)];
  for (let index = 1; index < count && found.length; index += 1) {
    found = [...continued(found, pattern.segments[index], pattern.gaps[index - 1], text)];
  }
  return found;
}

/** Each place of `segment` within reach of a chain goes on from the nearest one. */
function* continued(begun, segment, gap, text) {
  let index = 0;
  const high = begun[begun.length - 1][1] + GAP[gap];
  for (const [start, end] of places(segment, text, begun[0][1], high)) {
    while (index + 1 < begun.length && begun[index + 1][1] <= start) index += 1;
    const before = begun[index];
    if (bridged(text, before[1], start, gap)) yield [before[0], end];
  }
}

/** Where the segment stands as whole words, beginning from `low` to `high`. */
function* places(segment, text, low = 0, high = text.text.length) {
  const size = segment.text.length;
  const limit = Math.min(high + size, text.text.length);
  let at = find(text.text, segment.text, low, limit);
  while (at >= 0) {
    if (segment.at(text, at)) yield [at, at + size];
    at = find(text.text, segment.text, at + 1, limit);
  }
}

/** Whether what stands between two segments can be what the gap means: something, not too much,
    and for a name nothing that another record of a log begins in. */
function bridged(text, end, start, gap) {
  const size = start - end;
  if (size < (gap === "*" ? 1 : 0) || size > GAP[gap]) return false;
  const between = text.source.slice(text.place(end - 1) + 1, text.place(start));
  const lines = between.split("\n").slice(1);
  if (lines.length > LINES[gap]) return false;
  return gap === "/" || !lines.some((line) => RECORD.test(line));
}

/**
 * Whether the line that ends at `lineEnd` may have been cut off there; null where more of the
 * source must be seen to know. `final`: nothing follows the source.
 */
export function isCut(source, lineEnd, final) {
  const begin = findLast(source, "\n", 0, lineEnd) + 1;
  const line = trimEnd(source.slice(begin, lineEnd));
  if (ELLIPSES.some((end) => line.endsWith(end))) return true;
  const after = source.indexOf("\n", lineEnd + 1);
  if (after < 0 && !final && source.length - lineEnd < AHEAD) return null;
  const following = source.slice(lineEnd + 1, after >= 0 ? after : source.length);
  return isBlank(following) || RECORD.test(following);
}

/**
 * The longest beginning of the pattern, of at least `CUT_WEAK` characters, that ends at `at` in the
 * middle of a segment; null where there is none.
 */
export function cutOff(pattern, text, at) {
  if (at < CUT_TAIL) return null;
  const tail = text.text.slice(at - CUT_TAIL, at);
  let before = pattern.size;
  for (let index = pattern.segments.length - 1; index >= 0; index -= 1) {
    const segment = pattern.segments[index];
    before -= segment.text.length;
    let size = segment.text.lastIndexOf(tail) + CUT_TAIL;
    while (size >= CUT_TAIL && before + size >= CUT_WEAK) {
      const start = at - size;
      const stands = start >= 0 && text.text.startsWith(segment.text.slice(0, size), start);
      if (stands && (segment.gluedLeft || text.opens(start))) {
        const first = begunAt(pattern, index, text, start);
        if (first !== null) {
          const following = pattern.segments.slice(index + 1).map((one) => one.text);
          const rest = [segment.text.slice(size), ...following].join("*");
          return { start: first, end: at, literal: before + size, rest };
        }
      }
      size = findLast(segment.text, tail, 0, size - 1) + CUT_TAIL;
    }
  }
  return null;
}

/** Where the pattern begins whose segment `index` stands at `start`; null where it does not. */
function begunAt(pattern, index, text, start) {
  if (index === 0) return start;
  for (const [first, last] of chains(pattern, index, text).reverse()) {
    if (bridged(text, last, start, pattern.gaps[index - 1])) return first;
  }
  return null;
}
