/** Metadata in front matter: `owner: storage-team`, `last_reviewed_on: 2025-01-31`, `review_in: 6 months`. */
import type { SourceText } from '../../text.ts';
import type { FrontMatter, MetadataEntry } from '../types.ts';
import { readDate } from './dates.ts';
import { type MetadataKey, metadataKey } from './metadataKeys.ts';

/** Keys of site generators, which mean something else in a text. */
const OWN: ReadonlyMap<string, MetadataKey> = new Map([
  ['date', 'created'],
  ['lastmod', 'last-updated'],
  ['last_update', 'last-updated'],
  ['owner_slack', 'contact'],
  ['owner_agent', 'owner'],
  ['escalation_contact', 'contact'],
]);

/** Entries in the order of the keys, each at its own line. */
export function frontMatterEntries(source: SourceText, frontMatter: FrontMatter): MetadataEntry[] {
  const places = keyLines(source, frontMatter);
  const entries: MetadataEntry[] = [];
  for (const [name, value] of Object.entries(frontMatter.data)) {
    const key = OWN.get(name.toLowerCase()) ?? metadataKey(camelParted(name))?.key ?? null;
    const text = key === null ? null : asText(value);
    if (key === null || text === null) continue;
    const dated = key === 'last-updated' || key === 'next-review' || key === 'created';
    const range = places.get(name) ?? frontMatter.range;
    entries.push({ key, value: text, date: dated ? readDate(text) : null, range });
  }
  return entries;
}

/** `lastUpdated` → `last Updated`. */
function camelParted(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('-', ' ');
}

function asText(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return null;
  const names = value.filter((item) => typeof item === 'string' && item.trim() !== '');
  return names.length === 0 ? null : names.join(', ');
}

/** The line of each key at the root. */
function keyLines(source: SourceText, frontMatter: FrontMatter): Map<string, FrontMatter['range']> {
  const places = new Map<string, FrontMatter['range']>();
  for (let at = frontMatter.range.start.line; at <= frontMatter.range.end.line; at++) {
    const name = /^(["']?)([\w.-]{1,60})\1\s*:/.exec(source.line(at).slice(0, 80))?.[2];
    if (name !== undefined && !places.has(name)) places.set(name, source.lineRange(at, at));
  }
  return places;
}
