/**
 * Facts of real runbooks, written by people who read them and not the code, against what the model says: key by key, nothing
 * missing and nothing extra. The texts are read from the shared folder; lines that a reader was unsure of are left out.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRunbook, type Runbook } from '../../../core/runbook/index.ts';
import type { Range } from '../../../core/text.ts';
import { SHARED } from '../../support/shared.ts';

interface Fixture extends Readonly<Record<string, unknown>> {
  readonly file: string;
  readonly unsure: readonly { readonly line: number; readonly key: string }[];
}

const folder = new URL('../../fixtures/corpus-facts/', import.meta.url);
const fixtures: readonly [string, Fixture][] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => [
    name.replace('.json', ''),
    JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fixture,
  ]);

const line = (range: Range): number => range.start.line + 1;
const lines = (ranges: readonly Range[]): number[] => [...new Set(ranges.map(line))].sort((a, b) => a - b);
const blocks = (runbook: Runbook) => runbook.steps.filter((step) => step.kind === 'block');
const items = (runbook: Runbook) => runbook.steps.filter((step) => step.kind !== 'block');
const response = (found: { text: string; seconds: number | null; kind: string } | null) =>
  found === null ? null : { text: found.text, seconds: found.seconds };

/** What the model says under each key of a fixture, in the fixture's words. */
const said: Readonly<Record<string, (runbook: Runbook) => unknown>> = {
  profile: (runbook) => runbook.profile.name,
  metadata: (runbook) =>
    runbook.metadata.map(({ range, key, date }) => ({
      line: line(range),
      key,
      ...(/^(?:last-updated|next-review|created)$/.test(key) ? { date } : {}),
    })),
  ids: (runbook) =>
    runbook.references.flatMap(({ range, id, kind }) =>
      id === null ? [] : [{ line: line(range), id, kind: kind === 'index' ? 'defined' : 'mentioned' }],
    ),
  index: (runbook) =>
    runbook.references
      .filter(({ kind }) => kind === 'index')
      .map(({ range, id, title, target }) => ({ line: line(range), id, title, target })),
  scripts: (runbook) => runbook.scripts.map(({ range, path }) => ({ line: line(range), path })),
  severityScales: (runbook) =>
    runbook.severityScales.map((scale) => ({
      line: line(scale.range),
      source: scale.source,
      levels: scale.levels.map((level) => ({
        line: line(level.range),
        id: level.id,
        name: level.name,
        response: level.response === null ? null : { ...response(level.response), kind: level.response.kind },
      })),
    })),
  alerts: (runbook) =>
    runbook.alerts.map((alert) => ({
      line: line(alert.range),
      name: alert.name,
      severity: alert.severity,
      response: response(alert.response),
    })),
  times: (runbook) =>
    runbook.times.map(({ range, kind, start, end, every, from }) => ({
      line: line(range),
      kind,
      start,
      end,
      every,
      from,
    })),
  escalation: (runbook) =>
    runbook.escalation.map(({ range, kind, after, severity }) => ({
      line: line(range),
      kind,
      after: after?.seconds ?? null,
      severity,
    })),
  contacts: (runbook) =>
    runbook.contacts.map(({ range, role, empty }) => ({ line: line(range), role, empty })),
  roles: (runbook) => runbook.roles.map(({ range, name }) => ({ line: line(range), name })),
  changeWindows: (runbook) => runbook.changeWindows.map(({ range, kind }) => ({ line: line(range), kind })),
  criteria: (runbook) =>
    runbook.criteria.map(({ range, kind, items: all }) => ({ line: line(range), kind, items: all.length })),
  objectives: (runbook) =>
    runbook.objectives.map(({ range, kind, subject, seconds }) => ({
      line: line(range),
      kind,
      subject,
      seconds,
    })),
  cautions: (runbook) =>
    runbook.cautions.map(({ range, kind, commands }) => ({
      line: line(range),
      kind,
      commands: lines(commands.map((command) => command.range)),
    })),
  entryPoints: (runbook) => runbook.entryPoints.map(({ range, kind }) => ({ line: line(range), kind })),
  blocks: (runbook) =>
    blocks(runbook).map((step) => ({
      line: line(step.range),
      role: step.role,
      language: step.language,
      // Readers call every POSIX shell bash.
      effective: step.effectiveLanguage === 'sh' ? 'bash' : step.effectiveLanguage,
      ...(step.alternatives.length > 0 ? { alternatives: step.alternatives.map(({ label }) => label) } : {}),
    })),
  transcripts: (runbook) =>
    blocks(runbook)
      .filter((step) => step.expectedOutput.length > 0)
      .map((step) => ({
        line: line(step.range),
        outputLines: step.expectedOutput
          .flatMap(({ text }) => text.split('\n'))
          .filter((text) => text.trim() !== '').length,
      })),
  inlineCommands: (runbook) =>
    items(runbook).flatMap((step) =>
      step.inlineCommands.map(({ range, text }) => ({ line: line(range), program: text.split(/\s/)[0] })),
    ),
  nestedSteps: (runbook) =>
    items(runbook)
      .filter((step) => step.within !== null)
      .map((step) => ({ line: line(step.range), kind: step.kind })),
  inputs: (runbook) => runbook.inputs.map(({ name, kind, ranges }) => ({ name, kind, lines: lines(ranges) })),
  variables: (runbook) =>
    runbook.variables.map(({ name, set, used }) => ({ name, set: lines(set), used: lines(used) })),
  templates: (runbook) =>
    runbook.templates.map(({ range, kind, fields, columns, listStyle, samples }) => ({
      line: line(range),
      kind,
      fields: fields.map(({ name }) => name),
      columns,
      listStyle,
      samples: lines(samples),
    })),
  checklists: (runbook) =>
    items(runbook).filter((step) => step.kind === 'checklist' && step.within === null).length,
  instructions: (runbook) =>
    items(runbook).filter((step) => step.kind === 'instruction' && step.within === null).length,
};

