/** Recovery times, service levels and limits of metrics, in tables, lists and YAML, and what is none. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const objectives = (...lines: string[]) =>
  parseRunbook(lines.join('\n')).objectives.map(
    ({ kind, subject, seconds, range }) => `${range.start.line + 1} ${kind} ${subject} ${seconds}`,
  );

describe('recovery', () => {
  test('a table has one of each a row', () => {
    expect(
      objectives(
        '| Shop | How | RPO | RTO |',
        '|---|---|---|---|',
        '| **Oven** | twice | 0 (none lost) | 15 min |',
        '| Mill | copy | < 5 min | N/A |',
        '| Cart | - | Last run | 1 hour |',
      ),
    ).toEqual(['3 rpo Oven 0', '3 rto Oven 900', '4 rpo Mill 300', '5 rpo Cart null', '5 rto Cart 3600']);
  });
  test('what was measured is no objective', () => {
    expect(objectives('| Tier | RTO target | RTO actual |', '|---|---|---|', '| Oven | 1 h | 2 h |')).toEqual(
      ['3 rto Oven 3600'],
    );
  });
  test('lines below a heading, with their subject, and a heading', () => {
    expect(
      objectives('#### 2. Rebuild the oven', '**RTO:** 30 minutes', '**RPO:** 24 hours (daily copy)'),
    ).toEqual(['2 rto Rebuild the oven 1800', '3 rpo Rebuild the oven 86400']);
    expect(objectives('- **Recovery Time Objective (RTO)**: 20 minutes for hot ovens')).toEqual([
      '1 rto hot ovens 1200',
    ]);
    expect(objectives('### Move the bakery (RTO: 30 minutes)')).toEqual(['1 rto Move the bakery 1800']);
  });
});

describe('several on one line or row', () => {
  test.each([
    ['RTO: 30 minutes. RPO: 5 minutes.', ['2 rto Oven 1800', '2 rpo Oven 300']],
    ['- RTO: 4 hours, RPO: 1 hour', ['2 rto Oven 14400', '2 rpo Oven 3600']],
    ['- **Mill**: RTO 15 min / RPO 0', ['2 rto Mill 900', '2 rpo Mill 0']],
    ['RTO and RPO: see the contract', []],
  ])('%s', (line, expected) => expect(objectives('## Oven', line)).toEqual(expected));
  test('a promise beside recovery times', () =>
    expect(
      objectives(
        '| Tier | RTO | Availability |',
        '|---|---|---|',
        '| Gold | 1 h | 99.9% |',
        '| Tin | 1 d | good |',
      ),
    ).toEqual(['3 rto Gold 3600', '3 slo Gold null', '4 rto Tin 86400']));
  test('one promise', () => {
    expect(objectives('## Oven', 'SLO: 99.9% a month')).toEqual(['2 slo Oven null']);
    expect(objectives('## Oven', 'SLO: see the contract', 'SLOs: 99% of what?')).toEqual([]);
  });
});

describe('service levels', () => {
  test('a table in a section about them', () => {
    expect(
      objectives(
        '## Service Level Objectives (SLOs)',
        '| Metric | Target | Window |',
        '|---|---|---|',
        '| Bread | 99.9% | 30 days |',
        '| P95 wait | 500ms | 30 days |',
      ),
    ).toEqual(['4 slo Bread null', '5 slo P95 wait 0.5']);
  });
  test('items below objectives', () => {
    expect(objectives('### Key Objectives', '- **Availability Target**: 99.9% (8 h a year)')).toEqual([
      '2 slo Availability Target null',
    ]);
  });
  test('a target elsewhere is none', () => {
    expect(
      objectives('## Sales', '| Metric | Target | Now |', '|---|---|---|', '| Cakes | 90 | 80 |'),
    ).toEqual([]);
  });
});

describe('limits', () => {
  test('a table of metrics', () => {
    expect(
      objectives(
        '| Metric | Normal Range | Warning |',
        '|---|---|---|',
        '| Rate | 10-100 req/s | >200 req/s |',
        '| Heat | <60% | >80% |',
        '| Name | Ada | Ben |',
      ),
    ).toEqual(['3 threshold Rate null', '4 threshold Heat null']);
  });
  test('items that compare', () => {
    expect(
      objectives(
        '### Metrics',
        '- **Error Rate**: < 0.1% for burnt bread',
        '- **Wait time**: below 5 seconds',
        '- **Throughput**: Breads a second',
        '- ✅ Disk space: >20% free',
      ),
    ).toEqual(['2 threshold Error Rate null', '3 threshold Wait time 5', '5 threshold Disk space null']);
  });
  test.each([
    ['conditions', '**Scale up when**:', '- **CPU usage**: > 70%'],
    ['sentences', '- Oven load > 80% for 3 minutes'],
    ['what something takes', '- Oven: back at once (< 2 min)'],
    ['a plan of growth', '| Metric | Current | 3 Months |', '|---|---|---|', '| Cakes | 10GB | 20GB |'],
    ['facts', '| Metric | Value |', '|---|---|', '| Cakes | 10 |'],
    ['a size', '- **Size**: < 50 MB'],
  ])('%s are none', (_, ...lines) => expect(objectives(...lines)).toEqual([]));
});

test('YAML', () => {
  expect(
    objectives(
      '```yaml',
      'functions:',
      '  baking:',
      '    max_downtime: 15 minutes',
      'alerts:',
      '  hot:',
      '    condition: oven_heat > 80%',
      '  slow:',
      '    condition: p95_wait > 2000ms',
      'queries:',
      '  small:',
      '    threshold: 50ms',
      '```',
    ),
  ).toEqual([
    '4 rto baking 900',
    '7 threshold oven_heat null',
    '9 threshold p95_wait 2',
    '12 threshold small 0.05',
  ]);
  expect(objectives('```yaml', '- alert: Hot', '  expr: heat > 80', '  threshold: 5', '```')).toEqual([]);
});
