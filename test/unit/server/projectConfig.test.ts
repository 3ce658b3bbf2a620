import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RUNBOOK_GLOBS, isRunbookPath } from '../../../core/runbook/index.ts';
import { ConfigReader, isConfigFile, NO_CONFIG } from '../../../server/projectConfig.ts';
import { DEFAULT_SETTINGS, withConfig } from '../../../server/settings.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runline-config-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}
const config = (name: string, reader = new ConfigReader()) => reader.for(join(root, name), root);

describe('files on the way to a runbook', () => {
  it('add up, nearer ones over farther', () => {
    write('.runline.yaml', 'rules: {contact/empty: off, command/endless: hint}\n');
    write('a/b/.runline.yaml', 'rules: {command/endless: error}\n');
    write('a/c/.runline.yaml', 'rules: {command/endless: info}\n');
    expect(config('a/b/x.md').rules).toEqual({ 'contact/empty': 'off', 'command/endless': 'error' });
    expect(config('a/x.md').rules).toEqual({ 'contact/empty': 'off', 'command/endless': 'hint' });
    expect(config('a/b/x.md').files.map(({ path }) => path)).toEqual([
      join(root, '.runline.yaml'),
      join(root, 'a/b/.runline.yaml'),
    ]);
  });

  it('have no say above the workspace folder, nor about what lies outside it', () => {
    write('.runline.yaml', 'rules: {command/endless: off}\n');
    const reader = new ConfigReader();
    expect(reader.for(join(root, 'a/x.md'), join(root, 'a'))).toEqual(NO_CONFIG);
    expect(reader.for(join(root, 'x.md'), join(root, 'a'))).toEqual(NO_CONFIG);
    expect(reader.for(join(root, '..', 'x.md'), root)).toEqual(NO_CONFIG);
  });

  it('write their globs from where they lie; the nearest that has any counts', () => {
    write('.runline.yaml', 'runbooks: ["top/*.md"]\n');
    write('a [1]/.runline.yaml', 'runbooks: ["*.md", "/sub/**/*.md", "!not.md"]\n');
    write('a [1]/b/.runline.yaml', 'rules: {command/endless: off}\n');
    const globs = config('a [1]/b/x.md').runbooks ?? [];
    const positive = globs.filter((glob) => !glob.startsWith('!'));
    expect(isRunbookPath('a [1]/x.md', positive)).toBe(true);
    expect(isRunbookPath('a [1]/sub/deep/x.md', positive)).toBe(true);
    expect(isRunbookPath('a [1]/b/x.md', positive)).toBe(false);
    expect(isRunbookPath('a 1/x.md', positive)).toBe(false);
    expect(globs.at(-1)).toMatch(/^!a .*\/not\.md$/);
    expect(config('x.md').runbooks).toEqual(['top/*.md']);
  });

  it('are read anew once they change, and not before', () => {
    write('.runline.yaml', 'rules: {command/endless: off}\n');
    const reader = new ConfigReader();
    const first = config('x.md', reader);
    expect(config('x.md', reader).files[0]?.problems).toBe(first.files[0]?.problems);
    write('.runline.yaml', 'rules: {command/endless: warning}\n');
    expect(config('x.md', reader).rules).toEqual({ 'command/endless': 'warning' });
    rmSync(join(root, '.runline.yaml'));
    expect(config('x.md', reader)).toEqual(NO_CONFIG);
  });

  it('may be folders, or begin with a byte order mark', () => {
    mkdirSync(join(root, '.runline.yaml'));
    write('a/.runline.yaml', '\ufeffrules: {command/endless: off}\n');
    expect(config('a/x.md')).toMatchObject({
      rules: { 'command/endless': 'off' },
      files: [{ problems: [] }],
    });
  });

  it('are known by their name alone', () => {
    expect(isConfigFile('file:///team/.runline.yaml')).toBe(true);
    expect(isConfigFile('file:///team/x.runline.yaml')).toBe(false);
    expect(isConfigFile('/team/.runline/x.yaml')).toBe(false);
  });
});

describe('precedence', () => {
  const folder = {
    rules: { 'command/endless': 'off', 'command/destructive': 'hint' },
    runbooks: ['ops/*.md'],
    files: [],
  } as const;
  const own = {
    ...DEFAULT_SETTINGS,
    runbooks: ['mine/*.md'],
    rules: { 'command/endless': 'error', 'secret/literal': 'off' },
  } as const;

  it('is settings over files over defaults', () => {
    expect(withConfig(own, folder, true)).toEqual({
      ...DEFAULT_SETTINGS,
      runbooks: ['mine/*.md'],
      rules: { 'command/endless': 'error', 'command/destructive': 'hint', 'secret/literal': 'off' },
    });
    expect(withConfig(DEFAULT_SETTINGS, folder, true)).toEqual({
      ...DEFAULT_SETTINGS,
      runbooks: ['ops/*.md'],
      rules: folder.rules,
    });
    expect(withConfig(DEFAULT_SETTINGS, NO_CONFIG, true).runbooks).toEqual(DEFAULT_RUNBOOK_GLOBS);
  });

  it('leaves a person’s own word about a safety rule in an untrusted workspace, and not the file’s', () => {
    expect(withConfig(own, folder, false).rules).toEqual({
      'command/endless': 'error',
      'secret/literal': 'off',
    });
    expect(withConfig(DEFAULT_SETTINGS, folder, false)).toEqual({
      ...DEFAULT_SETTINGS,
      runbooks: DEFAULT_RUNBOOK_GLOBS,
      rules: { 'command/endless': 'off' },
    });
  });
});
