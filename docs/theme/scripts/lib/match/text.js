/**
 * Text as error signatures are compared: words without what terminals, logs and chats do to them.
 *
 * The same as caveat/matching/normalise.py, rule for rule; tests/vectors/ holds both to one answer.
 * Texts hold no surrogate pairs here (see pieces.js), so that places are the same in both.
 */

/** A word is ASCII letters and digits, or letters of other scripts, or `::`. */
const OTHER =
  "\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\u2e80-\\u2fff\\u3040-\\ud7ff" +
  "\\uf900-\\ufdff\\ufe70-\\ufefe\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a\\uff66-\\uffef";
const LETTERS = `[0-9A-Za-z_]+|::|[${OTHER}]+`;
/** Letters that are none: colours, and characters written as `\n`, `\\u003c` or `&quot;`. */
const NOISE = [
  String.raw`\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)?)`,
  String.raw`\[(?:[0-9]{1,2}(?:;[0-9]{1,3})*m)`,
  String.raw`\^(?:\[\[[0-9;]*[A-Za-z])`,
  String.raw`#(?:033\[[0-9;]*[A-Za-z])`,
  String.raw`\\(?:\\{0,9}(?:(?:u001[bB]|x1[bB]|033)\[[0-9;]*[A-Za-z]` +
    String.raw`|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt]))`,
  String.raw`&(?:(?:quot|amp|lt|gt|apos|nbsp|#[0-9]{1,5}|#x[0-9A-Fa-f]{1,5});)`,
].join("|");
const NOISE_ONLY = new RegExp(NOISE, "g");
const NOISE_HERE = new RegExp(NOISE, "y");
const TOKEN = new RegExp(`${NOISE}|(${LETTERS})`, "g");
const WORD = new RegExp(LETTERS, "g");
const WHOLE = new RegExp(String.raw`v?[0-9]+(?:\.[0-9]+)+|${LETTERS}`, "g");
const ONE_OTHER = new RegExp(`[${OTHER}]`);
const BEYOND_ASCII = /[\u0080-\uffff]/;
/** What the other implementation calls white space. */
export const BLANK =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANKS_BEHIND = new RegExp(`[${BLANK}]$`);
const NOT_BLANK = new RegExp(`[^${BLANK}]`);

export const isAscii = (text) => !BEYOND_ASCII.test(text);
export const isBlank = (text) => !NOT_BLANK.test(text);
export const isDigit = (sign) => sign >= "0" && sign <= "9" && sign.length === 1;

/** The text without the white space at its end. */
export function trimEnd(text) {
  let end = text.length;
  while (end > 0 && BLANKS_BEHIND.test(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/** ASCII letters in lower case, the others as they are: the length never changes. */
export function lower(text) {
  if (isAscii(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (found) => found.toLowerCase());
}

const readable = (text) => lower(text).replace(NOISE_ONLY, " ").replaceAll("_", "");

/** The words of `text` in order, in lower case and without underscores. */
export const words = (text) => readable(text).match(WORD) ?? [];

/** The same as if lines went on in the next one: a terminal wraps in the middle of words. */
export const joinedWords = (text) => words(text.replaceAll("\n", ""));

/** The words of `text`, numbers with points in one: `1.44`, `v1.8.4`. */
export const wholeWords = (text) => readable(text).match(WHOLE) ?? [];

/** The words of `text`, each with where it begins and ends there, underscores included. */
export function* tokens(text) {
  for (const found of lower(text).matchAll(TOKEN)) {
    const word = found[1]?.replaceAll("_", "");
    if (word) yield { word, start: found.index, end: found.index + found[0].length };
  }
}

/** How many characters of noise begin at `at`. */
export function noiseAt(text, at) {
  NOISE_HERE.lastIndex = at;
  return NOISE_HERE.test(text) ? NOISE_HERE.lastIndex - at : 0;
}

/** Kinds of the signs below U+10000, for whoever reads a text sign by sign. */
export const [NONE, LETTER, BAR, COLON, MARK, FOREIGN] = [0, 1, 2, 3, 4, 5];

/** The kind of every sign: a table, because nothing is faster. */
export function kinds() {
  const table = new Uint8Array(1 << 16);
  for (let code = 0x80; code < table.length; code += 1) {
    if (ONE_OTHER.test(String.fromCharCode(code))) table[code] = FOREIGN;
  }
  for (const sign of "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
    table[sign.charCodeAt(0)] = LETTER;
  }
  table["_".charCodeAt(0)] = BAR;
  table[":".charCodeAt(0)] = COLON;
  for (const sign of "\x1b[^#\\&") table[sign.charCodeAt(0)] = MARK;
  return table;
}

/** The first index of the ordered `list` whose value is not below `value`. */
function left(list, value) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index of the ordered `list` whose value is above `value`. */
export const right = (list, value) => left(list, value + 1);

/**
 * A text's words run together. Between two digits a point or a blank says what parted them.
 *
 * `starts` are the places of the words in `text`, `places` those in the source; `inner` are the
 * starts inside a number such as 1.44, which is one word.
 */
export class Squeezed {
  constructor(text, source, starts, places, inner) {
    Object.assign(this, { text, source, starts, places, inner });
  }

  /** Whether a word begins at `at`. */
  opens(at) {
    return this.starts[left(this.starts, at)] === at && !this.inner.has(at);
  }

  /** Whether a word ends before `at`. */
  closes(at) {
    return at === this.text.length || this.text[at] === " " || this.opens(at);
  }

  /** Where the character at `at` stands in the source. */
  place(at) {
    const index = right(this.starts, at) - 1;
    let [place, ahead] = [this.places[index], at - this.starts[index]];
    while (ahead || this.source[place] === "_") {
      if (this.source[place] !== "_") ahead -= 1;
      place += 1;
    }
    return place;
  }

  /** The part of the source that `text` from `start` to `end` came from. */
  span(start, end) {
    return [this.place(start), this.place(end - 1) + 1];
  }

  /** How much of `text` stands before `place` of the source. */
  upto(place) {
    const index = left(this.places, place);
    if (index === this.places.length) return this.text.length;
    const start = this.starts[index];
    const parted = start > 0 && " .".includes(this.text[start - 1]);
    return start - (parted ? 1 : 0);
  }
}

/** `source` as it is compared. Wrapped lines join, in the middle of a word as well. */
export function squeeze(source) {
  const [parts, starts, places, inner] = [[], [], [], new Set()];
  let [at, end, last] = [0, 0, ""];
  for (const found of lower(source).matchAll(TOKEN)) {
    const word = found[1]?.includes("_") ? found[1].replaceAll("_", "") : found[1];
    if (!word) continue;
    if (isDigit(last) && isDigit(word[0])) {
      const between = source.slice(end, found.index).replaceAll("\n", "");
      if (between) {
        parts.push(between === "." ? "." : " ");
        at += 1;
      }
      if (between === ".") inner.add(at);
    }
    parts.push(word);
    starts.push(at);
    places.push(found.index);
    at += word.length;
    end = found.index + found[0].length;
    last = word[word.length - 1];
  }
  return new Squeezed(parts.join(""), source, starts, places, inner);
}
