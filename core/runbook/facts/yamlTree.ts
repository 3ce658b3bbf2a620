/** YAML as a tree of keys and texts with their offsets, for facts that have no schema. */
import { isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from 'yaml';
import { boundedCache } from '../lazy.ts';

/** A value with the key that it stands under. */
export interface YamlNode {
  /** The key of a mapping's entry; null for an item of a list and for a root. */
  readonly key: string | null;
  /** The value where it is a scalar. */
  readonly text: string | null;
  readonly entries: readonly YamlNode[];
  readonly items: readonly YamlNode[];
  /** From the key, or the item, to the end of the value. */
  readonly start: number;
  readonly end: number;
}

/** Longer YAML is data, and deeper YAML is an attack. */
const MAX_LENGTH = 200_000;
const MAX_DEPTH = 30;

const cache = boundedCache<readonly YamlNode[]>(500, 2_000_000);

/** The roots of the documents in a text, as far as it can be read. Never throws. */
export function yamlTree(text: string): readonly YamlNode[] {
  if (text.length > MAX_LENGTH) return [];
  return cache.get(text, (text) => {
    try {
      const documents = parseAllDocuments(text, {
        prettyErrors: false,
        logLevel: 'silent',
        uniqueKeys: false,
      });
      return Array.isArray(documents) ? documents.map(({ contents }) => nodeOf(null, contents, 0)) : [];
    } catch {
      return [];
    }
  });
}

function nodeOf(pair: Pair | null, value: unknown, depth: number): YamlNode {
  const [valueStart, valueEnd] = rangeOf(value);
  const key = pair !== null && isScalar(pair.key) ? String(pair.key.value) : null;
  const [keyStart, keyEnd] = pair === null ? [valueStart, valueStart] : rangeOf(pair.key);
  const inside = depth < MAX_DEPTH;
  const entries =
    inside && isMap(value)
      ? value.items.map((item) => nodeOf(item as Pair, (item as Pair).value, depth + 1))
      : [];
  const items = inside && isSeq(value) ? value.items.map((item) => nodeOf(null, item, depth + 1)) : [];
  const last = entries.at(-1) ?? items.at(-1);
  const scalar = isScalar(value) && value.value !== null && value.value !== undefined;
  return {
    key,
    text: scalar ? (typeof value.source === 'string' ? value.source : String(value.value)).trim() : null,
    entries,
    items,
    start: keyStart,
    // A mapping's own range may run on over blank lines.
    end: last?.end ?? Math.max(keyEnd, scalar ? valueEnd : keyEnd),
  };
}

/** From where to where a node of the `yaml` library stands; two zeros where it does not say. */
export function rangeOf(node: unknown): [number, number] {
  const range = (node as Node | null | undefined)?.range;
  return range === null || range === undefined ? [0, 0] : [range[0], range[1]];
}
