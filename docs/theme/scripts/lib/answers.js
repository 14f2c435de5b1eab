/**
 * Looking an answer up in precomputed ones; no version is compared here.
 *
 * Takes the form that the head of caveat/applicability/forms.py describes and
 * what is known of a host: a Map from the name of a fact to its values. A
 * product's version goes by the product's id, the version that an upgrade
 * leaves by `<product>:from`, a trait by its key.
 */

/** The name under which a fact is known. */
export function nameOf(fact) {
  return fact.kind === "leaves" ? `${fact.of}:from` : fact.of;
}

/** The value of the run `[count, value]` that holds the index. */
export function at(runs, index) {
  for (const [count, value] of runs) {
    if (index < count) return value;
    index -= count;
  }
  return undefined;
}

/** Where a release stands in its product's list; -1 where it does not. */
export function place(form, product, version) {
  return form.products[product].releases.findIndex((release) => release.version === version);
}

/** Whether a fact can have the value: a catalogued version, or one of the trait's. */
export function hasValue(form, fact, value) {
  if (fact.kind === "trait") return Object.hasOwn(fact.values, value);
  return place(form, fact.of, value) >= 0;
}

/** The number of the record's answer for what is known; of several values the worst one's. */
export function lookUp(form, record, known) {
  let chosen = 0;
  for (const fact of record.facts) {
    if (fact.kind === "trait") continue;
    const [version] = known.get(nameOf(fact)) ?? [];
    const index = version === undefined ? -1 : place(form, fact.of, version);
    chosen = chosen * fact.size + (index < 0 ? 0 : at(fact.runs, index));
  }
  const table = record.tables[record.cases[chosen]];
  let cells = [0];
  for (const number of table.asks) {
    const fact = record.facts[number];
    const values = known.get(fact.of) ?? [];
    const classes = values.length ? values.map((value) => fact.values[value] ?? 0) : [0];
    cells = cells.flatMap((cell) => classes.map((one) => cell * fact.size + one));
  }
  return Math.min(...cells.map((cell) => table.cells[cell]));
}
