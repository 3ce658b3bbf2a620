/** The five real runbooks: facts that a reader finds in them, checked against the model. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findStep, looksLikeRunbook, parseRunbook, type Runbook } from '../../../core/runbook/index.ts';
import { SHARED } from '../../support/shared.ts';

const seeds = join(SHARED, 'seeds');
const corpus = join(SHARED, 'corpus');

const cache = new Map<string, Runbook>();
function seed(number: string): Runbook {
  const known = cache.get(number);
  if (known !== undefined) return known;
  const file = readdirSync(seeds).find((name) => name.startsWith(number)) ?? '';
  const runbook = parseRunbook(readFileSync(join(seeds, file), 'utf8'));
  cache.set(number, runbook);
  return runbook;
}
const blocks = (runbook: Runbook) => runbook.steps.filter((step) => step.kind === 'block');
const count = (runbook: Runbook, kind: string) => runbook.steps.filter((step) => step.kind === kind).length;
const blockAt = (runbook: Runbook, line: number) => {
  const found = blocks(runbook).find((step) => step.range.start.line + 1 === line);
  if (found === undefined) throw new Error(`no block at line ${line}`);
  return found;
};
const responses = (runbook: Runbook) =>
  runbook.severityScales.map((scale) => [
    scale.source,
    scale.range.start.line + 1,
    ...scale.levels.map(
      (level) => `${level.id} ${level.name ?? '-'} ${level.response?.seconds ?? level.response?.kind}`,
    ),
  ]);

describe.skipIf(!existsSync(seeds))('seeds', () => {
  test.each([
    ['000', 46, 37, 10],
    ['001', 24, 0, 6],
    ['002', 52, 10, 12],
    ['003', 28, 10, 22],
    ['004', 41, 49, 24],
  ])('%s has %i fences, %i checklist items, %i instructions', (number, fences, items, instructions) => {
    const runbook = seed(number);
    expect([blocks(runbook).length, count(runbook, 'checklist'), count(runbook, 'instruction')]).toEqual([
      fences,
      items,
      instructions,
    ]);
    expect(looksLikeRunbook(runbook)).toBe(true);
  });

  test('severity scales, in seconds', () => {
    expect(responses(seed('000'))).toEqual([
      ['table', 43, 'P0 Critical 900', 'P1 High 3600', 'P2 Medium 14400', 'P3 Low calendar'],
      ['table', 708, 'Critical - 0', 'High - 3600', 'Medium - 14400', 'Low - 86400'],
    ]);
    expect(responses(seed('001'))).toEqual([
      ['table', 7, 'P1 Critical 900', 'P2 High 3600', 'P3 Medium 14400', 'P4 Low 86400'],
    ]);
    expect(responses(seed('002'))).toEqual([
      ['table', 510, 'P0 - 300', 'P1 - 900', 'P2 - 1800', 'P3 - 7200', 'P4 - calendar'],
    ]);
    expect(responses(seed('003'))).toEqual([
      ['table', 9, 'P0 Critical 900', 'P1 High 3600', 'P2 Medium 14400', 'P3 Low 86400'],
    ]);
    expect(responses(seed('004'))).toEqual([
      ['yaml', 873, 'P1 Critical 300', 'P2 Major 900', 'P3 Minor 3600', 'P4 Low 14400'],
    ]);
  });
  test('examples of severities', () => {
    expect(seed('003').severityScales[0]?.levels.map((level) => level.examples.length)).toEqual([2, 2, 2, 2]);
    expect(seed('004').severityScales[0]?.levels.map((level) => level.examples.length)).toEqual([3, 3, 3, 3]);
    expect(seed('001').severityScales[0]?.levels.flatMap((level) => level.examples)).toEqual([]);
  });
  test('escalation', () => {
    const seconds = (number: string) => seed(number).escalation.map((entry) => entry.after?.seconds);
    expect(seconds('000')).toEqual([900, 900, 1800, 3600]);
    expect(seconds('001')).toEqual([0, undefined, null, undefined]);
    expect(seconds('002').filter((time) => time !== undefined)).toEqual([3600, 14_400]);
    expect(seed('002').escalation.map(({ kind }) => kind)).toEqual([
      ...Array(3).fill('role'),
      ...Array(10).fill('condition'),
    ]);
    expect(seconds('003')).toEqual([900, 1800, 3600, 7200]);
    expect(seconds('004')).toEqual([0, 1800, 14_400, null]);
    expect(seed('003').escalation[2]).toMatchObject({ after: { text: '1 hour' } });
  });
  test('contacts, empty and dead ones too', () => {
    const empties = (number: string) => seed(number).contacts.map((contact) => contact.empty);
    expect(empties('000')).toEqual([true, true, true, true]);
    expect(empties('001')).toEqual([false, false, false, false]);
    expect(empties('002')).toEqual([false, false, false]);
    expect(empties('003')).toEqual([true, true, true]);
    expect(seed('003').contacts.every((contact) => contact.role !== '')).toBe(true);
    expect(seed('004').contacts).toHaveLength(6);
    expect(
      [...'01234'].flatMap((n) => seed(`00${n}`).contacts).filter((contact) => contact.phone !== null),
    ).toEqual([]);
    expect(seed('002').contacts[0]?.channel).toMatch(/^#/);
  });
  test('templates', () => {
    const templates = (number: string) =>
      seed(number).templates.map((template) => [
        template.kind,
        template.range.start.line + 1,
        template.range.end.line + 1,
      ]);
    expect(templates('000')).toEqual([
      ['incident-log', 85, 115],
      ['postmortem', 991, 1028],
    ]);
    expect(templates('001')).toEqual([
      ['communication', 446, 462],
      ['communication', 466, 476],
    ]);
    expect(templates('002')).toEqual([['postmortem', 616, 657]]);
    expect(templates('003')).toEqual([]);
    expect(templates('004')).toEqual([
      ['checklist', 510, 538],
      ['postmortem', 980, 1022],
      ['checklist', 1676, 1717],
    ]);
  });
  test('alerts', () => {
    expect(seed('002').alerts.map((alert) => [alert.severity, alert.response?.seconds])).toEqual([
      ['Critical', 300],
      ['High', 900],
      ['Critical', 120],
      ['Critical', 300],
      ['Warning', 1800],
    ]);
    for (const alert of seed('002').alerts) expect(alert.name).toMatch(/^[A-Z]+[a-z][A-Za-z]+$/);
    expect(seed('001').alerts.map((alert) => alert.severity)).toEqual([
      'P1',
      'P1',
      'P1',
      'P2',
      'P2',
      'P1',
      'P1',
    ]);
    expect(seed('000').alerts.map(({ name, severity }) => [name.endsWith(' Alert'), severity])).toEqual(
      Array(4).fill([true, null]),
    );
    for (const number of ['003', '004']) expect(seed(number).alerts).toEqual([]);
  });
  test('placeholders', () => {
    const names = (number: string) =>
      blocks(seed(number))
        .filter((step) => step.runnable)
        .flatMap((step) => step.placeholders.map((placeholder) => placeholder.name));
    expect(names('000')).toEqual(['sg-xxxxxxxxx', 'new_database_url', 'list-of-affected-user-ids']);
    expect(names('001')).toEqual([
      'YOUR_APP_ID',
      'sk_live_YOUR_KEY',
      'YOUR_APP_ID',
      'YOUR_APP_ID',
      'YOUR_APP_ID',
      'previous-commit-hash',
      'MIGRATION_NAME',
    ]);
    expect(new Set(names('002'))).toEqual(new Set(['your-domain', 'incident_id', 'id']));
    expect(names('003')).toEqual(['task-id', 'previous-revision', 'task-id', 'task-id']);
    expect(names('004')).toEqual([]);
  });
  test('languages that are not what the fence says', () => {
    expect(blockAt(seed('001'), 107)).toMatchObject({
      language: 'bash',
      effectiveLanguage: 'sql',
      languageBasis: 'corrected',
    });
    expect(blockAt(seed('001'), 89)).toMatchObject({ effectiveLanguage: 'bash', languageBasis: 'written' });
    expect(blockAt(seed('004'), 295)).toMatchObject({
      language: 'sql',
      effectiveLanguage: 'bash',
      languageBasis: 'corrected',
    });
    expect(blockAt(seed('002'), 54)).toMatchObject({
      language: null,
      effectiveLanguage: 'text',
      runnable: false,
    });
  });
  test('what cannot be run: manual steps, listings, data', () => {
    const still = (number: string) =>
      blocks(seed(number))
        .filter((step) => !step.runnable && /^(?:bash|sql|python|javascript)$/.test(step.language ?? ''))
        .map((step) => step.range.start.line + 1);
    expect(still('003')).toEqual([43, 153, 262, 341, 354]);
    expect(still('002')).toEqual([751, 835, 929, 939, 947]);
    expect(still('004')).toEqual([81, 125, 212, 261, 414, 746, 1215]);
  });
  test('menus', () => {
    expect(blockAt(seed('000'), 63).alternatives.map((alternative) => alternative.label)).toEqual([
      'local development',
      'Kubernetes',
    ]);
    expect(
      blocks(seed('000'))
        .filter((step) => step.alternatives.length > 0)
        .map((step) => step.range.start.line + 1),
    ).toEqual([63, 160, 185, 309]);
    expect(blockAt(seed('002'), 563).alternatives.map(({ commands }) => commands)).toEqual([
      [0],
      [1],
      [],
      [],
      [],
    ]);
    expect(blocks(seed('003')).flatMap((step) => step.alternatives)).toEqual([]);
  });
  test('fences in numbered lists', () => {
    expect(blocks(seed('001')).filter((step) => step.listDepth > 0)).toHaveLength(4);
    expect(blockAt(seed('001'), 30).content.split('\n')[1]).toMatch(/^curl /);
  });
  test('variables that nobody sets', () => {
    const names = new Set(blocks(seed('000')).flatMap((step) => step.variables));
    expect(names.size).toBe(12);
    expect(names).toContain('DATABASE_HOST');
    for (const set of ['BACKUP_FILE', 'TEST_DB']) expect(names).not.toContain(set);
  });
});

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** Asks for everything and checks what has to hold for any document. */
function checkInvariants(text: string, path: string): void {
  const runbook = parseRunbook(text, { path });
  expect(runbook.source.text).toBe(text);
  const ids = new Set<string>();
  let last = 0;
  for (const step of runbook.steps) {
    if (ids.has(step.id)) throw new Error(`${path}: ${step.id} twice`);
    ids.add(step.id);
    if (step.range.start.offset < last && runbook.format === 'markdown')
      throw new Error(`${path}: ${step.id} out of order`);
    last = step.range.start.offset;
    if (step.kind !== 'block') continue;
    if (step.script.length !== step.content.length)
      throw new Error(`${path}: ${step.id} has a script of another length`);
    if (runbook.format === 'yaml') continue;
    for (let i = 0; i < step.content.length; i++) {
      const ours = step.content[i];
      const theirs = text[step.toSource(i)];
      // A tab that is partly indentation comes as blanks; a line break may be CRLF; NUL is replaced.
      const same =
        ours === theirs ||
        (ours === ' ' && theirs === '\t') ||
        (ours === '\n' && (theirs === '\r' || theirs === undefined)) ||
        ours === '\ufffd';
      if (!same)
        throw new Error(
          `${path}: ${step.id} offset ${i}: ${JSON.stringify(ours)} is ${JSON.stringify(theirs)} in the source`,
        );
    }
    for (const [index, command] of step.commands.entries()) {
      if (findStep(runbook, `${step.id}.${index + 1}`)?.command !== command)
        throw new Error(`${path}: ${step.id}.${index + 1}`);
    }
    for (const { start, end, text: written } of step.placeholders) {
      if (step.content.slice(start, end) !== written) throw new Error(`${path}: ${step.id} ${written}`);
    }
  }
  for (const link of runbook.links) {
    if (!/[(<"':\s]/.test(text[link.range.start.offset - 1] ?? ''))
      throw new Error(`${path}: link ${link.target}`);
  }
  for (const cell of runbook.tables.flatMap((table) => [table.header, ...table.rows]).flat()) {
    if (runbook.source.slice(cell.range) !== cell.raw) throw new Error(`${path}: cell ${cell.raw}`);
  }
  void [
    runbook.severityScales,
    runbook.escalation,
    runbook.contacts,
    runbook.templates,
    runbook.alerts,
    runbook.variables,
  ];
  void [runbook.anchors, looksLikeRunbook(runbook)];
}

for (const folder of [seeds, corpus]) {
  describe.skipIf(!existsSync(folder))(`every file of ${folder}`, () => {
    test('is read whole, unchanged and with places that hold', () => {
      let count = 0;
      for (const path of files(folder)) {
        checkInvariants(readFileSync(path, 'utf8'), path);
        count++;
      }
      expect(count).toBeGreaterThanOrEqual(5);
    });
  });
}
