/** Small helpers for the benches: median times side by side in one run, and a table. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository, absolute. */
export const root = resolve(import.meta.dirname, '../..');
/** What lies beside the repository for those who work on it; it need not be there. */
export const shared = resolve(root, process.env.RUNLINE_SHARED ?? '../shared');

/** Documents to measure on: the real runbooks where they are, else our own examples. */
export function documents() {
  const seeds = join(shared, 'seeds');
  const folder = existsSync(seeds) ? seeds : join(root, 'examples/operations');
  const texts = readdirSync(folder)
    .filter((name) => /\.(txt|md)$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  let big = '';
  while (big.length < 1_000_000) big += `${texts.join('\n\n')}\n\n`;
  const small = texts.reduce((best, text) =>
    Math.abs(text.length - 29_000) < Math.abs(best.length - 29_000) ? text : best,
  );
  return { small, big };
}

/**
 * Median milliseconds of each function, measured in turn so that a drift of the machine hits all alike; the first rounds are
 * not counted, since an editor's server runs for hours.
 */
export async function medians(functions, rounds, warmUp = 2) {
  const times = Object.fromEntries(Object.keys(functions).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, run] of Object.entries(functions)) {
      const start = performance.now();
      await run(round);
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, medianOf(list)]));
}

/** The middle of a list of numbers; of an even one the upper middle. */
export const medianOf = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** A ratio beside the most that it may be. */
export const target = (ratio, most) => `≤ ${most}: ${ratio <= most ? 'met' : 'missed'}`;

/** Prints rows as a table. */
export function table(title, rows) {
  const names = Object.keys(rows[0]);
  const width = names.map((name) => Math.max(name.length, ...rows.map((row) => String(row[name]).length)));
  const line = (cells) => `| ${cells.map((cell, i) => String(cell).padEnd(width[i])).join(' | ')} |`;
  console.log(`\n${title}\n${line(names)}\n${line(width.map((n) => '-'.repeat(n)))}`);
  for (const row of rows) console.log(line(names.map((name) => row[name])));
}

export const ms = (value) => value.toFixed(value < 10 ? 2 : 1);
