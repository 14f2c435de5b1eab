/**
 * Text as people paste it, made fit for a record: what nobody sees and terminals obey is left out.
 *
 * The characters are those that caveat/reading refuses.
 */

const COLOURS = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?)/g;
const BREAKS = /\r\n?|[\x85\u2028\u2029]/g;
const UNSEEN = new RegExp(
  "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f" +
    "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff" +
    "\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]",
  "gu",
);
/** Half a character, which no file can hold. */
const HALVES = /\p{Surrogate}/gu;

/** The text with LF line ends and without spaces at the ends of lines or empty lines around it. */
export function clean(text) {
  return text
    .replace(COLOURS, "")
    .replace(BREAKS, "\n")
    .replace(HALVES, "\ufffd")
    .replace(UNSEEN, "")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/^\n+|\n+$/g, "");
}

/** The same in one line. */
export const line = (text) => clean(text).replace(/\s+/g, " ").trim();
