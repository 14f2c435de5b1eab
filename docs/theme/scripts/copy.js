/**
 * The copy buttons of commands.
 *
 * Each puts exactly the text of its `code` element on the clipboard, says so on
 * itself and in the page's live region; where that fails the text is selected,
 * ready to be copied by hand.
 */

import { toClipboard } from "./lib/clipboard.js";

const SHOWN = 2500;
const said = document.getElementById("copy-said");

function set(button) {
  const label = button.textContent;
  const code = button.parentElement.querySelector("code");
  let timer = 0;
  button.addEventListener("click", async () => {
    const done = await toClipboard(code.textContent);
    if (!done) getSelection().selectAllChildren(code);
    const words = done ? said.dataset.copied : said.dataset.failed;
    button.textContent = words;
    button.dataset.done = done ? "yes" : "no";
    said.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = label;
      delete button.dataset.done;
      said.textContent = "";
    }, SHOWN);
  });
  button.hidden = false;
}

if (said) for (const button of document.querySelectorAll(".cv-copy")) set(button);
