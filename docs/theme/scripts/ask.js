/**
 * The field of the home page: words, a version, an upstream number, or a pasted error.
 *
 * Words open the search dialogue; a pasted log is compared at once and the known error shown below
 * the field. Neither is fetched before somebody uses the field.
 */

import { open, prepare } from "./search.js";

const form = document.getElementById("ask");

async function start() {
  const [text, result] = [form.querySelector("textarea"), document.getElementById("ask-answer")];
  const [{ Field }, { looksLikeLog }] = await Promise.all([
    import("./lib/find/field.js"),
    import("./lib/find/log.js"),
  ]);
  let asked = 0;

  /** Show what is known of the text; gives whether anything is. */
  async function compare(given) {
    const mine = (asked += 1);
    form.setAttribute("aria-busy", "true");
    try {
      const { brief } = await import("./lib/find/brief.js");
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

  const field = new Field(text, (pasted) => {
    if (looksLikeLog(pasted)) compare(pasted);
  });

  async function submit() {
    const given = field.text.trim();
    const isLog = looksLikeLog(given);
    if (isLog && (await compare(given))) return;
    if (!isLog || !given.includes("\n")) open(given.slice(0, 200), text);
  }

  text.addEventListener("input", () => {
    asked += 1;
    result.hidden = true;
  });
  return submit;
}

if (form) {
  let started = null;
  const intent = () => {
    started ??= start();
    prepare().catch(() => {});
    return started;
  };
  form.addEventListener("focusin", intent);
  form.addEventListener("pointerenter", intent);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    (await intent())();
  });
  form.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
