import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quote, readScript } from '../../../core/shell/index.ts';

const hostile = [
  '',
  ' ',
  'plain-word_1.2/3',
  "it's",
  '"',
  '\\',
  '\\\\n',
  '$HOME',
  '$(id)',
  '`id`',
  '; rm -rf ~',
  '&& ls',
  '| sh',
  '> f',
  '*',
  '~',
  '#x',
  '!x',
  '-rf',
  '--flag=x',
  'a=b',
  '{a,b}',
  'a\nb',
  'tab\there',
  '%0a',
  '🚨 ünï',
  'x'.repeat(5000),
];

/** What a shell makes of quoted values: one NUL-ended argument each. */
function roundTrip(shell: string, values: readonly string[]): string[] {
  const script = `printf '%s\\0' ${values.map((value) => quote(value, 'bash')).join(' ')}`;
  const { stdout, status } = spawnSync(shell, ['-c', script], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout.split('\0').slice(0, -1);
}

describe('a quoted value', () => {
  test.each(['bash', 'sh'])('comes back unchanged from %s', (shell) => {
    expect(roundTrip(shell, hostile)).toEqual(hostile);
    const random = fc
      .sample(fc.string({ unit: 'grapheme', maxLength: 40 }), 400)
      .filter((value) => !value.includes('\0'));
    expect(roundTrip(shell, random)).toEqual(random);
  });

  test('is one word of a command, and runs nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        fc.pre(!value.includes('\0'));
        const { commands, error } = readScript(`echo ${quote(value, 'bash')}`);
        return error === null && commands.length === 1 && commands[0]?.classification.risk === 'read-only';
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['sql', "it's", "'it''s'"],
    ['powershell', "it's ’x", "'it''s ’’x'"],
    ['fish', "it's \\", "'it\\'s \\\\'"],
    ['cmd', 'C:\\a b\\', '"C:\\a b\\\\"'],
  ] as const)('in %s: %s → %s', (dialect, value, expected) => {
    expect(quote(value, dialect)).toBe(expected);
  });

  test('is refused where no quoting can hold it', () => {
    expect(() => quote('a\0b', 'bash')).toThrow(RangeError);
    for (const value of ['a"b', '%PATH%', '!x!', 'a\nb'])
      expect(() => quote(value, 'cmd')).toThrow(RangeError);
  });
});
