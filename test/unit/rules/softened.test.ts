/** Findings that are softer, or louder, than their rule: by what stands around them. Fixtures say nothing of severities. */
import { expect, it } from 'vitest';
import { check, fixturesOf } from './harness.ts';

it.each([
  ['command/ambient-target', 'differ.md', ['info']],
  ['command/ambient-target', 'left-open.md', ['warning', 'info']],
  ['command/wide-scope', 'meant.md', ['info', 'info', 'warning', 'warning']],
  ['embedded/json', 'marked.md', ['info']],
  ['language/sql-in-shell', 'prompt.md', ['info', 'info', 'error']],
  ['secret/printed', 'first.md', ['hint', 'info']],
])('%s in %s: %j', async (rule, name, severities) => {
  const fixture = fixturesOf(rule).find((one) => one.name === `${rule}/${name}`);
  if (fixture === undefined) throw new Error(`${rule}/${name} is not there`);
  expect((await check(fixture)).map(({ severity }) => severity)).toEqual(severities);
});
