/**
 * What this browser remembers for the reader, below one prefix.
 *
 * Storage may be denied or full: then things are remembered until the page is
 * left, and nothing breaks.
 */

const PREFIX = "caveat.";
const here = new Map();

/** @returns {string | null} */
export function recall(key) {
  try {
    return localStorage.getItem(PREFIX + key) ?? here.get(key) ?? null;
  } catch {
    return here.get(key) ?? null;
  }
}

/** An empty value is forgotten. */
export function remember(key, value) {
  here.set(key, value);
  try {
    if (value) localStorage.setItem(PREFIX + key, value);
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // kept for this page only
  }
}
