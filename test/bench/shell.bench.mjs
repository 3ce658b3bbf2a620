/** How many labelled commands a second one core classifies, each one anew: nothing is cached between them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { explainCommand } from '../../core/shell/index.ts';
import { medianOf, table } from './support.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 9);
const folder = resolve(import.meta.dirname, '../fixtures/commands');

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .sort()
  .map((name) => ({
    name: name.replace('.jsonl', ''),
    rows: readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  }));

function milliseconds(rows) {
  const start = performance.now();
  for (const { command, language } of rows) explainCommand(command, language);
  return performance.now() - start;
}

const times = new Map(files.map(({ name }) => [name, []]));
// The first rounds let the compiler settle.
for (let round = -4; round < ROUNDS; round++) {
  for (const { name, rows } of files) {
    const taken = milliseconds(rows);
    if (round >= 0) times.get(name).push(taken);
  }
}
const perSecond = (commands, taken) => Math.round((1000 * commands) / taken).toLocaleString('en');

const rows = files.map(({ name, rows }) => ({
  file: name,
  commands: rows.length,
  'commands a second': perSecond(rows.length, medianOf(times.get(name))),
}));
const all = files.reduce((sum, { rows }) => sum + rows.length, 0);
const total = files.reduce((sum, { name }) => sum + medianOf(times.get(name)), 0);
rows.push({ file: 'all', commands: all, 'commands a second': perSecond(all, total) });
table('Classifying labelled commands (one core, median round)', rows);
