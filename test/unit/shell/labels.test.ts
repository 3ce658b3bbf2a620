import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';
import { TOOLS } from '../../../core/shell/tools/index.ts';
import { LABELLED } from './labelled.ts';

describe('labelled commands', () => {
  test('there are at least 500, none twice', () => {
    expect(LABELLED.length).toBeGreaterThanOrEqual(500);
    expect(new Set(LABELLED.map((row) => `${row.language}\0${row.command}`)).size).toBe(LABELLED.length);
  });

  test.each(LABELLED)('$command', ({ command, language, risk, mode, readsSecrets }) => {
    const found = explainCommand(command, language);
    const secrets = readsSecrets === undefined ? {} : { readsSecrets };
    expect(found, found.reasons.join('; ')).toMatchObject({ risk, mode, ...secrets });
  });
});

describe('tables', () => {
  test('a name stands in one table only, except where a wrapper peels what a package manager runs', () => {
    const seen = new Map<string, number>();
    for (const tool of TOOLS)
      for (const name of tool.names.split(/\s+/)) seen.set(name, (seen.get(name) ?? 0) + 1);
    const twice = [...seen].filter(([, count]) => count > 1).map(([name]) => name);
    expect(twice.filter((name) => !/^(poetry|pipenv|bundle)$/.test(name))).toEqual([]);
  });

  test.each([
    ['rm x', 'rm'],
    ['/usr/bin/rm x', 'rm'],
    ['kafka-topics.sh --list', 'kafka-topics'],
    ['/opt/kafka/bin/kafka-topics.sh --list', 'kafka-topics'],
  ])('%s is judged by the table of %s', (command, name) => {
    expect(explainCommand(command).reasons[0]).toContain(name);
  });

  test('a program of the folder is never only its name', () => {
    expect(explainCommand('./ls').risk).toBe('mutating');
    expect(explainCommand('tools/kubectl get pods').risk).toBe('mutating');
  });
});
