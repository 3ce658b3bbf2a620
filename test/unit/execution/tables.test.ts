/** The small decisions around a step: folders, environment, inputs, consent. */
import { describe, expect, test } from 'vitest';
import { baseEnvironment, GUARDS } from '../../../core/execution/environment.ts';
import {
  consentNeeded,
  neededInputs,
  sessionId,
  skippedDraft,
  stateFolder,
  typedWord,
} from '../../../core/execution/index.ts';
import { variableInputs } from '../../../core/execution/inputs.ts';

describe('stateFolder', () => {
  test.each<[env: NodeJS.ProcessEnv, platform: NodeJS.Platform, folder: string]>([
    [{ XDG_STATE_HOME: '/state', HOME: '/home/ada' }, 'linux', '/state/runline'],
    [{ XDG_STATE_HOME: 'relative', HOME: '/home/ada' }, 'linux', '/home/ada/.local/state/runline'],
    [{ HOME: '/home/ada' }, 'linux', '/home/ada/.local/state/runline'],
    [{ HOME: '/Users/ada' }, 'darwin', '/Users/ada/Library/Application Support/runline'],
    [{ XDG_STATE_HOME: '/state', HOME: '/Users/ada' }, 'darwin', '/state/runline'],
    [{ LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }, 'win32', 'C:\\Users\\ada\\AppData\\Local\\runline'],
    [{ USERPROFILE: 'C:\\Users\\ada' }, 'win32', 'C:\\Users\\ada\\AppData\\Local\\runline'],
  ])('%j on %s', (env, platform, folder) => {
    expect(stateFolder(env, platform)).toBe(folder);
  });
});

test('a session is one runbook and one incident', () => {
  const ids = [
    sessionId('/a/runbook.md', null),
    sessionId('/a/runbook.md', 'INC-2026-01-01-001'),
    sessionId('/b/runbook.md', null),
    sessionId('/a/runbook.md', 'null'),
  ];
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(sessionId('/a/runbook.md', null)).toBe(ids[0]);
});

describe('the environment', () => {
  test("of an editor keeps what is the user's", () => {
    const env = {
      PATH: '/bin',
      PAGER: 'less',
      VSCODE_IPC_HOOK: 'x',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--require x',
      GIT_ASKPASS: 'x',
      BASH_ENV: '/x',
      SHELLOPTS: 'errexit',
      MISSING: undefined,
    };
    expect(baseEnvironment(env, false)).toEqual({ PATH: '/bin', PAGER: 'less' });
    expect(baseEnvironment(env, true)).toEqual({ PATH: '/bin', ...GUARDS });
  });

  test('of a command line keeps its own Node options', () => {
    const env = { NODE_OPTIONS: '--enable-source-maps', GIT_ASKPASS: '/bin/ask' };
    expect(baseEnvironment(env, false)).toEqual(env);
  });
});

describe('inputs', () => {
  test('what is needed: each placeholder once, and variables that nothing sets', () => {
    const block = {
      placeholders: [{ name: 'task-id' }, { name: 'host' }, { name: 'task-id' }],
      variables: ['DATABASE_HOST', 'HOME', 'EMPTY', 'EARLIER', 'constructor', 'DATABASE_HOST'],
    };
    const known = { env: { HOME: '/home/ada', EMPTY: '' }, sessionVariables: { EARLIER: '1' } };
    expect(neededInputs(block, known)).toEqual({
      placeholders: ['task-id', 'host'],
      variables: ['DATABASE_HOST', 'constructor'],
    });
  });

  const inputs = { HOST: 'a', PORT: 'b', HOSTNAME: 'c', 'task-id': 'd' };
  test.each<[script: string, names: string[] | undefined, set: Record<string, string>]>([
    ['psql -h $HOST -p "${PORT:-5432}"', undefined, { HOST: 'a', PORT: 'b' }],
    ['echo ${#HOST} HOST', undefined, { HOST: 'a' }],
    ['echo HOST', undefined, {}],
    ['echo HOST', ['HOST', 'task-id'], { HOST: 'a' }],
    ['echo $HOST', [], {}],
  ])('which are variables: %j, %j', (script, names, set) => {
    expect(variableInputs(inputs, script, names)).toEqual(set);
  });
});

describe('consent', () => {
  test.each([
    ['read-only', 'none'],
    ['mutating', 'confirm'],
    ['destructive', 'type'],
  ] as const)('%s: %s', (risk, needed) => {
    expect(consentNeeded(risk)).toBe(needed);
  });

  test.each([
    [[], 'restart-1'],
    [
      [
        { kind: 'region', value: 'eu-1' },
        { kind: 'namespace', value: 'prod' },
        { kind: 'context', value: 'blue' },
      ],
      'prod',
    ],
    [
      [
        { kind: 'namespace', value: 'prod' },
        { kind: 'resource', value: 'deployment/api' },
      ],
      'deployment/api',
    ],
    [[{ kind: 'something', value: 'new' }], 'new'],
    [
      [
        { kind: 'host', value: ' ' },
        { kind: 'namespace', value: '$NAMESPACE' },
      ],
      'restart-1',
    ],
  ])('typed for %j: %s', (targets, word) => {
    expect(typedWord(targets, 'restart-1')).toBe(word);
  });
});

test('a skipped step is an event with its reason', () => {
  const source = { path: 'a.md', sha256: '', stepId: 'a-1', title: 'Restart', line: 1, endLine: 2 };
  expect(skippedDraft(source, 'Done by hand', new Date('2026-01-02T03:04:05.006Z'))).toEqual({
    type: 'dev.runline.step.skipped',
    time: '2026-01-02T03:04:05.006Z',
    data: { step: source, summary: 'Restart', reason: 'Done by hand' },
  });
});
