/** Languages other than bash, with real programs where they are installed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findInterpreter, findProgram } from '../../../core/execution/interpreters.ts';
import { type Bench, bench } from './bench.ts';

const installed = (program: string) => spawnSync(program, ['-c', 'true']).error === undefined;
const path = process.env.PATH ?? '';

let b: Bench;
let withoutBash: NodeJS.ProcessEnv;
beforeAll(() => {
  b = bench();
  const tools = join(b.folder, 'tools');
  mkdirSync(tools);
  for (const name of ['dash', 'true', 'cat', 'env', 'od', 'sleep', 'mkdir', 'rmdir'])
    symlinkSync(findProgram(name, path) ?? '/bin/false', join(tools, name === 'dash' ? 'sh' : name));
  withoutBash = { ...process.env, PATH: tools, RUNLINE_TEST: 'given' };
});
afterAll(() => b.dispose());

describe.skipIf(!installed('dash'))('a POSIX shell where there is no bash (dash)', () => {
  const carried: [what: string, first: string, then: string, output: string][] = [
    ['the folder', 'cd /', 'pwd', '/\n'],
    [
      'variables',
      'A="it\'s \\$x"; export B=\'"two\nlines"\'',
      'echo "$A"; sh -c \'echo "$B"\'',
      'it\'s $x\n"two\nlines"\n',
    ],
    ['bytes', 'A=$(printf "\\377")', 'printf %s "$A" | od -An -tx1', ' ff\n'],
    ['aliases', "alias k='echo \"it'\"'\"'s\"'", 'k', "it's\n"],
    ['the umask', 'umask 027', 'umask', '0027\n'],
    ['what was unset', 'unset RUNLINE_TEST', 'echo "${RUNLINE_TEST-unset}"', 'unset\n'],
  ];
  test.each(carried)('carries %s', async (what, first, then, output) => {
    const session = `sh-${what.replace(/\W/g, '-')}`;
    const started = await b.run(first, { session, language: 'sh' }, { env: withoutBash });
    expect(started).toMatchObject({ outcome: 'succeeded', notes: [] });
    const data = await b.run(then, { session, language: 'sh' }, { env: withoutBash });
    expect(data.output.head).toBe(output);
  });

  const kept = [
    'A=2; exit 1',
    'A=2; set -eu; false',
    'A=2; set -u; echo $undefined_variable',
    'A=2; set -C; IFS=abcdefgh; set -f; exit 4',
    'A=2; unset PATH; nosuch',
    'A=2\nif then',
    'A=2; printf() { echo no; }; pwd() { exit 9; }; alias printf=false pwd=false; umask() { :; }',
    'A=2; exec >&- 2>&-',
    'A=2; f() { exit 3; }; f',
    'A=2; readonly A',
  ];
  test.each(kept)('%s: state is kept', async (script) => {
    const session = `sh-kept-${kept.indexOf(script)}`;
    await b.run('A=1', { session, language: 'sh' }, { env: withoutBash });
    expect((await b.run(script, { session, language: 'sh' }, { env: withoutBash })).notes).toEqual([]);
    expect((await b.run('echo $A', { session, language: 'sh' }, { env: withoutBash })).output.head).toBe(
      '2\n',
    );
  });

  test.each([
    ['A=2; exec true', 0],
    ['A=2; trap "echo mine" EXIT; exit 5', 5],
    ['A=2; kill -TERM $$', null],
  ])('%s: the old state stays', async (script, exitCode) => {
    const session = `sh-lost-${exitCode}`;
    await b.run('A=1', { session, language: 'sh' }, { env: withoutBash });
    const data = await b.run(script, { session, language: 'sh' }, { env: withoutBash });
    expect(data).toMatchObject({ exitCode, notes: [expect.stringContaining('was not kept')] });
    expect((await b.run('echo $A', { session, language: 'sh' }, { env: withoutBash })).output.head).toBe(
      '1\n',
    );
  });
});

describe.skipIf(!installed('zsh'))('zsh', () => {
  test('shares the folder and exported variables with bash, both ways', async () => {
    const session = 'zsh';
    await b.run('export A="it\'s"; B=unexported; C=(1 2); cd /', { session });
    const data = await b.run(
      'print -r -- "$A ${B-unset}" $PWD; export A=$\'two\\nlines\' D=4; cd /usr; exit 3',
      {
        session,
        language: 'zsh',
      },
    );
    expect(data).toMatchObject({ exitCode: 3, notes: [], output: { head: "it's unset /\n" } });
    const after = await b.run('echo "$A $B ${C[1]} $D $PWD"', { session });
    expect(after.output.head).toBe('two\nlines unexported 2 4 /usr\n');
  });

  test.each([
    'setopt noclobber ksharrays; A=2; export A',
    'export A=2; builtin() { :; }; print() { :; }',
    'export A=2\nif then',
  ])('%s: state is kept', async (script) => {
    const session = `zsh-${script.length}`;
    const data = await b.run(script, { session, language: 'zsh' });
    expect(data.notes).toEqual([]);
    expect((await b.run('echo $A', { session })).output.head).toBe('2\n');
  });
});

describe.each([
  ['python', 'python3', "import os\nprint(os.environ['A'], os.getcwd())"],
  ['javascript', 'node', 'console.log(process.env.A, process.cwd())'],
  ['perl', 'perl', 'use Cwd; print "$ENV{A} ", getcwd(), "\\n"'],
  ['ruby', 'ruby', 'puts "#{ENV["A"]} #{Dir.pwd}"'],
  ['php', 'php', 'echo getenv("A"), " ", getcwd(), "\\n";'],
  ['fish', 'fish', 'echo $A $PWD'],
])('%s', (language, program, script) => {
  test.skipIf(!installed(program))(
    `has the session's exported variables and folder (${program})`,
    async () => {
      const session = `program-${language}`;
      await b.run('export A=1; unset UNWANTED; cd /', { session });
      const data = await b.run(script, { session, language });
      expect(data).toMatchObject({ outcome: 'succeeded', exitCode: 0, notes: [], output: { head: '1 /\n' } });
    },
  );
});

test('SQL goes through the client that is set, in the session', async () => {
  await b.run('export CLIENT=cat', { session: 'sql' });
  const data = await b.run('SELECT 1;', { session: 'sql', language: 'sql' }, { sqlClient: '"$CLIENT" -A' });
  expect(data.output.head).toBe('SELECT 1;$\n');
});

describe('which program', () => {
  test.each([
    ['bash', 'bash'],
    ['sh', 'bash'],
    ['console', 'bash'],
    ['', 'bash'],
    ['Shell', 'bash'],
  ])('%j runs in %s', (language, program) => {
    expect(findInterpreter(language, path, undefined)).toMatchObject({
      kind: 'bash',
      program: findProgram(program, path),
    });
  });

  test('relative and empty entries of the PATH are passed over', () => {
    expect(findProgram('bash', `.::bin:${path}`)).toBe(findProgram('bash', path));
    expect(findProgram('bash', '.:')).toBe(null);
    expect(findProgram('tmp', '/')).toBe(null);
  });
});
