/**
 * The planner: everything it needs is fetched on its own page only.
 *
 * Without this script the page names the command that does the same.
 */

const page = document.getElementById("plan");

if (page) import("./lib/plan/page.js").then(({ start }) => start(page));
