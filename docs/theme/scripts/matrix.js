/**
 * The impact matrix by keyboard.
 *
 * Of all links in a matrix one is a tab stop; arrow keys, Home, End and these
 * with Ctrl move it. Choosing a cell shows its reason under the table instead
 * of jumping to the list below. The table stays a table.
 */

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function set(matrix) {
  const table = matrix.querySelector("table");
  const reason = matrix.querySelector(".cv-matrix-reason");
  const links = [...table.querySelectorAll("tbody a")];

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

/** The link that a key leads to from the one in focus; folded rows are passed over. */
function target(table, event) {
  const from = event.target.closest("tbody a");
  if (!from || event.altKey || event.metaKey) return null;
  const rows = [...table.tBodies]
    .filter((body) => !body.hidden)
    .flatMap((body) => [...body.rows])
    .map((row) => [...row.querySelectorAll("a")])
    .filter((row) => row.length);
  const y = rows.findIndex((row) => row.includes(from));
  const x = rows[y].indexOf(from);
  // A folded line has no link in its first cell: count columns from the right.
  const right = rows[y].length - x;
  if (event.key === "Home") return (event.ctrlKey ? rows[0] : rows[y])[0];
  if (event.key === "End") return (event.ctrlKey ? rows.at(-1) : rows[y]).at(-1);
  const step = STEPS[event.key];
  if (!step || event.ctrlKey) return null;
  const row = rows[y + step[0]];
  if (step[1] || !row) return rows[y][x + step[1]] ?? null;
  return row[Math.min(Math.max(row.length - right, 0), row.length - 1)];
}

/** Release and reason, in the page's own words. */
function tell(line, link, reason) {
  const head = link.closest("tr").querySelector("th");
  const release = head.querySelector("a") ?? head.firstChild;
  const name = document.createElement("strong");
  name.textContent = `${release.textContent.trim()}: `;
  line.replaceChildren(name, ...[...reason.cloneNode(true).childNodes]);
}

for (const matrix of document.querySelectorAll(".cv-matrix")) set(matrix);
