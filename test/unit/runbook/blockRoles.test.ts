/** What a block is there for, by its text and by the words above it; and the language that it really is in. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

function block(info: string, content: string, above = '') {
  const runbook = parseRunbook(`# Pump house\n\n${above}\n\n\`\`\`${info}\n${content}\n\`\`\`\n`);
  const step = runbook.steps.find((candidate) => candidate.kind === 'block');
  if (step?.kind !== 'block') throw new Error('no block');
  return step;
}
const roleOf = (info: string, content: string, above?: string) => block(info, content, above).role;

describe('roles of shell blocks', () => {
  test.each([
    ['a command', 'bash', 'kubectl get pods -n pumps', 'run', true],
    [
      'comments alone',
      'bash',
      '# Open the valve dashboard\n# Look for pressure above 9 bar',
      'manual',
      false,
    ],
    ['nothing', 'bash', '', 'prose', false],
    [
      'a script with its path',
      'bash',
      '#!/bin/bash\n# Drain\n# /opt/pumps/bin/drain.sh\nrm -rf /var/pumps/queue',
      'listing',
      false,
    ],
    ['a script without one', 'bash', '#!/bin/bash\nset -e\nsystemctl stop pumps', 'run', true],
    ['a path that it then runs', 'bash', '# scripts/drain.sh\n./scripts/drain.sh --now', 'run', true],
    ['settings under their file', 'bash', '# In .env\nPUMPS=4\nVALVES=12', 'listing', false],
    ['settings of the session', 'bash', 'PUMPS=4\nexport VALVES=12', 'run', true],
    [
      'only functions',
      'bash',
      'drain() {\n  curl -X POST "$1/drain"\n}\n\nfill() { true; }',
      'listing',
      false,
    ],
    ['functions and a call', 'bash', 'drain() {\n  true\n}\ndrain', 'run', true],
    ['lines of a crontab', 'bash', '# nightly\n0 2 * * * /opt/pumps/bin/drain.sh', 'listing', false],
    ['an address', 'bash', '# Look at the socket\nwss://pumps.example.org/ws/<token>', 'manual', false],
    ['a message in quotes', 'sh', '"Pumps are down, we look into it"', 'prose', false],
    ['a log', 'console', 'E0620 17:55:33.1 9 pump.go:135] failed to start', 'output', false],
    ['a syslog', 'shell', 'Oct 18 19:39:36 pump-7 chronyd[55]: clock wrong by 12 seconds', 'output', false],
    ['events', 'bash', 'Warning  FailedScheduling  3m53s  default-scheduler  0/6 nodes fit', 'output', false],
    [
      'facts',
      'bash',
      'Command: GET http://localhost:8000/health\nExpected: 200 OK\nInterval: 30s',
      'prose',
      false,
    ],
    ['an unknown command', 'bash', 'pumpctl drain --all', 'run', true],
    ['an unknown command, no prompt', 'console', 'rpm-ostree rebase local:image', 'run', true],
    [
      'what ping printed',
      'sh',
      'PING db (10.0.0.4): 56 data bytes\n64 bytes from 10.0.0.4: ttl=64',
      'output',
      false,
    ],
    ['what kubectl did', 'bash', 'node/pump-0 cordoned\nnode/pump-0 drained', 'output', false],
    ['a comment in SQL', 'sql', '-- Mend the rows by hand', 'manual', false],
    ['a remark of cmd', 'bat', 'REM stop it', 'manual', false],
  ])('%s', (_, info, content, role, runnable) => {
    const step = block(info, content);
    expect([step.role, step.runnable]).toEqual([role, runnable]);
    expect(step.script).toHaveLength(step.content.length);
  });

  test('what a listing would destroy is known', () => {
    expect(block('bash', '#!/bin/bash\n# /opt/pumps/drain.sh\nrm -rf /var/pumps').risk).toBe('destructive');
  });
  test('no words above make commands unrunnable', () => {
    expect(block('bash', 'kubectl delete pvc pump-0', '**Expected output:**').runnable).toBe(true);
    expect(block('bash', 'kubectl delete pvc pump-0', '## Communication templates').role).toBe('run');
  });
});

describe('roles of other blocks', () => {
  test.each([
    ['an object of Kubernetes', 'yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: pump', 'listing'],
    ['alerting rules', 'yaml', '- alert: PumpDry\n  expr: pump_level == 0', 'listing'],
    ['Compose', 'yaml', 'services:\n  pump:\n    image: pump:1', 'listing'],
    ['a workflow', 'yaml', 'on:\n  push:\njobs:\n  a:\n    steps: []', 'listing'],
    ['a file that is named', 'yaml', '# prometheus.yml\nextra:\n  a: 1', 'listing'],
    ['facts', 'yaml', 'severity_levels:\n  P1:\n    response_time: 5 minutes', 'data'],
    ['a plan', 'yaml', 'backup_strategy:\n  full: weekly', 'data'],
    ['a policy', 'json', '{"Version": "2012-10-17", "Statement": []}', 'listing'],
    ['a request', 'json', '{"action": "drain"}', 'data'],
    ['a program', 'typescript', 'export const pumps = 4;', 'listing'],
    ['Terraform', 'hcl', 'resource "pump" "a" {}', 'listing'],
    ['a query', 'promql', 'sum(rate(pump_cycles_total[5m]))', 'run'],
    ['a drawing', 'mermaid', 'graph TD\n  A --> B', 'diagram'],
    ['boxes', '', '┌────┐\n│ P1 │\n└────┘', 'diagram'],
    ['boxes that were decoded wrongly', '', 'â”Œâ”€â”\nâ”‚P1â”‚', 'diagram'],
    ['arrows', '', 'Alert fires → Acknowledge → Assess\n   ↓\nMitigate', 'diagram'],
    ['a decision tree', 'text', 'Is a pump dry?\n  YES --> SEV-1\n  NO  --> SEV-3', 'diagram'],
    ['a table', '', 'NAME     READY   STATUS\npump-0   1/1     Running', 'output'],
    ['an error', 'text', 'Error: cannot reach pump-0: timed out', 'output'],
    [
      'a message to fill in',
      '',
      'INCIDENT: [Title]\nStatus: Investigating\nImpact: [Who notices]',
      'template',
    ],
    ['a report', 'markdown', '# Report\n- **Date**: YYYY-MM-DD\n- **Impact**: [Who]', 'template'],
    ['instructions', 'markdown', '## Flood\n1. Close the gate: `./close.sh`\n2. Call the warden', 'prose'],
    ['words', 'text', 'Pressure is what the gauge says, less what the pump takes.', 'prose'],
    ['settings', '', 'PUMPS=4\nVALVES=12', 'listing'],
  ])('%s', (_, info, content, role) => expect(roleOf(info, content)).toBe(role));

  test.each([
    ['**Expected output:**', '', 'Login succeeded', 'output'],
    ['**Response**', 'json', '{"status": "ok"}', 'output'],
    ['**Payload:**', 'json', '{"status": "ok"}', 'data'],
    [
      '## Communication templates\n\n### To customers',
      '',
      'We are looking into trouble with the pumps.\n\nThe team',
      'template',
    ],
    ['## Response workflow', '', 'Alert → Look → Mend\n  ↓\nTell', 'diagram'],
    ['**Symptom:**', 'text', 'pump-0 is dry since a while', 'output'],
    ['## Ask the bot', 'text', '@pumps why is pump-0 dry?', 'prose'],
  ])('below %j', (above, info, content, role) => expect(roleOf(info, content, above)).toBe(role));
});

describe('languages', () => {
  test.each([
    ['bash', 'ls', 'bash', 'written', 1],
    ['bash', 'psql -c "x"\nSELECT 1;', 'bash', 'written', 0.7],
    ['bash', 'apiVersion: v1\nkind: Pod', 'yaml', 'corrected', 0.9],
    ['console', 'spec:\n  pumps: 4\n  valves: 2', 'yaml', 'corrected', 0.9],
    ['bash', '[\n  {\n    "a": 1\n  }\n]', 'json', 'corrected', 0.95],
    ['sh', 'sum by (pump) (\n  rate(pump_cycles_total{house="a"}[4m])\n)', 'promql', 'corrected', 0.9],
    ['sh', '// dry ones\ntopk(5, pump_level_ratio{house!=""})', 'promql', 'corrected', 0.9],
    ['console', '(pump_level_used_bytes / pump_level_total_bytes) * 100', 'promql', 'corrected', 0.9],
    ['bash', '0 2 * * * drain', 'cron', 'corrected', 0.9],
    ['bash', 'Warning  Dry  3m  pump-0 is dry', 'text', 'corrected', 0.8],
    ['sh', '#!/usr/bin/env bash\nfunction f() { true; }\nf', 'bash', 'corrected', 0.9],
    ['sh', 'f() { true; }\nf', 'sh', 'written', 1],
    ['sql', 'tar -xzf base.tgz', 'bash', 'corrected', 0.9],
    ['', '#!/bin/sh\nls', 'bash', 'inferred', 0.95],
    ['', 'kubectl get pods', 'bash', 'inferred', 0.85],
    ['', 'kubectl get pods\nNAME     READY\npump-0   1/1', 'bash', 'inferred', 0.7],
    ['', '$ ls\na', 'console', 'inferred', 0.9],
    ['', 'spec:\n  replicas: 2', 'yaml', 'inferred', 0.75],
    ['', 'who is on call', 'text', 'inferred', 0.5],
  ])('%s %j', (info, content, language, basis, confidence) => {
    const step = block(info, content);
    expect([step.effectiveLanguage, step.languageBasis, step.languageConfidence]).toEqual([
      language,
      basis,
      confidence,
    ]);
  });

  test.each([
    'rate limit --set 5',
    'sum=$(wc -l < a)\necho "$sum"',
    'curl "http://host/api?query=rate(a_total[5m])"',
    'case "$1" in\n  a:) echo;;\nesac',
    'increase 5\ndelta x y',
    '{ echo a; }',
    '[ -f a ]',
  ])('%j stays shell', (content) => {
    expect([block('bash', content).effectiveLanguage, block('bash', content).role]).toEqual(['bash', 'run']);
  });

  test('long texts take linear time', () => {
    const started = performance.now();
    const parts = [
      '# a ',
      'a: b\n',
      '[\n',
      '{"a": ',
      'NAME  AGE  ',
      'a ',
      '\n',
      '"a b\n',
      '[[ a ',
      'rate(',
      'a_b_c ',
      'x.y/',
      '=- ',
      'A b c. ',
      '→ ',
      '<a ',
      '# or\n',
      'export A=1 ',
      'a_',
      'ab',
      'a:',
    ];
    for (const part of parts)
      for (const info of ['bash', 'console', '', 'yaml', 'text']) {
        const step = block(info, part.repeat(8000));
        void [step.role, step.expectedOutput, step.placeholders];
      }
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
