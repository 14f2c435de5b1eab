/**
 * Narrowing and ordering the catalogue.
 *
 * Takes the table as it stands and the form above it; the state is the page's
 * address, so that every view of the catalogue can be linked to:
 * `?product=a,b&severity=high&q=words&sort=modified&order=desc`.
 */

const SEVERITIES = ["critical", "high", "medium", "low"];
/** What a column is ordered by, and which way first. */
const COLUMNS = {
  title: { value: (row) => row.cells[0].textContent.trim(), first: "asc" },
  severity: { value: (row) => SEVERITIES.indexOf(row.dataset.severity), first: "asc" },
  kind: { value: (row) => row.cells[2].textContent.trim(), first: "asc" },
  modified: { value: (row) => row.dataset.modified, first: "desc" },
};

export function start(form, table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const total = Number(form.dataset.total);
  const pages = document.querySelectorAll(".cv-pages");
  const reset = form.querySelector("[type=reset]");
  const names = [...new Set([...form.querySelectorAll("[type=checkbox]")].map((box) => box.name))];
  /** Computed once: a row's words, lower case, with what people paste (`moby#49499`, a slug). */
  const words = new Map();
  rows.forEach(know);
  let whole = null;
  /** By what was loaded, not by its number: a publication in between changes that. */
  let complete = pages.length === 0;
  let failed = false;

  function know(row) {
    words.set(row, `${row.textContent} ${row.dataset.names}`.toLowerCase());
  }

  /** Resolves once the rows of the list's other pages are here: only who narrows or orders it
   * needs them. What could not be loaded is asked for again by the next question. */
  async function all() {
    if (complete) return;
    const others = [...pages[0].querySelectorAll("a:not([aria-current])")];
    whole ??= Promise.all(others.map((link) => rowsOf(link.href)));
    try {
      const found = (await whole).flat();
      if (complete) return;
      rows.push(...found);
      found.forEach(know);
      complete = true;
      failed = false;
    } catch {
      whole = null;
      failed = true;
    }
  }

  function read() {
    const query = new URLSearchParams(location.search);
    form.elements.q.value = query.get("q") ?? "";
    for (const name of names) {
      const wanted = (query.get(name) ?? "").split(",");
      for (const box of boxes(name)) box.checked = wanted.includes(box.value);
    }
    show(state());
  }

  function boxes(name) {
    return form.querySelectorAll(`[type=checkbox][name="${name}"]`);
  }

  function chosen(name) {
    return [...boxes(name)].filter((box) => box.checked).map((box) => box.value);
  }

  /** Values of one facet are alternatives; facets and words must all hold. */
  function matches(row, wanted, terms) {
    const facets = wanted.every(([name, values]) => {
      const own = row.dataset[name].split(" ");
      return values.length === 0 || values.some((value) => own.includes(value));
    });
    return facets && terms.every((term) => words.get(row).includes(term));
  }

  /** The latest question is the one that is answered. */
  let asked = 0;

  async function show(sorting, everything = location.search !== "") {
    const mine = ++asked;
    if (everything) {
      form.setAttribute("aria-busy", "true");
      await all();
      if (mine !== asked) return;
    }
    form.removeAttribute("aria-busy");
    draw(sorting);
  }

  function draw(sorting) {
    const wanted = names.map((name) => [name, chosen(name)]);
    const terms = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !matches(row, wanted, terms);
      shown += row.hidden ? 0 : 1;
    }
    body.replaceChildren(...ordered(sorting));
    for (const nav of pages) nav.hidden = complete;
    reset.hidden = complete && location.search === "";
    mark(sorting);
    for (const [name, values] of wanted) {
      const mine = boxes(name)[0].closest("details").querySelector(".cv-facet-chosen");
      mine.textContent = values.length ? `(${values.length})` : "";
      if (complete) recount(name, wanted.filter(([other]) => other !== name), terms);
    }
    const text = form.dataset.count.replace("{shown}", shown).replace("{total}", total);
    const more = failed ? form.dataset.failed : shown ? "" : form.dataset.none;
    form.querySelector(".cv-facet-count").textContent = more ? `${text} ${more}` : text;
  }

  /** What choosing a value would leave, with all else as it is. */
  function recount(name, others, terms) {
    const counts = new Map();
    for (const row of rows.filter((one) => matches(one, others, terms))) {
      for (const value of row.dataset[name].split(" ")) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const box of boxes(name)) box.closest("label").querySelector(".cv-note").textContent = counts.get(box.value) ?? 0;
  }

  function ordered({ sort, order }) {
    const column = COLUMNS[sort];
    if (!column) return rows;
    const sign = order === "desc" ? -1 : 1;
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    return [...rows].sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      return sign * (typeof x === "number" ? x - y : compare(x, y));
    });
  }

  function mark({ sort, order }) {
    for (const head of table.tHead.rows[0].cells) {
      if (head.dataset.column === sort) {
        head.setAttribute("aria-sort", order === "desc" ? "descending" : "ascending");
      } else head.removeAttribute("aria-sort");
    }
  }

  function state() {
    const query = new URLSearchParams(location.search);
    return { sort: query.get("sort") ?? "", order: query.get("order") ?? "" };
  }

  /** Put what the form and the order say into the address, and show it. */
  function write(sorting = state(), everything) {
    const pairs = names.map((name) => [name, chosen(name).join(",")]);
    pairs.push(["q", form.elements.q.value.trim()], ["sort", sorting.sort], ["order", sorting.order]);
    const query = pairs
      .filter(([, value]) => value)
      .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`)
      .join("&");
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    show(sorting, everything);
  }

  for (const head of table.tHead.rows[0].cells) {
    const column = COLUMNS[head.dataset.column];
    if (!column) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = state();
      const other = now.order === "desc" ? "asc" : "desc";
      const order = now.sort === head.dataset.column ? other : column.first;
      write({ sort: head.dataset.column, order });
    });
  }
  form.addEventListener("input", () => write());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => write({ sort: "", order: "" }, true)));
  window.addEventListener("popstate", read);
  read();
  for (const facet of form.querySelectorAll("details")) {
    facet.open = facet.querySelector(":checked") !== null;
  }
  form.hidden = false;
}

/** The rows of another page of the list, with links that lead from here. */
async function rowsOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = [...other.getElementById("records").tBodies[0].rows];
  for (const link of found.flatMap((row) => [...row.querySelectorAll("a")])) {
    link.href = new URL(link.getAttribute("href"), address);
  }
  return found.map((row) => document.adoptNode(row));
}
