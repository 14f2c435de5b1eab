/**
 * An answer in a place that is not the finder: what is known, and the way to the finder with the
 * text for all the rest.
 */

import { element } from "../dom.js";
import { rendered, summary } from "./answer.js";
import { carry } from "./carry.js";
import { finder, findPage, words } from "./place.js";

/**
 * @param {string} text
 * @param {{level: number}} options the level of the headings
 * @returns {Promise<{known: boolean, found: boolean, shown: Element}>}
 */
export async function brief(text, { level }) {
  const [said, answer] = await Promise.all([words(), finder.ask(text)]);
  const link = element("a", { href: findPage, className: "cv-more" }, [said.say("open")]);
  link.addEventListener("click", () => carry(text));
  const status = element("p", { className: "cv-said" }, [], { role: "status" });
  const list = await rendered(answer, said, { text, level, report: false });
  // Said once it is there: a status that arrives with its text is not read out.
  setTimeout(() => (status.textContent = summary(answer, said)));
  return {
    known: answer.hits.some((hit) => hit.grade === "known"),
    found: answer.hits.length > 0,
    shown: element("div", { className: "cv-brief" }, [status, list, element("p", {}, [link])]),
  };
}
