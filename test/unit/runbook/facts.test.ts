import { describe, expect, test } from 'vitest';
import { splitExamples, splitSeverity } from '../../../core/runbook/facts/severity.ts';
import { parseRunbook, type SeverityScale } from '../../../core/runbook/index.ts';

describe('names of severities', () => {
  test.each([
    ['P0 - Critical', 'P0', 'Critical'],
    ['P1 — Critical', 'P1', 'Critical'],
    ['P1 -- Major', 'P1', 'Major'],
    ['P1 – High', 'P1', 'High'],
    ['P1 (Critical)', 'P1', 'Critical'],
    ['P1: High', 'P1', 'High'],
    ['P1 Critical', 'P1', 'Critical'],
    ['P0-Critical', 'P0', 'Critical'],
    ['P0_Critical', 'P0', 'Critical'],
    ['P2_Very_High', 'P2', 'Very High'],
    ['🔴 P1 - Critical', 'P1', 'Critical'],
    ['Critical (P1)', 'P1', 'Critical'],
    ['SEV-1', 'SEV-1', null],
    ['SEV1', 'SEV1', null],
    ['Sev1', 'Sev1', null],
    ['Severity 1', 'Severity 1', null],
    ['P3', 'P3', null],
    ['Critical', 'Critical', null],
    ['Critical (System Down)', 'Critical', 'System Down'],
    ['warning', 'warning', null],
    ['Something else', 'Something else', null],
  ])('%s', (text, id, name) => expect(splitSeverity(text)).toEqual({ id, name }));

  test('examples split outside parentheses', () => {
    expect(splitExamples('Login down, uploads fail (S3, CDN); 1,000 users')).toEqual([
      'Login down',
      'uploads fail (S3, CDN)',
      '1,000 users',
    ]);
    expect(splitExamples('')).toEqual([]);
  });
});

const brief = (scales: readonly SeverityScale[]) =>
  scales.map((scale) => [
    scale.source,
    ...scale.levels.map(
      (level) => `${level.id}/${level.name}/${level.response?.seconds ?? level.response?.kind ?? '-'}`,
    ),
  ]);

