/**
 * A report of a text that no record explains, for the reader to look through and send.
 */

import { toClipboard } from "../clipboard.js";
import { element } from "../dom.js";
import { reportTo } from "./place.js";

/** Servers and browsers take addresses of this length; the report to copy may be longer. */
const LONGEST_ADDRESS = 6000;
const MOST = 8000;

/** Half a character cannot stand in an address. */
const whole = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");

/** The end of the text, where the trouble stands. */
const end = (text, most) => whole(text.length > most ? `…${text.slice(-most)}` : text);

function firstLine(text) {
  const lines = text.slice(0, MOST).split("\n").map((line) => line.trim());
  return whole(lines.find(Boolean)?.slice(0, 80) ?? "");
}

/** An address that opens a report with the text, cut to what an address may hold. */
export function address(words, text) {
  const title = encodeURIComponent(words.say("report-title", { line: firstLine(text) }));
  const base = reportTo() + (reportTo().includes("?") ? "&" : "?");
  let most = MOST;
  for (;;) {
    const body = encodeURIComponent(reportOf(words, end(text, most)));
    const found = `${base}title=${title}&body=${body}`;
    if (found.length <= LONGEST_ADDRESS || most < 50) return found;
    most = Math.floor(most * 0.7);
  }
}

const reportOf = (words, text) => `${words.say("report-text")}\n\n\`\`\`text\n${text}\n\`\`\`\n`;

/** The way to report: a link where the site has an address for that, and a text to copy. */
export function report(words, text) {
  const area = element("textarea", {
    className: "cv-report-text",
    readOnly: true,
    rows: 8,
    value: reportOf(words, end(text, MOST)),
    ariaLabel: words.say("report-label"),
  });
  const said = element("span", { className: "cv-note" }, [], { role: "status" });
  const copy = element("button", { type: "button" }, [words.say("report-copy")]);
  copy.addEventListener("click", async () => {
    const done = await toClipboard(area.value);
    if (!done) area.select();
    said.textContent = words.say(done ? "copied" : "copy-failed");
  });
  const link = element("a", { className: "cv-button", rel: "noopener" }, [words.say("report-open")]);
  if (reportTo()) link.href = address(words, text);
  return element("div", { className: "cv-report" }, [
    element("p", { className: "cv-note" }, [words.say("report-check")]),
    element("p", { className: "cv-find-bar" }, [...(reportTo() ? [link] : []), copy, said]),
    area,
  ]);
}
