/** What holds for any text at all: nothing throws, positions hold, fences are CommonMark's, time is linear. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const pieces = [
  '# T',
  '## A (P1)',
  '### A',
  '- [ ] task',
  '- [x] `done`',
  '1. one',
  '2) two',
  '   ',
  '    ',
  '\t',
  '> ',
  '- ',
  '```',
  '```bash',
  '````markdown',
  '~~~',
  '~~~ sh {name=x}',
  '``` {"id":"y"}',
  'kubectl get pods -n <ns>',
  '$ ls',
  '# comment',
  'echo "$HOST" # For Docker',
  '# OR',
  'cat <<EOF',
  'EOF',
  "it's",
  '"',
  '| Severity | Response Time |',
  '|---|---|',
  '| P1 - High | 15 min |',
  '| P2 | \\| |',
  '[a](b.md)',
  '[x]: y.md',
  '<a id="z">',
  '<div>',
  '</div>',
  '<!--',
  '-->',
  '**Alert**: `Down`',
  '- **Slack**: #ops',
  '---',
  '===',
  'runbook: 1',
  'steps:',
  '  - run: ls',
  'incident_levels:',
  '  P1: {response_time: 5 min}',
  '  P2: {response_time: 1 h}',
  '&a [*a]',
  '\u0000',
  '\u2028',
  '\ufeff',
  '😀',
  'ðŸš¨',
  'SELECT 1;',
  '',
  '',
  '',
];
const document = fc
  .array(
    fc.tuple(
      fc.array(fc.constantFrom(...pieces), { maxLength: 3 }),
      fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.map(([parts, end]) => parts.join('') + end).join(''));

function everything(text: string, format: 'markdown' | 'yaml'): void {
  const runbook = parseRunbook(text, { format });
  expect(runbook.source.text).toBe(text);
  const ids = runbook.steps.map((step) => step.id);
  expect(new Set(ids).size).toBe(ids.length);
  const inside = (range: { start: { offset: number }; end: { offset: number } }) => {
    expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
    expect(range.end.offset).toBeLessThanOrEqual(text.length);
  };
  for (const step of runbook.steps) {
    inside(step.range);
    if (step.kind !== 'block') continue;
    inside(step.contentRange);
    expect(step.script).toHaveLength(step.content.length);
    for (const command of step.commands) inside(command.range);
    for (const placeholder of step.placeholders) inside(placeholder.range);
    void [step.variables, step.alternatives];
  }
  for (const link of runbook.links) {
    inside(link.range);
    // What stands before a target: `(x`, `<x`, `: x`, `="x`.
    expect(text[link.range.start.offset - 1]).toMatch(/[(<"':\s]/);
    expect(link.target).not.toBe('');
  }
  for (const cell of runbook.tables.flatMap((table) => [table.header, ...table.rows]).flat()) {
    expect(runbook.source.slice(cell.range)).toBe(cell.raw);
  }
  for (const scale of runbook.severityScales) for (const level of scale.levels) inside(level.range);
  for (const list of [runbook.escalation, runbook.contacts, runbook.templates, runbook.alerts]) {
    for (const entry of list) inside(entry.range);
  }
  void [runbook.variables, runbook.anchors];
}

describe('any document', () => {
  test(
    'as Markdown',
    () =>
      fc.assert(
        fc.property(document, (text) => everything(text, 'markdown')),
        { numRuns: 3000 },
      ),
    60_000,
  );
  test(
    'as YAML',
    () =>
      fc.assert(
        fc.property(document, (text) => everything(text, 'yaml')),
        { numRuns: 500 },
      ),
    60_000,
  );
  test(
    'any string',
    () =>
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
          everything(text, 'markdown');
          everything(text, 'yaml');
        }),
        { numRuns: 500 },
      ),
    60_000,
  );
});

describe('long documents', () => {
  const parts: Record<string, string> = {
    headings: '## Same\n',
    fences: '```bash\nkubectl get pods -n <ns>\n```\n',
    tasks: '- [ ] a\n',
    'one list deep': '- ',
    quotes: '> ',
    rows: '| a | b |\n|---|---|\n',
    pipes: '|',
    backticks: '`',
    brackets: '[',
    stars: '*a',
    angles: '<a ',
    definitions: '[a]: b\n',
    colons: 'a: ',
    contacts: '- **A**: +44-xxx\n',
    digits: '1',
    dashes: '- - ',
  };
  for (const [name, part] of Object.entries(parts)) {
    test(`of ${name} alone are read in time`, () => {
      const text = `# Contacts\n\n${part.repeat(Math.ceil(60_000 / part.length))}`;
      const started = performance.now();
      everything(text, 'markdown');
      expect(performance.now() - started).toBeLessThan(5000);
    });
  }
});
