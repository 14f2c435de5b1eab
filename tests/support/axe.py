"""Takes an open page; gives what axe finds wrong with it, against WCAG 2.2 A and AA and what axe
calls best practice.

All rules but one are asked about the whole page. Contrast, which costs more than all of them, is
asked once for each way in which text stands on the page: the same elements and classes around it,
the same colours, size and weight of its own, the same backgrounds below it. A table of hundreds of
cells has a few dozen of these.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MARK = "data-judged"
RUN = """async ([tags, mark]) => {
  const told = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return [style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.filter,
      style.position, style.textShadow, style.content, style.fontSize, style.fontWeight].join();
  };
  const ways = new Map([[document, ""]]);
  const way = (node) => {
    if (!ways.has(node)) ways.set(node, node instanceof ShadowRoot ? `${way(node.host)}|shadow` : [
      way(node.parentNode), node.localName, node.className,
      ...[null, "::before", "::after"].map((one) => told(node, one)),
    ].join("|"));
    return ways.get(node);
  };
  const says = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const known = new Set();
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      element.removeAttribute(mark);
      if (!says(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (!known.has(way(element))) element.setAttribute(mark, "");
      known.add(way(element));
    }
  };
  look(document);
  axe.configure({ rules: [{ id: "color-contrast", selector: `[${mark}]` }] });
  const runOnly = { type: "tag", values: tags };
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(
    ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} (${failureSummary.slice(0, 200)})`,
  ));
}"""


def violations(page: Page) -> list[str]:
    """One line each."""
    page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(RUN, [TAGS, MARK])
    return found
