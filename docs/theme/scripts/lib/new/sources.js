/**
 * The links under "where is it known" as a record's references and upstream names.
 */

import { line } from "./clean.js";
import { named, unique } from "./names.js";

const TRACKING = /^(?:utm_[a-z]+|gclid|fbclid|ref_src)(?:=|$)/;
const THREAD = /^\/([\w.-]+\/[\w.-]+)\/(issues|pulls?|discussions)\/(\d+)\/?$/;
const RELEASE = /^\/([\w.-]+\/[\w.-]+)\/releases\/tag\/([^/]+)\/?$/;
const GHSA = /GHSA(?:-[0-9a-z]{4}){3}/i;
const CVE = /CVE-\d{4}-\d{4,}/i;
/** Trackers whose numbers are upstream names. */
const TRACKERS = [
  ["launchpad", "bugs.launchpad.net", /\/\+bug\/(\d+)|^\/bugs\/(\d+)/],
  ["debian", "bugs.debian.org", /bug=(\d+)|^\/(\d+)$/],
  ["redhat", "bugzilla.redhat.com", /id=(\d+)|^\/(\d+)$/],
];

/** The address without what makes two addresses of one page; "" for what is none. */
export function address(text) {
  let url;
  try {
    url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    return "";
  }
  if (!url.hostname.includes(".") || url.username) return "";
  const query = url.search.slice(1).split("&").filter((part) => part && !TRACKING.test(part));
  const host = url.host.replace(/^www\.github\.com$/, "github.com");
  const thread = host === "github.com" && url.pathname.match(THREAD);
  const path = thread ? url.pathname.replace(/\/$/, "").replace("/pulls/", "/pull/") : url.pathname;
  const fragment = thread && /^#issue-\d+$/.test(url.hash) ? "" : url.hash;
  return `https://${host}${path}${query.length ? `?${query.join("&")}` : ""}${fragment.length > 1 ? fragment : ""}`;
}

/** What an address says by itself: its kind, its own name, an upstream name if it is one. */
function about(url) {
  const { hostname, pathname, search } = new URL(url);
  const thread = hostname === "github.com" && pathname.match(THREAD);
  if (thread) {
    const [, repository, part, number] = thread;
    const kind = { issues: "issue", discussions: "discussion" }[part] ?? "pull";
    const type = { issue: "report", discussion: "discussion", pull: "fix" }[kind];
    const alias = kind === "discussion" ? "" : `${repository}#${number}`;
    return { type, id: `${kind === "pull" ? "pr" : kind}-${number}`, title: `${repository}#${number}`, alias };
  }
  const release = hostname === "github.com" && pathname.match(RELEASE);
  if (release) {
    const tag = decodeURIComponent(release[2]);
    return { type: "release-notes", id: named(`release-notes-${tag}`), title: `${release[1]} ${tag}` };
  }
  for (const [name, host, pattern] of TRACKERS) {
    const found = hostname === host && (pathname + search).match(pattern);
    if (found) {
      const number = found.slice(1).find(Boolean);
      return { type: "report", id: `${name}-${number}`, title: `${name}:${number}`, alias: `${name}:${number}` };
    }
  }
  const known = url.match(CVE)?.[0].toUpperCase() ?? url.match(GHSA)?.[0].toLowerCase().replace("ghsa", "GHSA");
  if (known) return { type: "advisory", id: known.toLowerCase(), title: known, alias: known };
  const place = hostname + pathname;
  const notes = /release-?notes|changelog/i.test(place) && "release-notes";
  const type = notes || (/^docs?\.|\/docs?\//.test(place) ? "documentation" : "discussion");
  return { type, id: notes || "source", title: place };
}

/** @returns {{references: object[], aliases: string[], wrong: string[]}} `wrong` are lines without an address */
export function sources(text) {
  const lines = text.split("\n").map(line).filter(Boolean);
  const found = lines.map((one) => [one, address(one)]);
  const urls = [...new Set(found.map(([, url]) => url).filter(Boolean))];
  const ids = new Set();
  const described = urls.map((url) => ({ url, ...about(url) }));
  return {
    references: described.map(({ url, type, id, title }) => ({
      id: unique(id || "source", ids),
      type,
      url,
      title: line(title).slice(0, 200),
    })),
    aliases: [...new Set(described.map(({ alias }) => alias).filter(Boolean))],
    wrong: found.filter(([, url]) => !url).map(([one]) => one),
  };
}
