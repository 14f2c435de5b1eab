/**
 * The switches of a product's heat map: fetched when they are opened, or at once
 * where the address tells a configuration (see lib/facts.js).
 */

const switches = document.querySelector(".cv-switches[data-answers]");

function load() {
  if (!switches.open) return;
  switches.removeEventListener("toggle", load);
  switches.querySelector("[role=alert]")?.remove();
  Promise.all([
    import("./lib/heat.js"),
    fetch(new URL(switches.dataset.answers, location.href)).then((found) => found.json()),
  ]).then(([{ start }, answers]) => start(switches, answers), again);
}

/** Says that nothing came, and lets the next opening ask once more. */
function again() {
  const said = Object.assign(document.createElement("p"), { className: "cv-note" });
  said.setAttribute("role", "alert");
  said.textContent = switches.dataset.failed;
  switches.append(said);
  switches.addEventListener("toggle", load);
}

if (switches) {
  switches.hidden = false;
  if (location.search) switches.open = true;
  switches.addEventListener("toggle", load);
  load();
}
