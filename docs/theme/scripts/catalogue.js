/**
 * The form above the catalogue; see lib/catalogue.js.
 */

const form = document.getElementById("facets");
const table = document.getElementById("records");

if (form && table) import("./lib/catalogue.js").then(({ start }) => start(form, table));
