/**
 * What is known of all records, ready to be asked about a text.
 *
 * Takes the plain values that `Index.values` of caveat/matching/index.py wrote (the site's
 * api/v1/signatures.json) and gives what `match` needs. Where the terms lie in parts
 * (find/index.json), `parts` says how many and where, and the ranking has none until it gets them.
 */

import { Anchors } from "./anchors.js";
import { parsed } from "./pattern.js";
import { Ranking } from "./ranking.js";
import { Releases } from "./releases.js";

/** The form of the values that is understood. */
const FORM = 1;

/** @throws {Error} for values of another form */
export function read(values) {
  if (values.form !== FORM) throw new Error(`an index of form ${values.form}, want ${FORM}`);
  const strikes = Object.entries(values.strikes).map(([record, products]) => [
    Number(record),
    new Map(Object.entries(products).map(([product, found]) => [product, new Set(found)])),
  ]);
  return {
    records: values.records,
    signatures: {
      entries: values.signatures.map(([short, need, owners]) => ({
        pattern: parsed(short),
        need,
        owners,
      })),
      anchors: new Anchors(values.signatures.map(([, , , anchors]) => anchors)),
    },
    ranking: new Ranking(values.records.length, new Map(Object.entries(values.terms))),
    releases: new Releases(new Map(Object.entries(values.products))),
    strikes: new Map(strikes),
    parts: values.parts ?? null,
  };
}
