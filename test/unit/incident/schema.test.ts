import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HIGH, play, SCALE, store, temporary } from './play.ts';

type Schema = { readonly [key: string]: unknown };

const root: Schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../schemas/event.schema.json'), 'utf8'),
);

test('every event that an incident produces is as the schema says', async () => {
  const { events } = await play();
  using folder = temporary();
  const incidents = store(folder.path);
  const { id } = await incidents.open({ severity: HIGH, scale: SCALE, title: 'x', runbook: null });
  await incidents.acknowledge(id);
  await incidents.setMilestone(id, 'impactStarted', '2031-03-04T08:00:00+02:00', 'seen in the graphs');
  const note =
    (await incidents.addNote(id, 'first\u0000 thought\nand second')).timeline.at(-1)?.eventId ?? '';
  await incidents.correctNote(id, note, 'second thought');
  const all = [...events, ...(await incidents.events(id))];
  await incidents.close();
  expect(new Set(all.map((event) => event.type)).size).toBeGreaterThanOrEqual(8);
  for (const event of all) expect(faults(root, event, event.type)).toEqual([]);
});

test.each<[string, (event: Record<string, unknown>) => unknown, RegExp]>([
  ['a missing hash', ({ hash: _, ...rest }) => rest, /hash is missing/],
  ['a fraction', (event) => ({ ...event, sequence: 1.5 }), /sequence/],
  ['an unknown key', (event) => ({ ...event, extra: 1 }), /extra is not known/],
  ['a local time', (event) => ({ ...event, time: '2031-03-04 09:00' }), /time/],
  ['a declaration without a title', (event) => ({ ...event, data: { summary: 'x' } }), /title is missing/],
])('%s is a fault', async (_, change, expected) => {
  const { events } = await play();
  expect(faults(root, change({ ...events[0] }), 'event').join('\n')).toMatch(expected);
});

/** As much of JSON Schema as the schema uses. */
function faults(schema: Schema, value: unknown, path: string): string[] {
  const found: string[] = [];
  const check = (part: unknown, at: unknown, where: string) =>
    found.push(...faults(part as Schema, at, where));
  if (typeof schema.$ref === 'string') {
    const parts = schema.$ref.replace('#/', '').split('/');
    check(
      parts.reduce<unknown>((at, key) => (at as Schema)[key], root),
      value,
      path,
    );
  }
  if ('const' in schema && value !== schema.const) found.push(`${path} is not ${schema.const}`);
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) found.push(`${path}: ${value}`);
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isType(type, value)))
    found.push(`${path} is no ${schema.type}`);
  if (typeof schema.minimum === 'number' && typeof value === 'number' && value < schema.minimum)
    found.push(`${path}: ${value}`);
  if (
    typeof schema.pattern === 'string' &&
    typeof value === 'string' &&
    !new RegExp(schema.pattern, 'u').test(value)
  )
    found.push(`${path}: ${value}`);
  for (const part of (schema.allOf as Schema[] | undefined) ?? []) {
    if (faults(part.if as Schema, value, path).length === 0) check(part.then, value, path);
  }
  if (Array.isArray(value) && schema.items !== undefined)
    value.forEach((item, i) => {
      check(schema.items, item, `${path}[${i}]`);
    });
  if (isType('object', value)) {
    const object = value as Schema;
    const known = (schema.properties ?? {}) as Schema;
    for (const key of (schema.required as string[] | undefined) ?? [])
      if (!(key in object)) found.push(`${path}.${key} is missing`);
    for (const [key, item] of Object.entries(object)) {
      if (key in known) check(known[key], item, `${path}.${key}`);
      else if (schema.additionalProperties === false) found.push(`${path}.${key} is not known`);
    }
  }
  return found;
}

function isType(type: unknown, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
