/**
 * Texts to paste: the site's own address in place of the placeholder, and today
 * in place of the day on which somebody reviewed.
 *
 * Without this script a note says what to put in. Nothing is filled in where the
 * page was opened as a file: there is no address that others could use.
 */

const DAY = "YYYY-MM-DD";

/** Fill in the texts below `kit`, which came from the page at `base`. */
export function fill(kit, base = location.href) {
  const { root, placeholder } = kit.dataset;
  const site = new URL(root, base).href;
  const known = placeholder && site.startsWith("http");
  for (const code of kit.querySelectorAll("code")) {
    let text = code.textContent;
    if (known) text = text.replaceAll(placeholder, site);
    code.textContent = text.replaceAll(DAY, today());
  }
  if (known) for (const note of kit.querySelectorAll(".cv-kit-fill")) note.hidden = true;
}

function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}
