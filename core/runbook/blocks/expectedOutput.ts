/** What a transcript shows below each of its commands. */
import type { ShellCommand } from '../../shell/types.ts';
import type { ExpectedOutput } from '../types.ts';
import type { Answer } from './answers.ts';

/**
 * Runs of answer lines, each with the command that it stands below. Blank lines inside a run belong to it, those around it
 * do not; a comment ends it. What stands above the first command is nobody's output.
 *
 * @param answers What each line of `content` is.
 */
export function expectedOutput(
  content: string,
  answers: readonly Answer[],
  commands: readonly ShellCommand[],
): ExpectedOutput[] {
  if (!answers.includes('output') || commands.length === 0) return [];
  const found: ExpectedOutput[] = [];
  let start = -1;
  let end = -1;
  let command = -1;
  const close = () => {
    if (start >= 0 && command >= 0) found.push({ command, start, end, text: content.slice(start, end) });
    start = -1;
  };
  let at = 0;
  for (const [index, line] of content.split('\n').entries()) {
    if (answers[index] === 'output') {
      if (start < 0) start = at;
      end = at + line.length;
    } else if (line.trim() !== '') {
      close();
      while (command + 1 < commands.length && (commands[command + 1]?.start ?? 0) < at + line.length)
        command++;
    }
    at += line.length + 1;
  }
  close();
  return found;
}
