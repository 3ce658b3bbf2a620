/** The labelled commands, and how risks compare. */
import { readFileSync } from 'node:fs';
import { explainCommand, type Risk, type RunMode } from '../../../core/shell/index.ts';

export interface Labelled {
  readonly command: string;
  readonly language?: string;
  readonly risk: Risk;
  readonly mode: RunMode;
  /** Asserted where given. */
  readonly readsSecrets?: boolean;
}

const file = new URL('../../fixtures/commands/basic.jsonl', import.meta.url);

export const LABELLED: readonly Labelled[] = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Labelled);

const RANK: Readonly<Record<Risk, number>> = { 'read-only': 0, mutating: 1, destructive: 2 };

/** 0 read-only, 1 mutating, 2 destructive. */
export function rankOf(command: string, language?: string): number {
  return RANK[explainCommand(command, language).risk];
}
