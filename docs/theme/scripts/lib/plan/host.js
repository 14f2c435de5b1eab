/**
 * What is known of the host: a choice for each fact, with the way to find it out.
 *
 * Facts that decide something about this step stand first and stay where they
 * are while they are answered; all others are folded away below them.
 */

import { commandBlock, fold, heading, make, prose } from "./dom.js";
import { missing, movedDefaults, of, plan } from "./outcome.js";
import { filled } from "./values.js";

export function hostForm({ data, t, asked, changed, forget }) {
  const element = make("section", { className: "cv-plan-host" });
  const rows = new Map();
  let step_ = "";

  function reset() {
    step_ = "";
  }

  /** Build the list anew for another step, else only mark what still decides. */
  function show(step, items) {
    const key = `${step.product} ${step.start} ${step.target}`;
    if (key !== step_) build(step);
    step_ = key;
    const open = missing(items);
    for (const [name, row] of rows) {
      const deciding = of(items, "unknown").filter((item) => item.missing.includes(name)).map((item) => item.record.id);
      row.element.toggleAttribute("data-needed", open.includes(name));
      row.decides.replaceChildren(
        deciding.length ? filled(t["plan.decides"], { ...ends(step), records: deciding.join(t["list.separator"]) }) : "",
      );
      row.select.value = (asked.facts.get(keyOf(name)) ?? []).join(",");
      row.moves(step);
      // A fact that turns out to decide is not left folded away.
      if (open.includes(name)) row.element.closest("details.cv-plan-more")?.setAttribute("open", "");
    }
    defaults.checked = asked.defaults;
    before.replaceChildren(...beforeParts());
    before.hidden = !before.childNodes.length;
  }

  const defaults = make("input", { type: "checkbox", id: "plan-defaults" });
  defaults.addEventListener("change", () => {
    asked.defaults = defaults.checked;
    changed();
  });
  const before = make("p", { className: "cv-last" });

  function beforeParts() {
    if (asked.strange.length) return [`${t["plan.strange"]} `, make("code", {}, [asked.strange.join(", ")])];
    if (!asked.fromVisit) return [];
    const button = make("button", { type: "button" }, [t["plan.forget"]]);
    button.addEventListener("click", forget);
    return [t["plan.last-visit"], " ", button];
  }

  function build(step) {
    rows.clear();
    const bare = missing(plan(data, { ...step, facts: new Map(), defaults: false }));
    const all = Object.keys(data.facts).filter((name) => name !== `product:${data.product}`);
    const first = bare.filter((name) => all.includes(name));
    const rest = all.filter((name) => !first.includes(name));
    const list = (names) => make("ol", { className: "cv-plan-facts" }, names.map((name) => row(name).element));
    const again = make("button", { type: "button" }, [t["plan.start-over"]]);
    again.addEventListener("click", forget);
    const parts = [
      heading(2, "host", t["plan.host"]),
      before,
      make("p", {}, [t["plan.host-intro"]]),
      make("p", { className: "cv-plan-defaults" }, [make("label", {}, [defaults, " ", make("span", {}, [t["plan.defaults"]])])]),
      list(first),
      rest.length ? fold(filled(t["plan.more-facts"], { count: rest.length }), [list(rest)], { className: "cv-plan-more" }) : null,
      make("p", { className: "cv-plan-bar" }, [again]),
    ];
    element.replaceChildren(...parts.filter(Boolean));
  }

  function row(name) {
    const fact = data.facts[name];
    const id = `fact-${name}`;
    const select = make("select", { id: `choose-${name}`, autocomplete: "off" });
    const told = asked.facts.get(keyOf(name)) ?? [];
    select.append(new Option(t["plan.not-known"], ""), ...options(name, fact));
    // A host may have several values of a trait: such an address is shown as it is.
    if (told.length > 1) select.append(new Option(told.map((value) => fact.values[value]).join(", "), told.join(",")));
    select.addEventListener("change", () => {
      if (select.value) asked.facts.set(keyOf(name), select.value.split(","));
      else asked.facts.delete(keyOf(name));
      changed();
    });
    const decides = make("p", { className: "cv-note cv-plan-decides" });
    const moving = make("p", { className: "cv-plan-moves", hidden: true });
    const element_ = make("li", { id, data: { fact: name } }, [
      make("p", { className: "cv-plan-choice" }, [make("label", { htmlFor: select.id }, [fact.name[t.language]]), select]),
      moving,
      decides,
      ...how(fact),
    ]);
    const made = { element: element_, select, decides, moves: (step) => moves(moving, name, step) };
    rows.set(name, made);
    return made;
  }

  function options(name, { values }) {
    if (values) return Object.entries(values).map(([value, text]) => new Option(text, value));
    const { releases } = data.products[keyOf(name)];
    return [...releases].reverse().map(({ version, date }) => new Option(date ? `${version} · ${date}` : version, version));
  }

  /** Whoever has what is the default at the start may get a new one with the step. */
  function moves(place, name, step) {
    const moved = movedDefaults(data, step.product, step.start, step.target).get(name);
    const told = asked.facts.get(name) ?? [];
    place.hidden = !moved || told.length !== 1 || told[0] !== moved[0];
    if (place.hidden) return;
    const { values } = data.facts[name];
    const box = make("input", { type: "checkbox", checked: asked.kept.has(name) });
    box.addEventListener("change", () => {
      if (box.checked) asked.kept.add(name);
      else asked.kept.delete(name);
      changed();
      rows.get(name).element.querySelector(".cv-plan-moves input")?.focus({ preventScroll: true });
    });
    const says = filled(t["plan.moves"], { ...ends(step), old: values[moved[0]], new: values[moved[1]] });
    place.replaceChildren(says, " ", make("label", {}, [box, " ", t["plan.set-by-hand"]]));
  }

  function how({ command, outputs = [], about }) {
    const means = outputs.map(([says, text, value]) =>
      make("li", {}, [`${says} `, text === null ? "" : make("code", {}, [text]), ` → ${value}`]),
    );
    const parts = [
      about ? prose("div", about, { className: "cv-note" }) : null,
      means.length ? make("ul", { className: "cv-outputs" }, [...means, make("li", { className: "cv-note" }, [t["affects.otherwise"]])]) : null,
    ].filter(Boolean);
    return [
      command ? commandBlock(command, t) : make("p", { className: "cv-note cv-plan-by-hand" }, [t["plan.no-command"]]),
      ...(parts.length ? [fold(t["panel.probe"], parts)] : []),
    ];
  }

  return { element, show, reset };
}

/** The name of a fact as the address has it. */
function keyOf(name) {
  return name.replace(/^product:/, "");
}

function ends({ start, target }) {
  return { from_: start, to: target };
}
