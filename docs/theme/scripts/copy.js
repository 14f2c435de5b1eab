/**
 * The copy buttons of commands.
 *
 * Each puts exactly the text of its `code` element on the clipboard, says so on
 * itself and in the page's live region; where that fails the text is selected,
 * ready to be copied by hand. Buttons that a script adds later work as well.
 */

import { toClipboard } from "./lib/clipboard.js";

const SHOWN = 2500;
const said = document.getElementById("copy-said");
const labels = new WeakMap();
const timers = new WeakMap();

async function copy(button) {
  const code = button.parentElement.querySelector("code");
  const done = await toClipboard(code.textContent);
  if (!done) getSelection().selectAllChildren(code);
  if (!labels.has(button)) labels.set(button, button.textContent);
  const words = done ? said.dataset.copied : said.dataset.failed;
  button.textContent = words;
  button.dataset.done = done ? "yes" : "no";
  said.textContent = words;
  clearTimeout(timers.get(button));
  const back = setTimeout(() => {
    button.textContent = labels.get(button);
    delete button.dataset.done;
    said.textContent = "";
  }, SHOWN);
  timers.set(button, back);
}

if (said) {
  for (const button of document.querySelectorAll(".cv-copy")) button.hidden = false;
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".cv-copy");
    if (button) copy(button);
  });
}
