/** The labelled commands, and how risks compare. */
import { readdirSync, readFileSync } from 'node:fs';
import { explainCommand, type Risk, type RunMode } from '../../../core/shell/index.ts';

export interface Labelled {
  /** The file's name without its ending. */
  readonly file: string;
  readonly command: string;
  readonly language?: string;
  readonly risk: Risk;
  readonly mode: RunMode;
  /** Asserted where given. */
  readonly readsSecrets?: boolean;
}

const folder = new URL('../../fixtures/commands/', import.meta.url);

/** All of them, file by file. */
export const LABELLED: readonly Labelled[] = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .sort()
  .flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ file: name.replace('.jsonl', ''), ...(JSON.parse(line) as Omit<Labelled, 'file'>) })),
  );

const RANK: Readonly<Record<Risk, number>> = { 'read-only': 0, mutating: 1, destructive: 2 };

/** 0 read-only, 1 mutating, 2 destructive. */
export function rankOf(command: string, language?: string): number {
  return RANK[explainCommand(command, language).risk];
}
