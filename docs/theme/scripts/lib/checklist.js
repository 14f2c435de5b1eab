/**
 * A list to tick: ticks that survive a reload, progress, Markdown, print.
 *
 * Ticks are kept by list and step, so one practice may be ticked for one
 * advisory and open for another. Unticking all can be undone. What stands in
 * the list may change: `set` gives a function to call then. Ticks of steps that
 * are not in it at the moment are kept.
 */

import { toClipboard } from "./clipboard.js";
import { recall, remember } from "./memory.js";

const SHOWN = 2500;

export function set(list) {
  const bar = list.querySelector(".cv-checklist-bar");
  const text = bar.querySelector(".cv-progress-text");
  const meter = bar.querySelector("progress");
  const reset = bar.querySelector("[data-action=reset]");
  const resetLabel = reset.textContent;
  let undo = null;

  const key = () => `checklist.${list.dataset.checklist}`;
  const kept = () => (recall(key()) ?? "").split(" ").filter(Boolean);
  const boxes = () => [...list.querySelectorAll("input[data-step]")];
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.dataset.step);
  const tick = (steps) => {
    for (const box of boxes()) box.checked = steps.includes(box.dataset.step);
  };
  const forget = () => {
    undo = null;
    reset.textContent = resetLabel;
  };
  const count = () => {
    const done = ticked().length;
    meter.max = boxes().length || 1;
    meter.value = done;
    text.textContent = list.dataset.progress
      .replace("{done}", done)
      .replace("{total}", boxes().length);
    reset.disabled = !done && !undo;
  };
  const keep = () => {
    const here = boxes().map((box) => box.dataset.step);
    const elsewhere = kept().filter((step) => !here.includes(step));
    remember(key(), [...elsewhere, ...ticked()].join(" "));
    count();
  };
  const refresh = () => {
    forget();
    tick(kept());
    bar.hidden = !boxes().length;
    count();
  };

  list.addEventListener("change", () => {
    forget();
    keep();
  });
  reset.addEventListener("click", () => {
    if (undo) {
      tick(undo);
      forget();
    } else {
      undo = ticked();
      tick([]);
      reset.textContent = reset.dataset.undo;
    }
    keep();
  });
  bar.querySelector("[data-action=print]")?.addEventListener("click", () => print());
  const copy = bar.querySelector("[data-action=copy]");
  copy?.addEventListener("click", async () => {
    const done = await toClipboard(markdown(list));
    say(copy, done ? copy.dataset.copied : copy.dataset.failed);
  });
  // Another tab with the same list.
  addEventListener("storage", (event) => {
    if (event.key?.endsWith(key())) {
      tick((event.newValue ?? "").split(" "));
      count();
    }
  });

  refresh();
  return { refresh, ticked };
}

/** `## phase`, `### practice`, `- [x] step`. */
function markdown(list) {
  const lines = [];
  for (const phase of list.querySelectorAll(".cv-phase")) {
    lines.push(`## ${plain(phase.querySelector("[id^=phase-]"))}`, "");
    for (const practice of phase.querySelectorAll("fieldset")) {
      lines.push(`### ${plain(practice.querySelector("legend"))}`, "");
      for (const label of practice.querySelectorAll("label")) {
        const mark = label.querySelector("input").checked ? "x" : " ";
        lines.push(`- [${mark}] ${plain(label.querySelector("span"))}`);
      }
      lines.push("");
    }
  }
  return lines.join("\n");
}

/** Text in one line, with code in backticks. */
function plain(element) {
  const copy = element.cloneNode(true);
  for (const code of copy.querySelectorAll("code")) code.textContent = `\`${code.textContent}\``;
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const labels = new WeakMap();
const timers = new WeakMap();

function say(button, words) {
  if (!labels.has(button)) labels.set(button, button.textContent);
  button.textContent = words;
  const status = button.closest(".cv-checklist-bar").querySelector("[role=status]");
  const before = status.dataset.before ?? status.textContent;
  status.dataset.before = before;
  status.textContent = words;
  clearTimeout(timers.get(button));
  timers.set(
    button,
    setTimeout(() => {
      button.textContent = labels.get(button);
      status.textContent = before;
      delete status.dataset.before;
    }, SHOWN),
  );
}
