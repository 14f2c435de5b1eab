/**
 * How the word search weighs pages.
 *
 * Advisories are long and checklists short; by default short pages win. A reader who types an
 * advisory's id wants that advisory, not the pages that mention it.
 */
export const RANKING = {
  pageLength: 0.1,
  termFrequency: 0.3,
  metaWeights: { title: 5, id: 50 },
};
