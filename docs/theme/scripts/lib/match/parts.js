/**
 * The terms and signatures of an index that lie in parts: those that a text's words name are
 * loaded, each part once.
 *
 * Which part holds what is worked out as in caveat/matching/parts.py.
 */

/** FNV-1a, 32 bits. */
const [BASIS, PRIME] = [0x811c9dc5, 0x01000193];
/** From this many parts on, one large file comes sooner. */
const MOST = 150;

const encoder = new TextEncoder();

/** The number of the part of `count` that holds a term: a pair lies where its first word does. */
export function part(term, count) {
  let number = BASIS;
  for (const byte of encoder.encode(term.split("_", 1)[0])) number = Math.imul(number ^ byte, PRIME);
  return (number >>> 0) % count;
}

/** Numbers that grow, from the first and the differences. */
export function sums(steps) {
  let number = 0;
  return steps.map((step) => (number += step));
}

export class Parts {
  #loaded = new Map();
  #whole = null;

  /**
   * @param {object} index what `read` gave
   * @param {(path: string) => Promise<object>} load gives a file, named as the index names it
   */
  constructor(index, load) {
    this.index = index;
    this.load = load;
  }

  /** What a matcher of this index would ask for: its words, and the places of anchors it met. */
  survey() {
    const places = new Set();
    const { anchors } = this.index.signatures;
    const candidates = (text) => {
      anchors.places(text, places);
      return [];
    };
    return { index: { ...this.index, signatures: { entries: [], anchors: { candidates } } }, places };
  }

  /** Resolves once the index holds the terms of these words, and the signatures of these places;
   * rejects where they cannot be had. */
  async need(words, places) {
    const { count } = this.index.parts;
    const wanted = new Set([...words].map((word) => part(word, count)));
    for (const place of places) wanted.add(place % count);
    const missing = [...wanted].filter((number) => !this.#loaded.has(number));
    if (this.#whole || missing.length > MOST) await this.all();
    else await Promise.all([...wanted].map((number) => this.#part(number)));
  }

  /** Resolves once the index holds everything. */
  all() {
    const forget = () => (this.#whole = null);
    this.#whole ??= this.#add(this.index.parts.whole, forget, ({ terms, signatures }) => ({
      terms: Object.entries(terms),
      signatures: signatures.map((one, number) => [number, ...one]),
    }));
    return this.#whole;
  }

  #part(number) {
    if (!this.#loaded.has(number)) {
      const path = `${this.index.parts.folder}${number}.json`;
      const added = this.#add(path, () => this.#loaded.delete(number), ({ terms, signatures }) => ({
        terms: Object.entries(terms).map(([term, [steps, impacts]]) => [term, [sums(steps), impacts]]),
        signatures,
      }));
      this.#loaded.set(number, added);
    }
    return this.#loaded.get(number);
  }

  /** What could not be loaded is asked for again by the next question. */
  async #add(path, forget, read) {
    try {
      const { terms, signatures } = read(await this.load(path));
      this.index.ranking.add(terms);
      for (const [number, ...one] of signatures) this.index.signatures.add(number, one);
    } catch (error) {
      forget();
      throw error;
    }
  }
}
