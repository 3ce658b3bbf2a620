/** What the readers of PowerShell, cmd and fish share: statements with their places become a script. */
import type { ShellCommand, ShellScript } from './types.ts';
import { highest, NOTHING, toClassification, unknown, type Verdict } from './verdict.ts';

/** A statement as its reader found it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly verdict: Verdict;
}

/** Names of variables that the text of a statement reads and sets. */
export type Variables = (text: string) => {
  readonly reads: readonly string[];
  readonly sets: readonly string[];
};

/**
 * @param masked The script with placeholders replaced by words of the same length.
 * @param fault What was not understood: the whole is unknown then, besides what it is anyway.
 */
export function scriptOf(
  script: string,
  masked: string,
  pieces: readonly Piece[],
  variables: Variables,
  fault?: string,
): ShellScript {
  const commands: ShellCommand[] = [];
  const set = new Set<string>();
  const unset = new Set<string>();
  let total: Verdict = NOTHING;
  for (const { start, end, verdict } of pieces) {
    const { reads, sets } = variables(masked.slice(start, end));
    for (const name of reads) if (!set.has(name)) unset.add(name);
    for (const name of sets) set.add(name);
    total = highest(total, verdict);
    commands.push({
      start,
      end,
      text: script.slice(start, end),
      tool: verdict.tool,
      classification: toClassification(verdict),
      reads,
      sets,
    });
  }
  if (fault !== undefined) total = highest(total, unknown(`not understood: ${fault}`));
  return { commands, error: null, classification: toClassification(total), unsetVariables: [...unset] };
}

/** Names that a pattern with one group finds, each once. */
export function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}
