/**
 * Does it affect me: fetches the answers of an advisory when they are wanted.
 *
 * That is at once where the address or an earlier visit tells something about
 * the reader's host, else when the conditions come near the screen. The state
 * in the address is described at the head of lib/facts.js. Without this script,
 * or without the answers, the conditions stay the plain list that they are; they
 * are asked for again once the browser says that it is online.
 */

import { fromAddress, remembered } from "./lib/facts.js";

const list = document.querySelector(".cv-conditions[data-answers]");

function load() {
  Promise.all([
    import("./lib/panel.js"),
    fetch(new URL(list.dataset.answers, location.href)).then((found) => found.json()),
  ]).then(
    ([{ start }, answers]) => start(list, answers),
    () => window.addEventListener("online", load, { once: true }),
  );
}

function prepare() {
  const products = [...list.querySelectorAll("[data-fact]")].map((row) => row.dataset.fact);
  const names = products.flatMap((name) => [name, `${name}:from`]);
  if (fromAddress(names).size || remembered(names).size) {
    load();
    return;
  }
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      load();
    },
    { rootMargin: "100% 0px" },
  );
  near.observe(list);
}

if (list) prepare();
