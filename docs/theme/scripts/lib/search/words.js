/**
 * Cuts what is searched for into words.
 *
 * Chinese is cut by the words that the index knows: the browser's own dictionary lacks those of this
 * trade, 端口 came out of it as 端 and 口, and was not found.
 */

/** A run of Chinese characters; or a word, or a version number, in letters and digits. */
const PARTS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:\.\p{N}+)*/gu;
const HAN = /^\p{Script=Han}/u;
/** The address of an upstream thread, of which records know the short form. */
const THREAD = /https?:\/\/[^\s/]+\/([\w.-]+\/[\w.-]+)\/(?:-\/)?(?:issues|pull|merge_requests)\/(\d+)\S*/gi;

/** @returns {string} the text with upstream threads as records name them: owner/name#number */
export function named(text) {
  return text.replace(THREAD, "$1#$2");
}

/** @returns {string[]} words of a text in a language that has spaces between them */
export function spaced(text) {
  return text.match(PARTS) ?? [];
}

/**
 * @param {string[]} words those of the index, of two characters and more
 * @returns {(text: string) => string[]} cuts a text in a language without spaces into its words
 */
export function cutter(words) {
  const known = new Set(words);
  const longest = Math.max(1, ...words.map((word) => word.length));

  /** The fewest pieces that a run of characters falls into; a character alone is always one. */
  function pieces(run) {
    const best = [[]];
    for (let end = 1; end <= run.length; end++) {
      best[end] = [...best[end - 1], run[end - 1]];
      for (let start = Math.max(0, end - longest); start < end - 1; start++) {
        const word = run.slice(start, end);
        if (known.has(word) && best[start].length + 1 < best[end].length) best[end] = [...best[start], word];
      }
    }
    return best[run.length];
  }

  /** Characters that stand alone are grammar where there are words as well. */
  return (text) => {
    const all = spaced(text).flatMap((part) => (HAN.test(part) ? pieces(part) : part));
    const weighty = all.filter((word) => word.length > 1 || !HAN.test(word));
    return weighty.some((word) => word.length > 1) ? weighty : all;
  };
}
