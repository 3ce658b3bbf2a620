import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const roles = (text: string) =>
  parseRunbook(text).roles.map(({ range, name, holder, duty }) => [range.start.line + 1, name, holder, duty]);

describe('roles', () => {
  test.each<[string, string, (string | number | null)[][]]>([
    [
      'a table of duties',
      '## Incident roles\n| Role | Responsibilities | Assigned to |\n|---|---|---|\n| Incident Commander | decides | Ada |\n| Scribe | writes | TBD |\n',
      [
        [4, 'Incident Commander', 'Ada', 'decides'],
        [5, 'Scribe', null, 'writes'],
      ],
    ],
    [
      'a rotation',
      '## On-Call Rotation\n| Team | Schedule | Primary | Secondary |\n|---|---|---|---|\n| Blue | weekly | 1 engineer | lead |\n',
      [[4, 'Blue', '1 engineer', 'weekly']],
    ],
    [
      'a list',
      '## On-Call Responsibilities\n- **Primary on-call**: answers first\n- **Communications Lead** - tells others\n- **Rotation**: weekly\n- Handoff: Monday\n',
      [
        [2, 'Primary on-call', null, 'answers first'],
        [3, 'Communications Lead', null, 'tells others'],
      ],
    ],
    [
      'a table that says what each does',
      '## Roles\n| Role | Who | Does |\n|---|---|---|\n| Scribe | anyone | Writes |\n',
      [[4, 'Scribe', 'anyone', 'Writes']],
    ],
    [
      'bold lines above lists',
      '## Triage\n**On-call engineer** (answers first):\n1. Look\n2. Decide\n\n**Incident Commander** (IC) duties:\n- Lead\n\n**Checklist**:\n- a\n',
      [
        [2, 'On-call engineer', null, 'Look; Decide'],
        [6, 'Incident Commander', null, 'Lead'],
      ],
    ],
    [
      'headings',
      '## Role: Scribe\nWrites.\n## Incident Commander Responsibilities\n- Leads\n## On-Call Responsibilities\nx\n## Roles and responsibilities\n### Deputy\nHelps.\n### Tools\nx\n',
      [
        [1, 'Scribe', null, 'Writes.'],
        [3, 'Incident Commander', null, 'Leads'],
        [8, 'Deputy', null, 'Helps.'],
      ],
    ],
    [
      'YAML',
      '```yaml\ncrisis_team:\n  structure:\n    incident_commander:\n      role: Leads\n      primary: CTO\n  activation:\n    triggers: [x]\non_call_rotation:\n  schedule: weekly\n```\n',
      [
        [2, 'crisis_team', null, ''],
        [4, 'incident_commander', 'CTO', 'Leads'],
        [9, 'on_call_rotation', null, ''],
      ],
    ],
    [
      'YAML lists',
      '```yaml\nincident_roles:\n  - role: Incident Commander\n    name: Ada\n    responsibilities: Leads\n```\n',
      [
        [2, 'incident_roles', null, ''],
        [3, 'Incident Commander', 'Ada', 'Leads'],
      ],
    ],
  ])('%s', (_, text, expected) => expect(roles(text)).toEqual(expected));

  test.each([
    ['contacts', '## Emergency Contacts\n| Role | Name | Phone |\n|---|---|---|\n| Lead | Ada | 1 |\n'],
    [
      'a contact chain',
      '## Emergency Contact Chain\n1. **Platform On-Call**: pager rotation\n2. **Security Team**: for breaches\n',
    ],
    ['channels', '## Communication Channels\n- **Primary**: pager\n- **Backup**: mail\n'],
    ['roles of a machine', '## IAM Roles\n| Role | Description |\n|---|---|\n| reader | reads |\n'],
    ['a rotation of keys', '## Key rotation\n| Team | Schedule |\n|---|---|\n| Blue | weekly |\n'],
    ['an escalation matrix', '## Escalation\n| Severity | Primary |\n|---|---|\n| P1 | Ada |\n'],
    ['contacts in YAML', '```yaml\nemergency_contacts:\n  crisis_team:\n    activation: x\n```\n'],
    ['a team of a label', '```yaml\nlabels:\n  team: blue\n```\n'],
  ])('%s are none', (_, text) => expect(roles(text)).toEqual([]));
});

describe('contacts', () => {
  const contacts = (text: string) =>
    parseRunbook(text).contacts.map(({ role, name, channel, empty }) => [role, name, channel, empty]);
  test('portals, desks and people to mention reach somebody', () =>
    expect(
      contacts(
        '## Contacts\n| Role | Primary | Backup |\n|---|---|---|\n| Cloud | Cloud Portal | Phone support |\n| Users | Help desk | - |\n| Infra | @acme/infra | |\n| Board | A list | - |\n',
      ),
    ).toEqual([
      ['Cloud', null, 'Cloud Portal', false],
      ['Users', null, 'Help desk', false],
      ['Infra', null, '@acme/infra', false],
      ['Board', 'A list', null, true],
    ]));
  test('a channel of a chat is no level of service', () =>
    expect(contacts('| Team | Slack | Phone |\n|---|---|---|\n| Ovens | #ovens | n/a |\n')).toEqual([
      ['Ovens', null, '#ovens', false],
    ]));
  test('lines of a paragraph that say how to reach somebody', () => {
    expect(
      contacts('## Contacts\nPrimary: Ada (ada@example.org)\nEmail: all@example.org\nNote: ask first\n'),
    ).toEqual([['Primary', 'Ada', null, false]]);
    expect(contacts('## On-call\nPrimary: Ada (ada@example.org)\n')).toEqual([]);
  });
  test('targets of a service are no contacts', () =>
    expect(contacts('| Team | Channel | SLA |\n|---|---|---|\n| Ovens | #ovens | 1 h |\n')).toEqual([]));
  test('a channel is no name', () =>
    expect(contacts('## Contacts\n1. **On-Call**: PagerDuty rotation\n')).toEqual([
      ['On-Call', null, 'PagerDuty rotation', false],
    ]));
  test('means below a name, below a role', () =>
    expect(
      contacts(
        '## Response team\n### Primary On-Call\n- **Name**: Ada\n- **Contact**: rota -> ada@example.org\n- **Phone**: +44 20 7946 0018\n',
      ),
    ).toEqual([['Primary On-Call', 'Ada', null, false]]));
  test('whom to hand a step to is none', () =>
    expect(contacts('## Escalation\n- Disk trouble: Escalate to `@infra`\n')).toEqual([]));
});
