/** PowerShell by its verbs. From documentation: Approved Verbs for PowerShell Commands. */
import { judgePlainWords } from './classify.ts';
import { readLines } from './lexical.ts';
import type { Effect, RunMode, ShellScript } from './types.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from './verdict.ts';
import { wordSet } from './words.ts';

const VERBS: readonly (readonly [Effect, ReadonlySet<string>])[] = [
  [
    'read',
    wordSet(
      'get test measure select show find compare format where sort group resolve trace convertto convertfrom out write tee join split foreach',
    ),
  ],
  ['session', wordSet('push pop enter exit')],
  [
    'mutate',
    wordSet(
      'set new add enable start restart update import install publish register connect copy move rename send save grant mount resume suspend merge sync push optimize repair restore approve unblock',
    ),
  ],
  ['destroy', wordSet('remove clear stop disable uninstall reset unregister dismount revoke deny block')],
];
const NEVER_LOWER: Readonly<Record<string, Effect>> = {
  'stop-computer': 'destroy',
  'restart-computer': 'destroy',
  'format-volume': 'destroy',
  'initialize-disk': 'destroy',
  'tee-object': 'local-write',
  'out-file': 'local-write',
  'set-location': 'session',
  'set-variable': 'session',
  'new-variable': 'session',
};
const RUNS = wordSet('invoke-expression iex invoke-command icm start-process start-job & .');
const TERMINAL = wordSet('read-host get-credential');

export function readPowershell(script: string, masked: string): ShellScript {
  return readLines(script, masked, {
    comment: /^#/,
    continuation: /[`|{(,]\s*$/,
    judge,
    variables(line) {
      const sets = [...line.matchAll(/\$([A-Za-z_]\w*)\s*=(?!=)/g)].map((match) => match[1] ?? '');
      const reads = [...line.matchAll(/\$env:([A-Za-z_]\w*)/gi)].map((match) => match[1] ?? '');
      return { reads: [...new Set(reads)], sets };
    },
  });
}

function judge(line: string): Verdict {
  let total: Verdict = NOTHING;
  for (const part of line.split(/[|;\n]|&&|\|\|/)) {
    const text = part.trim().replace(/^\$[\w:]+\s*=\s*/, '');
    if (text !== '') total = highest(total, judgePart(text));
  }
  // Script blocks and sub-expressions run whatever stands in them.
  for (const nested of line.matchAll(/[({]\s*([A-Za-z]+-[A-Za-z]+[^(){}]*)/g))
    total = highest(total, judgePart((nested[1] ?? '').trim()));
  return total;
}

function judgePart(text: string): Verdict {
  const words = text.split(/\s+/);
  const name = (words[0] ?? '').toLowerCase();
  if (RUNS.has(name)) return unknown(`${words[0]} runs another command`, { tool: name });
  if (name === 'enter-pssession' || name === 'etsn')
    return unknown(`${words[0]} opens a session`, { mode: 'terminal', tool: name });
  const verb = /^([a-z]+)-[a-z]/.exec(name)?.[1];
  if (verb === undefined) {
    if (/^[$"'\d@[(}]/.test(name)) return NOTHING;
    return judgePlainWords(words);
  }
  const rehearsal = words.some((word) => /^-whatif$/i.test(word));
  const effect = NEVER_LOWER[name] ?? VERBS.find(([, verbs]) => verbs.has(verb))?.[0];
  if (effect === undefined) return unknown(`the verb of ${words[0]} is in no table`, { tool: name });
  const mode: RunMode = TERMINAL.has(name)
    ? 'terminal'
    : /-wait\b/i.test(text) && verb === 'get'
      ? 'stream'
      : 'capture';
  if (rehearsal && effect !== 'read')
    return verdict('read', `${words[0]} -WhatIf only rehearses`, { tool: name });
  return verdict(
    effect,
    `${words[0]}: PowerShell's verb ${verb} ${effect === 'read' ? 'reads' : effect === 'destroy' ? 'destroys or takes out of service' : 'changes state'}`,
    { mode, tool: name },
  );
}
