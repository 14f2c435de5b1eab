/**
 * Making elements.
 */

/** An element with properties, children, and attributes that have no property of their name. */
export function element(tag, properties = {}, children = [], attributes = {}) {
  const made = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
