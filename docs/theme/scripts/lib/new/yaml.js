/**
 * A record as YAML that every reader takes for the same text, whether it follows YAML 1.1 or 1.2.
 *
 * Takes mappings, lists and texts; gives a file. Anything that could be read as a number, a date, a
 * truth value or a mark is quoted, and texts of several lines are blocks.
 */

const INDENT = "  ";
/** Begins with a letter and holds nothing that ends a plain text. */
const PLAIN = /^\p{L}(?:[^\n\t:#]|:(?!\s|$)|(?<!\s)#)*$/u;
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** What a file shows only as an escape. */
const HIDDEN = /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const isPlain = (text) => PLAIN.test(text) && !WORDS.test(text) && !HIDDEN.test(text) && text.trim() === text;

/**
 * @param {object} record
 * @param {Record<string, string>} comments by the path of the key that they stand above
 */
export function yaml(record, comments = {}) {
  return `${mapping(record, "", "", comments).join("\n")}\n`;
}

function mapping(value, indent, path, comments) {
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .flatMap(([key, one]) => {
      const here = path ? `${path}.${key}` : key;
      const above = comments[here] ? [`${indent}# ${comments[here]}`] : [];
      return [...above, ...entry(`${indent}${key === "on" ? key : scalar(key, indent)}:`, one, indent, here, comments)];
    });
}

/** `key:` or `-` with what stands behind and below it. */
function entry(head, value, indent, path, comments) {
  const below = indent + INDENT;
  if (typeof value === "string") return [`${head} ${scalar(value, below)}`];
  if (!Object.keys(value).length) return [`${head} ${Array.isArray(value) ? "[]" : "{}"}`];
  if (!Array.isArray(value)) return [head, ...mapping(value, below, path, comments)];
  return [head, ...value.flatMap((one, n) => item(one, below, `${path}.${n}`, comments))];
}

function item(value, indent, path, comments) {
  if (typeof value === "string") return [`${indent}- ${scalar(value, indent + INDENT)}`];
  const lines = mapping(value, indent + INDENT, path, comments);
  const [first = "{}", ...rest] = lines;
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function scalar(text, indent) {
  if (isPlain(text)) return text;
  if (text.includes("\n")) {
    // A line that begins with a tab looks like a wrong indent.
    const fits = /^\S/.test(text) && !/^ *\t/m.test(text) && !text.endsWith("\n") && !HIDDEN.test(text);
    if (!fits) return escaped(text);
    return `|-\n${text.replace(/^(?=.)/gm, indent)}`;
  }
  if (HIDDEN.test(text) || text.includes("\t")) return escaped(text);
  if (!/["\\]/.test(text)) return `"${text}"`;
  return text.includes("'") ? escaped(text) : `'${text}'`;
}

const escaped = (text) =>
  `"${[...text].map((sign) => (sign === '"' || sign === "\\" ? `\\${sign}` : HIDDEN.test(sign) || sign === "\n" || sign === "\t" ? escape(sign) : sign)).join("")}"`;

function escape(sign) {
  const known = { "\n": "\\n", "\t": "\\t" }[sign];
  return known ?? `\\U${sign.codePointAt(0).toString(16).padStart(8, "0")}`;
}
