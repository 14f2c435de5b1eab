/**
 * Commands as people copy them out of a terminal or a chat, made fit to be copied again.
 */

import { clean } from "./clean.js";

/** What editors and chats make of plain quotes and hyphens; the same as in caveat/rules/commands.py. */
const ALIKE = new Map([
  ...[..."‘’‚‛′＇´"].map((sign) => [sign, "'"]),
  ...[..."“”„‟″«»"].map((sign) => [sign, '"']),
  ...[..."‐‑‒–—―−"].map((sign) => [sign, "-"]),
]);
const BEYOND = /[^\x00-\x7f]/gu;
/** Prompts of ordinary users. `# ` may as well be a remark, and is asked about. */
const PROMPT = /^[ ]*(?:\$ |\[?[\w.-]+@[\w.-]+(?:[: ][^\n$#%\]]*)?\]?\$ )/;
const LEFT = /^[ ]*(?:[$%#>](?=[ ])|PS [A-Za-z]:\\[^>\n]*>|[A-Za-z]:\\[^>\n]*>|\[?[\w.-]+@[\w.-]+(?:[: ][^\n$#%\]]*)?\]?[$#%](?=[ ]))/m;
/** What comes after so many characters is seen by nobody who does not scroll for it. */
const LONGEST = 500;

/** The text without prompts, and with the plain signs that shells read. */
export function commands(text) {
  const plain = clean(text)
    .replace(BEYOND, (sign) => ALIKE.get(sign) ?? sign.normalize("NFKC"))
    .replaceAll("\t", "  ")
    .replace(/(?<=\S) {20,}/g, " ")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  let [rest, line] = [plain, ""];
  do {
    line = rest;
    rest = line.replace(new RegExp(PROMPT, "gm"), "");
  } while (rest !== line);
  return rest.trim();
}

/** What is wrong with cleaned commands, as codes. */
export function commandFaults(field, text) {
  const [strange] = text.match(BEYOND) ?? [];
  if (strange) return [{ field, code: "ascii", text: strange }];
  if (LEFT.test(text)) return [{ field, code: "prompt", text: text.match(LEFT)[0].trim() }];
  return text.split("\n").some((line) => line.length > LONGEST) ? [{ field, code: "wide", most: LONGEST }] : [];
}
