/**
 * What hangs on the product: its releases in the lists, and a set of boxes for each of its traits.
 */

import { element } from "../dom.js";
import { boxName } from "./answers.js";

const option = (value, text) => element("option", { value }, [text]);

/** The products, once. */
export function listProducts(form, choices) {
  const { product } = form.elements;
  product.append(option("", form.dataset.choose), ...choices.products.map(({ id, name }) => option(id, name)));
}

/** The releases and traits of the chosen product. */
export function show(form, choices, words) {
  const chosen = choices.products.find(({ id }) => id === form.elements.product.value);
  const versions = [...(chosen?.versions ?? [])].reverse();
  for (const name of ["from", "to", "leads"]) {
    const select = form.elements[name];
    const { value } = select;
    const always = name === "from" && chosen ? [option("0", form.dataset.always)] : [];
    select.replaceChildren(option("", form.dataset.choose), ...versions.map((one) => option(one, one)), ...always);
    select.value = versions.includes(value) || (value === "0" && name === "from") ? value : "";
    select.disabled = !chosen;
  }
  const traits = chosen?.traits ?? [];
  const place = form.querySelector(".cv-new-traits");
  const none = chosen && !traits.length ? [element("p", { className: "cv-note" }, [words["no-traits"]])] : [];
  place.replaceChildren(...none, ...traits.map(boxes));
  form.querySelector("[data-question=conditions]").hidden = !chosen;
}

function boxes({ path, name, about, values }) {
  const choice = ([value, text]) =>
    element("label", { className: "cv-new-choice" }, [
      element("input", { type: "checkbox", name: boxName(path), value }),
      ` ${text}`,
    ]);
  return element("details", { className: "cv-new-trait" }, [
    element("summary", {}, [name]),
    element("fieldset", {}, [
      element("legend", { className: "cv-said" }, [name]),
      ...(about ? [element("p", { className: "cv-note" }, [about])] : []),
      ...values.map(choice),
    ]),
  ]);
}
