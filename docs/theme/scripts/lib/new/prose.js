/**
 * What people type into a field, as the Markdown that records hold: paragraphs, lists, emphasis,
 * `code` and https links (caveat/prose.py). What Markdown would take for anything else becomes code,
 * so that it is shown as it was typed.
 */

import { clean } from "./clean.js";

/** Code, emphasis and links as they are meant: kept as they are. */
const MEANT = new RegExp(
  [
    "(?<!`)`[^`\\n]*[^`\\s][^`\\n]*`(?!`)",
    "(?<![\\p{L}\\p{N}_*\\\\])(\\*{1,2})(?=[\\p{L}\\p{N}])[^*`<>&[\\]\\\\\\n_|]*(?<=[\\p{L}\\p{N}])\\1(?![\\p{L}\\p{N}_*])",
    "\\[[^[\\]`<>*&\\\\_\\n]*[^[\\]`<>*&\\\\_\\s]\\]\\(https:\\/\\/[^\\s()<>`*\\\\&]+\\)",
  ].join("|"),
  "gu",
);
/** Signs that begin something, wherever they stand in a word. */
const DANGEROUS = /[<*`]|&[#A-Za-z]|\][([:]|\\|^_|_$|__/;
const ASCII = /[\x21-\x7e]+/g;
/** A rule, a line under a heading or a table, an empty item. */
const RULE = /^(?=.*[-*_=+])[-*_=|:+\s]+$/;
const ITEM = /^([-+*]|\d{1,9}[.)])\s+/;
const MARK = /^(#{1,6}(?=\s|$)|>+|=+(?=\s|$)|~{3,}|[-+](?=\s|$)|\|)/;

/** Text as code; the fence is longer than any run of backticks inside. */
function code(text) {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** Words outside of what was meant; code that would touch other code stands apart from it. */
function inline(text) {
  const parts = [];
  let at = 0;
  const put = (piece) => {
    const touches = parts.length && parts.at(-1).endsWith("`") && piece.startsWith("`");
    parts.push(touches ? ` ${piece}` : piece);
  };
  const plain = (piece) => {
    let end = 0;
    for (const found of piece.matchAll(ASCII)) {
      put(piece.slice(end, found.index));
      put(DANGEROUS.test(found[0]) ? code(found[0]) : found[0]);
      end = found.index + found[0].length;
    }
    put(piece.slice(end));
  };
  for (const found of text.matchAll(MEANT)) {
    plain(text.slice(at, found.index));
    put(found[0]);
    at = found.index + found[0].length;
  }
  plain(text.slice(at));
  return parts.join("");
}

function lineOf(text) {
  let rest = text.trim().replace(/\s+/g, " ");
  let begin = "";
  for (;;) {
    if (RULE.test(rest)) return begin + code(rest);
    const item = rest.match(ITEM);
    if (!item) break;
    begin += `${/\d/.test(item[1]) ? item[1] : "-"} `;
    rest = rest.slice(item[0].length);
  }
  const mark = rest.match(MARK)?.[0] ?? "";
  if (!mark) return begin + inline(rest);
  // A mark that stands alone is code; one that touches a word goes with it.
  const word = rest.match(/^\S+/)[0];
  return `${begin}${code(word)}${inline(rest.slice(word.length))}`;
}

/** Paragraphs and lists. */
export const block = (text) => clean(text).split("\n").map(lineOf).join("\n").replace(/\n{3,}/g, "\n\n");

/** One line: a title, a reason. */
export const inlined = (text) => lineOf(clean(text).replaceAll("\n", " "));