describe('severity scales', () => {
  test('from a table', () => {
    const text = [
      '## Severities',
      '| Severity | Definition | Response Time | Examples |',
      '|---|---|---|---|',
      '| **P0 - Critical** | All is down | <5 minutes | API down, data loss |',
      '| P1 | Much is down | Next business day | |',
      '| P2 | Little is down | N/A | x |',
    ].join('\n');
    const runbook = parseRunbook(text);
    const [scale] = runbook.severityScales;
    expect(brief(runbook.severityScales)).toEqual([
      ['table', 'P0/Critical/300', 'P1/null/calendar', 'P2/null/-'],
    ]);
    expect(scale?.levels[0]).toMatchObject({
      definition: 'All is down',
      examples: ['API down', 'data loss'],
    });
    const place = scale?.levels[0]?.responseRange;
    expect(place && runbook.source.slice(place)).toBe('<5 minutes');
    expect(scale?.levels[0]?.range.start.line).toBe(3);
    expect(scale?.section).toBe(0);
  });
  test.each([
    ['| Level | Response Time | Actions |', '| High | 1 hour | x |', '| Low | 1 day | y |'],
    ['| Priority | Acknowledge | Resolution Target |', '| P1 | 5 min | 1 h |', '| P2 | 1 h | 1 day |'],
    ['| Icon | Priority | SLA |', '| 🔴 | P1 | 1 hour |', '| 🟡 | P2 | 4 hours |'],
    ['| Sev | Definition | Pager |', '| SEV1 | a | 5 min |', '| SEV2 | b | 15 min |'],
    ['| Issue Level | Response Time | Contact |', '| Critical | 15 min | a |', '| Low | 1 day | b |'],
  ])('header %s', (header, ...rows) => {
    const columns = header.split('|').length - 2;
    const text = [header, `|${'---|'.repeat(columns)}`, ...rows].join('\n');
    expect(parseRunbook(text).severityScales[0]?.levels.map((level) => level.response?.kind)).toEqual([
      'fixed',
      'fixed',
    ]);
  });
  test.each([
    ['thresholds', '| Metric | Warning | Critical |', '| CPU | 60% | 80% |', '| Disk | 70% | 90% |'],
    ['tasks', '| Action | Owner | Priority |', '| a | b | High |', '| c | d | Low |'],
    ['alerts', '| Alert | Description | Severity |', '| A | x | critical |', '| B | y | warning |'],
    ['repeated levels', '| Severity | Description |', '| High | x |', '| High | y |'],
    ['one level', '| Severity | Response Time |', '| High | 1 h |'],
    ['recovery times', '| Tier | Response |', '| Database | 1 h |', '| Frontend | 2 h |'],
  ])('a table of %s is none', (_, header, ...rows) => {
    const columns = header.split('|').length - 2;
    expect(parseRunbook([header, `|${'---|'.repeat(columns)}`, ...rows].join('\n')).severityScales).toEqual(
      [],
    );
  });
  test('from YAML in a fence, indented, with places', () => {
    const text = [
      '- x',
      '  ```yaml',
      '  incident_levels:',
      '    P1_Critical:',
      '      definition: All is down',
      '      response_time: 5 minutes',
      '      escalation: 30 minutes',
      '      examples:',
      '        - Nobody can log in',
      '    P2_Major:',
      '      definition: Much is down',
      '      response_time: Best effort',
      '  ```',
    ].join('\n');
    const runbook = parseRunbook(text);
    expect(brief(runbook.severityScales)).toEqual([['yaml', 'P1/Critical/300', 'P2/Major/calendar']]);
    const [first, second] = runbook.severityScales[0]?.levels ?? [];
    expect(first?.examples).toEqual(['Nobody can log in']);
    expect(first?.responseRange && runbook.source.slice(first.responseRange)).toBe('5 minutes');
    expect([first?.range.start.line, first?.range.end.line, second?.range.start.line]).toEqual([3, 8, 9]);
    expect(
      runbook.escalation.map((entry) => [entry.after?.seconds, entry.action, entry.range.start.line]),
    ).toEqual([[1800, 'Escalate P1 - Critical', 6]]);
  });
  test('from a YAML list', () => {
    const text =
      'severities:\n  - {id: SEV1, name: Outage, response: 15 min}\n  - {id: SEV2, response: 1 h}\n';
    expect(brief(parseRunbook(text, { format: 'yaml' }).severityScales)).toEqual([
      ['yaml', 'SEV1/Outage/900', 'SEV2/null/3600'],
    ]);
  });
});

describe('escalation', () => {
  const entries = (text: string) =>
    parseRunbook(text).escalation.map((e) => [e.after?.text, e.after?.seconds, e.action]);
  test.each([
    [
      'a table by time',
      '## Escalation\n| Time | Action |\n|---|---|\n| 15 min | Call Ada |\n| > 1 hour | Call Ben |\n| later | - |',
      [
        ['15 min', 900, 'Call Ada'],
        ['> 1 hour', 3600, 'Call Ben'],
      ],
    ],
    [
      'an ordered list',
      '## Communication\n1. **Immediate** (0-15 min): Call the lead\n2. **1 hour**: Tell **all**\n3. **Ongoing**: Hourly',
      [
        ['Immediate (0-15 min)', 900, 'Call the lead'],
        ['1 hour', 3600, 'Tell all'],
      ],
    ],
    [
      'conditions',
      '## Escalation\n\n**Escalate to Ada if:**\n- Incident >2 hours\n- Budget gone within 4 hours\n- Error rate > 5 minutes',
      [
        ['2 hours', 7200, 'Escalate to Ada: Incident >2 hours'],
        [undefined, undefined, 'Escalate to Ada: Budget gone within 4 hours'],
        [undefined, undefined, 'Escalate to Ada: Error rate > 5 minutes'],
      ],
    ],
    [
      'a column of the severity table',
      '| Severity | Response Time | Escalation |\n|---|---|---|\n| P1 - High | 5 min | Immediate escalation to Ada |\n| P2 | 1 h | Team lead |\n| P3 | 1 h | Next business day |',
      [
        ['Immediate', 0, 'P1 - High: Immediate escalation to Ada'],
        [undefined, undefined, 'P2: Team lead'],
        ['Next business day', null, 'P3: Next business day'],
      ],
    ],
    [
      'times in the header',
      '| Severity | First | Escalation (15 min) | Escalation (1 hour) |\n|---|---|---|---|\n| SEV1 | Ada | Ben | Cy |\n| SEV2 | Ada | - | |',
      [
        ['15 min', 900, 'SEV1: Ben'],
        ['1 hour', 3600, 'SEV1: Cy'],
      ],
    ],
    [
      'a table of conditions',
      '| Condition | Escalate To |\n|---|---|\n| P1 not acknowledged in 5 min | Ada |\n| Breach | Ben |',
      [
        ['5 min', 300, 'Escalate to Ada: P1 not acknowledged in 5 min'],
        [undefined, undefined, 'Escalate to Ben: Breach'],
      ],
    ],
    ['a schedule elsewhere', '## Maintenance\n| Time | Action |\n|---|---|\n| 15 min | Rotate |', []],
    ['instructions elsewhere', '## Checks\n1. **15 minutes**: wait', []],
  ])('%s', (_, text, expected) => expect(entries(text)).toEqual(expected));
});

