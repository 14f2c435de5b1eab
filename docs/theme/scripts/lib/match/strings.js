/**
 * Looking for one text in a part of another: the work grows with the part, never with the whole.
 */

/** The first place of `wanted` that begins at `low` or later and ends at `high` or before, or -1. */
export function find(text, wanted, low = 0, high = text.length) {
  const at = text.indexOf(wanted, low);
  return at >= 0 && at + wanted.length <= high ? at : -1;
}

/** The last place of `wanted` between `low` and `high`, or -1. */
export function findLast(text, wanted, low = 0, high = text.length) {
  const at = text.slice(low, Math.max(high, low)).lastIndexOf(wanted);
  return at < 0 ? -1 : at + low;
}

/** How many line ends stand between `low` and `high`. */
export function lineEnds(text, low = 0, high = text.length) {
  let count = 0;
  for (let at = low; at < high; at += 1) if (text.charCodeAt(at) === 10) count += 1;
  return count;
}
