/**
 * A plan as Markdown: exactly what `caveat plan --format markdown` prints, from
 * its values, with the boxes ticked that the reader ticked.
 */

import { KINDS } from "./outcome.js";
import { filled } from "./values.js";

/** Sentences about a plan, in the words of one language. */
export function sentences(made, t) {
  const ends = { from_: made.from, to: made.to };
  const say = (key, params = {}) => filled(t[`plan.${key}`], { ...ends, ...params });
  const joined = (names) => names.join(t["list.separator"]);
  return {
    heading: (product) => say("heading", { product }),
    verdict: () => say(made.bites ? "bites" : made.may_bite ? "may-bite" : "clean"),
    counts: () => say("counts", Object.fromEntries(KINDS.map((kind) => [kind, made[kind].length]))) + t["sentence.stop"],
    known() {
      const facts = [
        ...Object.entries(made.with).map(([id, version]) => `\`${id}=${version}\``),
        ...Object.entries(made.traits).map(([key, told]) => `\`${key}=${told.join(",")}\``),
      ];
      const parts = [facts.length ? say("known", { facts: joined(facts) }) : say("known-nothing")];
      if (made.defaults) parts.push(say("known-defaults"));
      if (made.kept.length) parts.push(say("known-kept", { facts: joined(made.kept.map((key) => `\`${key}\``)) }));
      return parts.join(t["sentence.gap"]);
    },
    landingName: () => say(made.clean_landing.unknown.length ? "landing-so-far" : "landing"),
    landing() {
      const { version, unknown, carried } = made.clean_landing;
      if (version === null) return [say(made.downgrade ? "landing-none-down" : "landing-none")];
      const open = unknown.length ? say("landing-unknown", { records: joined(unknown) }) : say("landing-sure");
      const along = carried.length ? [say("landing-carried", { records: joined(carried) })] : [];
      return [say(version === made.to ? "landing-target" : "landing-is", { version }), open, ...along];
    },
    may: (kinds) => say("may", { kinds: joined(kinds.map((kind) => t[`plan.may-${kind}`])) }),
    note: (kind) => say(`${kind}-note`),
    decides: (records) => say("decides", { records: joined(records) }),
    job({ source, part, title }) {
      if (source === "find-out") return say("job-find-out");
      const name = inLanguage(title, t);
      if (part === "verify") return say("job-verify", { title: name });
      return source === "way-out" ? say("job-way-out", { title: name }) : name;
    },
  };
}

export function markdown(made, product, t, language, ticked = new Set()) {
  const say = sentences(made, t);
  const joined = (names) => names.join(t["list.separator"]);
  const { version } = made.clean_landing;
  const lines = [
    `# ${say.heading(literal(product))}`,
    "",
    `**${say.verdict()}** ${say.counts()}`,
    "",
    say.known(),
    "",
    `**${say.landingName()}${t["sentence.colon"]}${version ?? "–"}** ${say.landing().join(t["sentence.gap"])}`,
    "",
  ];
  for (const kind of KINDS) {
    if (!made[kind].length) continue;
    lines.push(`## ${t[`plan.${kind}`]} (${made[kind].length})`, "", say.note(kind), "");
    for (const item of made[kind]) {
      const may = item.may ? say.may(item.may) + t["sentence.gap"] : "";
      lines.push(`- **${t[`severity.${item.severity}`]}** [${item.id}](${item.url}) ${inLanguage(item.title, t)}`);
      lines.push(`  ${may}${literal(item.reason[language])}`, "");
    }
  }
  if (made.find_out.length) {
    lines.push(`## ${t["plan.find-out"]}`, "");
    for (const { name, command, decides } of made.find_out) {
      const how = command ? code(command) : t["plan.no-command"];
      lines.push(`- ${literal(name[language])}${t["sentence.colon"]}${how} (${say.decides(decides)})`);
    }
    lines.push("");
  }
  lines.push(`## ${t["plan.checklist"]}`, "");
  const phases = Object.entries(made.checklist);
  if (!phases.length) lines.push(t["plan.checklist-none"]);
  for (const [phase, jobs] of phases) {
    lines.push(`### ${t[`phase.${phase}`]}`, "");
    for (const job of jobs) {
      const about = job.records.length ? ` (${joined(job.records)})` : "";
      lines.push(`#### ${say.job(job)}${about}`, "", ...job.tasks.flatMap((task) => taskLines(task, t, ticked)), "");
    }
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function taskLines(task, t, ticked) {
  const [first, ...more] = task.text ? splitLines(inLanguage(task.text, t)) : ["…"];
  const blocks = Object.entries(task.commands ?? {}).map(([platform, text]) => [platform === "any" ? "" : t[`platform.${platform}`], text]);
  if (task.expected !== undefined) blocks.push([t["workaround.expected"], task.expected]);
  return [
    `- [${ticked.has(task.key) ? "x" : " "}] ${first}`,
    ...more.map((line) => `  ${line}`.trimEnd()),
    ...blocks.flatMap(([label, text]) => {
      const fence = `  ${"`".repeat(Math.max(3, longestTicks(text) + 1))}`;
      return [
        "",
        ...(label ? [`  ${label}${t["sentence.colon"]}`, ""] : []),
        fence,
        ...splitLines(text).map((line) => `  ${line}`.trimEnd()),
        fence,
      ];
    }),
    ...(blocks.length ? [""] : []),
  ];
}

/** Plain text as Markdown that says the same, as caveat/prose.py writes it. */
function literal(text) {
  return text
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\\`*[\]<&]|^(?=[#>+~=-]|\d+[.)] )|(?<![A-Za-z0-9])(?=_)/g, "\\$&");
}

/** Plain text as inline code, between more ticks than it holds itself. */
function code(text) {
  const ticks = "`".repeat(longestTicks(text) + 1);
  return ticks.length === 1 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`;
}

function longestTicks(text) {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** As Python does: an end of line at the end begins no new one. */
function splitLines(text) {
  return text.replace(/\n$/, "").split("\n");
}

function inLanguage(both, t) {
  return both[t.language] ?? Object.values(both)[0];
}
