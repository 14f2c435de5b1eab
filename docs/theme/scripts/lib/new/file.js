/**
 * The file of a record, and the address of a page on which a forge takes it.
 */

import { yaml } from "./yaml.js";

const SCHEMA = "# yaml-language-server: $schema=../../schema/advisory.schema.json\n";
/** Forges refuse longer addresses (8 KiB on GitHub). */
const LONGEST_ADDRESS = 8000;

/** What stands in the file. */
export const fileText = ({ record, comments }) => SCHEMA + yaml(record, comments);

/**
 * By how the address of an edit page ends before the branch: where a new file is made, and the
 * parameters of its name and its text. GitLab reads no text (gitlab-org/gitlab#594214).
 */
const FORGES = [
  [/\/-\/edit\/(.+)$/, "/-/new/$1", "file_name", ""],
  [/\/_edit\/(.+)$/, "/_new/$1", "filename", "value"],
  [/^(https:\/\/github\.com\/[^/]+\/[^/]+)\/edit\/(.+)$/, "$1/new/$2", "filename", "value"],
];

/**
 * @param {string} editBase the address that a file's path is added to for its edit page
 * @returns {{address: string, filled: boolean} | null} `filled`: the page opens with the text
 */
export function newFile(editBase, path, text) {
  const base = editBase.replace(/\/+$/, "");
  const forge = FORGES.find(([pattern]) => pattern.test(base));
  if (!forge) return null;
  const [pattern, place, name, content] = forge;
  const begin = `${base.replace(pattern, place)}?${name}=${encodeURIComponent(path)}`;
  const whole = content ? `${begin}&${content}=${encodeURIComponent(text)}` : "";
  const filled = Boolean(whole) && whole.length <= LONGEST_ADDRESS;
  return { address: filled ? whole : begin, filled };
}
