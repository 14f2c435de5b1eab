/**
 * Versions of catalogued products that a text shows.
 *
 * The same as caveat/matching/releases.py: a number counts only as a release of the product whose
 * name stands before it.
 */

import { findLast, lineEnds } from "./strings.js";
import { wholeWords } from "./text.js";

const VERSION =
  /[0-9]{1,5}(?:\.[0-9]{1,5}){1,3}(?:[-~](?:alpha|beta|rc|pre)[.-]?[0-9]{0,3})?/g;
/** What a line that gives only a number calls it; the product's name then stands before. */
const LABELS = new Set(["version", "release", "v", "版本"]);
/** The most words between a product's name and its version, without such a label and with one. */
const [NEAR, FAR] = [3, 12];
/** Lines above a bare `Version: 28.0.0` that may name the product. */
const ABOVE = 2;
/** The most characters before a number that are read, and the most facts that one text gives. */
const [READ, MOST] = [200, 50];
const LONGEST_NAME = 4;
const WORDLIKE = /[0-9A-Za-z_.]$/;

export class Releases {
  /** @param {Map<string, {names: string[], releases: string[], series: boolean}>} products */
  constructor(products) {
    this.known = new Map();
    this.byWords = new Map();
    this.series = new Set();
    for (const [id, { names, releases, series }] of products) {
      this.known.set(id, new Set(releases));
      if (series) this.series.add(id);
      for (const name of names) {
        if (!this.byWords.has(name)) this.byWords.set(name, new Set());
        this.byWords.get(name).add(id);
      }
    }
  }

  /**
   * Versions in `text`, whose first line is number `line`, in the order of their last line: the
   * last one of a product is the newest thing the text says about it.
   */
  seen(text, line) {
    const found = new Map();
    let [counted, at] = [line, 0];
    for (const match of text.matchAll(VERSION)) {
      const [number, start] = [match[0], match.index];
      if (!alone(text, start, start + number.length)) continue;
      counted += lineEnds(text, at, start);
      at = start;
      const fact = this.#fact(text, start, number);
      if (!fact) continue;
      const key = fact.join(" ");
      found.delete(key);
      found.set(key, [...fact, counted]);
    }
    return [...found.values()].slice(-MOST);
  }

  #fact(text, start, number) {
    let begin = findLast(text, "\n", 0, start) + 1;
    const head = text.slice(Math.max(begin, start - READ), start);
    const before = wholeWords(head.endsWith("v") ? head.slice(0, -1) : head);
    const labelled = before.length > 0 && LABELS.has(before[before.length - 1]);
    let fact = this.#named(before, number, labelled ? FAR : NEAR);
    const bare = labelled && before.length === 1 && !fact;
    for (let count = 0; count < (bare ? ABOVE : 0); count += 1) {
      const end = Math.max(begin - 1, 0);
      begin = findLast(text, "\n", 0, end) + 1;
      fact ??= this.#named(wholeWords(text.slice(begin, Math.min(end, begin + READ))), number, FAR);
    }
    return fact;
  }

  /** The product whose name stands nearest before the number and which has such a release. */
  #named(before, number, reach) {
    for (let end = before.length; end > Math.max(before.length - reach - 1, 0); end -= 1) {
      for (let size = Math.min(LONGEST_NAME, end); size > 0; size -= 1) {
        for (const product of this.byWords.get(before.slice(end - size, end).join(" ")) ?? []) {
          const version = this.#release(product, number);
          if (version !== null) return [product, version];
        }
      }
    }
    return null;
  }

  /** The catalogued release that the number means. */
  #release(product, number) {
    const known = this.known.get(product);
    for (const version of [number, number.replaceAll("~", "-")]) {
      if (known.has(version)) return version;
    }
    const parts = number.split(".");
    for (let size = parts.length - 1; this.series.has(product) && size > 0; size -= 1) {
      const version = parts.slice(0, size).join(".");
      if (known.has(version)) return version;
    }
    return null;
  }
}

/** Whether the number is not a part of a longer word or number. */
function alone(text, start, end) {
  let before = text.slice(Math.max(start - 2, 0), start);
  if (/[vV]$/.test(before)) before = before.slice(0, -1);
  return !WORDLIKE.test(before) && !/^\.?[0-9]/.test(text.slice(end, end + 2));
}
