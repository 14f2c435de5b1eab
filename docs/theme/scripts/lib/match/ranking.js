/**
 * Records by likeness: which of them use the words of a text.
 *
 * The same as caveat/matching/ranking.py: a score from 0 to 1 says how sure one may be that the
 * text is about the record. A long text is judged by the parts that say most.
 */

import { lineEnds, findLast } from "./strings.js";
import { terms } from "./terms.js";
import { isAscii, isBlank } from "./text.js";

/** Impacts are whole numbers up to this. */
const SCALE = 31;
/** Characters of a part; two neighbours are judged together, and a short text as a whole too. */
const [PART, WHOLE] = [300, 4000];
const MOST_PARTS = 16;
/** Learned from examples by `scripts/search_quality.py --learn`. */
const [BASE, BY_MASS, BY_SHARE, BY_COVER] = [-5.9, 0.2, 6.1, 6.1];
/** What a word, or a pair of Chinese signs, that no record has counts in the text's sum. */
const [UNKNOWN, UNKNOWN_PAIR] = [0.4, 0.1];

export class Ranking {
  postings = new Map();
  rarities = new Map();
  #rarity;

  /**
   * @param {number} size the number of records
   * @param {Map<string, [number[], number[]]>} postings terms with their records and impacts
   */
  constructor(size, postings) {
    const most = Math.log(1 + (size - 0.5) / 1.5);
    this.#rarity = (n) => (most > 0 ? Math.log(1 + (size - n + 0.5) / (n + 0.5)) / most : 1);
    this.add(postings);
  }

  /** @param {Iterable<[string, [number[], number[]]]>} postings more terms */
  add(postings) {
    for (const [term, posting] of postings) {
      this.postings.set(term, posting);
      this.rarities.set(term, this.#rarity(posting[0].length));
    }
  }

  /** The words of texts that `like` looks up; each pair that it looks up begins with one. */
  words(texts) {
    const found = new Set();
    for (const text of texts) {
      for (const [, part] of split(text, 1)) for (const term of terms(part)) found.add(term);
    }
    return found;
  }

  /** Records like the text, whose first line is number `line`: score and line by record. */
  like(text, line) {
    const best = new Map();
    for (const part of this.#judged(text, line)) {
      for (const [record, score] of this.#scores(part.terms)) {
        if (!(best.get(record)?.score >= score)) best.set(record, { score, line: part.line });
      }
    }
    return best;
  }

  #judged(text, line) {
    const parts = [...split(text, line)].map(([at, one]) => ({ line: at, terms: withPairs(terms(one)) }));
    const pairs = parts.slice(1).map((part, n) => merged(parts[n].line, [parts[n], part]));
    const both = pairs.length ? pairs : [...parts];
    if (parts.length > 2 && text.length <= WHOLE) both.push(merged(line, parts));
    if (both.length <= MOST_PARTS) return both;
    const says = new Map(both.map((part) => [part, this.#says(part.terms)]));
    return both.sort((a, b) => says.get(b) - says.get(a) || a.line - b.line).slice(0, MOST_PARTS);
  }

  #says(listed) {
    return listed.reduce((sum, term) => sum + (this.rarities.get(term) ?? 0), 0);
  }

  /** Each record that has any of the terms, with its score. */
  #scores(listed) {
    let whole = 0;
    const [masses, had] = [new Map(), new Map()];
    for (const term of listed) {
      const rarity = this.rarities.get(term);
      if (rarity === undefined) {
        if (!term.includes("_")) whole += isAscii(term) ? UNKNOWN : UNKNOWN_PAIR;
        continue;
      }
      whole += rarity;
      const [records, impacts] = this.postings.get(term);
      records.forEach((record, n) => {
        masses.set(record, (masses.get(record) ?? 0) + (rarity * impacts[n]) / SCALE);
        had.set(record, (had.get(record) ?? 0) + rarity);
      });
    }
    return [...masses].map(([record, mass]) => [record, score(mass, had.get(record), whole)]);
  }
}

/**
 * How sure one may be, from how much of a record's rare words a text has, and how much of the text
 * those are, weighed and as they stand.
 */
function score(mass, had, whole) {
  let odds = BASE + BY_MASS * Math.log(1 + mass);
  odds += BY_SHARE * Math.min(mass / whole, 1) + BY_COVER * Math.min(had / whole, 1);
  return 1 / (1 + Math.exp(-odds));
}

/** Terms once each, and pairs of neighbours, which say that words stand in the same order. */
function withPairs(listed) {
  const pairs = listed.slice(1).map((term, n) => `${listed[n]}_${term}`);
  return [...new Set([...listed, ...pairs])];
}

const merged = (line, parts) => ({ line, terms: [...new Set(parts.flatMap((part) => part.terms))] });

/** Parts of at most `PART` characters that end with a line, or a word, with their lines. */
function* split(text, line) {
  let at = 0;
  while (at < text.length) {
    let end = text.length;
    if (end - at > PART) {
      const line = Math.max(findLast(text, "\n", at, at + PART), 0);
      end = line || Math.max(findLast(text, " ", at, at + PART), 0);
      end = end <= at ? at + PART : end + 1;
    }
    const part = text.slice(at, end);
    if (!isBlank(part)) yield [line, part];
    line += lineEnds(part);
    at = end;
  }
}
