/**
 * Which signatures a text may hold: those of which it has an anchor, two neighbouring words or one.
 *
 * Gives what `candidates` of caveat/matching/signatures.py gives. Every sign of a log comes by here,
 * twice, so words are compared by number first and made into text only where a number is known.
 */

import { BAR, COLON, FOREIGN, kinds, LETTER, lower, MARK, noiseAt } from "./text.js";

/** Bits of the table that says whether a number may be known. */
const TABLE = (1 << 20) - 1;
const COLONS = numberOf("::");
/**
 * What must follow a sign for it to begin noise; most that look alike are none. Of several
 * backslashes the last one is enough, since those before it are no words.
 */
const BEGINS = { 27: "[]", 35: "0", 38: "qalgn#", 91: "0123456789", 92: "ux0nrt", 94: "[" };
const KINDS = kinds();

function numberOf(word) {
  let number = 0;
  for (let at = 0; at < word.length; at += 1) {
    number = (Math.imul(number, 31) + word.charCodeAt(at)) | 0;
  }
  return number;
}

/** The number of two neighbours; alone, a word has the number that it would have behind nothing. */
const both = (first, second) => Math.imul(first, 0x9e3779b1) ^ second;

export class Anchors {
  pairs = new Table();
  singles = new Table();

  /** @param {string[][]} listed the anchors of each entry */
  constructor(listed = []) {
    listed.forEach((anchors, entry) => this.add(anchors, entry));
  }

  /** One more entry. */
  add(anchors, entry) {
    for (const anchor of anchors) {
      const [first, second] = anchor.split(" ").map(numberOf);
      if (second === undefined) this.singles.add(first, anchor, entry);
      else this.pairs.add(both(first, second), anchor, entry);
    }
  }

  /** Numbers of the entries that `text` may hold, in order. */
  candidates(text) {
    const found = new Set();
    this.#readings(text, (table, number, anchor) => table.look(number, anchor(), found));
    return [...found].sort((a, b) => a - b);
  }

  /** Adds to `found` the places of anchors that `text` may have, entries or not. */
  places(text, found) {
    this.#readings(text, (_, number) => found.add(number & TABLE));
  }

  /** Lines end where they end, or go on in the next one. */
  #readings(text, meet) {
    this.#read(text, meet);
    this.#read(text.replaceAll("\n", ""), meet);
  }

  /** One pass over the text. Bars are nothing, wherever they stand; noise is a blank. */
  #read(text, meet) {
    const [pairs, singles] = [this.pairs.table, this.singles.table];
    const size = text.length;
    let [before, beforeStart, beforeEnd] = [0, -1, 0]; // the number of the last word, its place
    let colon = -1; // where the first of two colons may stand
    let at = 0;
    while (at < size) {
      let start = at;
      const kind = KINDS[text.charCodeAt(at)];
      let number = 0;
      if (kind === LETTER || kind === FOREIGN) {
        for (; at < size; at += 1) {
          const code = text.charCodeAt(at);
          const its = KINDS[code];
          if (its === BAR) continue;
          if (its !== kind) break;
          number = (Math.imul(number, 31) + (code >= 65 && code <= 90 ? code + 32 : code)) | 0;
        }
        colon = -1;
      } else {
        at += kind === MARK ? marked(text, at) : 1;
        const first = colon;
        if (kind !== BAR) colon = kind === COLON && first < 0 ? start : -1;
        if (kind !== COLON || first < 0) continue;
        start = first;
        number = COLONS;
      }
      if (singles[number & TABLE]) {
        const end = at;
        meet(this.singles, number, () => word(text, start, end));
      }
      const pair = both(before, number);
      if (pairs[pair & TABLE] && beforeStart >= 0) {
        const [first, last, end] = [beforeStart, beforeEnd, at];
        meet(this.pairs, pair, () => `${word(text, first, last)} ${word(text, start, end)}`);
      }
      before = number;
      beforeStart = start;
      beforeEnd = at;
    }
  }
}

const word = (text, start, end) => lower(text.slice(start, end)).replaceAll("_", "");

/** How many signs belong to the mark at `at`: all of the noise that it begins, or itself. */
function marked(text, at) {
  const may = BEGINS[text.charCodeAt(at)].includes(text[at + 1] ?? " ");
  return may ? Math.max(noiseAt(text, at), 1) : 1;
}

/** Anchors by number; the number's last bits are its place. */
class Table {
  table = new Uint8Array(TABLE + 1);
  #anchors = new Map();

  /** There are anchors at these places, whose entries are not known yet. */
  expect(places) {
    for (const place of places) this.table[place] = 1;
  }

  add(number, anchor, entry) {
    this.table[number & TABLE] = 1;
    if (!this.#anchors.has(number)) this.#anchors.set(number, new Map());
    const anchors = this.#anchors.get(number);
    anchors.set(anchor, [...(anchors.get(anchor) ?? []), entry]);
  }

  /** Adds to `found` the entries with the anchor of that number. */
  look(number, anchor, found) {
    for (const entry of this.#anchors.get(number)?.get(anchor) ?? []) found.add(entry);
  }
}
