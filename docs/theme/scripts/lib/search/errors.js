/**
 * Known errors in the search dialogue.
 *
 * A log that is pasted there is compared first, and the known error is what the reader sees first;
 * the word search is asked only where no error is known.
 */

import { element } from "../dom.js";
import { looksLikeLog } from "../find/log.js";

/** What the one-line field shows of a pasted text. */
const SHOWN = 160;
/** So long typing pauses before it is compared. */
const PAUSE = 300;

export class Errors {
  element = element("div", { className: "cv-search-errors md-typeset", hidden: true });
  #modal = null;
  #asked = 0;
  #timer = 0;

  /** @param {HTMLElement} modal the dialogue that holds the element */
  watch(modal) {
    this.#modal = modal;
    modal.addEventListener("paste", (event) => this.#pasted(event), true);
    modal.addEventListener("input", (event) => this.#typed(event), true);
    modal.addEventListener("keydown", (event) => this.#follow(event), true);
  }

  /** Put words into the field, as if they were typed. */
  type(words) {
    this.#field.value = words;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  get #field() {
    return this.#modal.querySelector("pagefind-input input");
  }

  async #pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (event.target !== this.#field || !looksLikeLog(text)) return;
    event.preventDefault();
    const line = text.slice(0, 10 * SHOWN).replace(/\s+/g, " ").trim().slice(0, SHOWN);
    this.#field.value = line;
    if (!(await this.#compare(text)) && this.#field.value === line) this.type(line);
  }

  /** What is typed by hand, and looks like an error, is compared as well. */
  #typed(event) {
    if (event.target !== this.#field || !event.isTrusted) return;
    const text = this.#field.value;
    clearTimeout(this.#timer);
    if (looksLikeLog(text)) this.#timer = setTimeout(() => this.#compare(text), PAUSE);
    else this.#hide();
  }

  /** Enter goes to the known error that is shown. */
  #follow(event) {
    const link = this.element.hidden ? null : this.element.querySelector("[data-grade=known] a");
    if (event.key !== "Enter" || event.target !== this.#field || event.isComposing || !link) return;
    event.preventDefault();
    event.stopPropagation();
    link.click();
  }

  #hide() {
    this.#asked += 1;
    this.element.hidden = true;
  }

  /** Show what is known of the text; whether it is a known error. */
  async #compare(text) {
    const asked = (this.#asked += 1);
    try {
      const { brief } = await import("../find/brief.js");
      const { known, shown } = await brief(text, { level: 2 });
      if (asked !== this.#asked) return true;
      this.element.replaceChildren(shown);
      this.element.hidden = false;
      return known;
    } catch {
      return false; // the word search remains
    }
  }
}
