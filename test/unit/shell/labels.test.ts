import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';
import { TOOLS } from '../../../core/shell/tools/index.ts';
import { LABELLED, type Labelled } from './labelled.ts';

/** Labelled by people who had not seen the classifier: they measure it, one by one they need not all agree. */
const independent = [...new Set(LABELLED.map((row) => row.file))].filter((file) => file !== 'basic');

interface Compared {
  readonly row: Labelled;
  readonly risk: string;
  readonly mode: string;
  /** What differs, in words; empty where nothing does. */
  readonly differs: string;
}

const compared: readonly Compared[] = LABELLED.map((row) => {
  const { risk, mode, readsSecrets, reasons } = explainCommand(row.command, row.language);
  const differs = [
    risk === row.risk ? '' : `${row.risk} → ${risk}`,
    mode === row.mode ? '' : `${row.mode} → ${mode}`,
    row.readsSecrets === undefined || row.readsSecrets === readsSecrets ? '' : `secrets → ${readsSecrets}`,
  ].filter((difference) => difference !== '');
  const told = `${JSON.stringify(row.command)} (${reasons.slice(0, 2).join('; ')})`;
  return { row, risk, mode, differs: differs.length === 0 ? '' : `${differs.join(', ')}: ${told}` };
});

/** The parts of a whole that are as they should be, in per cent. */
function share(rows: readonly Compared[], right: (one: Compared) => boolean): number {
  return (100 * rows.filter(right).length) / rows.length;
}

describe('labelled commands', () => {
  test('there are at least 2,000, none twice', () => {
    expect(LABELLED.length).toBeGreaterThanOrEqual(2000);
    const keys = LABELLED.map((row) => `${row.language}\0${row.command}`);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  test.each(LABELLED.filter((row) => row.file === 'basic'))(
    '$command',
    ({ command, language, risk, mode, readsSecrets }) => {
      const found = explainCommand(command, language);
      const secrets = readsSecrets === undefined ? {} : { readsSecrets };
      expect(found, found.reasons.join('; ')).toMatchObject({ risk, mode, ...secrets });
    },
  );

  test.each(independent)('%s: nothing that changes or destroys is called read-only', (file) => {
    const rows = compared.filter(({ row }) => row.file === file);
    const faults = rows.filter(({ row, risk }) => risk === 'read-only' && row.risk !== 'read-only');
    expect(faults.map(({ differs }) => differs)).toEqual([]);
  });

  test('at least 98 of 100 are exact', () => {
    const faults = compared.map(({ row, differs }) => (differs === '' ? '' : `${row.file}: ${differs}`));
    const told = faults.filter((fault) => fault !== '').join('\n');
    expect(
      share(compared, ({ differs }) => differs === ''),
      told,
    ).toBeGreaterThanOrEqual(98);
  });

  test.each(['capture', 'stream', 'terminal'])('at least 95 of 100 with the mode %s are found', (wanted) => {
    const rows = compared.filter(({ row }) => row.mode === wanted);
    const told = rows.flatMap(({ row, mode, differs }) =>
      mode === row.mode ? [] : [`${row.file}: ${differs}`],
    );
    expect(
      share(rows, ({ row, mode }) => mode === row.mode),
      told.join('\n'),
    ).toBeGreaterThanOrEqual(95);
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
