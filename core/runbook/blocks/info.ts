/** The info string of a fence: its language and its attributes. */

/** An info string taken apart. */
export interface FenceInfo {
  /** The first word as written; null where there is none or where the info string begins with attributes. */
  readonly language: string | null;
  readonly attributes: Readonly<Record<string, string | boolean>>;
}

/**
 * Reads `bash`, `bash {name=x id="y"}`, `sh {"name":"x"}` and `bash name=x`. A word without a value is `true`.
 * Also `{.bash #id}` as Pandoc writes it. What it cannot read, it leaves out.
 */
export function parseInfo(info: string): FenceInfo {
  const text = info.trim();
  if (text === '') return { language: null, attributes: {} };
  const word = /^[^\s{]+/.exec(text)?.[0] ?? '';
  const rest = text.slice(word.length).trim();
  const attributes = parseAttributes(rest);
  if (word !== '') return { language: word, attributes };
  const dotted = /^\{\s*\.([\w+-]+)/.exec(rest)?.[1];
  return { language: dotted ?? null, attributes };
}

function parseAttributes(text: string): Record<string, string | boolean> {
  if (text === '') return {};
  if (text.startsWith('{')) {
    const json = parseJson(text);
    if (json !== null) return json;
  }
  const attributes: Record<string, string | boolean> = {};
  const inner = text.replace(/^\{/, '').replace(/\}\s*$/, '');
  for (const match of inner.matchAll(/([#.]?\w[\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s,}"']+)))?/g)) {
    const key = match[1] ?? '';
    const value = match[2] ?? match[3] ?? match[4];
    if (key.startsWith('#')) attributes.id = key.slice(1);
    else if (!key.startsWith('.') && key !== '__proto__') attributes[key] = value ?? true;
  }
  return attributes;
}

function parseJson(text: string): Record<string, string | boolean> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const attributes: Record<string, string | boolean> = {};
    for (const [key, entry] of Object.entries(value)) {
      if (key === '__proto__') continue;
      if (typeof entry === 'boolean' || typeof entry === 'string') attributes[key] = entry;
      else if (typeof entry === 'number') attributes[key] = String(entry);
    }
    return attributes;
  } catch {
    return null;
  }
}
