/** fish, line by line: its control words by a list of their own, everything else as bash reads it. */
import { judgeScript, newScope } from './classify.ts';
import { readLines } from './lexical.ts';
import type { ShellScript } from './types.ts';
import { unknown, verdict } from './verdict.ts';

export function readFish(script: string, masked: string): ShellScript {
  return readLines(script, masked, {
    comment: /^#/,
    continuation: /(\\|\||&&|\|\|)\s*$/,
    judge(line) {
      if (/^(end|else|begin|break|continue|return)\b/.test(line)) return verdict('session', '');
      if (/^set(\s|$)/.test(line) && !/[(`]/.test(line))
        return verdict('session', 'set changes only the session');
      if (/^(for|while|if|switch|case|function)\b/.test(line))
        return unknown('control structures of fish are not read');
      // Command substitution has no dollar sign in fish.
      return judgeScript(line.replace(/(^|[\s"])\(/g, '$1$('), newScope());
    },
    variables(line) {
      const sets = [...line.matchAll(/^set\s+(?:-\w+\s+)*([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
      const reads = [...line.matchAll(/\$([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
      return { reads: [...new Set(reads)], sets };
    },
  });
}
