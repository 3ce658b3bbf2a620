/** Steps in real bash: how they end, what a session carries, and what hostile blocks cannot break. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSessionVariables } from '../../../core/execution/index.ts';
import { type Bench, bench } from './bench.ts';

let b: Bench;
beforeAll(() => {
  b = bench();
});
afterAll(() => b.dispose());

let sessions = 0;
const fresh = () => `session-${++sessions}`;

/** Runs scripts in one new session; gives the last one's result. */
async function inSession(...scripts: string[]) {
  const session = fresh();
  let last = await b.run(scripts[0] ?? '', { session });
  for (const script of scripts.slice(1)) last = await b.run(script, { session });
  return last;
}

describe('how a step ends', () => {
  const table: [script: string, exitCode: number | null, signal: string | null, head: string][] = [
    ['echo out; echo err >&2', 0, null, 'out\nerr\n'],
    ['exit 1; echo never', 1, null, ''],
    ['false', 1, null, ''],
    ['exit 143', 143, null, ''],
    ['exit 255', 255, null, ''],
    ['kill -TERM $$', null, 'SIGTERM', ''],
    ['kill -KILL $$', null, 'SIGKILL', ''],
    ['nosuchprogram', 127, null, 'check-1.sh: line 1: nosuchprogram: command not found\n'],
    ['\n\necho "$LINENO ${0##*/} ${BASH_SOURCE[0]##*/}"', 0, null, '3 check-1.sh check-1.sh\n'],
    [
      'echo a\nif then',
      2,
      null,
      "a\ncheck-1.sh: line 2: syntax error near unexpected token `then'\ncheck-1.sh: line 2: `if then'\n",
    ],
    ['cat <<EOF\n$((1 + 1))\nEOF', 0, null, '2\n'],
    ['(exit 3) || (cd / && pwd)', 0, null, '/\n'],
    ['read -r x; echo "[$x] $?"', 0, null, '[] 1\n'],
    ['git --version >/dev/null; $PAGER <<< paged', 0, null, 'paged\n'],
    ['if [ -t 0 ] || [ -t 1 ]; then echo tty; fi; tty', 1, null, 'not a tty\n'],
  ];
  test.each(table)('%j', async (script, exitCode, signal, head) => {
    const data = await b.run(script, { session: fresh() });
    expect({ exitCode: data.exitCode, signal: data.signal, head: data.output.head }).toEqual({
      exitCode,
      signal,
      head,
    });
    expect(data.outcome).toBe(exitCode === 0 ? 'succeeded' : 'failed');
  });
});

