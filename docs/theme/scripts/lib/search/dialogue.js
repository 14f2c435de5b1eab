/**
 * Pagefind's dialogue with the filters that the pages declare, and above its results the known errors
 * where a log was pasted into its field, and the releases whose number was typed.
 */

import { element } from "../dom.js";
import { Errors } from "./errors.js";
import { options } from "./options.js";
import { Releases } from "./releases.js";

/** So many are listed, which nobody reads to the end: each has its place in the list from the start,
 * and thousands of places took seconds. The line above the list counts all that were found. */
const MOST = 300;

/** @param {HTMLElement} button the search button, which knows where the bundle is */
export async function made(button) {
  const bundle = new URL(button.dataset.bundle, document.baseURI);
  await Promise.all([
    append("link", { rel: "stylesheet", href: new URL("pagefind-component-ui.css", bundle) }),
    append("script", { src: new URL("pagefind-component-ui.js", bundle) }),
  ]);
  const search = window.PagefindComponents.configureInstance("default", options(bundle));
  search.on("translations", sayClose(search));
  search.triggerLoad();
  const errors = new Errors();
  const note = element("p", { className: "cv-search-note", textContent: button.dataset.closest, hidden: true });
  search.on("results", ({ closest }) => (note.hidden = !closest));
  const releases = new Releases(new URL(button.dataset.index, document.baseURI).href);
  const first = [errors.element, releases.element];
  const modal = dialogue(JSON.parse(button.dataset.filters), first, note);
  document.body.append(modal);
  // The header's parts are put in place twice, and so is the button that closes.
  modal.querySelector(".pf-modal-header-content .pf-modal-close")?.remove();
  errors.watch(modal);
  releases.watch(modal);
  modal.addEventListener("keydown", closeList, true);
  return {
    open(words) {
      modal.dataset.pfTheme = document.body.dataset.mdColorScheme === "slate" ? "dark" : "light";
      modal.open();
      if (words) errors.type(words);
    },
  };
}

function dialogue(labels, first, note) {
  const filters = element("div", { className: "cv-search-filters" });
  for (const [name, label] of labels) {
    const attributes = { filter: name, label, "hide-clear": "" };
    filters.append(element("pagefind-filter-dropdown", {}, [], attributes));
  }
  return element("pagefind-modal", {}, [
    element("pagefind-modal-header", {}, [element("pagefind-input"), filters]),
    element("pagefind-modal-body", {}, [
      ...first,
      element("pagefind-summary"),
      note,
      element("pagefind-results", {}, [], { "max-results": MOST }),
    ]),
    element("pagefind-modal-footer", {}, [element("pagefind-keyboard-hints")]),
  ]);
}

/** In a dialogue Escape closes, which Pagefind calls to clear: put right once its words are there. */
function sayClose(search) {
  let said = false;
  return ({ keyboard_close }) => {
    if (said || !keyboard_close) return;
    said = true;
    search.setTranslations({ keyboard_clear: keyboard_close });
  };
}

/** Escape closes the list of a filter that is open, and not the dialogue at once. */
function closeList(event) {
  const list = event.currentTarget.querySelector("pagefind-filter-dropdown [aria-expanded=true]");
  if (event.key !== "Escape" || !list) return;
  event.preventDefault();
  event.stopPropagation();
  list.click();
  list.focus();
}

function append(tag, attributes) {
  return new Promise((resolve, reject) => {
    const asset = element(tag, attributes);
    asset.onload = () => resolve(asset);
    asset.onerror = () => {
      asset.remove();
      reject(new Error(`could not load ${attributes.src ?? attributes.href}`));
    };
    document.head.append(asset);
  });
}
