/** The five shapes of escalation, with kind, time and severity, and what is none. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const entries = (...lines: string[]) =>
  parseRunbook(lines.join('\n')).escalation.map(
    ({ kind, after, severity, range }) =>
      `${range.start.line + 1} ${kind} ${after === null ? '-' : (after.seconds ?? after.text)} ${severity ?? '-'}`,
  );

describe('times in headers, chains and routes', () => {
  test('who is told when, by severity', () =>
    expect(
      entries(
        '| Severity | 0 min | 15 min |',
        '|---|---|---|',
        '| Critical | Primary on-call | Head baker, manager |',
        '| High | - | Primary on-call |',
      ),
    ).toEqual(['3 severity 0 Critical', '3 severity 900 Critical', '4 severity 900 High']));
  test('a forecast is none', () =>
    expect(entries('| Metric | 6 months | 12 months |', '|---|---|---|', '| Teams | 25 | 50 |')).toEqual([]));
  test('a chain on one line', () => {
    expect(entries('Escalation path: primary → secondary (10 min) → manager')).toEqual([
      '1 order - -',
      '1 order 600 -',
      '1 order - -',
    ]);
    expect(entries('Escalation path: flour → dough → bread')).toEqual([]);
    expect(entries('Data path: primary → secondary → backup')).toEqual([]);
  });
  test('calls on a condition, below their title alone', () => {
    const calls = [
      '- After 15 minutes without bread, page the head baker on-call.',
      '- If it burns, call the duty manager',
      '- If it burns, open the window',
    ];
    expect(entries('## Escalation', ...calls)).toEqual(['2 condition 900 -', '3 condition - -']);
    expect(entries('## Baking', ...calls)).toEqual([]);
  });
  test('what happens, and who is told then', () => {
    const routes = ['1. Oven stays cold → on-call → Head baker', '2. Smoke is seen → Call the duty manager'];
    expect(entries('## Escalation path', ...routes)).toEqual(['2 condition - -', '3 condition - -']);
    expect(entries('## Baking', ...routes)).toEqual([]);
  });
});

describe('tables', () => {
  test('by time, with the severity that an action is about', () => {
    expect(
      entries(
        '## Escalation',
        '| Time | Action |',
        '|---|---|',
        '| 15 min | P0: Call Ada |',
        '| > 1 hour | Call Ben |',
        '| later | - |',
      ),
    ).toEqual(['4 time 900 P0', '5 time 3600 -']);
  });
  test('by role, where a column says to whom', () => {
    expect(
      entries(
        '## Escalation paths',
        '| Role | Primary | Secondary | Escalation |',
        '|---|---|---|---|',
        '| Baker | Ada | Ben | Head baker |',
        '| Miller | Cy | - | Owner (30 min) |',
        '| Guest | - | - | - |',
      ),
    ).toEqual(['4 role - -', '5 role 1800 -']);
  });
  test('by condition', () => {
    expect(
      entries(
        '| Condition | Escalate To |',
        '|---|---|',
        '| P1 not acknowledged in 5 min | Ada |',
        '| P1 lasting > 1 hour | Ben |',
        "| Can't repair in 30 min | Cy |",
        '| Flour lost | Dee |',
        '| Nothing | - |',
      ),
    ).toEqual(['3 condition 300 P1', '4 condition 3600 P1', '5 condition 1800 -', '6 condition - -']);
  });
  test('a column of the severity table, one entry a level', () => {
    expect(
      entries(
        '| Severity | Response Time | Escalation |',
        '|---|---|---|',
        '| P1 - High | 5 min | Immediate escalation to Ada |',
        '| P2 | 1 h | The lead |',
        '| P3 | 1 h | Next business day |',
        '| P4 | 1 d | - |',
      ),
    ).toEqual(['3 severity 0 P1', '4 severity - P2', '5 severity Next business day P3']);
  });
  test('times in the headers of columns', () => {
    expect(
      entries(
        '| Severity | First | Escalation (15 min) | Escalation (1 hour) |',
        '|---|---|---|---|',
        '| SEV1 | Ada | Ben | Cy |',
        '| SEV2 | Ada | - | |',
      ),
    ).toEqual(['3 severity 900 SEV1', '3 severity 3600 SEV1']);
  });
  test.each([
    [
      'contacts',
      '## Escalation',
      '| Role | Contact | Phone |',
      '|---|---|---|',
      '| Baker | ada@example.org | 1 |',
    ],
    [
      'a rotation',
      '## On-Call',
      '| Rotation | Coverage | Escalation |',
      '|---|---|---|',
      '| First | 24/7 | All pages |',
    ],
    ['alerts', '| Alert | Condition | Severity |', '|---|---|---|', '| OvenHot | > 300 | critical |'],
    ['a schedule', '## Maintenance', '| Time | Action |', '|---|---|', '| 15 min | Rotate |'],
  ])('a table of %s is none', (_, ...lines) => expect(entries(...lines)).toEqual([]));
});

describe('lists', () => {
  test('conditions below "Escalate if", a title, or in a nested list', () => {
    expect(
      entries(
        '**Escalate to Ada if:**',
        '- Fire >1 hour without an end',
        '- Flour gone within 4 hours',
        '- Several ovens',
      ),
    ).toEqual(['2 condition 3600 -', '3 condition - -', '4 condition - -']);
    expect(entries('## When to escalate', '- Nobody answers for 20 minutes', '- P1 open')).toEqual([
      '2 condition 1200 -',
      '3 condition - P1',
    ]);
    expect(
      entries(
        '1. **Look**',
        '2. **Escalate if needed**:',
        '   - Oven: Escalate to `@heat`',
        '   - Flour: Call the mill',
        '3. **Rest**',
      ),
    ).toEqual(['3 condition - -', '4 condition - -']);
  });
  test('the order in which people are told', () => {
    expect(
      entries(
        '## Contact Chain',
        '1. **Duty engineer**: pager',
        '2. **Kitchen lead**: Escalation within 15 minutes',
        '3. **Security team**: for theft',
      ),
    ).toEqual(['2 order - -', '3 order 900 -', '4 order - -']);
    expect(
      entries(
        '## Escalation path',
        '- **L1**: on-call (0-15 min)',
        '- **L2**: lead (15-30 min)',
        '- **L3**: head (30+ min)',
      ),
    ).toEqual(['2 order 0 -', '3 order 900 -', '4 order 1800 -']);
  });
  test('times with who is told', () => {
    expect(
      entries(
        '## Communication',
        '1. **Immediate** (0-15 min): Call the team',
        '2. **1 hour**: Tell **all**',
        '3. **Ongoing**: Hourly updates',
      ),
    ).toEqual(['2 time 900 -', '3 time 3600 -']);
  });
  test('a sentence', () => {
    expect(entries('If nobody answers within 20 minutes, escalate to the duty manager.')).toEqual([
      '1 condition 1200 -',
    ]);
  });
  test.each([
    [
      'steps',
      '## Escalation Procedure',
      '1. **Alert fires** -- somebody is paged',
      '2. **Acknowledge** -- open it',
      '3. **Triage** -- look',
    ],
    [
      'what goes outside',
      '## External Communication',
      '1. **30 minutes**: Status page update',
      '2. **1 hour**: A letter to every guest',
    ],
    ['instructions elsewhere', '## Checks', '1. **15 minutes**: wait for the team'],
    ['commands', '## Escalation', '- Run `ls`', '- Check the oven'],
  ])('%s are none', (_, ...lines) => expect(entries(...lines)).toEqual([]));
});

test('YAML, one entry a level', () => {
  const text = [
    '```yaml',
    'levels:',
    '  P1:',
    '    response_time: 5 minutes',
    '    escalation: Immediate',
    '  P2:',
    '    response_time: 1 hour',
    '    escalation: to the head baker',
    '```',
  ];
  expect(entries(...text)).toEqual(['5 severity 0 P1', '8 severity - P2']);
});

test('rates and budgets with times in them say nothing about how long it lasts', () => {
  expect(
    entries(
      '## Escalation criteria',
      '- Error rate over 5 minutes',
      '- Latency > 3 minutes',
      '- Down for 2 hours',
    ),
  ).toEqual(['2 condition - -', '3 condition - -', '4 condition 7200 -']);
});
