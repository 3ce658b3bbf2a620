import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertRuleReaders, rulesIn } from '../../../server/alertRules.ts';
import { workspaceFiles } from '../../../server/workspaceFiles.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runline-files-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text = ''): string {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
  return join(root, name);
}
const around = (name: string, searchPath?: string) => workspaceFiles(join(root, name), root, { searchPath });

describe('the file itself', () => {
  it('is known by its name and its path from the root', () => {
    expect(around('docs/alerts/TideLow.md').own).toMatchObject({
      name: 'TideLow.md',
      path: 'docs/alerts/TideLow.md',
    });
  });
});

describe('programs', () => {
  it('are looked up in the folders of the search path, and only executable files count', () => {
    chmodSync(write('bin/lamp'), 0o755);
    chmodSync(write('bin/plain'), 0o644);
    mkdirSync(join(root, 'bin/folder'));
    const { onPath } = around('x.md', ['/nowhere', join(root, 'bin')].join(delimiter));
    expect(
      ['lamp', 'plain', 'folder', 'horn', '', '../bin/lamp', 'bin/lamp'].map((name) => onPath?.(name)),
    ).toEqual([true, false, false, false, false, false, false]);
  });

  it('are not found in relative folders, which depend on where somebody stands', () => {
    chmodSync(write('bin/lamp'), 0o755);
    expect(around('x.md', 'bin').onPath?.('lamp')).toBe(false);
  });

  it('are nobody’s business without a search path', () => {
    expect(around('x.md').onPath?.('sh')).toBeUndefined();
  });
});

const RULES = `groups:
  - name: tides
    rules:
      - alert: TideLow
        expr: tide < 1
        annotations: {runbook_url: docs/tides.md#low}
      - record: tide:rate
        expr: rate(tide[5m])
      - alert: TideHigh
`;

describe('alert rules', () => {
  it('are those of rule files and of the operator’s objects, wherever they lie', async () => {
    write('ops/rules/tides.yml', RULES);
    write(
      'k8s/lamp.yaml',
      'kind: ConfigMap\n---\nkind: PrometheusRule\nspec:\n  groups:\n    - rules:\n        - alert: LampOff\n          annotations: {runbook: "{{ $labels.url }}"}\n',
    );
    write('k8s/deployment.yaml', 'kind: Deployment\n');
    write('node_modules/x/rules.yaml', 'groups: [{rules: [{alert: NotOurs}]}]\n');
    write('notes.md', RULES);
    expect(await around('docs/tides.md').alertRules?.()).toEqual([
      { name: 'LampOff', file: 'k8s/lamp.yaml', runbookUrl: null },
      { name: 'TideLow', file: 'ops/rules/tides.yml', runbookUrl: 'docs/tides.md#low' },
      { name: 'TideHigh', file: 'ops/rules/tides.yml', runbookUrl: null },
    ]);
  });

  it('are not known where one file cannot be read: nobody can say that an alert is missing', async () => {
    write('a.yaml', RULES);
    write(
      'chart/templates/rules.yaml',
      'groups:\n{{- range .Values.rules }}\n  - alert: {{ .name }}\n{{- end }}\n',
    );
    expect(await around('x.md').alertRules?.()).toBeUndefined();
  });

  it('are not known where there are too many files', async () => {
    write('a.yaml', RULES);
    for (let i = 0; i < 2001; i++) writeFileSync(join(root, `${i}.yaml`), '');
    expect(await around('x.md').alertRules?.()).toBeUndefined();
  });

  it('are read once, until files have changed', async () => {
    write('a.yaml', RULES);
    const readers = new AlertRuleReaders();
    const names = async () => (await readers.of(root).read())?.map(({ name }) => name);
    expect(await names()).toEqual(['TideLow', 'TideHigh']);
    write('a.yaml', RULES.replace('TideHigh', 'TideOut'));
    expect(await names()).toEqual(['TideLow', 'TideHigh']);
    readers.forget();
    expect(await names()).toEqual(['TideLow', 'TideOut']);
  });

  it('are not looked for outside of the root, however the way leads there', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'runline-outside-'));
    try {
      writeFileSync(join(outside, 'rules.yaml'), RULES);
      symlinkSync(outside, join(root, 'linked'));
      symlinkSync(join(outside, 'rules.yaml'), join(root, 'linked.yaml'));
      expect(await around('x.md').alertRules?.()).toEqual([]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('survive files of any shape', () => {
    for (const text of [
      '',
      '[]',
      'alert: x',
      'groups: 1',
      'groups: [1, {rules: {}}, {rules: [null, {alert: 1}]}]',
      '- a\n- b',
    ])
      expect(rulesIn(text, 'x.yaml')).toEqual([]);
    expect(rulesIn('a: [', 'x.yaml')).toBeUndefined();
  });
});

describe('indexes', () => {
  it('are README and index files beside a document or one folder above, with what they list', () => {
    for (const name of ['a', 'b', 'c', 'forgotten']) write(`docs/runbooks/${name}.md`, '# x');
    write('docs/runbooks/README.md', '[a](a.md) [b](./b.md#top) [c](c) [gone](gone.md) [out](../../../x.md)');
    write('docs/index.md', '[f](runbooks/forgotten.md), [a](/docs/runbooks/a.md)');
    write('README.md', '[f](docs/runbooks/forgotten.md)');
    write('docs/runbooks/notes.txt', '');
    expect(around('docs/runbooks/forgotten.md').indexes?.()).toEqual([
      { path: 'README.md', names: false, listed: 3, others: 3 },
      { path: '../index.md', names: true, listed: 1, others: 3 },
    ]);
  });

  it('are read again once they have changed', () => {
    write('a.md', '# a');
    write('b.md', '# b');
    const index = write('README.md', '[b](b.md)');
    expect(around('a.md').indexes?.()).toMatchObject([{ names: false }]);
    writeFileSync(index, '[b](b.md) [a](a.md)');
    utimesSync(index, new Date(), new Date(Date.now() + 5000));
    expect(around('a.md').indexes?.()).toMatchObject([{ names: true }]);
  });

  it('are found when they come and gone when they go', () => {
    write('a.md', '# a');
    write('b.md', '# b');
    expect(around('a.md').indexes?.()).toEqual([]);
    const index = write('README.md', '[b](b.md)');
    utimesSync(root, new Date(), new Date(Date.now() + 5000));
    expect(around('a.md').indexes?.()).toMatchObject([{ path: 'README.md' }]);
    rmSync(index);
    utimesSync(root, new Date(), new Date(Date.now() + 9000));
    expect(around('a.md').indexes?.()).toEqual([]);
  });

  it('do not lead out of the root', () => {
    write('README.md', '[a](inner/a.md) [b](inner/b.md)');
    write('inner/a.md', '# a');
    write('inner/b.md', '# b');
    expect(workspaceFiles(join(root, 'inner/a.md'), join(root, 'inner')).indexes?.()).toEqual([]);
  });
});
