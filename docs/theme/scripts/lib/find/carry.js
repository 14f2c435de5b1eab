/**
 * A text on its way from a field of another page to the finder: it stays in this tab.
 */

const KEY = "caveat.text";
/** More than this does not fit into the browser's store on all machines. */
const MOST = 2_000_000;

/** Keep the text for the next page. */
export function carry(text) {
  try {
    sessionStorage.setItem(KEY, text.slice(-MOST));
  } catch {
    // The finder opens empty then.
  }
}

/** The text that was carried here, once. */
export function carried() {
  try {
    const text = sessionStorage.getItem(KEY) ?? "";
    sessionStorage.removeItem(KEY);
    return text;
  } catch {
    return "";
  }
}
