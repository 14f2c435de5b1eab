/**
 * Texts to paste, on every page that has some; see lib/kit.js. On /runbooks/ the
 * field fetches an advisory's page by any of its names and shows its texts.
 */

const kits = document.querySelectorAll(".cv-kit");
const form = document.querySelector(".cv-pick");

if (kits.length) {
  const { fill } = await import("./lib/kit.js");
  for (const kit of kits) fill(kit);
}
if (form) {
  const { start } = await import("./lib/pick.js");
  start(form);
}
