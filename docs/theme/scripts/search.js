/**
 * The search button of the header.
 *
 * Takes the button that the page holds and gives it Pagefind's dialogue, which
 * is fetched on the first sign that somebody wants to search: pointer over the
 * button, keyboard focus, a click, or Ctrl/Cmd-K.
 */

const button = document.getElementById("search-open");

/** Resolves with the dialogue's element; the work is done once. */
let loading = null;

function load() {
  loading ??= fetchInterface().catch((error) => {
    loading = null; // the next intent tries again
    throw error;
  });
  return loading;
}

async function fetchInterface() {
  const bundle = new URL(button.dataset.bundle, document.baseURI);
  const [{ RANKING }] = await Promise.all([
    import("./lib/ranking.js"),
    append("link", { rel: "stylesheet", href: new URL("pagefind-component-ui.css", bundle) }),
    append("script", { src: new URL("pagefind-component-ui.js", bundle) }),
  ]);
  const search = window.PagefindComponents.configureInstance("default", {
    bundlePath: bundle.pathname,
    ranking: RANKING,
  });
  search.triggerLoad();
  const modal = dialogue();
  document.body.append(modal);
  return modal;
}

/** Pagefind's dialogue with the four filters that the pages declare. */
function dialogue() {
  const filters = element("div", { className: "cv-search-filters" });
  for (const [name, label] of JSON.parse(button.dataset.filters)) {
    const filter = element("pagefind-filter-dropdown");
    filter.setAttribute("filter", name);
    filter.setAttribute("label", label);
    filter.setAttribute("hide-clear", "");
    filters.append(filter);
  }
  return element("pagefind-modal", {}, [
    element("pagefind-modal-header", {}, [element("pagefind-input"), filters]),
    element("pagefind-modal-body", {}, [element("pagefind-summary"), element("pagefind-results")]),
    element("pagefind-modal-footer", {}, [element("pagefind-keyboard-hints")]),
  ]);
}

function element(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function append(tag, attributes) {
  return new Promise((resolve, reject) => {
    const asset = element(tag, attributes);
    asset.onload = () => resolve(asset);
    asset.onerror = () => {
      asset.remove();
      reject(new Error(`could not load ${attributes.src ?? attributes.href}`));
    };
    document.head.append(asset);
  });
}

async function open() {
  button.setAttribute("aria-busy", "true");
  try {
    const modal = await load();
    modal.dataset.pfTheme = document.body.dataset.mdColorScheme === "slate" ? "dark" : "light";
    button.focus(); // so that closing the dialogue comes back here
    modal.open();
  } catch {
    say(button.dataset.failed);
  } finally {
    button.removeAttribute("aria-busy");
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
  const prepare = () => load().catch(() => {});
  // The header's button, and the field of the home page.
  for (const opener of [button, ...document.querySelectorAll("[data-search-open]")]) {
    opener.addEventListener("pointerenter", prepare);
    opener.addEventListener("focus", prepare);
    opener.addEventListener("click", open);
    opener.hidden = false;
  }
  document.addEventListener("keydown", (event) => {
    const plain = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (plain && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
}
