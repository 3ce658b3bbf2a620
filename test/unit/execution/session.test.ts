/** Reading back what shells print, and what of it is carried. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nextState } from '../../../core/execution/session/dump.ts';
import { EMPTY_STATE } from '../../../core/execution/session/state.ts';
import { readWord, skipArray, toBytes, toText } from '../../../core/execution/session/words.ts';
import { parseBashDump, parseDeclarations } from '../../../core/execution/wrapper/bash.ts';
import { parsePosixDump } from '../../../core/execution/wrapper/posix.ts';
import { type Bench, bench } from './bench.ts';

let b: Bench;
beforeAll(() => {
  b = bench();
});
afterAll(() => b.dispose());

describe('words', () => {
  const table: [text: string, value: string | null][] = [
    ['plain next', 'plain'],
    ["'it'\\''s'", "it's"],
    ["'it'\"'\"'s'", "it's"],
    ['"a \\"b\\" \\$c \\`d\\` \\\\ \\e"', 'a "b" $c `d` \\ \\e'],
    ["$'a\\nb\\t\\'\\\\\\x41\\101\\e'", "a\nb\t'\\AA\x1b"],
    ["$'\\u00e9\\U1f6a8'", toBytes('é🚨')],
    ["$'\\c?\\cA\\C-b'", '\x7f\x01\x02'],
    ["'never", null],
    ['"never', null],
    ["$'never", null],
    ['', ''],
  ];
  test.each(table)('%j', (text, value) => {
    expect(readWord(text, 0)?.value ?? null).toBe(value);
  });

  test.each([
    ["([0]=\"a)\" [1]='b)' [2]=$'c)\\'' [\")\"]=d)x", -1],
    ['()', 2],
    ['(', null],
    ['("', null],
  ])('the end of an array: %j', (text, end) => {
    expect(skipArray(text, 0)).toBe(end === -1 ? text.length - 1 : end);
  });
});

describe('declarations', () => {
  test('of bash 5, bash 3.2, and lines that are neither', () => {
    const text = [
      'declare -x A="one',
      'declare -- FAKE=\\"no\\""',
      "declare -- B=$'x\\ny'",
      'declare -a C=([0]="1" [1]="2 )")',
      'declare -a OLD=\'([0]="1")\'',
      'declare -ir N="5"',
      'declare -x DECLARED',
      'garbage',
      'declare -- BROKEN="never',
    ].join('\n');
    expect(
      parseDeclarations(text).map(({ name, attributes, value, array }) => [name, attributes, value ?? array]),
    ).toEqual([
      ['A', 'x', 'one\ndeclare -- FAKE="no"'],
      ['B', '', 'x\ny'],
      ['C', 'a', '([0]="1" [1]="2 )")'],
      ['OLD', 'a', '([0]="1")'],
      ['N', 'ir', '5'],
      ['DECLARED', 'x', null],
    ]);
  });

  test.each(['', 'end', '0\0\0/\n\x000022\n\0\0', '0\0\0/\n\x000022\n\0\0\0\0\0en'])(
    'what is torn is nothing: %j',
    (text) => {
      expect(parseBashDump(text)).toBe(null);
      expect(parsePosixDump(text, 'all')).toBe(null);
    },
  );

  test('are read in linear time, whatever they hold', () => {
    for (const part of ['declare -- A="', "declare -- A=$'", '\ndeclare -', 'declare -a A=(', '\\"']) {
      const begun = performance.now();
      parseDeclarations(part.repeat(100_000));
      expect(performance.now() - begun, part).toBeLessThan(2000);
    }
  });
});

test('any value survives a session in bash, with its bytes', async () => {
  let sessions = 0;
  const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => array.map((byte) => byte || 1));
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 20, maxLength: 20 }), async (values) => {
      const session = `fuzz-${++sessions}`;
      const ansi = (value: Uint8Array) =>
        `$'${[...value].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`;
      const set = values.map(
        (value, i) => `V${i}=${ansi(value)}; export E${i}=$V${i}; L[${i}]=$V${i}; M["k$V${i}"]=$V${i}`,
      );
      await b.run(`declare -A M\n${set.join('\n')}`, { session });
      const show = values.map((_, i) => `printf '%s\\0' "$V${i}" "$E${i}" "\${L[${i}]}" "\${M["k$V${i}"]}"`);
      const data = await b.run(`{ ${show.join('\n')}; } | od -An -v -tx1 | tr -d ' \\n' | cut -c1-3900`, {
        session,
      });
      const expected = values.map((value) => `${Buffer.from(value).toString('hex')}00`.repeat(4)).join('');
      expect(data.output.head.trim()).toBe(expected.slice(0, 3900));
    }),
    { numRuns: Number(process.env.RUNLINE_RUNS ?? 15) },
  );
});

describe('what is carried', () => {
  const beginning = {
    env: { KEPT: '1', CHANGED: 'a', GONE: 'x', PATH: '/bin' },
    cwd: '/work',
    umask: '22',
    hostname: 'box',
    loginShell: '/bin/bash',
    secretNames: ['DB_PASSWORD'],
  };
  const variable = (name: string, value: string, attributes = '') => ({
    name,
    attributes,
    value,
    array: null,
  });
  const dump = {
    exitCode: 0,
    cwd: '/tmp',
    umask: '0022',
    scope: 'all' as const,
    variables: [
      variable('KEPT', '1', 'x'),
      variable('CHANGED', 'b', 'x'),
      variable('BASHOPTS', 'x', 'r'),
      variable('EUID', '0', 'ir'),
      variable('IFS', ','),
      variable('BASH_VERSION', '5'),
      variable('HOSTNAME', 'box'),
      variable('TERM', 'dumb'),
      variable('SHELL', '/bin/bash'),
      variable('DB_PASSWORD', 'secret', 'x'),
      variable('__runline_code', '0'),
      variable('R', '1', 'r'),
      variable('LOCAL', 'inner'),
    ],
    locals: ['LOCAL'],
    functions: [],
    aliases: '',
    options: [],
  };

  test('only the difference, and nothing that belongs to the shell', () => {
    const previous = { ...EMPTY_STATE, variables: [variable('LOCAL', 'outer')] };
    const state = nextState(previous, dump, beginning);
    expect(state.variables).toEqual([
      variable('CHANGED', 'b', 'x'),
      variable('R', '1'),
      variable('LOCAL', 'outer'),
    ]);
    expect(state).toMatchObject({ cwd: '/tmp', previousCwd: '/work', umask: null, unset: ['GONE'] });
  });

  test('a shell that knows exported variables alone leaves the others', () => {
    const previous = {
      ...EMPTY_STATE,
      variables: [variable('PLAIN', '1'), variable('OUT', '2', 'x')],
      aliases: "alias k='k'\n",
    };
    const zsh = {
      ...dump,
      scope: 'exported' as const,
      functions: null,
      aliases: null,
      options: null,
      locals: [],
    };
    const state = nextState(previous, zsh, beginning);
    expect(state.variables.map(({ name }) => name)).toContain('PLAIN');
    expect(state.variables.map(({ name }) => name)).not.toContain('OUT');
    expect(state.aliases).toBe("alias k='k'\n");
  });
});

test('bytes and text', () => {
  expect(toText(toBytes('é🚨'))).toBe('é🚨');
  expect(toText('\xff')).toBe('\ufffd');
});
