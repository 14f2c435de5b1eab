/**
 * The switches of a product's heat map: fetched when they are opened, or at once
 * where the address tells a configuration (see lib/facts.js).
 */

const switches = document.querySelector(".cv-switches[data-answers]");

const failed = Object.assign(document.createElement("p"), { className: "cv-note" });
failed.setAttribute("role", "alert");

async function load() {
  if (!switches.open) return;
  switches.removeEventListener("toggle", load);
  failed.remove();
  let parts;
  try {
    parts = await Promise.all([
      import("./lib/heat.js"),
      fetch(new URL(switches.dataset.answers, location.href)).then((found) => found.json()),
    ]);
  } catch {
    failed.textContent = switches.dataset.failed;
    switches.append(failed);
    switches.addEventListener("toggle", load);
    return;
  }
  const [{ start }, answers] = parts;
  start(switches, answers);
}

if (switches) {
  switches.hidden = false;
  if (location.search) switches.open = true;
  switches.addEventListener("toggle", load);
  load();
}
