/**
 * Names in a record: small letters, digits and single hyphens.
 */

/** Words that tell nothing apart. */
const EMPTY = new Set("a an the of to in on at and or with for is are be no not does do cannot after from by its it".split(" "));

/** The text as a name; "" where it has no letter of that kind. */
export function named(text, most = 80) {
  const name = text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return name.slice(0, most).replace(/^-+|-+$/g, "");
}

/** The telling words of a text as a name. */
export function telling(text, most) {
  const words = named(text, 1000).split("-").filter((word) => word && !EMPTY.has(word));
  return named(words.join("-"), most);
}

/** The name, or with a number behind where it is taken; it is taken from then on. */
export function unique(name, taken) {
  let found = name;
  for (let number = 2; taken.has(found); number += 1) found = `${name}-${number}`;
  taken.add(found);
  return found;
}
