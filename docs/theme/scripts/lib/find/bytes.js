/**
 * What a file's first bytes say about it: how to read it, and whether it is a log at all.
 */

const MARKS = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
const PACKED = [
  [0x1f, 0x8b], // gzip
  [0x50, 0x4b, 0x03, 0x04], // zip
  [0x42, 0x5a, 0x68], // bzip2
  [0xfd, 0x37, 0x7a, 0x58, 0x5a], // xz
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
];
/** What a log does not hold: signs that no terminal prints, and what was no text at all. */
const ODD = /[\x01-\x07\x0e-\x1a\x1c-\x1f\x7f\ufffd]/g;
/** Characters that are looked at, and the part of them from which a file is no text. */
const [LOOKED_AT, MOST_ODD] = [1 << 16, 0.1];

const begins = (bytes, mark) => mark.every((byte, at) => bytes[at] === byte);

/** A decoder that goes on with what is no text: UTF-16 where a mark says so, else UTF-8. */
export function decoder(bytes) {
  const [, name] = MARKS.find(([mark]) => begins(bytes, mark)) ?? [[], "utf-8"];
  return new TextDecoder(name);
}

export const isPacked = (bytes) => PACKED.some((mark) => begins(bytes, mark));

export function isBinary(text) {
  const head = text.slice(0, LOOKED_AT);
  return (head.match(ODD)?.length ?? 0) > head.length * MOST_ODD;
}
