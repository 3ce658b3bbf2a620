/** What users may set, read from `workspace/configuration`, section `runline`. Anything malformed falls back to the default. */
import * as z from 'zod/mini';
import type { Severity } from '../core/rules/index.ts';
import { DEFAULT_RUNBOOK_GLOBS } from '../core/runbook/index.ts';

export interface Settings {
  /** Globs of the files that are runbooks, relative to the workspace folder; case is ignored. */
  readonly runbooks: readonly string[];
  /** Severity per rule id. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
}

export const DEFAULT_SETTINGS: Settings = { runbooks: DEFAULT_RUNBOOK_GLOBS, rules: {} };

const runbooksShape = z.array(z.string());
const severityShape = z.enum(['error', 'warning', 'info', 'hint', 'off']);

/** Reads one configuration answer; each key on its own, so that one mistake does not undo the rest. */
export function readSettings(value: unknown): Settings {
  if (typeof value !== 'object' || value === null) return DEFAULT_SETTINGS;
  const { runbooks, rules } = value as Record<string, unknown>;
  const globs = runbooksShape.safeParse(runbooks);
  const severities: Record<string, Severity | 'off'> = {};
  if (typeof rules === 'object' && rules !== null) {
    for (const [id, severity] of Object.entries(rules)) {
      const parsed = severityShape.safeParse(severity);
      if (parsed.success) severities[id] = parsed.data;
    }
  }
  return { runbooks: globs.success ? globs.data : DEFAULT_RUNBOOK_GLOBS, rules: severities };
}
