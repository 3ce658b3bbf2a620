import { describe, expect, it } from 'vitest';
import { destroyedInWords, judgeFilled } from '../../../client/run/judge.ts';
import { excerptAt, previewText, variablesRead } from '../../../client/run/previewText.ts';
import { findBlock, selectBlock, selectCommands, selectionAt } from '../../../client/run/selection.ts';
import { READ_ONLY, type Risk } from '../../../core/shell/index.ts';
import type { WireBlock, WireCommand, WireRunbook } from '../../../server/protocol.ts';

const content =
  'kubectl get pods -n <namespace>\n# then\nkubectl delete pod <pod> -n <namespace>\necho "$REGION ${ZONE}"';

const rangeOf = (line: number): WireCommand['range'] => ({
  start: { line, character: 0 },
  end: { line, character: 9 },
});

const verdict = (risk: Risk): WireCommand['classification'] => ({
  ...READ_ONLY,
  risk,
  effect: risk === 'destructive' ? 'destroy' : 'read',
  reasons: risk === 'destructive' ? ['deletes a pod'] : [],
  targets: [{ kind: 'namespace', value: '<namespace>' }],
});

const command = (index: number, text: string, line: number, risk: Risk): WireCommand => ({
  id: `restart-pods-1.${index}`,
  range: rangeOf(line),
  start: content.indexOf(text),
  end: content.indexOf(text) + text.length,
  tool: text.split(' ')[0] ?? null,
  classification: verdict(risk),
});

const placeholders: WireBlock['placeholders'] = [...content.matchAll(/<([a-z]+)>/g)].map((match) => ({
  name: match[1] ?? '',
  text: match[0],
  start: match.index,
  end: match.index + match[0].length,
}));

const runbook: WireRunbook = {
  uri: 'file:///srv/runbooks/pods.md',
  version: 1,
  title: 'Pods',
  severityScales: [],
  templates: [],
  steps: [
    { id: 'read-1', kind: 'checklist', range: rangeOf(3), sectionPath: ['Pods'] },
    {
      id: 'restart-pods-1',
      kind: 'block',
      range: { start: { line: 10, character: 0 }, end: { line: 15, character: 3 } },
      sectionPath: ['Pods', 'Restart pods'],
      block: {
        title: 'Restart pods',
        language: 'bash',
        effectiveLanguage: 'bash',
        content,
        contentRange: { start: { line: 11, character: 0 }, end: { line: 14, character: 20 } },
        runnable: true,
        classification: verdict('destructive'),
        commands: [
          command(1, 'kubectl get pods -n <namespace>', 11, 'read-only'),
          command(2, 'kubectl delete pod <pod> -n <namespace>', 13, 'destructive'),
          command(3, 'echo "$REGION ${ZONE}"', 14, 'read-only'),
        ],
        placeholders,
        variables: ['REGION', 'ZONE'],
        alternatives: [],
      },
    },
  ],
};

const block = findBlock(runbook, 'restart-pods-1');
if (block === undefined) throw new Error('the fixture has the block');

describe('what a click means', () => {
  it('is the whole block, as it stands', () => {
    const selection = selectBlock(runbook, block);
    expect(selection).toMatchObject({
      id: 'restart-pods-1',
      content,
      classification: { risk: 'destructive' },
      line: 11,
      endLine: 16,
    });
    expect(selection.title).toBe('Restart pods');
  });

  it('is one command with its own risk, placeholders and variables', () => {
    const selection = selectCommands(runbook, block, [0]);
    expect(selection).toMatchObject({
      id: 'restart-pods-1.1',
      content: 'kubectl get pods -n <namespace>',
      classification: { risk: 'read-only' },
      line: 12,
      endLine: 12,
      variables: [],
    });
    expect(selection?.placeholders.map(({ name }) => name)).toEqual(['namespace']);
  });

  it('is several commands: their text joined, placeholders where they now are, the highest risk', () => {
    const selection = selectCommands(runbook, block, [1, 2], 'by hand');
    expect(selection?.content).toBe('kubectl delete pod <pod> -n <namespace>\necho "$REGION ${ZONE}"');
    expect(selection?.classification.risk).toBe('destructive');
    expect(selection?.variables).toEqual(['REGION', 'ZONE']);
    expect(selection?.title).toBe('Restart pods: by hand');
    expect(selection?.classification.targets).toHaveLength(1);
    for (const { start, end, text } of selection?.placeholders ?? []) {
      expect(selection?.content.slice(start, end)).toBe(text);
    }
    expect(selection?.placeholders).toHaveLength(2);
  });

  it('is nothing where no such command is', () => {
    expect(selectCommands(runbook, block, [7])).toBeUndefined();
    expect(findBlock(runbook, 'read-1')).toBeUndefined();
    expect(findBlock(runbook, 'gone')).toBeUndefined();
  });

  it.each([
    ['the opening fence', 10, 'restart-pods-1'],
    ['a command', 13, 'restart-pods-1.2'],
    ['the closing fence', 15, 'restart-pods-1'],
    ['a comment between commands', 12, undefined],
    ['a line outside', 3, undefined],
  ])('at %s', (_, line, id) => {
    expect(selectionAt(runbook, line)?.id).toBe(id);
  });
});

