import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownersOf } from '../../../server/owners.ts';
import { workspaceFiles } from '../../../server/workspaceFiles.ts';

let root = '';
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const ownersIn = (path: string) => ownersOf(join(root, 'work', path), join(root, 'work'));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runline-owners-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('asks CODEOWNERS, and says where it stands', () => {
  write('work/.github/CODEOWNERS', '# Who\n/docs/ @lantern/ledger\n');
  expect(ownersIn('docs/runbooks/queue.md')).toEqual({
    owners: ['@lantern/ledger'],
    file: '.github/CODEOWNERS',
    line: 2,
  });
  expect(ownersIn('notes.md')).toBeNull();
});

it('asks the nearest OWNERS where CODEOWNERS is silent', () => {
  write('work/CODEOWNERS', '*.ts @lantern/code\n');
  write('work/OWNERS', 'approvers:\n  - imke\n');
  write('work/docs/OWNERS', 'approvers:\n  - bo\n');
  expect(ownersIn('docs/runbooks/queue.md')?.owners).toEqual(['bo']);
  expect(ownersIn('queue.md')?.owners).toEqual(['imke']);
});

it('reads nothing above the workspace', () => {
  write('OWNERS', 'approvers:\n  - outsider\n');
  write('CODEOWNERS', '* @out/sider\n');
  expect(ownersIn('queue.md')).toBeNull();
});

it('sees that a list has changed', () => {
  write('work/CODEOWNERS', '* @lantern/one\n');
  expect(ownersIn('queue.md')?.owners).toEqual(['@lantern/one']);
  write('work/CODEOWNERS', '* @lantern/two\n');
  utimesSync(join(root, 'work/CODEOWNERS'), new Date(), new Date(Date.now() + 5_000));
  expect(ownersIn('queue.md')?.owners).toEqual(['@lantern/two']);
});

it('a folder in the place of a list, and a list that is too long, say nothing', () => {
  mkdirSync(join(root, 'work/CODEOWNERS'), { recursive: true });
  write('work/OWNERS', `approvers:\n  - imke\n#${'x'.repeat(3 * 1024 * 1024)}\n`);
  expect(ownersIn('queue.md')).toBeNull();
});

it('rules hear of them through the files around a runbook', () => {
  write('work/CODEOWNERS', 'docs/ @lantern/ledger\n');
  const { own } = workspaceFiles(join(root, 'work/docs/queue.md'), join(root, 'work'));
  expect(own?.name).toBe('queue.md');
  expect(own?.owners()).toEqual(['@lantern/ledger']);
});
