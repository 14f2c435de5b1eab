/**
 * Releases whose number is searched for: each has a page that tells what bites in it.
 */

import { element } from "../dom.js";
import { release, words } from "../find/place.js";

const NUMBER = /(?<![\w.])v?(\d+(?:\.\d+){1,3}(?:-(?:alpha|beta|rc)[.\d]*)?)(?![\w.])/i;
/** So long typing pauses before a number is looked up. */
const PAUSE = 300;
/** A number that so many products have in common means none of them. */
const MOST = 8;

export class Releases {
  element = element("section", { className: "cv-search-releases md-typeset", hidden: true });
  #index = "";
  #products = null;
  #asked = 0;
  #timer = 0;

  /** @param {string} index the address of the finder's index, which knows all releases */
  constructor(index) {
    this.#index = index;
  }

  /** @param {HTMLElement} modal the dialogue that holds the element */
  watch(modal) {
    modal.addEventListener("input", ({ target }) => {
      if (target !== modal.querySelector("pagefind-input input")) return;
      const asked = (this.#asked += 1);
      this.element.hidden = true;
      clearTimeout(this.#timer);
      if (NUMBER.test(target.value)) this.#timer = setTimeout(() => this.#show(target.value, asked), PAUSE);
    });
  }

  async #show(text, asked) {
    const [version, found] = await this.#of(text).catch(() => ["", []]);
    if (asked !== this.#asked || !found.length || found.length > MOST) return;
    const said = await words();
    const links = found.map((id) => element("a", { href: release(id, version) }, [`${said.product(id)} ${version}`]));
    this.element.replaceChildren(
      element("p", { className: "cv-label" }, [said.say("releases")]),
      element("ul", { className: "cv-ranges" }, links.map((link) => element("li", {}, [link]))),
    );
    this.element.hidden = false;
  }

  /** The number in a text, and the products that have such a release: those that it names, or all. */
  async #of(text) {
    const [, version] = NUMBER.exec(text);
    this.#products ??= fetch(this.#index).then((answer) => answer.json());
    this.#products.catch(() => (this.#products = null));
    const all = Object.entries((await this.#products).products).filter(([, one]) => one.releases.includes(version));
    const typed = ` ${text.toLowerCase()} `;
    const named = all.filter(([, { names }]) => names.some((name) => typed.includes(` ${name} `)));
    return [version, (named.length ? named : all).map(([id]) => id)];
  }
}
