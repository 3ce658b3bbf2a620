import { describe, expect, test } from 'vitest';
import { declaresRunbook, parseRunbook } from '../../../core/runbook/index.ts';

const text = `runbook: 1   # the version
name: API down
severity: P1
defaults:
  run: { shell: sh }
steps:
  - id: pods
    name: Are the pods up?
    run: kubectl -n "$NS" get pods
  - name: Ask the team
    manual: 'Confirm in #db that nothing runs.'
  - id: restart
    run: |
      kubectl rollout restart deploy/<name>

      kubectl rollout status deploy/x
  - run: "echo \\"a\\""
    shell: bash
  - name: neither
`;

describe('YAML runbooks', () => {
  const runbook = parseRunbook(text, { path: 'api.runbook.yaml' });
  test('have blocks and instructions', () => {
    expect(
      runbook.steps.map((step) => [step.id, step.kind, step.range.start.line + 1, step.sectionPath]),
    ).toEqual([
      ['pods', 'block', 7, ['Are the pods up?']],
      ['step-1-step', 'instruction', 10, ['Ask the team']],
      ['restart', 'block', 12, []],
      ['step-3', 'block', 17, []],
    ]);
    expect([runbook.title, declaresRunbook(runbook), runbook.format]).toEqual(['API down', true, 'yaml']);
  });
  test('blocks have a shell, content, variables, placeholders and places', () => {
    const [pods, manual, restart, quoted] = runbook.steps;
    if (pods?.kind !== 'block' || restart?.kind !== 'block' || quoted?.kind !== 'block')
      throw new Error('blocks');
    expect([pods.effectiveLanguage, quoted.effectiveLanguage, pods.runnable]).toEqual(['sh', 'bash', true]);
    expect(pods.variables).toEqual(['NS']);
    expect(restart.content).toBe('kubectl rollout restart deploy/<name>\n\nkubectl rollout status deploy/x');
    expect(restart.placeholders.map((p) => [p.name, runbook.source.slice(p.range)])).toEqual([
      ['name', '<name>'],
    ]);
    expect(restart.commands.map((c) => runbook.source.slice(c.range))).toEqual(
      restart.commands.map((c) => c.text),
    );
    expect(runbook.source.slice(pods.contentRange)).toBe(pods.content);
    expect(quoted.content).toBe('echo "a"');
    expect(manual?.kind === 'instruction' && manual.text).toBe('Confirm in #db that nothing runs.');
  });
  test('of another kind are empty', () => {
    for (const other of [
      'steps:\n  - run: rm -rf /\n',
      'runbook: 2\nsteps:\n  - run: x\n',
      '- hosts: all\n',
      'a: [',
      '',
      '!!js/function x',
      '&a [*a]',
    ]) {
      const empty = parseRunbook(other, { format: 'yaml' });
      expect([empty.steps, empty.title, empty.declared, empty.source.text]).toEqual([[], null, false, other]);
    }
  });
  test('the path decides, the format overrides', () => {
    expect(parseRunbook('# T', { path: 'a.yml' }).format).toBe('yaml');
    expect(parseRunbook('# T', { path: 'a.md' }).format).toBe('markdown');
    expect(parseRunbook('# T', { path: 'a.yml', format: 'markdown' }).title).toBe('T');
  });
  test('aliases do not multiply it', () => {
    const bomb = `runbook: 1\na: &a [x,x]\n${Array.from({ length: 40 }, (_, i) => `k${i}: &k${i} [*${i === 0 ? 'a' : `k${i - 1}`},*${i === 0 ? 'a' : `k${i - 1}`}]`).join('\n')}\n`;
    const started = performance.now();
    parseRunbook(bomb, { format: 'yaml' }).severityScales;
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
