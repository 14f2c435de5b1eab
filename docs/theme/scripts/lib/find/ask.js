/**
 * The field of the home page: words, a version, an upstream number, or a pasted error.
 *
 * Words open the search dialogue; a pasted log is compared at once and the known error shown below
 * the field. Neither is fetched before somebody uses the field.
 */

import { open, prepare } from "../../search.js";
import { Field } from "./field.js";
import { looksLikeLog } from "./log.js";

const result = document.getElementById("ask-answer");
/** More words than this are none. */
const MOST_WORDS = 200;

/** Take over the form. */
export function start(form) {
  const text = form.querySelector("textarea");
  const field = new Field(text, (pasted) => {
    if (looksLikeLog(pasted)) compare(pasted);
  });
  let asked = 0;

  /** Show what is known of the text; gives whether anything is. */
  async function compare(given) {
    const mine = (asked += 1);
    form.setAttribute("aria-busy", "true");
    try {
      const { brief } = await import("./brief.js");
      const { found, shown } = await brief(given, { level: 2 });
      if (mine !== asked) return true;
      result.replaceChildren(shown);
      result.hidden = false;
      return found;
    } catch {
      return false;
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = field.text.trim();
    const isLog = looksLikeLog(given);
    if (isLog && (await compare(given))) return;
    if (!isLog || !given.includes("\n")) open(given.slice(0, MOST_WORDS), text);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  text.addEventListener("input", () => {
    asked += 1;
    result.hidden = true;
  });
  const soon = () => prepare().catch(() => {});
  form.addEventListener("focusin", soon, { once: true });
  form.addEventListener("pointerenter", soon, { once: true });
}
