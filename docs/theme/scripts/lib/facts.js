/**
 * What a reader says about a host: in the address, and remembered in this browser.
 *
 * In the address each fact is a parameter, so that a runbook can link to a
 * decided answer (`?docker-engine=28.0.0&docker-engine.mode=rootless#affects-me`):
 *
 *   <product>=<version>        docker-engine=28.0.0
 *   <product>:from=<version>   the version that an upgrade leaves
 *   <product>.<trait>=<value>  docker-engine.mode=rootless
 *   <trait>=<value>            ipset-modules=missing, a trait of the host
 *
 * Several values of one trait are separated by commas. Ids are those of the
 * catalogue; what is not named is not known. The form does not change.
 * Here as there, what is known is a Map from a fact's name to its values.
 */

import { recall, remember } from "./memory.js";

const KEY = "facts";

/** The facts among `names` that the address tells. */
export function fromAddress(names) {
  const query = new URLSearchParams(location.search);
  return among(names, (name) => query.get(name));
}

/** Say them in the address; parameters that are no facts stay as they are. */
export function toAddress(names, known) {
  const others = new URLSearchParams(location.search);
  for (const name of names) others.delete(name);
  const own = names
    .filter((name) => known.get(name)?.length)
    .map((name) => `${name}=${known.get(name).map(encodeURIComponent).join(",")}`);
  const query = [others.toString(), ...own].filter(Boolean).join("&");
  history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

/** The facts among `names` that were said on an earlier page. */
export function remembered(names) {
  const kept = all();
  return among(names, (name) => kept[name]);
}

/** Remember them; a step is taken once and is not. */
export function keep(names, known) {
  const kept = all();
  for (const name of names) {
    const values = name.endsWith(":from") ? [] : (known.get(name) ?? []);
    if (values.length) kept[name] = values.join(",");
    else delete kept[name];
  }
  remember(KEY, Object.keys(kept).length ? JSON.stringify(kept) : "");
}

/** Forget everything that was said on any page. */
export function forget() {
  remember(KEY, "");
}

function among(names, told) {
  const found = new Map();
  for (const name of names) {
    const values = String(told(name) ?? "").split(",").filter(Boolean);
    if (values.length) found.set(name, values);
  }
  return found;
}

function all() {
  try {
    const kept = JSON.parse(recall(KEY) || "{}");
    return kept && typeof kept === "object" ? { ...kept } : {};
  } catch {
    return {};
  }
}
