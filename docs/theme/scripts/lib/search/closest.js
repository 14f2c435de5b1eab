/**
 * The pages that come closest to a text whose words hardly a page has all of.
 */

/** Of a longer text no more words are weighed. */
const MOST = 12;
/** What a page may weigh less than the heaviest. */
const NEAR = 0.6;

/**
 * @param {(word: string) => Promise<object>} search one word, answered as Pagefind does
 * @param {string[]} words
 * @param {object[]} first results of the pages that have all of them
 * @returns an answer as Pagefind gives one; `filters` counts at least so many pages
 */
export async function closest(search, words, first) {
  const answers = await Promise.all([...new Set(words)].slice(0, MOST).map(search));
  const pages = new Map(first.map((result) => [result.id, result]));
  const weights = new Map();
  for (const { results } of answers) {
    // A word of few pages tells more than one of many; in all it tells nothing.
    const weight = 1 / Math.log2(2 + results.length);
    for (const result of results) {
      // The very object: Pagefind lets go of a page's data with the result that it gave for it.
      if (!pages.has(result.id)) pages.set(result.id, result);
      weights.set(result.id, (weights.get(result.id) ?? 0) + weight);
    }
  }
  const least = NEAR * Math.max(...weights.values());
  const whole = new Set(first.map(({ id }) => id));
  const near = [...weights].filter(([id, weight]) => !whole.has(id) && weight >= least);
  near.sort(([, a], [, b]) => b - a);
  const results = [...first, ...near.map(([id]) => pages.get(id))];
  return {
    ...answers[0],
    results,
    unfilteredResultCount: results.length,
    filters: answers.map((one) => one.filters).reduce(most),
    closest: true,
  };
}

/** For each value of each filter the higher of two counts. */
function most(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, higher(a[name] ?? {}, b[name] ?? {})]));
}

function higher(a, b) {
  const values = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...values].map((value) => [value, Math.max(a[value] ?? 0, b[value] ?? 0)]));
}