/** Without the lines that the reader was unsure of, under the key or under one of its attributes (`blocks.role`). */
function settled(value: unknown, key: string, unsure: Fixture['unsure']): unknown {
  if (!Array.isArray(value)) return value;
  const doubts = new Map<number, string[]>();
  for (const doubt of unsure) {
    const [of, attribute = ''] = doubt.key.split('.');
    if (of === key) doubts.set(doubt.line, [...(doubts.get(doubt.line) ?? []), attribute]);
  }
  const kept = (value as Record<string, unknown>[]).flatMap((entry) => {
    const found = { ...entry };
    for (const [attribute, own] of Object.entries(found)) {
      // Lists of lines, of an input or a caution: the doubtful ones are left out.
      if (Array.isArray(own) && own.every((item) => typeof item === 'number'))
        found[attribute] = own.filter((number) => !doubts.get(number)?.includes(''));
    }
    const attributes = doubts.get(entry.line as number) ?? [];
    if (attributes.includes('')) return [];
    for (const attribute of attributes) delete found[attribute];
    const emptied = ['lines', 'used'].some(
      (name) => Array.isArray(entry[name]) && (entry[name] as []).length > 0,
    );
    const left = ['lines', 'set', 'used'].some(
      (name) => Array.isArray(found[name]) && (found[name] as []).length > 0,
    );
    return emptied && !left ? [] : [found];
  });
  return kept.sort(order);
}

function order(a: object, b: object): number {
  const at = (entry: object) => (entry as { line?: number }).line ?? 0;
  return at(a) - at(b) || JSON.stringify(a).localeCompare(JSON.stringify(b));
}

const cache = new Map<string, Runbook>();
function read(file: string): Runbook {
  let runbook = cache.get(file);
  if (runbook === undefined) {
    runbook = parseRunbook(readFileSync(join(SHARED, file), 'utf8'), { path: file, format: 'markdown' });
    cache.set(file, runbook);
  }
  return runbook;
}

describe.skipIf(!existsSync(SHARED)).each(fixtures)('%s', (_, fixture) => {
  const keys = Object.keys(said).filter((key) => key in fixture);
  const soft = (key: string) =>
    !Array.isArray(fixture[key]) && fixture.unsure.some((doubt) => doubt.key === key);
  test.each(keys.filter((key) => !soft(key)))('%s', (key) => {
    const model = said[key]?.(read(fixture.file));
    expect(settled(model, key, fixture.unsure)).toEqual(settled(fixture[key], key, fixture.unsure));
  });
});
