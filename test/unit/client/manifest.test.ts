import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUNBOOK_GLOBS } from '../../../core/runbook/index.ts';

const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const table = readFileSync(join(root, 'client/commands/index.ts'), 'utf8');
const registered = new Set([...table.matchAll(/'(runline\.\w+)'/g)].map((match) => match[1]));
const contributed: string[] = manifest.contributes.commands.map(
  ({ command }: { command: string }) => command,
);

describe('the manifest', () => {
  it('contributes commands that are registered', () => {
    expect(contributed.filter((command) => !registered.has(command))).toEqual([]);
  });

  it('has every command that was promised', () => {
    const promised =
      'run runCommandAtCursor cancel declareIncident setSeverity setStatus addNote draftPostmortem showIncident treatAsRunbook showLogs';
    expect(promised.split(' ').filter((name) => !contributed.includes(`runline.${name}`))).toEqual([]);
  });

  it('uses commands of its own in menus', () => {
    const used = Object.values(manifest.contributes.menus as Record<string, { command: string }[]>).flat();
    expect(used.filter(({ command }) => !contributed.includes(command))).toEqual([]);
  });

  it('looks for runbooks where the core does', () => {
    expect(manifest.contributes.configuration.properties['runline.runbooks'].default).toEqual(
      DEFAULT_RUNBOOK_GLOBS,
    );
  });

  it('never starts with the editor alone', () => {
    expect(manifest.activationEvents).toEqual([
      'onLanguage:markdown',
      'onLanguage:yaml',
      'workspaceContains:.runline/active',
      'onWebviewPanel:runline.incident',
    ]);
  });

  it('restricts every setting that decides what is found and what is warned of', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe('limited');
    expect(virtualWorkspaces.supported).toBe('limited');
    expect(untrustedWorkspaces.restrictedConfigurations).toEqual(
      expect.arrayContaining(['runline.rules', 'runline.runbooks']),
    );
    expect(manifest.extensionKind).toEqual(['workspace']);
  });

  it('has pictures for every outcome', () => {
    const names = ['running', 'succeeded', 'failed', 'cancelled', 'unknown'];
    expect(names.filter((name) => !existsSync(join(root, `images/gutter/${name}.svg`)))).toEqual([]);
    expect(existsSync(join(root, manifest.icon))).toBe(true);
  });
});
