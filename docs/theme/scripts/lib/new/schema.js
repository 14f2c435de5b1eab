/**
 * A value against a JSON Schema (draft 2020-12), by walking it: nothing is compiled, so a strict
 * Content-Security-Policy has nothing to say.
 *
 * Only the keywords that the schemas of this site use; another one is an error rather than a rule
 * that nobody keeps.
 */

const NOTES = new Set(["$schema", "$comment", "$defs", "title", "description", "examples", "default"]);
const patterns = new Map();

/**
 * @returns {{path: (string|number)[], keyword: string, limit: unknown}[]} what does not hold, with
 *   the place of it: a missing key's own place
 */
export function faults(schema, value) {
  const found = [];
  check(schema, value, [], { root: schema, found });
  return found;
}

const holds = (schema, value, root) => {
  const found = [];
  check(schema, value, [], { root, found });
  return found.length === 0;
};

function check(schema, value, path, at) {
  for (const [keyword, limit] of Object.entries(schema)) {
    if (NOTES.has(keyword)) continue;
    if (!KEYWORDS[keyword]) throw new Error(`a schema with ${keyword}, which is not checked`);
    KEYWORDS[keyword](limit, value, path, { ...at, schema });
  }
}

function fail(at, path, keyword, limit) {
  at.found.push({ path, keyword, limit });
}

const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const TYPES = {
  object: isMapping,
  array: Array.isArray,
  string: (value) => typeof value === "string",
};

function matches(pattern, text) {
  if (!patterns.has(pattern)) patterns.set(pattern, new RegExp(pattern, "u"));
  return patterns.get(pattern).test(text);
}

const length = (text) => [...text].length;

function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A rule about one type of value, by whether it holds. */
const simple = (keyword, type, ok) => (limit, value, path, at) => {
  if (TYPES[type](value) && !ok(value, limit)) fail(at, path, keyword, limit);
};

const KEYWORDS = {
  $ref: (limit, value, path, at) => check(at.root.$defs[limit.replace("#/$defs/", "")], value, path, at),
  type: (limit, value, path, at) => {
    if (!TYPES[limit](value)) fail(at, path, "type", limit);
  },
  enum: (limit, value, path, at) => {
    if (!limit.includes(value)) fail(at, path, "enum", limit);
  },
  const: (limit, value, path, at) => {
    if (value !== limit) fail(at, path, "const", limit);
  },
  pattern: simple("pattern", "string", (text, limit) => matches(limit, text)),
  format: simple("format", "string", (text, limit) => limit !== "date" || isDay(text)),
  minLength: simple("minLength", "string", (text, limit) => length(text) >= limit),
  maxLength: simple("maxLength", "string", (text, limit) => length(text) <= limit),
  minItems: simple("minItems", "array", (list, limit) => list.length >= limit),
  minProperties: simple("minProperties", "object", (map, limit) => Object.keys(map).length >= limit),
  items: (limit, value, path, at) => {
    if (Array.isArray(value)) value.forEach((one, n) => check(limit, one, [...path, n], at));
  },
  properties: (limit, value, path, at) => {
    for (const [key, schema] of isMapping(value) ? Object.entries(limit) : []) {
      if (Object.hasOwn(value, key)) check(schema, value[key], [...path, key], at);
    }
  },
  patternProperties: (limit, value, path, at) => {
    for (const key of isMapping(value) ? Object.keys(value) : []) {
      for (const [pattern, schema] of Object.entries(limit)) {
        if (matches(pattern, key)) check(schema, value[key], [...path, key], at);
      }
    }
  },
  additionalProperties: (limit, value, path, at) => {
    const { properties = {}, patternProperties = {} } = at.schema;
    for (const key of isMapping(value) ? Object.keys(value) : []) {
      if (Object.hasOwn(properties, key)) continue;
      if (Object.keys(patternProperties).some((pattern) => matches(pattern, key))) continue;
      if (limit === false) fail(at, [...path, key], "additionalProperties", limit);
      else if (limit !== true) check(limit, value[key], [...path, key], at);
    }
  },
  propertyNames: (limit, value, path, at) => {
    for (const key of isMapping(value) ? Object.keys(value) : []) {
      if (!holds(limit, key, at.root)) fail(at, [...path, key], "propertyNames", limit);
    }
  },
  required: (limit, value, path, at) => {
    for (const key of isMapping(value) ? limit : []) {
      if (!Object.hasOwn(value, key)) fail(at, [...path, key], "required", key);
    }
  },
  not: (limit, value, path, at) => {
    if (holds(limit, value, at.root)) fail(at, path, "not", limit);
  },
  anyOf: (limit, value, path, at) => {
    if (!limit.some((one) => holds(one, value, at.root))) fail(at, path, "anyOf", limit);
  },
  if: (limit, value, path, at) => {
    const branch = holds(limit, value, at.root) ? at.schema.then : at.schema.else;
    if (branch) check(branch, value, path, at);
  },
  then: () => {},
  else: () => {},
};
