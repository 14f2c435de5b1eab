/**
 * The lines around a part of a text, short enough to be shown.
 *
 * Takes a text and a part of it and gives what stands before it in its line, the part, and what
 * stands behind it; what is longer than a screen is cut, and says so with `…`.
 */

const BESIDE = 200;
const PART = 1200;
const CUT = "…";

/** @returns {{before: string, part: string, after: string}} */
export function excerpt(text, start, end) {
  const low = Math.max(start - BESIDE, 0);
  const head = text.slice(low, start);
  const lineBegin = head.lastIndexOf("\n") + 1;
  const tail = text.slice(end, end + BESIDE);
  const lineEnd = tail.indexOf("\n");
  const stop = Math.min(end, start + PART);
  return {
    before: (lineBegin || !low ? "" : CUT) + head.slice(lineBegin),
    part: text.slice(start, stop) + (stop < end ? CUT : ""),
    after: lineEnd < 0 ? tail + (tail.length < BESIDE ? "" : CUT) : tail.slice(0, lineEnd),
  };
}