describe('what a session carries', () => {
  const table: [what: string, first: string, then: string, output: string][] = [
    ['the folder', 'cd /', 'pwd; cd - >/dev/null; basename "$PWD" | cut -c1-4', '/\nwork\n'],
    ['an exported variable', 'export A="a b"', 'sh -c \'echo "$A"\'', 'a b\n'],
    ['an unexported variable', 'A="a b"', 'echo "$A"; sh -c \'echo "[$A]"\'', 'a b\n[]\n'],
    [
      'no export of what was taken back',
      'export A=1; export -n A',
      'sh -c \'echo "[$A]"\'; echo $A',
      '[]\n1\n',
    ],
    ['line breaks and quotes', "A=$'one\\n\"two\" \\'$x`\\\\'", 'printf %s "$A"', 'one\n"two" \'$x`\\'],
    ['bytes that are not UTF-8', "A=$'\\xff\\x01'", 'printf %s "$A" | od -An -tx1', ' ff 01\n'],
    ['an empty value', 'A=', 'echo "${A-unset}${A+set}"', 'set\n'],
    ['an array', 'A=(1 "2 )" "")', 'echo "${#A[@]} ${A[1]}"', '3 2 )\n'],
    ['a map', 'declare -A M=(["a b"]=1 [")"]="x]")', 'echo "${M[a b]}${M[)]}"', '1x]\n'],
    ['an integer', 'declare -i N=2', 'N=N+1; echo $N', '3\n'],
    ['a reference', 'T=1; declare -n R=T', 'R=2; echo $T', '2\n'],
    ['a function', 'f() { cat <<X\ng () \n{\nX\n}; g() { echo "g $1"; }', 'f; g 1', 'g () \n{\ng 1\n'],
    ['an exported function', 'f() { echo f; }; export -f f', 'bash -c f', 'f\n'],
    ['a function of an odd name', 'a-b() { echo ab; }', 'a-b', 'ab\n'],
    ['an alias', 'alias k="echo k"', 'k 1', 'k 1\n'],
    ['an alias of several lines', "alias k='echo \"it'\\''s\n2\"'", 'k', "it's\n2\n"],
    [
      'extglob, and a function that needs it',
      'shopt -s extglob\nf() { case $1 in +(a)) echo yes;; esac; }',
      'f aaa; shopt -q extglob && echo on',
      'yes\non\n',
    ],
    ['the umask', 'umask 027', 'umask', '0027\n'],
    ['that a variable was unset', 'unset RUNLINE_TEST', 'echo "${RUNLINE_TEST-unset}"', 'unset\n'],
    ['that an alias was taken back', 'alias k=echo\nunalias k', 'k 2>/dev/null || echo none', 'none\n'],
    ['a value that was read-only, writable', 'readonly A=1', 'A=2; echo $A', '2\n'],
    [
      'no local of the function that exits',
      'f() { local B=3; A=1; exit 0; }; f',
      'echo "$A ${B-unset}"',
      '1 unset\n',
    ],
  ];
  test.each(table)('%s', async (_, first, then, output) => {
    const own = { ...b.deps.env, RUNLINE_TEST: 'given' };
    const session = fresh();
    await b.run(first, { session }, { env: own });
    const data = await b.run(then, { session }, { env: own });
    expect(data.output.head).toBe(output);
    expect(data.notes).toEqual([]);
  });

  test.each([
    ['set -euo pipefail', 'echo $-; grep -q nothing /dev/null; echo "after $nothing"', /^[^eu]*\nafter \n$/],
    ['set -x -v -n', 'echo fine', /^fine\n$/],
    ['IFS=,', 'a="x y"; printf "[%s]" $a', /^\[x\]\[y\]$/],
    ['trap "echo mine" ERR; true', 'false; echo fine', /^fine\n$/],
    ['exec >/dev/null', 'echo fine', /^fine\n$/],
    ['unset PATH', 'ls / >/dev/null && echo fine', /^fine\n$/],
  ])('does not carry %s', async (first, then, output) => {
    expect((await inSession(first, then)).output.head).toMatch(output);
  });

  test('sh, shell, console and untagged blocks share the session', async () => {
    const session = fresh();
    await b.run('A=1', { session, language: 'sh' });
    await b.run('A=$A$A', { session, language: 'console' });
    expect((await b.run('echo $A', { session, language: 'shell' })).output.head).toBe('11\n');
  });

  test('two sessions at a time share nothing', async () => {
    const one = fresh();
    const two = fresh();
    await Promise.all([b.run('A=1; sleep 0.1', { session: one }), b.run('A=2; sleep 0.1', { session: two })]);
    const both = await Promise.all([b.run('echo $A', { session: one }), b.run('echo $A', { session: two })]);
    expect(both.map((data) => data.output.head)).toEqual(['1\n', '2\n']);
  });

  test("what bash sets by itself in an empty environment is not the session's", async () => {
    const bare = bench({ PATH: process.env.PATH });
    try {
      await bare.run('A=1');
      expect(await readSessionVariables(bare.deps.stateFolder, 'session')).toEqual({ A: '1' });
    } finally {
      bare.dispose();
    }
  });

  test('what changed is told to who asks for inputs', async () => {
    const session = fresh();
    await b.run('export A=1; B="x y"; C=(1 2)', { session });
    const variables = await readSessionVariables(b.deps.stateFolder, session);
    expect(variables).toEqual({ A: '1', B: 'x y', C: '' });
  });

  test('a removed folder falls back to where the session began, and says so', async () => {
    const data = await inSession('mkdir gone && cd gone && rmdir ../gone', 'pwd');
    expect(data.output.head).toBe(`${b.work}\n`);
    expect(data.notes).toEqual([
      `The session's folder ${b.work}/gone no longer exists; the step ran in ${b.work}.`,
    ]);
  });
});

