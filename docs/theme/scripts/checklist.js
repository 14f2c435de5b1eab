/**
 * Checklists: ticks that survive a reload, progress, Markdown, print.
 *
 * What makes a list work is in lib/checklist.js, which only pages with one
 * fetch.
 */

const lists = document.querySelectorAll("[data-checklist]");

if (lists.length) import("./lib/checklist.js").then(({ set }) => lists.forEach((list) => set(list)));
// Paper shows why, too: closed details print nothing in older browsers.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    addEventListener("afterprint", () => (details.open = false), { once: true });
  }
});
