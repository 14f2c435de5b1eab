/**
 * The search button of the header, and whatever else opens the search dialogue.
 *
 * The dialogue is fetched on the first sign that somebody wants to search: pointer over the button,
 * keyboard focus, a click, or Ctrl/Cmd-K.
 */

const button = document.getElementById("search-open");

/** Resolves with the dialogue; the work is done once. */
let loading = null;

/** Fetch the dialogue, so that it is there when it is opened. */
export function prepare() {
  loading ??= import("./lib/search/dialogue.js")
    .then(({ made }) => made(button))
    .catch((error) => {
      loading = null; // the next intent tries again
      throw error;
    });
  return loading;
}

/** Open the dialogue, with words to look for; closing it leads back to `opener`. */
export async function open(words = "", opener = button) {
  opener.setAttribute("aria-busy", "true");
  try {
    const dialogue = await prepare();
    opener.focus();
    dialogue.open(words);
  } catch {
    say(button.dataset.failed);
  } finally {
    opener.removeAttribute("aria-busy");
  }
}

/** A message that is seen, and read out by a screen reader. */
function say(text) {
  const status = document.createElement("p");
  status.className = "caveat-search-failed";
  status.setAttribute("role", "status");
  button.after(status);
  status.textContent = text;
  setTimeout(() => status.remove(), 8000);
}

if (button) {
  const soon = () => prepare().catch(() => {});
  button.addEventListener("pointerenter", soon);
  button.addEventListener("focus", soon);
  button.addEventListener("click", () => open());
  button.hidden = false;
  document.addEventListener("keydown", (event) => {
    const plain = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (plain && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
}
