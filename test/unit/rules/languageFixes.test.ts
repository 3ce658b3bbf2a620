/** Fixes that "fix all" takes in the rules about languages: what would run before them is what would run after them. */
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { applyFixes, check, fixturesOf } from './harness.ts';

/** The first line of each command of each block that can be run, blanks aside; nothing for the others. */
function runs(text: string): string[][] {
  return parseRunbook(text, { path: 'x.md' }).steps.flatMap((step) =>
    step.kind === 'block'
      ? [
          step.runnable
            ? step.commands.map((command) => (command.text.split('\n')[0] ?? '').replace(/\s+/g, ' '))
            : [],
        ]
      : [],
  );
}

describe.each([
  'language/prompt',
  'language/transcript',
  'language/prose-in-shell',
  'language/shell-in-sql',
  'language/mismatch',
])('%s', (rule) => {
  const fixtures = fixturesOf(rule).filter(({ golden }) => golden !== null);

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const fixed = applyFixes(fixture.text, await check(fixture));
    expect(fixed).not.toBe(fixture.text);
    const before = runs(fixture.text);
    const after = runs(fixed);
    expect(after).toHaveLength(before.length);
    // A fix may take something away from what would run, where it was no command; it adds nothing.
    for (const [index, commands] of after.entries())
      expect(before[index]).toEqual(expect.arrayContaining(commands));
  });
});
