/**
 * Records that may be about the same problem: by the error's text and by upstream names.
 *
 * The error texts and the list of names are fetched when there is something to compare.
 */

import { element } from "../dom.js";
import { rendered } from "../find/answer.js";
import { StoppedError } from "../find/finder.js";
import { advisory, card, finder, words as finderWords } from "../find/place.js";
import { TIES } from "./answers.js";
import { clean } from "./clean.js";
import { sources } from "./sources.js";

/** Shorter texts are not compared. */
const LEAST = 12;

export class Known {
  #asked = "";
  #named = "";

  /**
   * @param {HTMLFormElement} form
   * @param {Record<string, string>} words
   * @param {(name: string) => Promise<object>} get fetches a file beside the page
   * @param {() => void} changed called once there is something new
   */
  constructor(form, words, get, changed) {
    Object.assign(this, { form, words, get, changed });
    /** Records whose error the pasted one is, and slugs that are taken. */
    this.ids = [];
    this.taken = new Set();
    /** Those of them that somebody said are another problem. */
    this.related = new Set();
  }

  /** Look again, where something else stands there now. */
  look(answers) {
    this.#error(clean(answers.error));
    this.#names(answers.sources);
  }

  async #error(text) {
    if (text === this.#asked) return;
    this.#asked = text;
    const place = document.getElementById("known-error");
    if (text.length < LEAST) {
      finder.stop();
      this.#found(place, [], []);
      return;
    }
    try {
      const [said, answer] = await Promise.all([finderWords(), finder.ask(text)]);
      const list = answer.hits.length ? await rendered(answer, said, { text, report: false }) : null;
      if (text !== this.#asked) return;
      const ids = answer.hits.filter(({ grade }) => grade === "known").map(({ id }) => id);
      const boxes = ids.map((id) => this.#box(id));
      this.#found(place, ids, list ? [list, ...boxes] : []);
    } catch (error) {
      if (error instanceof StoppedError || text !== this.#asked) return;
      this.#asked = "";
      this.#found(place, [], [element("p", { className: "cv-note" }, [this.words["look-failed"]])]);
    }
  }

  #found(place, ids, shown) {
    place.replaceChildren(...shown);
    this.ids = ids;
    this.related = new Set(ids.filter((id) => this.related.has(id)));
    this.changed();
  }

  #box(id) {
    const checked = this.related.has(id);
    const box = element("input", { type: "checkbox", name: TIES, value: id, checked });
    box.addEventListener("change", () => this.related[box.checked ? "add" : "delete"](id));
    const text = this.words.another.replace("{id}", id);
    return element("label", { className: "cv-new-choice" }, [box, ` ${text}`]);
  }

  async #names(text) {
    if (text === this.#named || !text.trim()) return;
    this.#named = text;
    try {
      const { aliases, slugs } = await this.get("names.json");
      const found = sources(text).aliases.filter((name) => Object.hasOwn(aliases, name));
      const shown = await Promise.all(found.map((name) => this.#same(name, aliases[name])));
      if (text !== this.#named) return;
      this.taken = new Set(slugs);
      document.getElementById("known-sources").replaceChildren(...shown);
      this.changed();
    } catch {
      this.#named = "";
    }
  }

  async #same(name, ids) {
    const links = await Promise.all(
      ids.map(async (id) => {
        const shown = await card(id);
        const link = element("a", { href: advisory(id, []) }, [shown?.title ?? id]);
        if (shown?.lang) link.lang = shown.lang;
        return element("li", {}, [link, " ", element("span", { className: "cv-id" }, [id])]);
      }),
    );
    return element("div", { className: "cv-new-same" }, [
      element("p", {}, [this.words["same-alias"].replace("{name}", name)]),
      element("ul", {}, links),
    ]);
  }
}
