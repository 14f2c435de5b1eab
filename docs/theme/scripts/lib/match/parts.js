/**
 * The terms of an index that lie in parts: those of a text's words are loaded, each part once.
 *
 * Which part holds a term is worked out as in caveat/matching/parts.py.
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

  /** Resolves once the index holds the terms of these words; rejects where they cannot be had. */
  async need(words) {
    if (!this.index.parts) return;
    const { count } = this.index.parts;
    const wanted = new Set([...words].map((word) => part(word, count)));
    const missing = [...wanted].filter((number) => !this.#loaded.has(number));
    if (this.#whole || missing.length > MOST) await this.#all();
    else await Promise.all([...wanted].map((number) => this.#part(number)));
  }

  #part(number) {
    if (!this.#loaded.has(number)) {
      const path = `${this.index.parts.folder}${number}.json`;
      this.#loaded.set(number, this.#add(path, (terms) => terms, () => this.#loaded.delete(number)));
    }
    return this.#loaded.get(number);
  }

  #all() {
    const forget = () => (this.#whole = null);
    this.#whole ??= this.#add(this.index.parts.whole, (values) => values.terms, forget);
    return this.#whole;
  }

  /** What could not be loaded is asked for again by the next question. */
  async #add(path, termsOf, forget) {
    try {
      this.index.ranking.add(Object.entries(termsOf(await this.load(path))));
    } catch (error) {
      forget();
      throw error;
    }
  }
}
