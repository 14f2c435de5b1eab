/**
 * The page that compares a log: its field, its file, how far it is, and the answer.
 */

import { rendered, summary } from "./answer.js";
import { carried } from "./carry.js";
import { Field } from "./field.js";
import { looksLikeLog } from "./log.js";
import { finder, words } from "./place.js";
import { NoAnswerError, StoppedError } from "./finder.js";
import { size } from "./size.js";

const status = document.getElementById("find-status");
const result = document.getElementById("find-result");
const heading = document.getElementById("find-result-title");
/** A question that is answered sooner shows no bar. */
const SOON = 150;
const LANGUAGE = document.documentElement.lang;

/** Take over the form. */
export function start(form) {
  const [run, file] = [form.querySelector(".cv-find-run"), form.querySelector("[type=file]")];
  const [bar, doing] = [run.querySelector("progress"), run.querySelector("label")];
  const field = new Field(form.querySelector("textarea"), (text, isLong) => {
    if (isLong || looksLikeLog(text)) ask(text);
  });

  /** Compare a text or a file, and say what was found; `lead` takes the reader there. */
  async function ask(source, lead = false) {
    clear();
    let said;
    try {
      said = await words();
    } catch {
      status.textContent = form.dataset.failed;
      return;
    }
    const isFile = typeof source !== "string";
    const name = isFile ? source.name : said.say("pasted", { size: size(new Blob([source]).size) });
    if (isFile ? source.size === 0 : source.trim() === "") {
      status.textContent = said.say(isFile ? "empty-file" : "empty", { name });
      return;
    }
    doing.textContent = said.say("searching", { name });
    bar.removeAttribute("value");
    const soon = setTimeout(() => (run.hidden = false), SOON);
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await finder.ask(source, (part) => (bar.value = 100 * part));
      await show(said, answer, { source, name, lead });
    } catch (error) {
      if (error instanceof StoppedError) return;
      if (!(error instanceof NoAnswerError)) throw error;
      status.textContent = said.say(error.reason, { name });
    } finally {
      clearTimeout(soon);
      run.hidden = true;
      form.removeAttribute("aria-busy");
    }
  }

  async function show(said, answer, { source, name, lead }) {
    if (answer.note === "packed") {
      status.textContent = said.say("packed", { name });
      return;
    }
    const lines = answer.lines.toLocaleString(LANGUAGE);
    const whole = answer.lines === 1 ? "whole-one" : "whole";
    const parts = [summary(answer, said), said.say(whole, { name, lines })];
    const sentences = parts.map((text) => said.say("sentence", { text }));
    if (answer.note) sentences.push(said.say(answer.note, { name }));
    if (typeof source === "string" && field.isLong) sentences.push(said.say("large", { name }));
    const text = typeof source === "string" ? source : await end(source);
    result.querySelector(".cv-find-answer").replaceChildren(await rendered(answer, said, { text }));
    result.hidden = false;
    status.textContent = sentences.join("");
    if (lead) heading.focus();
  }

  function clear() {
    result.hidden = true;
    status.textContent = "";
  }

  function choose(chosen) {
    if (!chosen) return;
    field.put("");
    ask(chosen, true);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(field.text, true);
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    finder.stop();
    field.put("");
    clear();
    field.field.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  run.querySelector("button").addEventListener("click", async () => {
    finder.stop();
    status.textContent = (await words()).say("stopped");
    field.field.focus();
  });
  file.addEventListener("change", () => {
    choose(file.files[0]);
    file.value = ""; // the same file may be chosen again
  });
  for (const name of ["dragover", "drop"]) {
    form.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.toggleAttribute("data-over", name === "dragover");
      if (name === "drop") choose(event.dataTransfer.files[0]);
    });
  }
  form.addEventListener("dragleave", () => form.removeAttribute("data-over"));
  for (const name of ["focusin", "pointerenter", "dragenter"]) {
    form.addEventListener(name, () => finder.prepare(), { once: true });
  }
  form.hidden = false;
  const brought = carried();
  if (brought) {
    field.put(brought);
    ask(brought, true);
  }
}

/** The end of a file, for a report. */
async function end(file) {
  try {
    return await file.slice(-8000).text();
  } catch {
    return "";
  }
}
