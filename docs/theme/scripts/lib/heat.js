/**
 * A product's heat map in another configuration.
 *
 * Takes the folded box of switches and the product's answers; a choice writes
 * the table anew and is in the address. What is not chosen has its default, or
 * is not known, as the first switch says. No version is compared here.
 */

import { at, hasValue, lookUp, place } from "./answers.js";
import { fromAddress, toAddress } from "./facts.js";

const OTHERS = "others";
const NEWEST = 4;
const WORTH_FOLDING = 4;

export function start(box, form) {
  const { words, switches } = form;
  const table = document.querySelector(".cv-heat");
  const records = [...table.tHead.querySelectorAll("[data-record]")].map((head) =>
    form.records.find((record) => record.id === head.dataset.record),
  );
  const releases = form.products[form.product].releases;
  const names = [OTHERS, ...Object.keys(switches)];
  const known = fromAddress(names);
  const selects = new Map();
  const said = Object.assign(document.createElement("p"), { className: "cv-note" });
  said.setAttribute("role", "status");

  function control(name, label, options) {
    const select = document.createElement("select");
    for (const [value, text] of options) select.append(new Option(text, value));
    select.addEventListener("change", () => {
      if (select.value) known.set(name, [select.value]);
      else known.delete(name);
      toAddress(names, known);
      show();
    });
    const element = document.createElement("label");
    const text = Object.assign(document.createElement("span"), { className: "cv-label" });
    text.textContent = label;
    element.append(text, select);
    selects.set(name, select);
    return element;
  }

  function controls() {
    const grid = Object.assign(document.createElement("div"), { className: "cv-switch-grid" });
    const first = control(OTHERS, words.configuration, [
      ["", words.default],
      ["unknown", words.unknown],
    ]);
    const rest = Object.entries(switches).map(([name, { name: label, values }]) => {
      const told = values
        ? Object.entries(values)
        : [...form.products[name].releases].reverse().map(({ version }) => [version, version]);
      return control(name, label, [["", words["as-above"]], ...told]);
    });
    grid.append(first, ...rest);
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = words.reset;
    reset.addEventListener("click", () => {
      known.clear();
      toAddress(names, known);
      show();
    });
    const bar = Object.assign(document.createElement("p"), { className: "cv-panel-bar" });
    bar.append(reset);
    box.append(grid, bar, said);
  }

  /** The value that a trait has where nobody changed it. */
  function usual(key, host) {
    const { default: usually } = form.traits[key];
    if (!Array.isArray(usually)) return usually;
    const product = key.split(".")[0];
    const [version] = host.get(product) ?? [];
    return version === undefined ? null : at(usually, place(form, product, version));
  }

  function states(version) {
    const host = new Map(known).set(form.product, [version]);
    host.delete(OTHERS);
    if (!known.has(OTHERS)) {
      for (const key of Object.keys(form.traits)) {
        const value = host.has(key) ? null : usual(key, host);
        if (value) host.set(key, [value]);
      }
    }
    return records.map((record) => record.answers[lookUp(form, record, host)].state);
  }

  function show() {
    for (const [name, select] of selects) select.value = known.get(name)?.[0] ?? "";
    const rows = [...releases].reverse().map((release) => ({ ...release, states: states(release.version) }));
    const lines = groups(rows.slice(0, NEWEST), false).concat(groups(rows.slice(NEWEST), true));
    table.tBodies[0].replaceChildren(...lines);
    const all = rows.flatMap((row) => row.states);
    const count = (state) => all.filter((one) => one === state).length;
    said.textContent = words.said
      .replace("{affected}", count("affected"))
      .replace("{unknown}", count("unknown"));
  }

  /** Neighbours that say the same are one line where that spares enough. */
  function groups(rows, mayFold) {
    const lines = [];
    for (let first = 0; first < rows.length; ) {
      const key = rows[first].states.join();
      let end = first + 1;
      while (end < rows.length && rows[end].states.join() === key) end += 1;
      const run = rows.slice(first, end);
      if (mayFold && run.length >= WORTH_FOLDING) lines.push(folded(run));
      else lines.push(...run.map(single));
      first = end;
    }
    return lines;
  }

  function single(row) {
    const head = th([link(row.version)]);
    if (row.date) {
      const time = document.createElement("time");
      time.textContent = row.date;
      head.append(" ", time);
    }
    return line(head, row.states);
  }

  function folded(run) {
    const summary = document.createElement("summary");
    const note = Object.assign(document.createElement("span"), { className: "cv-note" });
    note.textContent = words.folded.replace("{count}", run.length);
    summary.append(`${run.at(-1).version} … ${run[0].version} `, note);
    const list = document.createElement("div");
    list.append(...run.flatMap(({ version }) => [link(version), " "]));
    const details = document.createElement("details");
    details.append(summary, list);
    const made = line(th([details]), run[0].states);
    made.className = "cv-fold";
    return made;
  }

  function line(head, found) {
    const made = document.createElement("tr");
    made.append(head, ...found.map((state) => {
      const cell = document.createElement("td");
      cell.dataset.state = state;
      const word = document.createElement("span");
      word.textContent = words.states[state];
      cell.append(word);
      return cell;
    }));
    return made;
  }

  for (const [name, values] of known) {
    const trait = form.traits[name];
    const fact = trait
      ? { kind: "trait", values: Object.fromEntries(trait.values.map((value) => [value, 1])) }
      : { kind: "version", of: name };
    if (name !== OTHERS && !hasValue(form, fact, values[0])) known.delete(name);
  }
  controls();
  if (known.size) show();
}

function th(children) {
  const head = document.createElement("th");
  head.scope = "row";
  head.append(...children);
  return head;
}

function link(version) {
  const anchor = document.createElement("a");
  anchor.href = `${version}/`;
  anchor.textContent = version;
  return anchor;
}
