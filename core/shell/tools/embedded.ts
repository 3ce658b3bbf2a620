/** Shell commands inside code that is handed to an interpreter (`python -c 'os.system("rm x")'`). From the languages' manuals. */
import { highest, type Verdict } from '../verdict.ts';
import type { Call } from './table.ts';

/** Functions whose first argument a shell runs, or is a program. */
const RUNS =
  /(?<![\w.])(?:os\.(?:system|popen)|(?:subprocess\.)?(?:run|call|check_call|check_output|getoutput|getstatusoutput|Popen)|(?:child_process\.|require\([^)]*\)\.)?(?:execSync|exec|execFileSync|spawnSync|spawn)|(?:Kernel\.)?(?:system|exec|spawn)|shell_exec|passthru|popen|proc_open|os\.execute|io\.popen)\s*\(?\s*(\[[^\]]*\]|(['"`])(?:\\.|(?!\2).)*\2|q[qx]?\{[^}]*\})/g;
/** Code between backticks runs in Perl, Ruby and PHP. */
const BACKTICKS = /`((?:\\.|[^`\\])*)`/g;

/**
 * What the literal commands in the code of an option would do; undefined where there are none. It only ever raises the verdict over the
 * code, which stays unknown: what else it does nobody has read.
 */
export function embedded(options: string): (call: Call) => Verdict | undefined {
  const wanted = options.split(' ');
  return (call) => {
    let result: Verdict | undefined;
    const codes = call.parsed.flags.flatMap(({ name, value }) =>
      wanted.includes(name) && value ? [value.value] : [],
    );
    if (call.stdin.kind === 'text' && call.parsed.operands.length === 0) codes.push(call.stdin.text);
    for (const code of codes) {
      for (const text of commandsIn(code, /^(perl|ruby|php)$/.test(call.name))) {
        const judged = call.judge.script(text);
        result = result ? highest(result, judged) : judged;
      }
    }
    return result;
  };
}

function commandsIn(code: string, backticks: boolean): string[] {
  const found = [...code.matchAll(RUNS)].map((match) => {
    const argument = match[1] ?? '';
    if (!argument.startsWith('['))
      return argument
        .slice(1, -1)
        .replace(/^[qx]*\{/, '')
        .replace(/\\(.)/g, '$1');
    // A list is one word each.
    return [...argument.matchAll(/(['"])((?:\\.|(?!\1).)*)\1/g)].map((word) => `'${word[2]}'`).join(' ');
  });
  if (backticks) found.push(...[...code.matchAll(BACKTICKS)].map((match) => match[1] ?? ''));
  return found.filter((text) => text.trim() !== '');
}
