/**
 * The answer to a text: known errors first, then what looks similar.
 *
 * The same as caveat/matching/matcher.py, for a text that comes piece by piece: `feed` each, then
 * ask for the `result`. Memory stays the same however long the text is.
 */

import { excerpt } from "./excerpt.js";
import { Cleaner, Ends } from "./pieces.js";
import { MOST, Scan } from "./stream.js";

/** Records that may look similar, and the score from which they do. */
const [SIMILAR, LEAST] = [5, 0.4];
/** A known error scores above this, more the longer its text; one that was cut off less. */
const [KNOWN, KNOWN_CUT, HALF] = [0.9, 0.85, 100];

const rounded = (score) => Number(score.toFixed(3));

export class Matcher {
  #cleaner = new Cleaner();
  #ends = new Ends();
  #scan;
  /** Both ends of the text, once it has ended. */
  #texts = null;

  constructor(index) {
    this.index = index;
    this.#scan = new Scan(index.signatures);
  }

  /** The next piece of the text, cut anywhere. */
  feed(piece) {
    this.#take(this.#cleaner.clean(piece));
  }

  /** The words whose terms the index must hold for a `result`; the text has ended. */
  words() {
    return this.index.ranking.words(this.#ended().map(([, text]) => text));
  }

  /** Hits, best first, and the versions that the text shows; the text has ended. */
  result() {
    const texts = this.#ended();
    const versions = this.#versions(texts);
    const likeness = this.#likeness(texts);
    const known = this.#known(versions, likeness);
    const similar = this.#similar(likeness, new Set(known.map((hit) => hit.id)), texts);
    return { hits: [...known, ...similar], versions, lines: this.#ends.lines + Number(this.#ends.isOpen) };
  }

  #ended() {
    if (!this.#texts) {
      this.#take(this.#cleaner.rest());
      this.#scan.close();
      this.#texts = this.#ends.texts();
    }
    return this.#texts;
  }

  #take(text) {
    this.#scan.feed(text);
    this.#ends.feed(text);
  }

  /** What both ends show, the last mention of a version counting. */
  #versions(texts) {
    const found = new Map();
    for (const [line, text] of texts) {
      for (const [product, version, at] of this.index.releases.seen(text, line)) {
        const key = `${product} ${version}`;
        found.delete(key);
        found.set(key, { product, version, line: at });
      }
    }
    return [...found.values()];
  }

  #likeness(texts) {
    const best = new Map();
    for (const [line, text] of texts) {
      for (const [record, one] of this.index.ranking.like(text, line)) {
        if (!(best.get(record)?.score >= one.score)) best.set(record, one);
      }
    }
    return best;
  }

  /**
   * Of records with the same text those come first that strike a version which the text shows,
   * then those whose other words it uses.
   */
  #known(versions, likeness) {
    const found = new Map();
    for (const [number, matches] of this.#scan.matches) {
      for (const owner of this.index.signatures.entries[number].owners) {
        found.set(owner, [...(found.get(owner) ?? []), ...matches]);
      }
    }
    const hits = [...found].map(([owner, matches]) => {
      const places = apart(matches).slice(0, MOST);
      const fits = fitting(this.index.strikes.get(owner) ?? new Map(), versions);
      const hit = {
        ...this.#record(owner),
        grade: "known",
        score: rounded(Math.max(...matches.map(knownScore))),
        lines: [...new Set(places.map((place) => place.span[0]))],
        spans: places.map((place) => place.span),
        fits,
        shown: places.filter((place) => place.shown).map((place) => [place.span[0], place.shown]),
      };
      const fit = fits === null ? 1 : fits ? 0 : 2;
      return { key: [-hit.score, fit, -rounded(likeness.get(owner)?.score ?? 0), owner], hit };
    });
    return hits.sort((a, b) => compared(a.key, b.key)).map(({ hit }) => hit);
  }

  #record(number) {
    const [id, slug] = this.index.records[number];
    return { id, slug };
  }

  #similar(likeness, known, texts) {
    return [...likeness]
      .map(([record, { score, line }]) => ({ key: [-rounded(score), record], record, score, line }))
      .filter(({ record, score }) => score >= LEAST && !known.has(this.index.records[record][0]))
      .sort((a, b) => compared(a.key, b.key))
      .slice(0, SIMILAR)
      .map(({ record, score, line }) => ({
        ...this.#record(record),
        grade: "similar",
        score: rounded(score * KNOWN_CUT),
        lines: [line],
        spans: [],
        fits: null,
        shown: [[line, lineOf(texts, line)]],
      }));
  }
}

/** Whether the record strikes the last versions of its products that the text shows. */
function fitting(strikes, versions) {
  const shown = versions.filter((fact) => strikes.has(fact.product));
  const last = new Map(shown.map((fact) => [fact.product, fact.version]));
  if (!last.size) return null;
  return [...last].every(([product, version]) => strikes.get(product).has(version));
}

function knownScore(match) {
  const [low, high] = match.cut ? [KNOWN_CUT, KNOWN] : [KNOWN, 1];
  return low + ((high - low) * match.literal) / (match.literal + HALF);
}

/** Matches in the order of their places, without those that lie inside another one. */
function apart(matches) {
  const kept = [];
  for (const match of [...matches].sort((a, b) => compared(a.span, b.span))) {
    const last = kept[kept.length - 1];
    if (!last || compared(match.span.slice(2), last.span.slice(2)) > 0) kept.push(match);
  }
  return kept;
}

/** Lists of numbers, in the order of the first that differ. */
function compared(first, second) {
  const at = first.findIndex((number, n) => number !== second[n]);
  return at < 0 ? 0 : first[at] - second[at];
}

/** The line with the number `line`, as an excerpt without a part. */
function lineOf(texts, line) {
  const [first, text] = texts.findLast(([begin]) => begin <= line);
  let at = 0;
  for (let count = first; count < line; count += 1) at = text.indexOf("\n", at) + 1;
  return excerpt(text, at, at);
}
