/**
 * How the word search is opened: what lies where, and how it weighs pages.
 */

/**
 * Advisories are long and checklists short; by default short pages win. A reader who types an
 * advisory's id wants that advisory, not the pages that mention it.
 */
const RANKING = {
  pageLength: 0.1,
  termFrequency: 0.3,
  metaWeights: { title: 5, id: 50 },
};
/** Beside this is pagefind.js, through which the dialogue asks Pagefind. */
const HERE = new URL("./", import.meta.url);

/** @param {URL} bundle where Pagefind's files are */
export function options(bundle) {
  return { bundlePath: HERE.pathname, basePath: bundle.pathname, ranking: RANKING };
}
