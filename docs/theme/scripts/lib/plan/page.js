/**
 * The planner's page: what is asked, what is worked out, where it is kept.
 *
 * The address holds all of it (`?product=docker-engine&from=27.5.1&to=28.0.0`,
 * then facts as lib/facts.js writes them, `defaults=yes`, `kept=<trait>,…`).
 * Answers and texts are fetched from beside the page when they are wanted.
 */

import { hasValue, place } from "../answers.js";
import { keep, forget, remembered } from "../facts.js";
import { make } from "./dom.js";
import { hostForm } from "./host.js";
import { jobs } from "./jobs.js";
import { bites, landing, plan } from "./outcome.js";
import { resultView } from "./result.js";
import { values } from "./values.js";

/** A release as packages and tags write it: an epoch or a `v` before it, a revision behind. */
const PACKAGE = /^(?:\d+:)?v?(\d+(?:\.\d+)+(?:-(?:alpha|beta|rc)[.\d]*)?)/;
const NONE = { product: "", from: "", to: "", facts: new Map(), defaults: false, kept: new Set() };

export async function start(page) {
  const form = page.querySelector(".cv-plan-form");
  const said = page.querySelector(".cv-plan-said");
  const result = page.querySelector(".cv-plan-result");
  const { product, from, to } = form.elements;
  const get = fetcher();
  const asked = fromAddress();
  let data = null;
  let host = null;
  let view = null;
  let told = "";
  let turn = 0;
  let { words: t, spoken } = {};

  page.querySelector(".cv-plan-plain").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    if (event.target === product) choose(product.value);
    else {
      asked.from = from.value;
      asked.to = to.value;
      chosen();
    }
  });

  async function choose(id) {
    Object.assign(asked, NONE, { product: id, facts: new Map(), kept: new Set() });
    await open({ fresh: true });
  }

  /** The chosen product's answers and words; `fresh`: nothing but the product was said. */
  async function open({ fresh }) {
    const mine = ++turn;
    data = null;
    result.hidden = true;
    // The lists still hold the product before: what is chosen from them now would be lost.
    from.disabled = to.disabled = true;
    toAddress();
    if (!asked.product) return say("");
    const timer = setTimeout(() => say(t?.["plan.loading"] ?? "…"), 300);
    try {
      const [loaded, words] = await Promise.all([get(`product/${asked.product}.json`), get("words.json")]);
      if (mine !== turn) return;
      data = loaded;
      ({ words: t, spoken } = words);
    } catch {
      if (mine === turn) retry();
      return;
    } finally {
      clearTimeout(timer);
    }
    releases();
    take(fresh);
    host = hostForm({ data, t, asked, changed: chosen, forget: startOver });
    view = resultView({ data, t, page, result, host, planTo });
    await show();
  }

  function releases() {
    const { releases: all } = data.products[asked.product];
    for (const select of [from, to]) {
      const options = [...all].reverse().map(({ version, date, end_of_life: ends }) => {
        const gone = ends && ends < today() ? ` · ${t["plan.passed-end-of-life"]}` : "";
        return new Option(date ? `${version} · ${date}${gone}` : version + gone, version);
      });
      select.replaceChildren(new Option(t["plan.choose"], ""), ...options);
      select.disabled = false;
    }
  }

  /** What the address or an earlier visit says, as far as this product's records know it. */
  function take(fresh) {
    const strange = [];
    const known = knownFacts(data);
    const bare = !(asked.from || asked.to || asked.facts.size);
    for (const end of ["from", "to"]) {
      if (!asked[end] || place(data, asked.product, asked[end]) >= 0) continue;
      const upstream = PACKAGE.exec(asked[end])?.[1] ?? "";
      const release = place(data, asked.product, upstream) >= 0;
      if (!release) strange.push(asked[end]);
      asked[end] = release ? upstream : "";
    }
    for (const [name, all] of asked.facts) {
      const good = known.has(name) ? all.filter((value) => hasValue(data, known.get(name), value)) : [];
      strange.push(...(known.has(name) ? all.filter((value) => !good.includes(value)) : [name]));
      if (good.length) asked.facts.set(name, known.get(name).kind === "trait" ? good : good.slice(0, 1));
      else asked.facts.delete(name);
    }
    for (const name of asked.kept) if (!(name in data.traits)) asked.kept.delete(name);
    const kept = fresh || bare ? remembered([asked.product, ...known.keys()]) : new Map();
    const [here] = kept.get(asked.product) ?? [];
    if (here && place(data, asked.product, here) >= 0) asked.from ||= here;
    kept.delete(asked.product);
    for (const [name, all] of kept) {
      const good = all.filter((value) => hasValue(data, known.get(name), value));
      if (good.length) asked.facts.set(name, good);
    }
    asked.strange = [...new Set(strange)];
    asked.fromVisit = kept.size > 0 || Boolean(here);
  }

  function startOver() {
    forget();
    Object.assign(asked, { facts: new Map(), kept: new Set(), defaults: false, fromVisit: false, strange: [] });
    host.reset();
    show();
  }

  function planTo(version) {
    asked.to = version;
    chosen();
    to.focus();
  }

  /** What somebody chose is remembered; what a link said is not, which may be about another host. */
  function chosen() {
    asked.strange = [];
    show();
    if (asked.from) keep([asked.product, ...knownFacts(data).keys()], new Map([[asked.product, [asked.from]], ...asked.facts]));
  }

  /** Work it out and show it. */
  async function show() {
    const mine = ++turn;
    from.value = asked.from;
    to.value = asked.to;
    toAddress();
    const problem = whyNot();
    if (problem) {
      result.hidden = true;
      const { strange } = asked;
      return say(t[problem], ...(strange.length ? [" ", t["plan.strange"], " ", make("code", {}, [strange.join(", ")])] : []));
    }
    const { product: id, from: first, to: last } = asked;
    const step = { product: id, start: first, target: last, facts: asked.facts, defaults: asked.defaults, kept: asked.kept };
    const items = plan(data, step);
    const landed = landing(data, step, today());
    let todo;
    try {
      const wanted = items.filter(bites).map((item) => item.record.id);
      todo = new Map(await Promise.all(wanted.map(async (one) => [one, await get(`record/${one}.json`)])));
    } catch {
      if (mine === turn) retry();
      return;
    }
    if (mine !== turn) return;
    say("");
    const phases = jobs(data, step, items, todo);
    const home = new URL(page.dataset.root, location.href.split(/[?#]/)[0]).href;
    const made = values({ form: data, step, items, landed, phases, spoken, home });
    const focus = document.activeElement;
    const top = focus?.getBoundingClientRect().top ?? 0;
    host.show(step, items);
    view.show({ step, items, phases, made });
    result.hidden = false;
    // The choice in focus stays where the eye is.
    if (result.contains(focus)) scrollBy({ top: focus.getBoundingClientRect().top - top, behavior: "instant" });
    if (told !== (told = `${id} ${first} ${last}`) && location.hash) document.querySelector(location.hash)?.scrollIntoView();
  }

  /** Why there is nothing to work out yet. */
  function whyNot() {
    if (!data.records.length) return "plan.none";
    if (!asked.from || !asked.to) return "plan.choose-both";
    return asked.from === asked.to ? "plan.same" : null;
  }

  function say(text, ...more) {
    said.hidden = !text;
    said.replaceChildren(text, ...more);
  }

  function retry() {
    const again = make("button", { type: "button" }, [t?.["plan.retry"] ?? "↻"]);
    again.addEventListener("click", () => (data ? show() : open({ fresh: false })));
    say(t?.["plan.failed"] ?? "", " ", again);
    said.hidden = false;
  }

  function toAddress() {
    const pairs = [
      ["product", asked.product],
      ["from", asked.from],
      ["to", asked.to],
      ...[...asked.facts].map(([name, all]) => [name, all.join(",")]),
      ["defaults", asked.defaults ? "yes" : ""],
      ["kept", [...asked.kept].join(",")],
    ];
    const query = pairs
      .filter(([, value]) => value)
      .map(([name, value]) => `${name}=${value.split(",").map(encodeURIComponent).join(",")}`)
      .join("&");
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
    // The page in the other language plans the same step.
    for (const link of document.querySelectorAll("a.caveat-language")) link.search = location.search;
  }

  if (![...product.options].some((option) => option.value === asked.product)) asked.product = "";
  product.value = asked.product;
  if (asked.product) await open({ fresh: false });
  else toAddress();
}

function fromAddress() {
  const query = new URLSearchParams(location.search);
  const own = ["product", "from", "to", "defaults", "kept"];
  const facts = [...query].filter(([name]) => !own.includes(name));
  const list = (text) => text.split(",").filter(Boolean);
  return {
    product: query.get("product") ?? "",
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
    facts: new Map(facts.map(([name, text]) => [name, list(text)]).filter(([, all]) => all.length)),
    defaults: query.get("defaults") === "yes",
    kept: new Set(list(query.get("kept") ?? "")),
    strange: [],
    fromVisit: false,
  };
}

/** Every fact but the product's own version that its records ask about, by the name in the address. */
function knownFacts(data) {
  const found = new Map();
  for (const { facts } of data.records) {
    for (const fact of facts) if (fact.kind !== "leaves" && fact.of !== data.product) found.set(fact.of, fact);
  }
  // A value may be named by another record only.
  for (const [key, { values: all }] of Object.entries(data.traits)) {
    if (found.has(key)) found.set(key, { kind: "trait", of: key, values: Object.fromEntries(all.map((value) => [value, 1])) });
  }
  return found;
}

/** Each file once, and again after a failure. */
function fetcher() {
  const here = new URL("./", location.href.split(/[?#]/)[0]);
  const found = new Map();
  return (name) => {
    if (!found.has(name)) {
      const loading = fetch(new URL(name, here)).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      });
      loading.catch(() => found.delete(name));
      found.set(name, loading);
    }
    return found.get(name);
  };
}

/** The day where the reader is. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
