/**
 * A text as it comes in, piece by piece: cleaned, and its two ends kept.
 *
 * Gives pieces with plain line ends, without NUL, and with one sign for every character, as the
 * other implementation counts them: characters beyond U+FFFF are no letters of any word here.
 */

import { lineEnds } from "./strings.js";

/** Characters at each end of the text that are read for likeness and versions. */
const END = 1 << 17;
const ANY_HALF = /[\ud800-\udfff]/;
const BEYOND = /[\ud800-\udbff][\udc00-\udfff]/g;
/** For private use, and no letter either. */
const STAND_IN = "\ue000";
const HELD = /[\ud800-\udbff\r]$/;

export class Cleaner {
  #held = "";

  /** The next piece; half of a pair and the first half of a line end wait for what follows. */
  clean(piece) {
    let text = this.#held + (piece.includes("\0") ? piece.replaceAll("\0", "") : piece);
    this.#held = HELD.test(text.slice(-1)) ? text.slice(-1) : "";
    if (this.#held) text = text.slice(0, -1);
    if (text.includes("\r\n")) text = text.replaceAll("\r\n", "\n");
    return ANY_HALF.test(text) ? text.replace(BEYOND, STAND_IN) : text;
  }

  /** What waited. */
  rest() {
    return this.#held;
  }
}

/** The beginning and the end of a text. */
export class Ends {
  #head = "";
  #tail = [];
  #tailSize = 0;
  /** Line ends so far. */
  lines = 0;
  /** Whether the last line has no end. */
  isOpen = false;

  feed(piece) {
    this.lines += lineEnds(piece);
    if (piece) this.isOpen = !piece.endsWith("\n");
    const head = piece.slice(0, END - this.#head.length);
    this.#head += head;
    if (head.length === piece.length) return;
    const rest = piece.slice(head.length).slice(-END);
    this.#tail.push(rest);
    this.#tailSize += rest.length;
    while (this.#tailSize - this.#tail[0].length >= END) this.#tailSize -= this.#tail.shift().length;
  }

  /** The ends with the numbers of their first lines; one where they meet. */
  texts() {
    const [head, tail] = [this.#head, this.#tail.join("").slice(-END)];
    if (lineEnds(head) + lineEnds(tail) === this.lines) return [[1, head + tail]];
    const begin = tail.indexOf("\n") + 1;
    return [
      [1, head],
      [this.lines - lineEnds(tail, begin) + 1, tail.slice(begin)],
    ];
  }
}
