/**
 * The matcher, away from the page: the tab answers while a large log is read.
 *
 * Takes `{ index }` (load the error texts from that address) and `{ ask, source }` (a text or a
 * file); gives `{ ask, progress }` from 0 to 1 and one `{ ask, answer }` or `{ ask, failed }`.
 */

import { read } from "../match/index.js";
import { Matcher } from "../match/matcher.js";
import { Parts } from "../match/parts.js";
import { decoder, isBinary, isPacked } from "./bytes.js";

/** Characters or bytes that are read at once. */
const SLICE = 1 << 20;

/** Some of the error texts could not be loaded. */
class MissingError extends Error {}

/** Resolves with the index and its parts; a failed load is tried again by the next question. */
let index = null;
let address = "";

async function json(where) {
  const found = await fetch(where);
  if (!found.ok) throw new Error(`${where}: ${found.status}`);
  return found.json();
}

async function load() {
  const loaded = read(await json(address));
  const parts = new Parts(loaded, (path) => json(new URL(path, address)));
  return { index: loaded, parts };
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
  const { index, parts } = await known();
  const size = source.length ?? source.size;
  const wanted = size > SLICE ? null : await surveyed(parts, source);
  await (wanted ? parts.need(...wanted) : parts.all()).catch((error) => {
    throw new MissingError(error.message);
  });
  const matcher = new Matcher(index);
  let [done, note] = [0, ""];
  for await (const text of slices(source, (found) => (note = found))) {
    matcher.feed(text);
    done += SLICE;
    postMessage({ ask, progress: Math.min(done / size, 1) });
  }
  return { ...matcher.result(), note };
}

/** What a text needs of the index: it is read for that first. A long one would need most of the
 * index, and is not read twice. */
async function surveyed(parts, source) {
  const { index, places } = parts.survey();
  const asking = new Matcher(index);
  for await (const text of slices(source, () => {})) asking.feed(text);
  return [asking.words(), places];
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
  } catch (error) {
    postMessage({ ask, failed: error instanceof MissingError ? "failed" : "unreadable" });
  }
};
