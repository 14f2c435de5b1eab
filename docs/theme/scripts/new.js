/**
 * The form for a new record: what it does is fetched on that page only.
 */

const form = document.getElementById("new");

if (form) import("./lib/new/page.js").then(({ start }) => start(form));
