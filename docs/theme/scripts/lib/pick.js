/**
 * An advisory by any of its names: its id is the name of its page, every other
 * name has a page of its own that leads there, and of an upstream thread the
 * catalogue knows the short forms and the address.
 */

import { fill } from "./kit.js";
import { named } from "./search/words.js";

const ID = /^CAV-\d{4}-\d{4}$/i;

export function start(form) {
  const field = form.querySelector("input");
  const status = document.getElementById("pick-status");
  const shown = document.getElementById("picked");
  const asked = new URLSearchParams(location.search).get("advisory");
  let turn = 0;
  form.hidden = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(field.value.trim());
  });
  if (asked) {
    field.value = asked;
    show(asked);
  }

  async function show(name) {
    const mine = ++turn;
    status.textContent = "";
    try {
      const found = await page(form.dataset, name);
      if (mine !== turn) return;
      shown.hidden = !found;
      if (found) put(found);
      if (!found) say("none", name);
      else if (found.ids?.length > 1) say("several", name, found.ids.join(", "));
    } catch {
      if (mine !== turn) return;
      shown.hidden = true;
      status.textContent = form.dataset.failed;
    }
  }

  function say(what, name, names = "") {
    status.textContent = form.dataset[what].replace("{name}", name).replace("{names}", names);
  }

  function put({ address, text }) {
    const other = new DOMParser().parseFromString(text, "text/html");
    const kit = other.querySelector(".cv-kit");
    const id = address.match(/CAV-\d{4}-\d{4}/)[0];
    if (!kit) {
      shown.hidden = true;
      say("none", id);
      return;
    }
    const own = document.adoptNode(kit);
    fill(own, address);
    for (const copy of own.querySelectorAll(".cv-copy")) copy.hidden = false;
    const link = shown.querySelector("#picked-title a");
    link.href = address;
    link.textContent = other.querySelector("h1").textContent;
    shown.querySelector(".cv-id").textContent = id;
    shown.querySelector(".cv-kit").replaceWith(own);
    shown.querySelector("#picked-title").focus();
    const query = new URLSearchParams({ advisory: id });
    history.replaceState(history.state, "", `?${query}${location.hash}`);
  }
}

/** The advisory's page and where it is, or null where nothing is called so. */
async function page({ advisory, alias }, typed) {
  const name = named(typed);
  if (ID.test(name)) return get(`${advisory}${name.toUpperCase()}/`);
  const parts = name.split(/[/#:]/).filter(Boolean);
  if (!parts.length || parts.some((part) => /^\.+$/.test(part))) return null;
  const found = await get(`${alias}${parts.map(encodeURIComponent).join("/")}/`);
  const ids = found ? listed(found.text) : await short(advisory, name);
  const first = ids.length ? await get(`${advisory}${ids[0]}/`) : null;
  return first && { ...first, ids };
}

/** The list inside leads there wherever the site is; the canonical address may be another site's. */
function listed(text) {
  const leads = new DOMParser().parseFromString(text, "text/html");
  return [...leads.querySelectorAll("li a")].map((one) => one.textContent.slice(0, 13));
}

/** Records whose upstream thread is called so in short: `moby#49499`, `49499`. */
async function short(advisories, name) {
  const catalogue = await get(advisories);
  const rows = new DOMParser().parseFromString(catalogue?.text ?? "", "text/html").querySelectorAll("[data-names]");
  const ends = [`/${name}`, `#${name}`].map((one) => one.toLowerCase());
  return [...rows]
    .filter((row) => row.dataset.names.toLowerCase().split(" ").some((one) => ends.some((end) => one.endsWith(end))))
    .map((row) => row.querySelector(".cv-id").textContent.trim());
}

async function get(path) {
  const address = new URL(path, location.href).href;
  const answer = await fetch(address);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return { address, text: await answer.text() };
}