describe('contacts', () => {
  const contacts = (text: string, path?: string) =>
    parseRunbook(text, path === undefined ? {} : { path }).contacts.map(
      ({ role, name, phone, email, channel, empty }) => ({
        role,
        name,
        phone,
        email,
        channel,
        empty,
      }),
    );
  const none = { name: null, phone: null, email: null, channel: null, empty: true };
  test('an empty table', () => {
    expect(
      contacts('| Role | Name | Phone | Email |\n|---|---|---|---|\n| Lead | | | |\n| CTO | - | TBD | |'),
    ).toEqual([
      { ...none, role: 'Lead' },
      { ...none, role: 'CTO' },
    ]);
  });
  test('a filled table, in any column', () => {
    const text =
      '| Role | Contact | Primary | Secondary |\n|---|---|---|---|\n| **On-Call** | ops@example.org | +44-20-7946-0018 | Slack: #ops-alerts |\n| DBA | dba@example.org | +44-xx-xxxx-xxx1 | Console |';
    expect(contacts(text)).toEqual([
      {
        role: 'On-Call',
        name: null,
        phone: '+44-20-7946-0018',
        email: 'ops@example.org',
        channel: '#ops-alerts',
        empty: false,
      },
      { role: 'DBA', name: null, phone: null, email: 'dba@example.org', channel: null, empty: false },
    ]);
  });
  test('bullets with dead and live numbers', () => {
    const text =
      '### Key Contacts\n- **Primary On-Call**: Platform Team (+44-xxx-xxx-xxxx)\n- **Manager**: Ada, +1 (212) 555-0100\n- **Vendor**: help@example.org\n- **Nobody**:\n- Check these first:';
    expect(contacts(text)).toEqual([
      { ...none, role: 'Primary On-Call', name: 'Platform Team' },
      { role: 'Manager', name: 'Ada', phone: '+1 (212) 555-0100', email: null, channel: null, empty: false },
      { role: 'Vendor', name: null, phone: null, email: 'help@example.org', channel: null, empty: false },
      { ...none, role: 'Nobody' },
    ]);
  });
  test('means below a name', () => {
    const text =
      '### Contact Information\n\n**Team Blue:**\n- Email: blue@example.org\n- Slack: #blue\n- PagerDuty: [Your integration]\n\n**Vendors:**\n- Cloud Support: cloud@example.org';
    expect(contacts(text)).toEqual([
      {
        role: 'Team Blue',
        name: null,
        phone: null,
        email: 'blue@example.org',
        channel: '#blue',
        empty: false,
      },
      {
        role: 'Cloud Support',
        name: null,
        phone: null,
        email: 'cloud@example.org',
        channel: null,
        empty: false,
      },
    ]);
  });
  test('YAML', () => {
    const text =
      'emergency_contacts:\n  internal:\n    on_call_engineer:\n      primary: +1-xxx-xxx-xxxx\n      escalation: PagerDuty\n    lead:\n      primary: Ada\n      phone: +1-212-555-0100\n  external:\n    legal:\n      firm: Law Ltd\n      phone: +1-xxx-xxx-xxxx\n      contact: Ben\n';
    expect(contacts(text, 'contacts.yaml')).toEqual([
      { role: 'on_call_engineer', name: null, phone: null, email: null, channel: 'PagerDuty', empty: false },
      { role: 'lead', name: 'Ada', phone: '+1-212-555-0100', email: null, channel: null, empty: false },
      { ...none, role: 'legal', name: 'Ben' },
    ]);
  });
  test.each([
    [
      'a rotation',
      '## On-Call Rotation\n| Role | Primary | Secondary |\n|---|---|---|\n| Engineer | on-call | backup |',
    ],
    ['tools', '| Tool | Purpose | Channel |\n|---|---|---|\n| Grafana | Look | #x |'],
    [
      'advice',
      '## Support\n- **Communication**: Write to the Slack channel and the board four times an hour',
    ],
    ['other lists', '## Overview\n- **Owner**: ops@example.org'],
  ])('%s is none', (_, text) => expect(contacts(text)).toEqual([]));
});

