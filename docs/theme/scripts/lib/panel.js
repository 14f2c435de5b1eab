/**
 * The panel "does it affect me?" of an advisory.
 *
 * Takes the list of conditions and the answers beside the page. Each condition
 * gets a choice; above them stands the answer for what was chosen, in words that
 * come with the answers. Conditions that still decide stay open, the others fold.
 */

import { hasValue, lookUp, nameOf } from "./answers.js";
import { toClipboard } from "./clipboard.js";
import { forget, fromAddress, keep, remembered, toAddress } from "./facts.js";

const SHOWN = 2500;

export function start(list, form) {
  const stay = steady();
  const [record] = form.records;
  const { words, names: called } = form;
  const names = record.facts.map(nameOf);
  const known = new Map();
  const rows = new Map([...list.children].map((row) => [row.dataset.fact, row]));
  const controls = record.facts.map((fact, number) => control(fact, called[number], number));
  const box = answerBox();
  const hint = firstScreen();
  const strange = [];

  /** The choice for one fact, put below the heading of its condition. */
  function control(fact, { name, values }, number) {
    const row = rows.get(fact.of);
    const made = fact.kind === "trait" ? radios(fact, values, row) : select(fact, name, row);
    ([...row.querySelectorAll(".cv-choice")].at(-1) ?? headingOf(row)).after(made.element);
    made.element.addEventListener("change", () => {
      const value = made.read();
      if (value) known.set(nameOf(fact), [value]);
      else known.delete(nameOf(fact));
      changed();
    });
    if (fact.kind !== "leaves") foldable(row, number);
    return made;
  }

  function select(fact, name, row) {
    const step = fact.kind === "leaves";
    const select = make("select");
    select.append(new Option(step ? words["no-step"] : words.unknown, ""));
    for (const { version, date } of [...form.products[fact.of].releases].reverse()) {
      select.append(new Option(date ? `${version} · ${date}` : version, version));
    }
    const element = make("p", { className: "cv-choice" });
    if (step) {
      const label = make("label", {}, [make("span", { className: "cv-label" }, [name]), select]);
      element.append(label);
    } else {
      select.setAttribute("aria-labelledby", headingOf(row).id);
      element.append(select);
    }
    return {
      element,
      read: () => select.value,
      show: ([value = ""]) => {
        select.value = value;
      },
    };
  }

  function radios(fact, values, row) {
    const element = make("div", { className: "cv-choice cv-radios" });
    element.setAttribute("role", "radiogroup");
    element.setAttribute("aria-labelledby", headingOf(row).id);
    const inputs = [["", words.unknown], ...Object.entries(values)].map(([value, name]) => {
      const input = make("input", { type: "radio", name: `fact-${fact.of}`, value });
      element.append(make("label", {}, [input, make("span", {}, [name])]));
      return input;
    });
    return {
      element,
      read: () => inputs.find((input) => input.checked).value,
      show: (chosen) => {
        for (const input of inputs) input.checked = chosen.length === 1 && input.value === chosen[0];
        if (!chosen.length) inputs[0].checked = true;
      },
    };
  }

  /** A button that shows and hides the command of a condition and what explains it. */
  function foldable(row, number) {
    const [first, second] = row.children;
    const about = first.querySelector(".cv-note");
    if (!about && !second.firstElementChild) return;
    second.id = `probe-${number}`;
    const button = make("button", { type: "button", className: "cv-unfold" }, [words.probe]);
    button.setAttribute("aria-controls", second.id);
    button.addEventListener("click", () => {
      row.dataset.kept = "yes";
      fold(row, !row.hasAttribute("data-folded"));
    });
    first.append(button);
    fold(row, false);
  }

  function fold(row, folded) {
    row.toggleAttribute("data-folded", folded);
    row.querySelector(".cv-unfold")?.setAttribute("aria-expanded", String(!folded));
  }

  function answerBox() {
    const status = make("p", { className: "cv-verdict" });
    status.setAttribute("role", "status");
    const source = make("p", { className: "cv-source" });
    const needs = make("p", { className: "cv-needs" });
    const again = make("p", { className: "cv-caution cv-again-answer" });
    const before = make("p", { className: "cv-last" });
    const element = make("section", { className: "cv-answer" }, [status, source, needs, again]);
    element.setAttribute("aria-label", document.getElementById("affects-me").firstChild.textContent);
    const link = button(words.link, async () => {
      toAddress(names, known);
      const url = new URL(location.href);
      url.hash = "affects-me";
      const done = await toClipboard(url.href);
      flash(link, done ? words.copied : words.failed);
    });
    const clear = button(words.clear, () => {
      known.clear();
      strange.length = 0;
      before.hidden = true;
      changed();
      controls[0].element.querySelector("select, input").focus();
    });
    const bar = make("p", { className: "cv-panel-bar" }, [link, clear]);
    // What holds the list ends with it: the answer stays in sight as long as one chooses.
    list.before(before, element);
    list.after(bar);
    return { element, status, source, needs, again, before, clear };
  }

  /** Whoever said something before reads the answer on the first screen as well. */
  function firstScreen() {
    const place = document.querySelector(".cv-is-it-me .cv-more")?.parentElement;
    const line = make("p", { className: "cv-first-answer", hidden: true });
    place?.before(line);
    return line;
  }

  function show() {
    const number = lookUp(form, record, known);
    const { state, missing = [], evidence } = record.answers[number];
    const text = form.texts[number];
    const verdict = () => {
      const strong = make("strong", { className: "cv-state" }, [text.state]);
      strong.dataset.state = state;
      return strong;
    };
    box.element.dataset.state = state;
    box.status.replaceChildren(verdict(), " ", text.reason);
    box.source.replaceChildren(...source(text, evidence));
    const felt = document.querySelector("[id^=effect-]");
    const out = [...(felt ? [felt.id] : []), "workarounds", "fix"];
    const ways = state === "affected" ? out.map(way) : missing.map(need);
    box.needs.replaceChildren(...ways.flatMap((one) => [one, " "]));
    box.again.replaceChildren(...(state === "fixed" ? cameBack() : []));
    box.clear.disabled = !known.size;
    hint.hidden = !known.size;
    hint.replaceChildren(words["first-screen"], " ", verdict());
    const open = new Set(missing.map((one) => record.facts[one].of));
    for (const [name, row] of rows) {
      row.toggleAttribute("data-needed", open.has(name) && known.size > 0);
      if (!row.dataset.kept) fold(row, !open.has(name));
    }
    record.facts.forEach((fact, one) => controls[one].show(known.get(nameOf(fact)) ?? []));
    markReleases();
  }

  function source({ evidence, means }, { reference } = {}) {
    if (!evidence) return [];
    const word = make("em", { title: means }, [evidence]);
    return reference ? [word, " ", make("a", { href: `#ref-${reference}` }, [reference])] : [word];
  }

  /** Leads to a part of the page, in the words above it. */
  function way(id) {
    const text = document.getElementById(id).firstChild.textContent;
    return make("a", { href: `#${id}` }, [text]);
  }

  /** What came back as another record, asked about the same host: "fixed" is this one only. */
  function cameBack() {
    const told = document.querySelector(".cv-again");
    if (!told) return [];
    const note = told.cloneNode(true);
    for (const link of note.querySelectorAll("a")) {
      link.search = location.search;
      link.hash = "affects-me";
    }
    return [...note.childNodes];
  }

  /** Leads to the choice of a fact that is missing. */
  function need(number) {
    const link = make("a", { href: "#affects-me" }, [called[number].name]);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const row = rows.get(record.facts[number].of);
      row.scrollIntoView({ block: "start" });
      controls[number].element.querySelector("select, input").focus({ preventScroll: true });
    });
    return link;
  }

  /** The chosen release in the page's matrices. */
  function markReleases() {
    for (const matrix of document.querySelectorAll(".cv-matrix[data-product]")) {
      const [version] = known.get(matrix.dataset.product) ?? [];
      for (const head of matrix.querySelectorAll("tbody th")) {
        const held = [...head.querySelectorAll("a")].some((link) => link.textContent === version);
        head.parentElement.toggleAttribute("data-chosen", held);
      }
    }
  }

  /** Something was chosen: answer it in place, say it in the address, remember it. */
  function changed() {
    const here = document.activeElement;
    const top = here?.getBoundingClientRect().top ?? 0;
    toAddress(names, known);
    show();
    scrollBy({ top: (here?.getBoundingClientRect().top ?? 0) - top, behavior: "instant" });
    keep(names, known);
    carry();
  }

  /** The page in the other language is asked about the same host. */
  function carry() {
    for (const link of document.querySelectorAll("a.caveat-language")) {
      link.search = location.search;
    }
  }

  /** Only what this record asks; what it does not know is said. */
  function take(told) {
    record.facts.forEach((fact) => {
      const values = told.get(nameOf(fact)) ?? [];
      const good = values.filter((value) => hasValue(form, fact, value));
      strange.push(...values.filter((value) => !good.includes(value)));
      const most = fact.kind === "trait" ? good.length : 1;
      if (good.length) known.set(nameOf(fact), good.slice(0, most));
    });
  }

  function tellBefore() {
    const facts = record.facts.flatMap((fact, number) => {
      const values = known.get(nameOf(fact)) ?? [];
      const read = values.map((value) => called[number].values?.[value] ?? value);
      return read.length ? [`${called[number].name}${words.colon}${read.join(", ")}`] : [];
    });
    if (!facts.length) return;
    const clear = button(words.forget, () => {
      forget();
      box.clear.click();
    });
    box.before.replaceChildren(`${words["last-visit"]} `, ...facts.flatMap((one) => [make("span", {}, [one]), " "]), clear);
  }

  const address = fromAddress(names);
  take(address.size ? address : remembered(names));
  if (!address.size) tellBefore();
  else if (strange.length) {
    box.before.append(`${words.strange} `, make("code", {}, [strange.join(", ")]));
  }
  box.before.hidden = !box.before.firstChild;
  addEventListener("popstate", () => {
    known.clear();
    take(fromAddress(names));
    show();
  });
  show();
  carry();
  stay();
}

/** Whatever the address leads to is where it was once what stands above it has another height; gives
 * what to call then. */
function steady() {
  const aimed = document.querySelector(":target");
  const before = aimed?.getBoundingClientRect().top;
  return () => {
    if (!aimed || before < 0 || before > innerHeight) return;
    scrollBy({ top: aimed.getBoundingClientRect().top - before, behavior: "instant" });
  };
}

function headingOf(row) {
  const heading = row.querySelector("h3");
  heading.id ||= `fact-${row.dataset.fact}`;
  return heading;
}

const labels = new WeakMap();

/** Say something on a button for a moment. */
function flash(one, text) {
  if (!labels.has(one)) labels.set(one, one.textContent);
  one.textContent = text;
  setTimeout(() => {
    one.textContent = labels.get(one);
  }, SHOWN);
}

function button(text, act) {
  const made = make("button", { type: "button" }, [text]);
  made.addEventListener("click", act);
  return made;
}

function make(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
