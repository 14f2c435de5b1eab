/**
 * The page that compares a log: what it does is fetched on that page only, and the error texts only
 * when somebody uses it.
 */

const form = document.getElementById("find");

if (form) import("./lib/find/page.js").then(({ start }) => start(form));
