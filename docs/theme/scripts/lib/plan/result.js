/**
 * What a plan comes to, shown: the verdict with the landing, the records of each
 * kind, the checklist, and the ways to take it along.
 */

import { set as setChecklist } from "../checklist.js";
import { commandBlock, copier, fold, heading, make, prose } from "./dom.js";
import { markdown, sentences } from "./markdown.js";
import { of } from "./outcome.js";
import { filled } from "./values.js";

/** A kind's look: that of the state which it is like. */
const LOOKS = { entered: "affected", step: "affected", unknown: "unknown", carried: "not_affected", left: "fixed" };

export function resultView({ data, t, result, host, planTo }) {
  const product = data.names[data.product];
  const verdict = make("section", { className: "cv-answer cv-plan-verdict" });
  verdict.setAttribute("aria-label", t["plan.verdict"]);
  const status = make("p", { className: "cv-verdict" });
  status.setAttribute("role", "status");
  const landing = make("div", { className: "cv-plan-landing" });
  const counts = make("p", { className: "cv-plan-counts" });
  verdict.append(status, counts, landing);
  const title = make("h2", { id: "result", className: "cv-plan-title" });
  const bites = make("div");
  const open = make("div");
  const rest = make("div");
  let made = null;
  const list = checklistFrame(t);
  const work = setChecklist(list.element);
  const ticked = () => new Set(work.ticked());
  const bar = make("p", { className: "cv-plan-bar" }, [
    copier(t["plan.copy-link"], t, () => location.href),
    copier(t["plan.copy-markdown"], t, () => markdown(made, product, t, t.language, ticked())),
    copier(t["plan.copy-json"], t, () => `${JSON.stringify(made, null, 2)}\n`),
    printer(),
  ]);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", t["plan.share"]);
  result.replaceChildren(title, verdict, bar, bites, host.element, open, list.section, rest);

  function printer() {
    const button = make("button", { type: "button" }, [t["plan.print"]]);
    button.addEventListener("click", () => print());
    return button;
  }

  function show({ step, items, phases, made: now }) {
    made = now;
    const say = sentences(made, t);
    title.replaceChildren(say.heading(product));
    const state = made.bites ? "affected" : made.may_bite ? "unknown" : "fixed";
    verdict.dataset.state = state;
    const strong = make("strong", { className: "cv-state", data: { state } }, [say.verdict()]);
    status.replaceChildren(strong);
    counts.replaceChildren(say.counts());
    landing.replaceChildren(...landingParts(say));
    const section = (kind) => kindSection(kind, of(items, kind), say);
    bites.replaceChildren(...["entered", "step"].flatMap(section));
    open.replaceChildren(...section("unknown"));
    rest.replaceChildren(...["carried", "left"].flatMap(section));
    list.show(`plan.${step.product}.${step.start}.${step.target}`, phases, say);
    work.refresh();
    document.title = document.title.replace(/^(.* – )?/, `${say.heading(product)} – `);
  }

  function landingParts(say) {
    const { version, passed, unknown, carried } = made.clean_landing;
    const name = make("p", {}, [
      make("span", { className: "cv-label" }, [say.landingName()]),
      make("strong", { className: "cv-version" }, [version ?? "–"]),
    ]);
    if (version !== null && version !== made.to) {
      const button = make("button", { type: "button" }, [filled(t["plan.plan-to"], { version })]);
      button.addEventListener("click", () => planTo(version));
      name.append(" ", button);
    }
    const [is] = say.landing();
    const sure = unknown.length ? filled(t["plan.landing-undecided"], { count: unknown.length }) : t["plan.landing-sure"];
    const text = make("p", {}, [is, ...(version === null ? [] : [t["sentence.gap"], sure])]);
    const lines = passed.map(({ version: one, why, records }) =>
      make("li", {}, [`${one}${t["sentence.colon"]}${filled(t[`plan.passed-${why}`], { records: records.join(t["list.separator"]) })}`]),
    );
    const known = (key, ids) => folded(key, ids.map((id) => make("li", {}, [recordLink(id), " ", make("span", { className: "cv-id" }, [id])])));
    return [name, text, known("landing-open", unknown), known("landing-along", carried), folded("landing-passed", lines)].filter(Boolean);
  }

  function folded(key, lines) {
    if (!lines.length) return null;
    return fold(filled(t[`plan.${key}`], { count: lines.length }), [make("ul", {}, lines)]);
  }

  function recordLink(id) {
    return prose("a", data.about[id], { href: data.about[id].url });
  }

  function kindSection(kind, items, say) {
    if (!items.length) return [];
    const name = make("span", { className: "cv-state", data: { state: LOOKS[kind] } }, [filled(t["plan.counted"], { name: t[`plan.${kind}`], count: items.length })]);
    return [
      make("h2", { id: kind }, [name]),
      make("p", { className: "cv-note" }, [say.note(kind)]),
      make("ul", { className: "cv-bites" }, items.map((item) => card(item, say))),
    ];
  }

  function card({ record, kind, may, missing, answer }, say) {
    const told = made[kind].find((one) => one.id === record.id);
    const evidence = answer.evidence
      ? [" ", make("em", { title: t[`evidence-means.${answer.evidence}`] }, [t[`evidence.${answer.evidence}`]])]
      : [];
    const needs = missing.map((name) => choiceLink(name, data.facts[name].name[t.language]));
    const about = data.about[record.id];
    const way = (id, name) => make("a", { href: `${about.url}#${id}` }, [t[name]]);
    const ways = ["workarounds", "fix"].map((id) => way(id, `section.${id}`));
    if (about.felt) ways.unshift(way(about.felt, "advisory.effect"));
    const links = bite(kind) ? ways : needs;
    return make("li", { data: { state: LOOKS[kind] } }, [
      make("p", {}, [chip(record.severity), " ", recordLink(record.id), " ", make("span", { className: "cv-id" }, [record.id])]),
      make("p", {}, [may.length ? make("strong", {}, [say.may(may)]) : "", may.length ? t["sentence.gap"] : "", told.reason[t.language], ...evidence]),
      links.length ? make("p", { className: bite(kind) ? "cv-ways" : "cv-needs" }, links.flatMap((one) => [one, " "])) : null,
    ]);
  }

  function chip(severity) {
    return make("span", { className: `cv-chip cv-severity-${severity}` }, [t[`severity.${severity}`]]);
  }

  return { show };
}

