/**
 * The switches of a product's heat map: fetched when they are opened, or at once
 * where the address tells a configuration (see lib/facts.js).
 */

const switches = document.querySelector(".cv-switches[data-answers]");

async function load() {
  const [{ start }, answers] = await Promise.all([
    import("./lib/heat.js"),
    fetch(new URL(switches.dataset.answers, location.href)).then((found) => found.json()),
  ]);
  start(switches, answers);
}

if (switches) {
  switches.hidden = false;
  if (location.search) switches.open = true;
  if (switches.open) load();
  else switches.addEventListener("toggle", load, { once: true });
}
