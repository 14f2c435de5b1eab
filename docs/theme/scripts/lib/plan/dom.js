/**
 * Small parts of the planner's page.
 */

import { toClipboard } from "../clipboard.js";

const SHOWN = 2500;

export function make(tag, properties = {}, children = []) {
  const { data = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, data);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Prose that the build made from a record: its Markdown is rendered with HTML off. */
export function prose(tag, { html, lang }, properties = {}) {
  const made = make(tag, properties);
  made.innerHTML = html;
  if (lang) made.lang = lang;
  return made;
}

export function heading(level, id, text) {
  return make(`h${level}`, { id }, [text]);
}

/** A button that copies what `text` gives and says so. */
export function copier(label, t, text) {
  const made = make("button", { type: "button" }, [label]);
  let timer = 0;
  made.addEventListener("click", async () => {
    const done = await toClipboard(text());
    const said = t[done ? "copy.copied" : "copy.failed"];
    made.textContent = said;
    document.getElementById("copy-said").textContent = said;
    clearTimeout(timer);
    timer = setTimeout(() => {
      made.textContent = label;
      document.getElementById("copy-said").textContent = "";
    }, SHOWN);
  });
  return made;
}

/** A command with its button; copy.js listens to the whole page. */
export function commandBlock(text, t, label = "") {
  return make("div", { className: "cv-code" }, [
    label ? make("p", { className: "cv-code-label" }, [label]) : null,
    make("pre", {}, [make("code", {}, [text])]),
    make("button", { type: "button", className: "cv-copy" }, [t["copy.copy"]]),
  ]);
}

export function fold(summary, children, properties = {}) {
  return make("details", properties, [make("summary", {}, [summary]), ...children]);
}