const bite = (kind) => kind === "entered" || kind === "step";

/** Leads to the choice of a fact, wherever it is folded away. */
function choiceLink(name, text, className = "") {
  const link = make("a", { href: `#choose-${name}`, className }, [text]);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const choice = document.getElementById(`choose-${name}`);
    choice.closest("details")?.setAttribute("open", "");
    choice.scrollIntoView({ block: "center" });
    choice.focus({ preventScroll: true });
  });
  return link;
}

/** The checklist of a step, in the form of all checklists. */
function checklistFrame(t) {
  const phases = make("div");
  const bar = make("div", { className: "cv-checklist-bar", hidden: true });
  const meter = make("progress", { value: 0, max: 1 });
  meter.setAttribute("aria-label", t["plan.checklist"]);
  const text = make("span", { className: "cv-progress-text" });
  text.setAttribute("role", "status");
  bar.append(
    meter,
    text,
    make("button", { type: "button", data: { action: "reset", undo: t["checklist.undo"] } }, [t["checklist.reset"]]),
    make("span", { className: "cv-note" }, [t["checklist.kept"]]),
  );
  const element = make("div", { className: "cv-checklist", data: { progress: t["checklist.progress"], checklist: "plan" } }, [bar, phases]);
  const section = make("section", {}, [heading(2, "checklist", t["plan.checklist"]), element]);

  function show(key, jobs, say) {
    element.dataset.checklist = key;
    const none = make("p", { className: "cv-note" }, [t["plan.checklist-none"]]);
    const made = jobs.map(([phase, all]) =>
      make("section", { className: "cv-phase" }, [heading(3, `phase-${phase}`, t[`phase.${phase}`]), ...all.map((job) => jobSet(job, say))]),
    );
    phases.replaceChildren(...(made.length ? made : [none]));
  }

  function jobSet(job, say) {
    const about = job.records.join(t["list.separator"]);
    const name = job.shown && job.source !== "way-out" && job.part !== "verify" ? prose("span", job.shown) : make("span", {}, [plain(say.job(job))]);
    return make("fieldset", {}, [
      make("legend", {}, [name]),
      make("p", { className: "cv-note" }, [about]),
      make("ul", {}, job.tasks.map(task)),
    ]);
  }

  function task({ key, text, html, lang, commands = {}, expected }) {
    const box = make("input", { type: "checkbox", data: { step: key } });
    const words = html ? prose("span", { html, lang }) : make("span", {}, [text?.[t.language] ?? t["plan.run"]]);
    const fact = key.startsWith("find/") ? key.slice("find/".length) : null;
    // The command stands where the fact is chosen, a little above.
    if (fact) return make("li", {}, [make("label", {}, [box, " ", words]), choiceLink(fact, t["panel.probe"], "cv-plan-up")]);
    const blocks = Object.entries(commands).map(([platform, command]) => commandBlock(command, t, platform === "any" ? "" : t[`platform.${platform}`]));
    const output = expected === undefined ? [] : [make("p", { className: "cv-label" }, [t["workaround.expected"]]), make("pre", { className: "cv-output" }, [make("samp", {}, [expected])])];
    return make("li", {}, [make("label", {}, [box, " ", words]), ...blocks, ...output]);
  }

  return { element, section, show };
}

/** A text without the marks of its code. */
function plain(text) {
  return text.replaceAll("`", "");
}