describe('the text that is shown before it runs', () => {
  const selection = selectBlock(runbook, block);

  it('ends with the script, whole, under a head of comments', () => {
    const script = 'one\ntwo';
    const { text, language } = previewText(selection, {
      script,
      cwd: '/srv/runbooks',
      variables: { REGION: 'eu-1' },
    });
    expect(language).toBe('runline-preview-shell');
    expect(text.endsWith(`\n\n${script}\n`)).toBe(true);
    const head = text.slice(0, text.length - script.length - 3).split('\n');
    for (const line of head.filter((text) => text !== '')) expect(line).toMatch(/^# /);
    expect(head.join('\n')).toContain('Destroys (namespace <namespace>): deletes a pod');
    expect(head.join('\n')).toContain('bash, in /srv/runbooks');
    expect(head.join('\n')).toContain('2 lines');
    expect(head).toContain('# With REGION=eu-1');
  });

  it('is never ended early by a heading with a line break', () => {
    const { text } = previewText(
      { ...selection, title: 'a\nrm -rf x\u2028y' },
      { script: 'true', cwd: '/', variables: { X: 'a\nrm -rf z' } },
    );
    expect(text.split('\n').filter((line) => !line.startsWith('#') && line !== '')).toEqual(['true']);
  });

  it.each([
    ['sql', '-- '],
    ['javascript', '// '],
    ['unknown', '# '],
  ])('writes comments as %s does', (language, mark) => {
    expect(
      previewText({ ...selection, language }, { script: 'x', cwd: '/', variables: {} })
        .text.trimStart()
        .startsWith(mark),
    ).toBe(true);
  });
});

describe('the variables that a script reads', () => {
  it.each([
    ['echo $A "${B:-x}" ${#C} ${!D} $A', ['A', 'B', 'C', 'D']],
    ['echo $1 $? $$ "a$"', []],
  ])('%s', (script, names) => {
    expect(variablesRead(script)).toEqual(names);
  });
});

describe('the verdict on the filled-in text', () => {
  const one = selectCommands(runbook, block, [1]);
  if (one === undefined) throw new Error('the fixture has the command');

  it('names what is really meant', () => {
    const script = 'kubectl delete pod web-1 -n prod';
    const judged = judgeFilled(one, script, script);
    expect(judged.title).toBe(script);
    expect(judged.classification.risk).toBe('destructive');
    expect(judged.classification.targets.map(({ value }) => value)).toContain('prod');
    expect(judged.classification.targets.map(({ value }) => value)).not.toContain('<namespace>');
  });

  it('is never milder than the one on the template', () => {
    expect(judgeFilled(one, 'true', 'true').classification.risk).toBe('destructive');
  });

  it('rises with the value', () => {
    const placeholder = { name: 'verb', text: '<verb>', start: 8, end: 14 };
    const mild = {
      ...one,
      content: 'kubectl <verb> ns web',
      classification: verdict('mutating'),
      placeholders: [placeholder],
    };
    expect(judgeFilled(mild, 'kubectl delete ns web', 'kubectl delete ns web').classification.risk).toBe(
      'destructive',
    );
  });

  it('keeps secrets out of the title', () => {
    expect(judgeFilled(one, 'curl -H hunter2', 'curl -H ••••••').title).toBe('curl -H ••••••');
  });
});

describe('what a destructive step asks to be confirmed', () => {
  const block = findBlock(runbook, 'restart-pods-1');
  if (block === undefined) throw new Error('no block');
  const selection = selectBlock(runbook, block);

  it.each([
    [
      'what is only read is not what is lost',
      'pg_dump -h db.internal -d store > out.sql\nfind /backup -name "*.gz" -delete',
      '/backup',
    ],
    [
      'a named target',
      'kubectl get pods -n live\nkubectl delete pod web -n stage',
      'pod/web, namespace stage',
    ],
    ['nothing that the grammar takes for destructive', 'echo', 'namespace <namespace>'],
  ])('%s', (_, script, text) => {
    const destroyed = destroyedInWords(selection, script);
    expect(destroyed.text).toContain(text);
    expect(destroyed.text).not.toMatch(/db\.internal|live/);
  });
});

describe('the line that an input stands in', () => {
  const long = `echo ${Array.from({ length: 40 }, (_, index) => `<input-${index}>`).join(' ')}`;

  it.each([
    ['a short line as it is', 'first\n  psql <name>  \nlast', '<name>', 'psql <name>'],
    ['the start of a long one', long, '<input-0>', 'echo <input-0>'],
    ['the middle of a long one', long, '<input-20>', '<input-20>'],
    ['the end of a long one', long, '<input-39>', '<input-39>'],
  ])('%s', (_, text, mark, expected) => {
    const excerpt = excerptAt(text, text.indexOf(mark));
    expect(excerpt).toContain(expected);
    expect(excerpt.length).toBeLessThanOrEqual(122);
  });
});
