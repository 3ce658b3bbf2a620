/**
 * Mutated documents, real ones where they are there, ours where not: the model holds for each, its fences are CommonMark's, and
 * reading in chunks finds what reading in one piece finds. `npm run fuzz` runs ten times as many without a limit of time; a
 * seed and path that found a fault go into `test/fixtures/fuzz-seeds.json` and are run again each time.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChunk, readStructure } from '../../../core/runbook/markdown/structure.ts';
import { SHARED } from '../../support/shared.ts';
import { ourFences, plainFences, referenceFences } from './fences.ts';
import { everything } from './holds.ts';

const many = process.env.RUNLINE_FUZZ !== undefined;
const numRuns = many ? 100_000 : 10_000;
const kept = JSON.parse(readFileSync(new URL('../../fixtures/fuzz-seeds.json', import.meta.url), 'utf8')) as {
  seed: number;
  path: string;
}[];

const folders = [join(SHARED, 'seeds'), resolve(import.meta.dirname, '../../../examples/operations')];
const texts = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => /\.(?:md|txt)$/.test(path))
  .map((path) => readFileSync(path, 'utf8').split('\n'));

const odd = fc.constantFrom(
  ...[
    '```',
    '~~~',
    '````bash',
    '> ',
    '- ',
    '1. ',
    '    ',
    '# ',
    '#\tx',
    '##',
    '<div>',
    '<!--',
    '-->',
    '</pre>',
    '<pre>',
    '---',
  ],
  ...[
    '| a |',
    '|---|',
    '\t',
    '[x]: y',
    '**',
    '`',
    '\\',
    '\u0000',
    '\r',
    '```\n# not a heading',
    '$ ls',
    '<<EOF',
    'EOF',
  ],
);

/** A stretch of a document with some of its lines cut, doubled, moved, indented, or put before or behind something odd. */
const mutated = fc
  .tuple(fc.nat(texts.length - 1), fc.nat(), fc.integer({ min: 3, max: 70 }))
  .chain(([which, from, length]) => {
    const lines = texts[which] ?? [];
    const start = from % Math.max(1, lines.length);
    const stretch = lines.slice(start, start + length);
    const change = fc.tuple(fc.nat(Math.max(0, stretch.length - 1)), fc.nat(6), odd, fc.nat(80));
    return fc.tuple(
      fc.constant(stretch),
      fc.array(change, { maxLength: 8 }),
      fc.constantFrom('\n', '\n', '\n', '\r\n'),
    );
  })
  .map(([stretch, changes, end]) => {
    const lines = [...stretch];
    for (const [at, how, text, column] of changes) {
      const line = lines[at] ?? '';
      if (how === 0) lines.splice(at, 1);
      else if (how === 1) lines.splice(at, 0, line);
      else if (how === 2) lines[at] = line.slice(0, column);
      else if (how === 3) lines[at] = `${text}${line}`;
      else if (how === 4) lines[at] = `${line}${text}`;
      else if (how === 5) lines.splice(at, 0, text);
      else lines[at] = `  ${line}`;
    }
    return lines.join(end) + end;
  });

function holds(text: string): void {
  everything(text, 'markdown');
  expect(readStructure(text).blocks).toEqual(readChunk(text).blocks);
  // The reference parser counts an indented quote mark differently from the specification, and knows no front matter.
  if (!/ {4,}>|^---[ \t\r]*\n/.test(text))
    expect(plainFences(ourFences(text))).toEqual(plainFences(referenceFences(text)));
}

test(
  'mutated documents',
  () => {
    for (const found of kept) fc.assert(fc.property(mutated, holds), found);
    fc.assert(fc.property(mutated, holds), {
      numRuns,
      ...(many ? {} : { interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false }),
    });
  },
  many ? 3_600_000 : 60_000,
);
