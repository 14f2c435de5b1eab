/**
 * The matcher, away from the page: the tab answers while a large log is read.
 *
 * Takes `{ index }` (load the error texts from that address) and `{ ask, source }` (a text or a
 * file); gives `{ ask, progress }` from 0 to 1 and one `{ ask, answer }` or `{ ask, failed }`.
 */

import { read } from "../match/index.js";
import { Matcher } from "../match/matcher.js";
import { decoder, isBinary, isPacked } from "./bytes.js";

/** Characters or bytes that are read at once. */
const SLICE = 1 << 20;

/** Resolves with the index; a failed load is tried again by the next question. */
let index = null;
let address = "";

async function load() {
  const found = await fetch(address);
  if (!found.ok) throw new Error(`${address}: ${found.status}`);
  return read(await found.json());
}

function known() {
  index ??= load().catch((error) => {
    index = null;
    throw error;
  });
  return index;
}

/** Slices of a text, or of a file's bytes as text; `note` is called with what is odd about it. */
async function* slices(source, note) {
  if (typeof source === "string") {
    for (let at = 0; at < source.length; at += SLICE) yield source.slice(at, at + SLICE);
    return;
  }
  let reader = null;
  for (let at = 0; at < source.size; at += SLICE) {
    const bytes = new Uint8Array(await source.slice(at, at + SLICE).arrayBuffer());
    if (at === 0 && isPacked(bytes)) {
      note("packed");
      return;
    }
    reader ??= decoder(bytes);
    const text = reader.decode(bytes, { stream: true });
    if (at === 0 && isBinary(text)) note("binary");
    yield text;
  }
  yield reader?.decode() ?? "";
}

async function answer(ask, source) {
  const matcher = new Matcher(await known());
  const size = source.length ?? source.size;
  let [done, note] = [0, ""];
  for await (const text of slices(source, (found) => (note = found))) {
    matcher.feed(text);
    done += SLICE;
    postMessage({ ask, progress: Math.min(done / size, 1) });
  }
  return { ...matcher.result(), note };
}

onmessage = async ({ data }) => {
  if (data.index) {
    address = data.index;
    known().catch(() => {});
    return;
  }
  const { ask, source } = data;
  try {
    await known();
  } catch {
    postMessage({ ask, failed: "failed" });
    return;
  }
  try {
    postMessage({ ask, answer: await answer(ask, source) });
  } catch {
    postMessage({ ask, failed: "unreadable" });
  }
};
