/** Windows cmd, by its command words. From documentation: Windows Commands. */
import { judgePlainWords } from './classify.ts';
import { readLines } from './lexical.ts';
import type { ShellScript } from './types.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from './verdict.ts';
import { wordSet } from './words.ts';

const READS = wordSet(
  'dir type echo ver vol where find findstr tasklist systeminfo ipconfig ping tracert nslookup netstat whoami hostname rem more sc.exe',
);
const SESSION = wordSet('cd chdir set pushd popd setlocal endlocal title color cls prompt');
const DESTROYS = wordSet('del erase rd rmdir format taskkill shutdown diskpart cipher');

export function readCmd(script: string, masked: string): ShellScript {
  return readLines(script, masked, {
    comment: /^(rem\b|::)/i,
    continuation: /\^\s*$/,
    judge(line) {
      let total: Verdict = NOTHING;
      for (const part of line.split(/&&?|\|\|?/))
        total = highest(total, judgePart(part.trim().replace(/^@/, '')));
      return />/.test(line.replace(/\d?>\s*(nul|&\d)/gi, ''))
        ? highest(total, verdict('local-write', 'writes a file'))
        : total;
    },
    variables(line) {
      const sets = [...line.matchAll(/\bset\s+(?:\/\w\s+)?"?([A-Za-z_]\w*)=/gi)].map(
        (match) => match[1] ?? '',
      );
      const reads = [...line.matchAll(/%([A-Za-z_]\w*)%/g)].map((match) => match[1] ?? '');
      return { reads: [...new Set(reads)], sets };
    },
  });
}

function judgePart(text: string): Verdict {
  if (text === '') return NOTHING;
  const words = text.split(/\s+/);
  const name = (words[0] ?? '').toLowerCase().replace(/\.exe$/, '');
  if (READS.has(name)) return verdict('read', `${name} reads`, { tool: name });
  if (SESSION.has(name)) return verdict('session', `${name} changes only the session`, { tool: name });
  if (DESTROYS.has(name))
    return verdict('destroy', `${name} destroys or takes out of service`, { tool: name });
  if (/^(call|start|for|if)$/.test(name)) return unknown(`${name} runs another command`, { tool: name });
  return judgePlainWords(words);
}
