/**
 * Where this site keeps what finding needs, and what it says: loaded once, on first use.
 */

import { Finder } from "./finder.js";

const button = document.getElementById("search-open");
/** The root of this language: every language has its scripts. */
const home = new URL("../../../", import.meta.url).href;
const cards = new Map();
let loading = null;

/** One finder for all fields of a page. */
export const finder = new Finder(new URL(button.dataset.index, document.baseURI).href);
export const findPage = `${home}find/`;

/** Where a report can be opened with a text; empty where nobody said. */
export const reportTo = () => button.dataset.report ?? "";

/** The address of a record's page, with what the text says about the reader's host. */
export function advisory(id, facts) {
  const query = facts.map(({ product, version }) => `${product}=${encodeURIComponent(version)}`);
  return `${home}advisories/${id}/${query.length ? `?${query.join("&")}#affects-me` : ""}`;
}

export const release = (product, version) => `${home}products/${product}/${version}/`;

/** The texts of this language: `say(key, parameters)` and `product(id)`. */
export function words() {
  loading ??= json(`${findPage}words.json`).then(
    (found) => ({
      say: (key, parameters = {}) =>
        found.words[key].replace(/\{(\w+)\}/g, (_, name) => parameters[name]),
      product: (id) => found.products[id] ?? id,
    }),
    (error) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** What a result shows of a record; null where that cannot be had. */
export function card(id) {
  if (!cards.has(id)) {
    cards.set(
      id,
      json(`${home}advisories/${id}/card.json`).catch(() => {
        cards.delete(id);
        return null;
      }),
    );
  }
  return cards.get(id);
}

async function json(address) {
  const found = await fetch(address);
  if (!found.ok) throw new Error(`${address}: ${found.status}`);
  return found.json();
}
