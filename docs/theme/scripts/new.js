/**
 * The form for a new record: what it does is fetched on that page only.
 */

// The page about commands has an element of this id as well.
const form = document.querySelector("form#new");

if (form) import("./lib/new/page.js").then(({ start }) => start(form));
