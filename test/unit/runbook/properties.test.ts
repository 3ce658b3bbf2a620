/** What holds for any text at all: nothing throws, positions hold, fences are CommonMark's, time is linear. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everything } from './holds.ts';

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
