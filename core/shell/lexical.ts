/**
 * A reading, line by line and word by word, for shells that the bash grammar does not know. It is honest about what it
 * does not see: a line that is more than a plain command is never called safe.
 */
import type { ShellCommand, ShellScript } from './types.ts';
import { highest, NOTHING, toClassification, type Verdict } from './verdict.ts';

export interface LexicalRules {
  /** Whether a line is a comment. */
  readonly comment: RegExp;
  /** What joins a line with the next. */
  readonly continuation: RegExp;
  judge(line: string): Verdict;
  /** Names of variables that a line reads and sets. */
  variables(line: string): { readonly reads: readonly string[]; readonly sets: readonly string[] };
}

/** @param masked The script with placeholders replaced by words of the same length. */
export function readLines(script: string, masked: string, rules: LexicalRules): ShellScript {
  const commands: ShellCommand[] = [];
  const set = new Set<string>();
  const unset = new Set<string>();
  let total: Verdict = NOTHING;
  for (let at = 0; at < masked.length; ) {
    let end = lineEnd(masked, at);
    while (end < masked.length && rules.continuation.test(masked.slice(at, end)))
      end = lineEnd(masked, end + 1);
    const line = masked.slice(at, end);
    const text = line.trim();
    if (text !== '' && !rules.comment.test(text)) {
      const start = at + (line.length - line.trimStart().length);
      const verdict = rules.judge(text);
      const { reads, sets } = rules.variables(text);
      for (const name of reads) if (!set.has(name)) unset.add(name);
      for (const name of sets) set.add(name);
      total = highest(total, verdict);
      commands.push({
        start,
        end: start + text.length,
        text: script.slice(start, start + text.length),
        tool: verdict.tool,
        classification: toClassification(verdict),
        reads,
        sets,
      });
    }
    at = end + 1;
  }
  return { commands, error: null, classification: toClassification(total), unsetVariables: [...unset] };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
