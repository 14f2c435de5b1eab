"""Takes a page with a focused field; gives it a paste, as the reader's own keys would."""

from playwright.sync_api import Page

_PASTE = """
(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  });
  if (document.activeElement.dispatchEvent(event)) {
    document.execCommand("insertText", false, text);
  }
}
"""
_DROP = """
([selector, name, line, times]) => {
  const data = new DataTransfer();
  data.items.add(new File([line.repeat(times)], name));
  const target = document.querySelector(selector);
  for (const kind of ["dragover", "drop"]) {
    target.dispatchEvent(
      new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }
}
"""


def paste(page: Page, text: str) -> None:
    """Paste into the field that has the focus."""
    page.evaluate(_PASTE, text)


def drop(page: Page, selector: str, name: str, line: str, times: int) -> None:
    """Drop a file that holds `line` so many times."""
    page.evaluate(_DROP, [selector, name, line, times])
