/**
 * What YAML says about severities and contacts, by offsets into it. The shapes have no schema, so they are recognised by
 * what they hold: a map of severities (`P1_Critical: {definition, response_time, …}`), a map whose name says contacts.
 */
import { isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from 'yaml';
import { boundedCache } from '../lazy.ts';
import { isSeverityName } from './severity.ts';
import { rangeOf } from './yamlTree.ts';

/** A scalar with its place. */
export interface YamlText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One severity. */
export interface YamlLevel {
  /** The key, or the `id`, `level` or `severity` of a list's entry. */
  readonly key: string;
  readonly name: string | null;
  readonly definition: string;
  readonly response: YamlText | null;
  readonly escalation: YamlText | null;
  readonly examples: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Severities that belong together. */
export interface YamlScale {
  readonly levels: readonly YamlLevel[];
  readonly start: number;
  readonly end: number;
}

/** Somebody to reach, by the keys as written. */
export interface YamlContact {
  readonly role: string;
  readonly fields: readonly { readonly key: string; readonly value: string }[];
  readonly start: number;
  readonly end: number;
}

/** What one YAML text holds. */
export interface YamlFacts {
  readonly scales: readonly YamlScale[];
  readonly contacts: readonly YamlContact[];
}

/** Longer YAML is data, and deeper YAML is an attack. */
const MAX_LENGTH = 200_000;
const MAX_DEPTH = 40;

const cache = boundedCache<{ facts: YamlFacts | null }>(1_000, 4_000_000);

/** Facts in YAML text; null where there are none. Faulty YAML is read as far as it goes. Never throws. */
export function readYamlFacts(text: string): YamlFacts | null {
  if (text.length > MAX_LENGTH || !/contact|sever|incident|priorit|level|respon|sla/i.test(text)) return null;
  return cache.get(text, (text) => ({ facts: analyse(text) })).facts;
}

function analyse(text: string): YamlFacts | null {
  const scales: YamlScale[] = [];
  const contacts: YamlContact[] = [];
  try {
    const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
    for (const document of Array.isArray(documents) ? documents : [])
      visit(document.contents, { name: '', start: null }, 0, scales, contacts);
  } catch {
    return null;
  }
  return scales.length === 0 && contacts.length === 0 ? null : { scales, contacts };
}

/** The key that a value stands under. */
interface Under {
  readonly name: string;
  readonly start: number | null;
}

function visit(
  node: unknown,
  under: Under,
  depth: number,
  scales: YamlScale[],
  contacts: YamlContact[],
): void {
  if (depth > MAX_DEPTH) return;
  if (isSeq(node)) {
    const scale = scaleOfList(node as Node & { items: unknown[] }, under);
    if (scale !== null) scales.push(scale);
    else for (const item of node.items) visit(item, under, depth + 1, scales, contacts);
    return;
  }
  if (!isMap(node)) return;
  const scale = scaleOfMap(node as Node & { items: Pair[] }, under);
  if (scale !== null) {
    scales.push(scale);
    return;
  }
  for (const pair of node.items) {
    const key = keyOf(pair);
    if (/contacts?$/i.test(key)) readContacts(pair.value, contacts, depth);
    else visit(pair.value, { name: key, start: rangeOf(pair.key)[0] }, depth + 1, scales, contacts);
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function scalar(node: unknown): YamlText | null {
  if (!isScalar(node) || node.value === null || node.value === undefined) return null;
  const [start, end] = rangeOf(node);
  const text = typeof node.source === 'string' ? node.source : String(node.value);
  return { text: text.trim(), start, end };
}

const FIELD = {
  definition: /^(?:definition|description|criteria|meaning|impact|summary)$/i,
  response:
    /^(?:(?:initial_|target_|max_)?response(?:[_ -]?(?:time|sla|target|within))?|respond_within|sla|acknowledge(?:ment)?(?:_within|_time)?|ack(?:_time)?)$/i,
  escalation: /^escalat(?:ion|e)(?:_after|_time|_in)?$/i,
  examples: /^examples?$/i,
  name: /^(?:name|label|title)$/i,
  id: /^(?:id|level|severity|code|priority)$/i,
};

function field(map: { items: Pair[] }, pattern: RegExp): unknown {
  return map.items.find((pair) => pattern.test(keyOf(pair)))?.value;
}

/** A map of at least two severities, each a map with a definition or a response time. */
function scaleOfMap(node: Node & { items: Pair[] }, under: Under): YamlScale | null {
  if (node.items.length < 2) return null;
  const levels: YamlLevel[] = [];
  for (const pair of node.items) {
    const key = keyOf(pair);
    if (!isSeverityName(key)) return null;
    const plain = scalar(pair.value);
    if (plain !== null) {
      const level = plainLevel(key, rangeOf(pair.key)[0], plain, under.name);
      if (level === null) return null;
      levels.push(level);
      continue;
    }
    if (!isMap(pair.value)) return null;
    const level = readLevel(pair.value as Node & { items: Pair[] }, key, rangeOf(pair.key)[0], null);
    if (level === null) return null;
    levels.push(level);
  }
  return { levels, start: under.start ?? levels[0]?.start ?? 0, end: levels.at(-1)?.end ?? 0 };
}

/** `response_times: {P1: 15 minutes}` and `severities: {P1: All is down}`: the key above says what the value is. */
function plainLevel(key: string, start: number, value: YamlText, name: string): YamlLevel | null {
  const response = /respon|\bsla|acknowledge/i.test(name);
  if (!response && !/sever|priorit|incident_levels|classification/i.test(name)) return null;
  return {
    key,
    name: null,
    definition: response ? '' : value.text,
    response: response ? value : null,
    escalation: null,
    examples: [],
    start,
    end: value.end,
  };
}

/** `severities: [{id: P1, response_time: …}, …]`. */
function scaleOfList(node: Node & { items: unknown[] }, under: Under): YamlScale | null {
  if (node.items.length < 2 || !/sever|incident_levels|priorit|^levels$/i.test(under.name)) return null;
  const levels: YamlLevel[] = [];
  for (const item of node.items) {
    if (!isMap(item)) return null;
    const map = item as Node & { items: Pair[] };
    const named = scalar(field(map, FIELD.name))?.text ?? null;
    const id = scalar(field(map, FIELD.id))?.text ?? named;
    if (id === null || !isSeverityName(id)) return null;
    const level = readLevel(map, id, rangeOf(item)[0], id === named ? null : named);
    if (level === null) return null;
    levels.push(level);
  }
  return { levels, start: under.start ?? levels[0]?.start ?? 0, end: levels.at(-1)?.end ?? 0 };
}

function readLevel(
  map: Node & { items: Pair[] },
  key: string,
  start: number,
  name: string | null,
): YamlLevel | null {
  const definition = scalar(field(map, FIELD.definition));
  const response = scalar(field(map, FIELD.response));
  if (definition === null && response === null) return null;
  const examples = field(map, FIELD.examples);
  const listed = isSeq(examples) ? examples.items.map(scalar) : [scalar(examples)];
  return {
    key,
    name,
    definition: definition?.text ?? '',
    response,
    escalation: scalar(field(map, FIELD.escalation)),
    examples: listed.flatMap((example) => (example === null ? [] : [example.text])),
    start,
    end: lastEnd(map),
  };
}

/** Where the last value of a map ends; the map's own range may run on over blank lines. */
function lastEnd(node: unknown): number {
  if (isMap(node) && node.items.length > 0) {
    const last = node.items.at(-1);
    return Math.max(rangeOf(last?.key)[1], lastEnd(last?.value));
  }
  if (isSeq(node) && node.items.length > 0) return lastEnd(node.items.at(-1));
  return rangeOf(node)[1];
}

/** Below a key that says contacts: every map with a scalar in it is one, called by its key. */
function readContacts(node: unknown, contacts: YamlContact[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (isSeq(node)) {
    for (const item of node.items) {
      if (isMap(item)) addContact(item as Node & { items: Pair[] }, null, rangeOf(item)[0], contacts);
    }
    return;
  }
  if (!isMap(node)) return;
  for (const pair of node.items) {
    const key = keyOf(pair);
    const value = scalar(pair.value);
    if (value !== null) {
      const start = rangeOf(pair.key)[0];
      contacts.push({ role: key, fields: [{ key, value: value.text }], start, end: value.end });
    } else if (
      isMap(pair.value) &&
      pair.value.items.some((inner) => scalar((inner as Pair).value) !== null)
    ) {
      addContact(pair.value as Node & { items: Pair[] }, key, rangeOf(pair.key)[0], contacts);
    } else readContacts(pair.value, contacts, depth + 1);
  }
}

function addContact(
  map: Node & { items: Pair[] },
  key: string | null,
  start: number,
  contacts: YamlContact[],
): void {
  const fields = map.items.flatMap((pair) => {
    const value = scalar(pair.value);
    return value === null ? [] : [{ key: keyOf(pair), value: value.text }];
  });
  const role = fields.find((entry) => /^(?:role|team|title)$/i.test(entry.key))?.value ?? key;
  const name = fields.find((entry) => /^name$/i.test(entry.key))?.value ?? null;
  if (fields.length === 0) return;
  contacts.push({ role: role ?? name ?? '', fields, start, end: lastEnd(map) });
}
