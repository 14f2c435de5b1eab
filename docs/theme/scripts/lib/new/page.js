/**
 * The form for a new record: what is asked shows what it needs, what is wrong stands at its
 * question, and the file is there to see at any time. Answers stay in this browser.
 */

import { toClipboard } from "../clipboard.js";
import { element } from "../dom.js";
import { recall, remember } from "../memory.js";
import { fill, fresh, read, sound } from "./answers.js";
import { listProducts, show } from "./catalogue.js";
import { problems } from "./checks.js";
import { fileText, newFile } from "./file.js";
import { Known } from "./known.js";
import { build, languages, proposedSlug } from "./record.js";
import { proposed } from "./signature.js";

const KEY = "new";
/** After the last key: what is cheap, and what compares texts. */
const [SOON, LATER] = [150, 700];
const SURE = 4000;
const by = (id) => document.getElementById(id);

export async function start(form) {
  const language = document.documentElement.lang;
  const today = localDay(new Date());
  let loaded;
  try {
    loaded = await Promise.all(["choices.json", "schema.json", "words.json"].map(get));
  } catch {
    by("new-failed").textContent = by("new-failed").dataset.failed;
    by("new-failed").hidden = false;
    by("new-plain").before(by("new-failed"));
    return;
  }
  const [choices, schema, words] = loaded;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const known = new Known(form, words, get, () => update());
  const touched = new Set();
  let [asked, now, timers, listed] = [false, null, [], ""];
  const order = (name) => [...form.querySelectorAll("[data-question]")].indexOf(question(name));
  const question = (name) => form.querySelector(`[data-question="${name}"]`);
  const controlOf = (name) =>
    [...question(name).querySelectorAll("input, textarea, select")].find((one) => one.offsetParent !== null);
  const labelOf = (name) => question(name).querySelector("legend, label").firstChild.textContent.trim();
  const tell = (key) => (by("new-said").textContent = words[key]);

  listProducts(form, choices);
  put({ ...fresh(language, today), ...restored() });
  by("new-plain").hidden = true;
  form.hidden = false;

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => {
    if (target.name === "product") show(form, choices, words);
    if (target.name === "error") propose();
    arrange();
    timers.forEach(clearTimeout);
    timers = [setTimeout(update, SOON), setTimeout(() => known.look(read(form)), LATER)];
  });
  form.addEventListener("focusout", ({ target }) => {
    const question = target.closest("[data-question]");
    if (question) touched.add(question.dataset.question);
    update();
  });
  by("new-download").addEventListener("click", () => ready() && download(now));
  by("new-copy").addEventListener("click", async () => ready() && tell((await toClipboard(now.text)) ? "copied" : "copy-failed"));
  by("new-open").addEventListener("click", (event) => {
    if (!ready()) event.preventDefault();
    else if (!now.forge.filled) toClipboard(now.text);
  });
  by("new-clear").addEventListener("click", forget);

  /** Answers into an empty form, whose lists hang on the product. */
  function put(answers) {
    form.reset();
    known.related = new Set(answers.related);
    form.elements.pattern.dataset.made = "";
    fill(form, { product: answers.product ?? "" });
    show(form, choices, words);
    fill(form, answers);
    propose();
    arrange();
    update();
    known.look(read(form));
  }

  /** The pattern follows the error until somebody edits it. */
  function propose() {
    const { error, pattern } = form.elements;
    const made = proposed(error.value);
    if (!pattern.value || pattern.value === pattern.dataset.made) pattern.value = made;
    pattern.dataset.made = made;
  }

  /** Only what the other answers ask for is shown. */
  function arrange() {
    const { write, end, error, way, product } = Object.fromEntries(new FormData(form));
    const isStep = way === "upgrade" || way === "downgrade";
    const shown = {
      from: product, end: product, to: product && end !== "open",
      log: error.trim(), command: error.trim(), pattern: error.trim(), near: error.trim(),
      wayTitle: way, leads: isStep, platform: way, apply: way, verify: way, rollback: way,
      effort: way, disruption: way, risk: way,
    };
    for (const [name, is] of Object.entries(shown)) question(name).hidden = !is;
    for (const part of form.querySelectorAll("[data-language]")) {
      part.hidden = !languages(write).includes(part.dataset.language);
    }
    form.toggleAttribute("data-both", write === "both");
  }

  /** Build the file, say what is wrong, keep the answers. */
  function update() {
    const answers = { ...read(form), related: [...known.related] };
    const built = build(answers, choices, today);
    const text = fileText(built);
    const around = { choices, schema, taken: known.taken, known: known.ids };
    const base = by("search-open").dataset.edit ?? "";
    const found = problems(answers, built, text, around).sort((a, b) => order(a.field) - order(b.field));
    now = { path: built.path, text, found, forge: newFile(base, built.path, text) };
    form.elements.slug.placeholder = proposedSlug(answers);
    by("new-path").textContent = now.path;
    by("new-file").textContent = text;
    by("new-open").hidden = !now.forge;
    by("new-open").href = now.forge?.address ?? "";
    by("new-long").hidden = !now.forge || now.forge.filled;
    by("new-long").textContent = words[now.forge?.address.includes("/-/new/") ? "paste" : "too-long"];
    faultsShown();
    remember(KEY, JSON.stringify(answers));
  }

  function faultsShown() {
    const count = now.found.length;
    by("new-state").textContent = count ? say(count === 1 ? "missing-one" : "missing-many", { count }) : words.ready;
    by("new-state").toggleAttribute("data-ready", !count);
    // A list that is made anew under a press would swallow it.
    if (JSON.stringify(now.found) !== listed) by("new-faults").replaceChildren(...now.found.map(link));
    listed = JSON.stringify(now.found);
    for (const part of form.querySelectorAll("[data-question]")) {
      const name = part.dataset.question;
      const fault = now.found.find(({ field }) => field === name);
      const told = fault && (asked || (touched.has(name) && fault.code !== "needed")) ? fault : null;
      const place = by(`fault-${name}`);
      place.textContent = told ? say(`fault-${told.code}`, told) : "";
      place.hidden = !told;
      for (const control of part.querySelectorAll(":is(input, textarea, select)[name]")) {
        if (told) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    }
  }

  /** A way from what is missing to its question. */
  function link(fault) {
    const { field } = fault;
    const button = element("button", { type: "button", className: "cv-new-jump" }, [labelOf(field)]);
    button.addEventListener("click", () => controlOf(field)?.focus());
    return element("li", {}, [button, ` ${say(`fault-${fault.code}`, fault)}`]);
  }

  /** Whether the file can go; otherwise what is missing is said, and the reader led there. */
  function ready() {
    update();
    if (!now.found.length) return true;
    asked = true;
    faultsShown();
    by("new-state").focus();
    return false;
  }

  function forget() {
    const button = by("new-clear");
    if (!button.dataset.sure) {
      const label = button.textContent;
      Object.assign(button, { textContent: words["clear-sure"] }).dataset.sure = label;
      setTimeout(() => {
        button.textContent = label;
        delete button.dataset.sure;
      }, SURE);
      return;
    }
    asked = false;
    touched.clear();
    put(fresh(language, today));
    remember(KEY, "");
    tell("cleared");
  }
}

async function get(name) {
  const found = await fetch(name);
  if (!found.ok) throw new Error(`${name}: ${found.status}`);
  return found.json();
}

/** What this browser kept; damaged answers are none. */
function restored() {
  try {
    return sound(JSON.parse(recall(KEY) ?? "{}"));
  } catch {
    return {};
  }
}

function download({ path, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  element("a", { href: address, download: path.split("/").at(-1) }).click();
  setTimeout(() => URL.revokeObjectURL(address), SURE);
}

/** The reader's own day; at night UTC has another one. */
function localDay(time) {
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((one) => String(one).padStart(2, "0"));
  return `${time.getFullYear()}-${month}-${day}`;
}
