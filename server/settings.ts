/**
 * What users may set, read from `workspace/configuration`, section `runline`, and what `.runline.yaml` adds to it.
 * Anything malformed falls back to the default.
 */
import * as z from 'zod/mini';
import { rulesById, type Severity, withoutWeakening } from '../core/rules/index.ts';
import { DEFAULT_RUNBOOK_GLOBS } from '../core/runbook/index.ts';
import type { FolderConfig } from './projectConfig.ts';

export interface Settings {
  /** Globs of the files that are runbooks, relative to the workspace folder; case is ignored. */
  readonly runbooks: readonly string[];
  /** Severity per rule id. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Whether ShellCheck is asked, and what it is called: a name on the search path, or an absolute path. */
  readonly shellcheck: { readonly enabled: boolean; readonly path: string };
}

export const DEFAULT_SETTINGS: Settings = {
  runbooks: DEFAULT_RUNBOOK_GLOBS,
  rules: {},
  shellcheck: { enabled: true, path: 'shellcheck' },
};

const runbooksShape = z.array(z.string());
const shellcheckShape = z.object({
  enabled: z.catch(z.boolean(), true),
  path: z.catch(z.string(), 'shellcheck'),
});
const severityShape = z.enum(['error', 'warning', 'info', 'hint', 'off']);

/** Reads one configuration answer; each key on its own, so that one mistake does not undo the rest. */
export function readSettings(value: unknown): Settings {
  if (typeof value !== 'object' || value === null) return DEFAULT_SETTINGS;
  const { runbooks, rules, shellcheck } = value as Record<string, unknown>;
  const globs = runbooksShape.safeParse(runbooks);
  const severities: Record<string, Severity | 'off'> = {};
  if (typeof rules === 'object' && rules !== null) {
    for (const [id, severity] of Object.entries(rules)) {
      const parsed = severityShape.safeParse(severity);
      if (parsed.success) severities[id] = parsed.data;
    }
  }
  const checks = shellcheckShape.safeParse(shellcheck);
  return {
    runbooks: globs.success ? globs.data : DEFAULT_RUNBOOK_GLOBS,
    rules: severities,
    shellcheck: { ...DEFAULT_SETTINGS.shellcheck, ...(checks.success ? checks.data : {}) },
  };
}

/**
 * Settings over the files' words over the defaults. Globs that are the default ones count as not set. In an untrusted
 * workspace the files name no runbooks, since a document that is none is not checked, and weaken no safety rule.
 */
export function withConfig(settings: Settings, config: FolderConfig, trusted: boolean): Settings {
  const set = settings.runbooks.join('\n') !== DEFAULT_RUNBOOK_GLOBS.join('\n');
  return {
    ...settings,
    runbooks: set || !trusted ? settings.runbooks : (config.runbooks ?? settings.runbooks),
    rules: {
      ...(trusted ? config.rules : withoutWeakening(config.rules, rulesById)),
      ...settings.rules,
    },
  };
}
