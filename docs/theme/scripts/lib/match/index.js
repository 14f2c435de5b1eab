/**
 * What is known of all records, ready to be asked about a text.
 *
 * Takes the plain values that `Index.values` of caveat/matching/index.py wrote (the site's
 * api/v1/signatures.json) and gives what `match` needs. Where terms and signatures lie in parts
 * (find/index.json), `parts` says how many and where, and there are none until they are added.
 */

import { Anchors } from "./anchors.js";
import { sums } from "./parts.js";
import { parsed } from "./pattern.js";
import { Ranking } from "./ranking.js";
import { Releases } from "./releases.js";

/** The forms of values that are understood: whole, and in parts. */
const [WHOLE, CUT] = [1, 2];

/** @throws {Error} for values of another form */
export function read(values) {
  const form = values.parts ? CUT : WHOLE;
  if (values.form !== form) throw new Error(`an index of form ${values.form}, want ${form}`);
  const strikes = Object.entries(values.strikes).map(([record, products]) => [
    Number(record),
    new Map(Object.entries(products).map(([product, found]) => [product, new Set(found)])),
  ]);
  return {
    records: values.records,
    signatures: new Signatures(values.signatures, values.anchors),
    ranking: new Ranking(values.records.length, new Map(Object.entries(values.terms))),
    releases: new Releases(new Map(Object.entries(values.products))),
    strikes: new Map(strikes),
    parts: values.parts ?? null,
  };
}

/** Entries by number, and the anchors by which a text that may hold them is known. */
class Signatures {
  entries = [];
  anchors = new Anchors();

  constructor(listed, expected) {
    listed.forEach((one, number) => this.add(number, one));
    if (expected) {
      this.anchors.pairs.expect(sums(expected.pairs));
      this.anchors.singles.expect(sums(expected.singles));
    }
  }

  /** One more entry; it may come in several parts. */
  add(number, [short, need, owners, anchors]) {
    if (this.entries[number]) return;
    this.entries[number] = { pattern: parsed(short), need, owners };
    this.anchors.add(anchors, number);
  }
}
