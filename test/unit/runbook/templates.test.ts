/** Templates in a runbook: where they are, what they ask for, and which of their lines only show an example. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const templates = (text: string) => parseRunbook(text).templates;
const fenced = (...lines: string[]) => templates(['# R', '', '```markdown', ...lines, '```'].join('\n'))[0];
const samples = (...lines: string[]) =>
  fenced('# Post-Mortem', ...lines)?.samples.map((range) => range.start.line + 1 - 4) ?? [];

test('a line above a fence says what it is', () => {
  const message = '```\nThe <service> is slow. We are looking into it.\n```\n';
  expect(templates(`# R\n\nSlack message:\n\n${message}`)).toMatchObject([{ kind: 'communication' }]);
  expect(templates(`# R\n\nSlack messages are kept.\n\n${message}`)).toEqual([]);
});

describe('a post-mortem in a fence', () => {
  const template = fenced(
    '# Post-Mortem: [TITLE]',
    '**Date**: YYYY-MM-DD',
    '- **Severity:** P1/P2',
    '| **Owner** | Name |',
    '|---|---|',
    '## Timeline (UTC)',
    '| Time | Event |',
    '|---|---|',
    '| HH:MM | Alert fired |',
    '## Impact',
    '| Metric | Value |',
    '|---|---|',
    '| Users | X |',
    '## Action items',
    '| Action | Owner |',
    '|---|---|',
    '| Add a check | @somebody |',
  );

  test('has fields, columns of timeline and actions, and a style', () => {
    expect(template?.fields.map(({ name, sample }) => [name, sample])).toEqual([
      ['Date', 'YYYY-MM-DD'],
      ['Severity', 'P1/P2'],
      ['Owner', 'Name'],
    ]);
    expect(template?.columns).toEqual([
      ['Time', 'Event'],
      ['Action', 'Owner'],
    ]);
    expect(template?.listStyle).toBe('table');
  });

  test('shows which lines are examples', () => {
    expect(template?.samples.map((range) => range.start.line + 1)).toEqual([4, 5, 7, 12, 16, 20]);
  });
});

test.each([
  ['- 14:05 - Alert fired', 'bullets'],
  ['- **14:05**: Alert fired', 'bold-bullets'],
  ['- 14:05 - Alert fired\n\n| Time | Event |\n|---|---|\n| 14:05 | x |', 'mixed'],
  ['What happened, in order.', 'none'],
])('a timeline written %j is %s', (body, style) => {
  expect(fenced('# Incident Report', '## Timeline', ...body.split('\n'))?.listStyle).toBe(style);
});

test.each([
  ['**Duration**: 45 minutes', true],
  ['- Affected guests: ~30% of tables', true],
  ['- 14:20 - Root cause found', true],
  ['[What was done]', true],
  ['<Name of the commander>', true],
  ['Estimated loss: $X', true],
  ['**Status**: Open / Closed', false],
  ['- [ ] Schedule the review', false],
  ['See [the guide](guide.md).', false],
  ['What went well', false],
  ['**Root cause**:', false],
])('%s: sample %s', (line, is) => {
  expect(samples(line)).toEqual(is ? [1] : []);
});

test('a section that says that it is a template is one; where a fence in it is, that is', () => {
  const section =
    '# R\n\n## Post-Mortem Template\n\n- **Title**: [Brief]\n\n### Timeline\n- HH:MM - [Event]\n\n## Other\n';
  expect(
    templates(section).map(({ kind, range }) => [kind, range.start.line + 1, range.end.line + 1]),
  ).toEqual([['postmortem', 3, 9]]);
  const both = '# R\n\n## Post-Mortem Template\n\n```markdown\n# Post-Mortem: [X]\n```\n';
  expect(templates(both).map(({ range }) => range.start.line + 1)).toEqual([5]);
  expect(templates('# R\n\n## Post-Mortem Template\n\nIt lies in the wiki.\n')).toEqual([]);
});
