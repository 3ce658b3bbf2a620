/** Steps that stand outside of shell fences: items, the commands in them, and Markdown in a fence. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const items = (text: string) => parseRunbook(text).steps.filter((step) => step.kind !== 'block');

describe('commands in inline code', () => {
  test.each([
    ['1. Look: `kubectl get pods -n shop`', ['kubectl get pods -n shop']],
    ['- [ ] Run `./check-all.sh [region]` and `./notify.sh`', ['./check-all.sh [region]', './notify.sh']],
    ['1. See ``docker logs `id` ``', ['docker logs `id`']],
    ['1. `rabbitmqctl status` must say running', ['rabbitmqctl status']],
    ['1. Set `replicas: 3` in `values.yaml`, `DEBUG=1`, and read `/var/log/app.log`', []],
    ['1. `kubectl` is needed, `exit 1` ends it, `TODO` stays', []],
    ['1. `status = active` in `orders`', []],
    ['- a bullet is no step: `kubectl get pods -A`', []],
  ])('%s', (text, commands) => {
    expect(items(text).flatMap((step) => step.inlineCommands.map((command) => command.text))).toEqual(
      commands,
    );
  });

  test('stand where they are written, with their risk and what must be filled in', () => {
    const text = '# T\n\n> 1. *Then* `kubectl delete pod <pod> -n shop`\n>    and `ls -l`\n';
    const [first, second] = items(text)[0]?.inlineCommands ?? [];
    expect(text.slice(first?.range.start.offset, first?.range.end.offset)).toBe(
      'kubectl delete pod <pod> -n shop',
    );
    expect(text.slice(second?.range.start.offset, second?.range.end.offset)).toBe('ls -l');
    expect(first?.classification.risk).toBe('destructive');
    const [pod] = first?.placeholders ?? [];
    expect(pod?.name).toBe('pod');
    expect(text.slice(pod?.range.start.offset, pod?.range.end.offset)).toBe('<pod>');
  });
});

describe('Markdown in a fence', () => {
  const text = [
    '# Emergencies',
    '',
    '## Quick reference',
    '',
    '- ```markdown',
    '  ### Total outage',
    '  1. Verify: `./check-all.sh`',
    '  2. Fail over',
    '',
    '  ### Data loss',
    '  - [x] Stop writes',
    '  ```',
    '',
    '- [ ] After the fence',
  ].join('\n');

  test('gives steps with their own headings, names and places', () => {
    const found = items(text);
    expect(found.map((step) => [step.kind, step.range.start.line + 1, step.sectionPath.at(-1)])).toEqual([
      ['instruction', 7, 'Total outage'],
      ['instruction', 8, 'Total outage'],
      ['checklist', 11, 'Data loss'],
      ['checklist', 14, 'Quick reference'],
    ]);
    expect(found.map((step) => step.within)).toEqual([0, 0, 0, null]);
    expect(found.map((step) => step.id)).toEqual([
      'quick-reference-total-outage-1',
      'quick-reference-total-outage-2',
      'quick-reference-data-loss-1',
      'quick-reference-1-check',
    ]);
    const [command] = found[0]?.inlineCommands ?? [];
    expect(text.slice(command?.range.start.offset, command?.range.end.offset)).toBe('./check-all.sh');
  });

  test.each(['Incident Post-Mortem', 'Incident Log', 'Post-Incident Review'])('%s is a form', (title) => {
    expect(items(`# R\n\n\`\`\`markdown\n# ${title}\n- [ ] a\n1. b\n\`\`\`\n`)).toEqual([]);
  });
});

test.each(['Critical Success Factors', 'Document structure', 'Possible causes', 'References'])(
  'a numbered list under %s names things',
  (title) => {
    expect(items(`# R\n\n## ${title}\n\n1. One\n2. Two\n`)).toEqual([]);
  },
);
