/**
 * The impact matrix by keyboard.
 *
 * Of all that can be chosen in a matrix one is the tab stop; arrow keys, Home,
 * End and these two with Ctrl move it. Choosing a cell shows its reason under
 * the table instead of jumping to the list below. The table stays a table.
 */

const STOPS = "tbody a, tbody summary";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function set(matrix) {
  const table = matrix.querySelector("table");
  const reason = matrix.querySelector(".cv-matrix-reason");
  link(table);
  const links = [...table.querySelectorAll(STOPS)];

  const rove = (link) => {
    for (const other of links) other.tabIndex = other === link ? 0 : -1;
  };
  // The reader starts where it hurts: at the first affected cell.
  rove(table.querySelector("td[data-state='affected'] > a") ?? links[0]);

  table.addEventListener("focusin", (event) => {
    if (links.includes(event.target)) rove(event.target);
  });
  table.addEventListener("keydown", (event) => {
    const next = target(table, event);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  table.addEventListener("click", (event) => {
    const link = event.target.closest("td[data-state] > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    table.querySelector("a[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    tell(reason, link, document.getElementById(link.hash.slice(1)));
  });
}

/** The releases of folded lines stand there as text: each leads to its page, as the others do. */
function link(table) {
  const folder = table.querySelector("tbody th a")?.getAttribute("href").replace(/[^/]+\/$/, "");
  for (const list of folder ? table.querySelectorAll(".cv-fold details > div") : []) {
    const links = list.textContent.trim().split(/\s+/).flatMap((version) => {
      const anchor = document.createElement("a");
      anchor.href = `${folder}${version}/`;
      anchor.textContent = version;
      return [anchor, " "];
    });
    list.replaceChildren(...links);
  }
}

/** What a key leads to from the link in focus; what is folded away is passed over. */
function target(table, event) {
  const from = event.target.closest(STOPS);
  if (!from || event.altKey || event.metaKey) return null;
  const rows = [...table.querySelectorAll("tbody tr")].map((row) =>
    [...row.querySelectorAll("a, summary")].filter((stop) => !stop.closest("details:not([open]) > div")),
  );
  const y = rows.findIndex((row) => row.includes(from));
  const x = rows[y].indexOf(from);
  if (event.key === "Home") return (event.ctrlKey ? rows[0] : rows[y])[0];
  if (event.key === "End") return (event.ctrlKey ? rows.at(-1) : rows[y]).at(-1);
  const step = STEPS[event.key];
  if (!step || event.ctrlKey) return null;
  if (step[1]) return rows[y][x + step[1]] ?? null;
  // An open list of releases stands before the cells: count from the right.
  const row = rows[y + step[0]];
  return row?.[Math.max(row.length - (rows[y].length - x), 0)] ?? null;
}

/** Release and reason, in the page's own words. */
function tell(line, link, reason) {
  const head = link.closest("tr").querySelector("th");
  const release = head.querySelector("summary")?.firstChild ?? head.querySelector("a");
  const name = document.createElement("strong");
  name.textContent = `${release.textContent.trim()}: `;
  line.replaceChildren(name, ...[...reason.cloneNode(true).childNodes]);
}

for (const matrix of document.querySelectorAll(".cv-matrix")) set(matrix);
