/**
 * The word search in the form in which Pagefind's dialogue loads it, with three things of our own: a
 * text in a language without spaces is cut as the index was (see words.js), the address of an
 * upstream thread is looked for as records name it, and where hardly a page has all words, those that
 * come closest follow.
 */

import { closest } from "./closest.js";
import { cutter, named, spaced } from "./words.js";

/** Languages whose bundle holds words.json. */
const UNSPACED = ["zh"];
const EXACT = /^\s*".+"\s*$/;
/** Words beside each other; without them a text is a name, however many parts it has. */
const QUESTION = /\S\s+\S|\p{Script=Han}/u;
/** So few pages may hold the words of a long question by chance, and not the one that is meant. */
const FEW = 3;

/**
 * @param {{ basePath: string }} options those of Pagefind; `basePath` is the bundle's
 * @returns what its dialogue asks for: `filters` and `search`
 */
export function createInstance(options) {
  const opened = open(options);
  return {
    filters: async () => (await opened).engine.filters(),
    async search(text, others) {
      const { engine, cut } = await opened;
      if (text === null) return engine.search(text, others);
      const search = (asked) => engine.search(asked, others);
      const { whole, words } = cut(named(text));
      const answer = await search(whole);
      const enough = QUESTION.test(text) && words.length > 2 ? FEW : 1;
      if (answer.results.length >= enough || words.length < 2 || EXACT.test(whole)) return answer;
      return closest(search, words, answer.results);
    },
  };
}

/** Pagefind cuts texts by the browser's dictionary where it knows that the page's language has no
 * spaces: it is not told while it starts. */
async function open(options) {
  const page = document.documentElement;
  const { lang } = page;
  const unspaced = UNSPACED.includes(lang);
  const [{ createInstance: create }, words] = await Promise.all([
    import(`${options.basePath}pagefind.js`),
    unspaced ? fetch(`${options.basePath}words.json`).then((found) => found.json()) : [],
  ]);
  if (!unspaced) return { engine: create(options), cut: (text) => ({ whole: text, words: spaced(text) }) };
  const cut = cutter(words);
  page.lang = "";
  try {
    return { engine: create(options), cut: (text) => quoted(text, cut(text)) };
  } finally {
    page.lang = lang;
  }
}

/** A text in quotation marks is looked for as it stands. */
function quoted(text, words) {
  const all = words.join(" ");
  return { whole: EXACT.test(text) ? `"${all}"` : all, words };
}
