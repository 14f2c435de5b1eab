/**
 * The field of the home page: what it does is fetched on that page only, and what searches and
 * compares only when somebody uses it.
 */

const form = document.getElementById("ask");

if (form) import("./lib/find/ask.js").then(({ start }) => start(form));