describe('alerts', () => {
  const alerts = (text: string) =>
    parseRunbook(text).alerts.map((alert) => [
      alert.name,
      alert.severity,
      alert.response?.seconds,
      alert.range.start.line + 1,
    ]);
  test('from headings', () =>
    expect(alerts('## Service Outage (P1)\n## Slow: (SEV-2)\n## Overview (P95)\n## (P1)')).toEqual([
      ['Service Outage', 'P1', undefined, 1],
      ['Slow', 'SEV-2', undefined, 2],
    ]));
  test('from bold lines', () =>
    expect(
      alerts(
        '## Alerts\n**1. Down**\n- **Alert**: `ApiDown`\n- **Severity**: Critical\n- **Response Time**: Immediate (5 minutes)\n\n**2.**\n- **Alert**: `Slow`\n## Other\n- **Severity**: Low\n',
      ),
    ).toEqual([
      ['ApiDown', 'Critical', 300, 3],
      ['Slow', null, undefined, 8],
    ]));
  test('prose about alerts is none', () =>
    expect(alerts('Alert: this is only text\n\n- Alerting is on')).toEqual([]));
});

describe('templates', () => {
  const fence = (language: string, content: string) => `\`\`\`${language}\n${content}\n\`\`\`\n`;
  const kinds = (text: string) =>
    parseRunbook(text).templates.map((template) => [template.kind, template.title]);
  test.each([
    [
      'its own heading first',
      `## Checklist\n${fence('markdown', '# Incident Post-Mortem: [TITLE]\n- [ ] a\n- [ ] b\n- [ ] c')}`,
      [['postmortem', 'Incident Post-Mortem: [TITLE]']],
    ],
    [
      'an incident log',
      `## Investigation Template\n${fence('markdown', '## Incident Response Log\n- HH:MM')}`,
      [['incident-log', 'Incident Response Log']],
    ],
    [
      'the section where there is no heading',
      `## Retrospective\n${fence('markdown', 'Date:')}`,
      [['postmortem', 'Retrospective']],
    ],
    [
      'an incident report',
      fence('markdown', '# Incident Report: [Title]'),
      [['postmortem', 'Incident Report: [Title]']],
    ],
    [
      'a checklist',
      fence('markdown', '## Failover Checklist\n- [ ] a'),
      [['checklist', 'Failover Checklist']],
    ],
    [
      'a message in an untagged fence',
      `## Communication Templates\n### Customers\n${fence('', 'We are working on it.\n\nThe team')}`,
      [['communication', 'Customers']],
    ],
    ['no command', `## Communication\n${fence('bash', 'echo hello')}`, []],
    ['no diagram', `## Communication\n${fence('', '┌──┐\n│a │\n└──┘')}`, []],
    ['no other document', `## Quick Reference\n${fence('markdown', '## Outage\n1. Call')}`, []],
    ['no untagged output', `## Post-mortem\n${fence('', 'NAME READY\nx 1/1')}`, []],
  ])('%s', (_, text, expected) => expect(kinds(text)).toEqual(expected));
});
