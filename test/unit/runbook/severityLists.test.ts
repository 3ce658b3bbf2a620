/** Severity scales that are no tables, response times in every form, and lists that are no scales. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const scales = (text: string) =>
  parseRunbook(text).severityScales.map(({ source, range, levels }) => [
    `${source} ${range.start.line + 1}`,
    ...levels.map(({ id, name, response }) => `${id}/${name}/${response?.seconds ?? response?.kind ?? '-'}`),
  ]);

test('examples behind the definition', () =>
  expect(
    parseRunbook(
      '## Severity\n- **P1**: down. Response: 15 min. Example: no bread, no cake.\n- **P2**: slow (e.g. cold bread). Response: 1 hour.\n- **P3**: little. Response: 1 day',
    ).severityScales[0]?.levels.map(({ examples }) => examples),
  ).toEqual([['no bread', 'no cake'], [], []]));

describe('lists', () => {
  test('items', () => {
    const text =
      '## Severity levels\n- **P1 (Critical)**: All is down. Response: 15 minutes\n- **P2 - High**: Much is down. Respond within 1 hour.\n- **P3**: Little. Response time: next business day\n';
    expect(scales(text)).toEqual([['list 2', 'P1/Critical/900', 'P2/High/3600', 'P3/null/calendar']]);
    const [level] = parseRunbook(text).severityScales[0]?.levels ?? [];
    expect(level?.definition).toContain('All is down');
    expect(level?.responseRange?.start.line).toBe(1);
  });
  test.each([
    ['## Priorities\n* P1 — down (15 min)\n* P2 — slow (best effort)', ['P1/null/900', 'P2/null/calendar']],
    ['## Response times\n- P0: 15 minutes\n- P1: Next business day', ['P0/null/900', 'P1/null/calendar']],
    ['## Severity\n- Critical: 15 minutes\n- High: 1 hour', ['Critical/null/900', 'High/null/3600']],
    [
      '## Severity\n- **SEV1**\n  - Definition: all down\n  - Response: immediate\n- **SEV2**\n  - Response: 4 business hours',
      ['SEV1/null/0', 'SEV2/null/calendar'],
    ],
    [
      '## Severity levels\n- **High**: all\n- **Medium**: much\n- **Low**: little',
      ['High/null/-', 'Medium/null/-', 'Low/null/-'],
    ],
    [
      '## Severity\n**Critical**: all is down\n- Response time: 15 min\n\n**Low**: ugly\n- Response time: Best effort',
      ['Critical/null/900', 'Low/null/calendar'],
    ],
  ])('%s', (text, levels) => expect(scales(text).map((scale) => scale.slice(1))).toEqual([levels]));
  test('headings', () => {
    const text =
      '## Severity levels\n### SEV-1: Outage\n**Response time:** 15 minutes\n\n- Examples: no bread, no cake\n\n### SEV-2: Slow\nBread is late.\n\n**Response time:** 1 hour\n';
    expect(scales(text)).toEqual([['list 2', 'SEV-1/Outage/900', 'SEV-2/Slow/3600']]);
    expect(parseRunbook(text).severityScales[0]?.levels[0]?.examples).toEqual(['no bread', 'no cake']);
    expect(parseRunbook(text).severityScales[0]?.levels[1]?.definition).toBe('Bread is late.');
  });
  test.each([
    ['incidents', '## Open\n- P1: Oven lost\n- P2: Slow mill'],
    ['incidents under headings', '# Incidents\n## P1: Oven lost\nText.\n## P2: Slow mill\nText.'],
    ['limits of an alert', '## Severity of the alert\n- **Warning**: over 80%\n- **Critical**: over 90%'],
    ['tasks', '## Priority\n- High: x\n- High: y'],
    [
      'notes below a table',
      '## Severity\n| Severity | Response |\n|---|---|\n| P1 | 5 min |\n| P2 | 1 h |\n\n- P1: 5 minutes\n- P2: 1 hour',
    ],
  ])('%s are none', (_, text) =>
    expect(scales(text).filter(([source]) => String(source).startsWith('list'))).toEqual([]),
  );
});

test('a response that is an action is no time', () => {
  const text =
    '| Priority | Alerts | Response |\n|---|---|---|\n| P1 | a | Look at the oven |\n| P2 | b | Look at the mill |';
  expect(parseRunbook(text).severityScales).toEqual([]);
});

describe('YAML', () => {
  test('begins at its key', () => {
    const text =
      '```yaml\nkitchen:\n  levels:\n    P1_Grave: {definition: x, response_time: 5 min}\n    P2_Small: {definition: y}\n```';
    expect(scales(text)).toEqual([['yaml 3', 'P1/Grave/300', 'P2/Small/-']]);
  });
  test('response times alone', () => {
    expect(scales('```yaml\nresponse_times:\n  P1: 15 minutes\n  P2: 1 hour\n```')).toEqual([
      ['yaml 2', 'P1/null/900', 'P2/null/3600'],
    ]);
    expect(scales('```yaml\ncolours:\n  high: red\n  low: blue\n```')).toEqual([]);
  });
});
