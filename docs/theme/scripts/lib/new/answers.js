/**
 * The form's controls as plain answers, and answers back into the controls.
 */

const LANGUAGES = ["en", "zh"];
/** How the boxes of a trait are called. */
const WHEN = "when:";
/** Boxes that come and go with the records they name: known.js remembers them. */
export const TIES = "related";

/** What nobody has answered yet. */
export function fresh(language, today) {
  return { write: language, end: "fixed", evidence: "reported", since: today };
}

/** @returns {object} a text for each control; `{en, zh}` where both languages are asked, lists of
 *   boxes, and conditions by trait */
export function read(form) {
  const data = new FormData(form);
  const answers = { conditions: {}, practices: [], level: "", way: "" };
  for (const [name, value] of data) {
    const [stem, language] = name.split(".");
    if (name === TIES) continue;
    if (name.startsWith(WHEN)) (answers.conditions[name.slice(WHEN.length)] ??= []).push(value);
    else if (Array.isArray(answers[name])) answers[name].push(value);
    else if (LANGUAGES.includes(language)) (answers[stem] ??= {})[language] = value;
    else answers[name] = value;
  }
  const { pattern } = form.elements;
  if (pattern.value === pattern.dataset.made) answers.pattern = "";
  return answers;
}

const isText = (value) => typeof value === "string";
const isTexts = (value) => Array.isArray(value) && value.every(isText);
const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What of kept answers can be answers: another version of this page may have kept them. */
export function sound(kept) {
  const fits = ([name, value]) => {
    if (name === "conditions") return isMapping(value) && Object.values(value).every(isTexts);
    if (name === "practices" || name === TIES) return isTexts(value);
    return isText(value) || (isMapping(value) && Object.values(value).every(isText));
  };
  return isMapping(kept) ? Object.fromEntries(Object.entries(kept).filter(fits)) : {};
}

/** Put answers into the controls that are there. */
export function fill(form, answers) {
  for (const [name, value] of Object.entries(answers)) {
    if (name === "conditions") {
      for (const [path, values] of Object.entries(value)) tick(form, WHEN + path, values);
    } else if (Array.isArray(value)) tick(form, name, value);
    else if (typeof value === "object") {
      for (const [language, text] of Object.entries(value)) put(form, `${name}.${language}`, text);
    } else put(form, name, value);
  }
}

function put(form, name, value) {
  const control = form.elements[name];
  if (control) control.value = value;
}

function tick(form, name, values) {
  for (const box of form.querySelectorAll("[type=checkbox]")) {
    if (box.name !== name) continue;
    box.checked = values.includes(box.value);
    if (box.checked) box.closest("details")?.setAttribute("open", "");
  }
}

export const boxName = (path) => WHEN + path;
