/**
 * Known errors in a text of any length.
 *
 * The same as caveat/matching/stream.py: pieces of text come, a few thousand characters are kept
 * back, and the answer does not depend on where the pieces were cut. It also keeps the lines in
 * which an error stands, for whoever shows it.
 */

import { excerpt } from "./excerpt.js";
import { AHEAD, cutOff, isCut, REACH, whole } from "./locate.js";
import { findLast, lineEnds } from "./strings.js";
import { right, squeeze } from "./text.js";

/** Characters that are looked at together. */
const BLOCK = 1 << 15;
/** Characters that are looked at again with the next block. */
const BACK = REACH + 2 * AHEAD;
/** How far a block's end is moved back to the end of a line or word. */
const SLACK = 2000;
/** An error that stands in a log ten thousand times is found this often, and shown so often. */
export const MOST = 100;
const MOST_SHOWN = 3;
/** A line that was cut off may be the last of a few that one message was wrapped into. */
const WRAPPED = 4;
/** So much of a pattern's beginning must stand whole where it is looked for. */
const CUT_WORDS = 16;

export class Scan {
  #waiting = "";
  /** What is looked at again, the place where it begins, and how far line ends are decided. */
  #kept = "";
  #line = 1;
  #column = 0;
  #decided = -1;

  /** @param {{entries: object[], anchors: import("./anchors.js").Anchors}} signatures */
  constructor(signatures) {
    this.signatures = signatures;
    /** What was found, by the entry's number. */
    this.matches = new Map();
  }

  /** The next piece of the text. */
  feed(piece) {
    this.#waiting += piece;
    if (this.#waiting.length > BLOCK) this.#waiting = this.#lookThrough(this.#waiting);
  }

  /** The text has ended. */
  close() {
    this.#look(this.#lookThrough(this.#waiting), true);
  }

  /** Look at whole blocks; gives back the rest. */
  #lookThrough(text) {
    let at = 0;
    while (text.length - at > BLOCK) {
      const end = soft(text, at + BLOCK);
      this.#look(text.slice(at, end), false);
      at = end;
    }
    return text.slice(at);
  }

  #look(fresh, final) {
    const [block, begin] = [this.#kept + fresh, this.#kept.length];
    const horizon = final ? block.length : decidable(block);
    const candidates = this.signatures.anchors.candidates(block);
    const wanted = candidates.filter((number) => !this.#full(number));
    if (wanted.length) {
      const text = squeeze(block);
      const places = new Places(block, this.#line, this.#column);
      for (const number of wanted) {
        for (const found of whole(this.signatures.entries[number].pattern, text)) {
          const [start, end] = text.span(found.start, found.end);
          if (end > begin) this.#add(number, places, start, end, found);
        }
      }
      const ends = [this.#decided + 1, horizon];
      for (const [number, found] of this.#cutOff(wanted, text, ends, final)) {
        this.#add(number, places, ...text.span(found.start, found.end), found);
      }
    }
    this.#keep(block, horizon);
  }

  #full(number) {
    return (this.matches.get(number)?.length ?? 0) >= MOST;
  }

  #add(number, places, start, end, found) {
    if (this.#full(number)) return;
    if (!this.matches.has(number)) this.matches.set(number, []);
    const list = this.matches.get(number);
    const shown = list.length < MOST_SHOWN ? excerpt(places.block, start, end) : null;
    const cut = found.rest !== "";
    list.push({ span: places.span(start, end), literal: found.literal, cut, shown });
  }

  /** Forget all but what the next block may need. */
  #keep(block, horizon) {
    const start = soft(block, Math.max(block.length - BACK, 0));
    const lines = lineEnds(block, 0, start);
    const lineBegin = findLast(block, "\n", 0, start) + 1;
    this.#line += lines;
    this.#column = start - lineBegin + (lines ? 0 : this.#column);
    this.#decided = horizon - start;
    this.#kept = block.slice(start);
  }

  /** Lines that end in the middle of a pattern, where it can be no other one. */
  *#cutOff(wanted, text, [from, to], final) {
    const [groups, cuts] = [new Map(), new Map()];
    for (const number of wanted) {
      const entry = this.signatures.entries[number];
      for (const end of lineEndsOf(entry, text)) {
        if (!cuts.has(end)) {
          cuts.set(end, end >= from && end <= to && isCut(text.source, end, final) === true);
        }
        const found = cuts.get(end) ? cutOff(entry.pattern, text, text.upto(end)) : null;
        if (!found?.rest) continue;
        if (!groups.has(end)) groups.set(end, []);
        groups.get(end).push({ entry, number, found });
      }
    }
    for (const group of groups.values()) {
      for (const one of group) {
        const enough = one.found.literal >= one.entry.need;
        if (enough && !group.some((other) => disputes(one, other))) yield [one.number, one.found];
      }
    }
  }
}

/** Whether the line may as well be another record's, whose text would have gone on otherwise. */
function disputes(one, other) {
  if (one.entry.owners.some((owner) => other.entry.owners.includes(owner))) return false;
  if (2 * other.found.literal < one.found.literal) return false;
  const [rest, its] = [one.found.rest, other.found.rest];
  return !(rest.startsWith(its) || its.startsWith(rest));
}

/** Ends of the lines in which the entry's first words stand, and of the next ones. */
function lineEndsOf(entry, text) {
  const begin = entry.pattern.segments[0].text.slice(0, CUT_WORDS);
  const ends = new Set();
  let at = text.text.indexOf(begin);
  while (at >= 0) {
    let end = text.place(at);
    for (let count = 0; count < WRAPPED; count += 1) {
      end = text.source.indexOf("\n", end);
      if (end < 0) end = text.source.length;
      ends.add(end);
      end += 1;
    }
    at = text.text.indexOf(begin, at + 1);
  }
  return [...ends];
}

/** The last line end behind which enough can be seen to know whether the line was cut off. */
function decidable(block) {
  const last = findLast(block, "\n");
  return last >= 0 && block.length - last <= AHEAD ? findLast(block, "\n", 0, last) : last;
}

/** The nearest place at or before `at` where a line begins, or else a word. */
function soft(text, at) {
  const low = Math.max(at - SLACK, 0);
  for (const mark of ["\n", " "]) {
    const found = findLast(text, mark, low, at);
    if (found >= 0) return found + 1;
  }
  return low ? at : 0;
}

/** Lines and columns of a block that begins in the middle of a text. */
class Places {
  constructor(block, line, column) {
    Object.assign(this, { block, line, column });
    this.begins = [0];
    let at = block.indexOf("\n");
    while (at >= 0) {
      this.begins.push(at + 1);
      at = block.indexOf("\n", at + 1);
    }
  }

  /** A part of the block as a part of the text: line, column, end line, end column. */
  span(start, end) {
    return [...this.#place(start, 0), ...this.#place(end, 1)];
  }

  #place(at, last) {
    const index = right(this.begins, at - last) - 1;
    const before = index === 0 ? this.column : 0;
    return [this.line + index, at - this.begins[index] + before];
  }
}
