/**
 * One platform at a time, where a workaround's commands differ by platform.
 *
 * Radio buttons, so that keyboard and screen reader work by themselves. The
 * choice holds for all workarounds and is remembered for the whole site. A step
 * that has nothing for the chosen platform keeps showing what it has.
 */

import { recall, remember } from "./lib/memory.js";

const KEY = "platform";
const ANY = "any";
const sets = [];

function set(workaround, number) {
  const blocks = [...workaround.querySelectorAll(".cv-code[data-platform]")];
  const names = new Map();
  for (const block of blocks) {
    const id = block.dataset.platform;
    if (id !== ANY) names.set(id, block.querySelector(".cv-code-label").textContent);
  }
  const field = document.createElement("fieldset");
  field.className = "cv-platforms";
  const legend = document.createElement("legend");
  legend.textContent = workaround.dataset.platforms;
  field.append(legend);
  for (const [id, name] of names) field.append(radio(`platform-${number}`, id, name));
  field.addEventListener("change", (event) => {
    remember(KEY, event.target.value);
    for (const one of sets) show(one, event.target.value);
  });
  workaround.querySelector(".cv-facts").after(field);
  return { field, steps: [...workaround.querySelectorAll(".cv-act li")] };
}

function radio(group, id, name) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), {
    type: "radio",
    name: group,
    value: id,
  });
  label.append(input, name);
  return label;
}

function show({ field, steps }, wanted) {
  const inputs = [...field.querySelectorAll("input")];
  const chosen = inputs.find((input) => input.value === wanted) ?? inputs[0];
  chosen.checked = true;
  for (const step of steps) {
    const blocks = [...step.querySelectorAll(".cv-code[data-platform]")];
    const fits = (block) => [ANY, chosen.value].includes(block.dataset.platform);
    const some = blocks.some(fits);
    for (const block of blocks) block.hidden = some && !fits(block);
  }
}

document.querySelectorAll("[data-platforms]").forEach((workaround, number) => {
  sets.push(set(workaround, number));
});
for (const one of sets) show(one, recall(KEY));
