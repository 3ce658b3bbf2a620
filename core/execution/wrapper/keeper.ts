/**
 * The process above every step: a small `sh` that writes down its id, runs the program, and writes down how it ended.
 * It is there for the case that we are not: after a window reload or a killed command line the exit code is still found.
 */
import { quote } from '../../shell/quote.ts';
import type { RunFolder } from '../runFolder.ts';

/**
 * The text that `sh` runs.
 * @param env Variables for the program alone. `BASH_ENV` must not reach the shells in between, which may be bash too.
 * It ignores no signal but outlives each, so that the program's end is always written.
 * A shell cannot rename without starting a program; a file counts as written once it ends with a line break, and each is one write.
 */
export function keeperScript(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: RunFolder,
): string {
  const own = Object.entries(env).map(([name, value]) => `export ${name}=${quote(value, 'sh')}; `);
  const command = argv.map((word) => quote(word, 'sh')).join(' ');
  return [
    'trap : HUP INT QUIT TERM',
    // Linux: the 22nd field is when the process started, which tells it from a later one with the same id.
    'stat=',
    '{ read -r stat < "/proc/$$/stat"; } 2>/dev/null',
    `printf '%s %s\\n' "$$" "$stat" > ${quote(folder.pid, 'sh')}`,
    // The shell's own remarks ("Terminated") do not belong to the step's output, and a shell remarks while a command's own
    // redirections are in force; hence the subshell, which becomes the program.
    'exec 3>&2 2>/dev/null',
    `(${own.join('')}exec ${command} 2>&3 3>&-)`,
    'code=$?',
    `printf '%s\\n' "$code" > ${quote(folder.exit, 'sh')}`,
    'exit "$code"',
    '',
  ].join('\n');
}