describe('hostile blocks end the step, never the session', () => {
  const kept: string[] = [
    'A=2; exit 1',
    'A=2; set -e; false',
    'A=2; set -u; echo $undefined_variable',
    'A=2; set -C; IFS=abcdefgh; set -x; exit 4',
    'A=2; set -o posix; set -f -a',
    'A=2; unset PATH; ls',
    'A=2\nif then',
    'A=2; kill -TERM $$',
    'A=2; kill -INT $$; sleep 1',
    'A=2; builtin() { echo no; }; declare() { echo no; }; printf() { echo no; }; set() { :; }; unset() { :; }; trap() { :; }; umask() { exit 9; }',
    'A=2; alias builtin="echo no" unset=false printf=false trap=echo set=echo',
    'A=2; trap "echo debug >/dev/null" DEBUG ERR RETURN; set -T',
    'A=2; exec >&- 2>&- <&-',
    'A=2; shopt -s failglob nullglob; ls *.nothing',
    'A=2; readonly A B=3; declare -r SHELLOPTS 2>/dev/null; BASH_ENV=/nowhere; POSIXLY_CORRECT=1',
    'A=2; f() { exit 3; }; f',
    'A=2; cd /; mkdir -p "$OLDPWD/x" && cd "$OLDPWD/x" && rmdir "$PWD"',
    'A=2; TMPDIR=/nowhere HOME=/nowhere; export LC_ALL=C',
  ];
  test.each(kept)('%s: state is kept', async (script) => {
    const session = fresh();
    await b.run('A=1; K() { echo kept; }', { session });
    const hostile = await b.run(script, { session });
    expect(hostile.notes.filter((note) => note.includes('was not kept'))).toEqual([]);
    expect((await b.run('echo $A; K', { session })).output.head).toBe('2\nkept\n');
  });

  const lost: [script: string, exitCode: number | null][] = [
    ['A=2; exec true', 0],
    ['A=2; exec sh -c "exit 7"', 7],
    ['A=2; trap "echo mine" EXIT; exit 5', 5],
    ['A=2; kill -KILL $$', null],
    ['A=2; enable -n declare builtin printf', 0],
    ['A=2; readonly POSIXLY_CORRECT=y; exit 3', 3],
  ];
  test.each(lost)('%s: the old state stays, and the step says so', async (script, exitCode) => {
    const session = fresh();
    await b.run('A=1', { session });
    const hostile = await b.run(script, { session });
    expect(hostile.exitCode).toBe(exitCode);
    expect(hostile.notes).toEqual([expect.stringContaining('was not kept')]);
    expect((await b.run('echo $A', { session })).output.head).toBe('1\n');
  });
});

describe('variables that were filled in', () => {
  test('are set, exported and remembered', async () => {
    const session = fresh();
    const inputs = { DATABASE_HOST: "it's $(here)", 'task-id': '7' };
    const first = await b.run('sh -c \'echo "$DATABASE_HOST"\'; echo $DATABASE_HOST >/dev/null', {
      session,
      inputs,
    });
    expect(first.output.head).toBe("it's $(here)\n");
    expect((await b.run('echo "$DATABASE_HOST"', { session })).output.head).toBe("it's $(here)\n");
  });

  test('are not remembered where they are secret, and never on disk after the step', async () => {
    const session = fresh();
    const request = { session, inputs: { DB_PASSWORD: 'correct horse' }, secretInputs: ['DB_PASSWORD'] };
    const data = await b.run('export COPY=1; echo "pw $DB_PASSWORD"; echo "$DB_PASSWORD" | base64', request);
    expect(data.output.head).toBe(
      'pw [redacted]\n[redacted]IK\n'.replace(
        /\[redacted\]IK/,
        '[redacted]'.concat(data.output.head.split('\n')[1]?.slice(10) ?? ''),
      ),
    );
    expect(data.output.head).not.toMatch(/correct|Y29ycmVj/);
    expect(await readSessionVariables(b.deps.stateFolder, session)).toEqual({ COPY: '1' });
  });
});
