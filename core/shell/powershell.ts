/** PowerShell by its verbs. From documentation: Approved Verbs for PowerShell Commands. */
import { judgePlainWords } from './classify.ts';
import { judgeWindowsProgram } from './cmd.ts';
import { judgeHttp } from './http.ts';
import { readLines } from './lexical.ts';
import { judgeSql } from './sql.ts';
import type { Effect, RunMode, ShellScript } from './types.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from './verdict.ts';
import { plain, unknownWord, wordSet } from './words.ts';

const VERBS: readonly (readonly [Effect, ReadonlySet<string>])[] = [
  [
    'read',
    wordSet(
      'get test measure select show find compare format where sort group resolve trace convertto convertfrom out write tee join split foreach search wait ping read',
    ),
  ],
  ['session', wordSet('push pop enter exit')],
  [
    'mutate',
    wordSet(
      'set new add enable start restart update import install publish register connect copy move rename send save grant mount resume suspend merge sync push optimize repair restore approve unblock export backup checkpoint expand compress convert edit lock unlock open close protect unprotect switch undo use debug request submit assert confirm complete deploy initialize',
    ),
  ],
  [
    'destroy',
    wordSet(
      'remove clear stop disable uninstall reset unregister dismount revoke deny block disconnect unpublish limit hide',
    ),
  ],
];

/** Commands that their verb does not tell about. */
const COMMANDS: Readonly<Record<string, Effect>> = {
  'restart-computer': 'destroy',
  'format-volume': 'destroy',
  'initialize-disk': 'destroy',
  'suspend-vm': 'destroy',
  'suspend-service': 'destroy',
  'tee-object': 'local-write',
  'out-file': 'local-write',
  'export-csv': 'local-write',
  'export-clixml': 'local-write',
  'expand-archive': 'local-write',
  'compress-archive': 'local-write',
  'copy-item': 'local-write',
  'rename-item': 'local-write',
  'new-item': 'local-write',
  'add-content': 'local-write',
  'clear-host': 'read',
  'start-sleep': 'read',
  'set-location': 'session',
  'set-variable': 'session',
  'new-variable': 'session',
  'remove-variable': 'session',
  'set-alias': 'session',
  'set-strictmode': 'session',
  'import-module': 'session',
  'new-object': 'session',
  'add-type': 'unknown',
};
/** The short names that scripts use most. */
const ALIASES: Readonly<Record<string, string>> = {
  '?': 'where-object',
  where: 'where-object',
  '%': 'foreach-object',
  foreach: 'foreach-object',
  select: 'select-object',
  sort: 'sort-object',
  measure: 'measure-object',
  group: 'group-object',
  ft: 'format-table',
  fl: 'format-list',
  gci: 'get-childitem',
  gc: 'get-content',
  gps: 'get-process',
  gsv: 'get-service',
  gcm: 'get-command',
  gi: 'get-item',
  gm: 'get-member',
  gwmi: 'get-wmiobject',
  sls: 'select-string',
  sl: 'set-location',
  ni: 'new-item',
  ri: 'remove-item',
  del: 'remove-item',
  erase: 'remove-item',
  rd: 'remove-item',
  spps: 'stop-process',
  spsv: 'stop-service',
  sasv: 'start-service',
  sc: 'set-content',
  iwr: 'invoke-webrequest',
  irm: 'invoke-restmethod',
  tee: 'tee-object',
};
const RUNS = wordSet('invoke-expression iex invoke-command icm start-process start-job saps & .');
const TERMINAL = wordSet('read-host get-credential out-gridview');

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

const METHODS =
  /^(ToString|GetType|Trim|TrimEnd|TrimStart|Split|Contains|StartsWith|EndsWith|Replace|Substring|ToLower|ToUpper|IndexOf|AddDays|AddHours|AddMinutes|Subtract|Parse|TryParse|Round|Floor|Ceiling|Max|Min|Join|Format|Combine|Exists|IsNullOrEmpty|IsNullOrWhiteSpace|GetEnvironmentVariable|GetString|GetBytes|ToBase64String|FromBase64String|ContainsKey|Equals|PadLeft|PadRight|Matches|Match|IsMatch|GetFileName|GetTempPath|NewGuid)$/i;

function judge(line: string): Verdict {
  let total: Verdict = NOTHING;
  for (const part of line.replace(/`\s*\n/g, ' ').split(/[|;\n{}]|&&|\|\|/)) {
    const text = part.trim().replace(/^\$[\w:.[\]]+\s*[-+]?=\s*/, '');
    if (text !== '') total = highest(total, judgePart(text));
  }
  // Sub-expressions run whatever stands in them.
  for (const nested of line.matchAll(/\(\s*&?\s*([A-Za-z][\w.-]*(?:\s[^(){}]*)?)/g)) {
    const text = (nested[1] ?? '').trim();
    if (/^[A-Za-z]+-[A-Za-z]/.test(text) || /^(rm|del|kill|ri|iex|icm|rd|erase)\b/i.test(text))
      total = highest(total, judgePart(text));
  }
  for (const nested of line.matchAll(/\bin\s+([A-Za-z]+-[A-Za-z]+[^(){}]*)/g))
    total = highest(total, judgePart((nested[1] ?? '').trim()));
  // Methods of .NET run anywhere in a line, and only a few of them are known to look.
  for (const method of line.matchAll(/(?:[\w\])]\.|::)(\w+)\(/g)) {
    if (!METHODS.test(method[1] ?? ''))
      total = highest(total, unknown(`the method ${method[1]}() is in no table`));
  }
  return />>?\s*[^\s&$]/.test(line.replace(/\d?>\s*\$null|\d>&\d|"[^"]*"|'[^']*'/g, ''))
    ? highest(total, verdict('local-write', 'writes a file'))
    : total;
}

function judgePart(written: string): Verdict {
  const text = written.replace(/^(else|try|finally|do|begin|process|end|return|throw)\b\s*/i, '');
  if (
    text === '' ||
    /^(if|elseif|while|until|for|switch|catch|function|filter|param|break|continue|exit|using|trap)\b/i.test(
      text,
    )
  )
    return NOTHING;
  if (/^foreach\s*\(/i.test(text)) return NOTHING;
  const words = text.split(/\s+/);
  const written0 = (words[0] ?? '').toLowerCase();
  const name = ALIASES[written0] ?? written0;
  if (RUNS.has(name)) return unknown(`${words[0]} runs another command`, { tool: name });
  if (name === 'enter-pssession' || name === 'etsn')
    return unknown(`${words[0]} opens a session`, { mode: 'terminal', tool: name });
  if (name === 'invoke-webrequest' || name === 'invoke-restmethod') return request(text, name);
  if (name === 'invoke-sqlcmd') return sql(text, name);
  const verb = /^([a-z]+)-[a-z]/.exec(name)?.[1];
  if (verb === undefined || (COMMANDS[name] === undefined && !VERBS.some(([, verbs]) => verbs.has(verb)))) {
    if (/^[$"'\d@[(}]/.test(name)) return NOTHING;
    return (
      judgeWindowsProgram(words) ??
      (verb === undefined || /\.exe$/.test(name) ? judgePlainWords(words) : known(words, name))
    );
  }
  const rehearsal = words.some((word) => /^-whatif$/i.test(word));
  const effect = COMMANDS[name] ?? VERBS.find(([, verbs]) => verbs.has(verb))?.[0] ?? 'unknown';
  const mode: RunMode = TERMINAL.has(name)
    ? 'terminal'
    : /\s-wait\b/i.test(text) && verb === 'get'
      ? 'stream'
      : 'capture';
  if (rehearsal && effect !== 'read')
    return verdict('read', `${words[0]} -WhatIf only rehearses`, { tool: name });
  if (effect === 'unknown') return unknown(`${words[0]} compiles code`, { tool: name });
  return verdict(effect, `${words[0]}: ${SAYS[effect]}`, {
    mode,
    tool: name,
    readsSecrets: /^get-(azkeyvaultsecret|secret|secsecretvalue|storageaccountkey|azstorageaccountkey)$/.test(
      name,
    ),
  });
}

const SAYS: Readonly<Record<Effect, string>> = {
  read: "PowerShell's verb reads",
  session: 'changes only the session',
  'local-write': 'writes on this machine',
  mutate: "PowerShell's verb changes state",
  destroy: "PowerShell's verb destroys or takes out of service",
  unknown: '',
};

/** `docker-compose` looks like a verb and a noun, and is a program. */
function known(words: readonly string[], name: string): Verdict {
  const program = judgePlainWords(words);
  return program.effect === 'unknown'
    ? unknown(`the verb of ${words[0]} is in no table`, { tool: name })
    : program;
}

function option(text: string, names: string): string | undefined {
  const match = new RegExp(`\\s-(?:${names})[:\\s]+("[^"]*"|'[^']*'|\\S+)`, 'i').exec(text);
  return match?.[1]?.replace(/^["']|["']$/g, '');
}

function request(text: string, tool: string): Verdict {
  const given = option(text, 'method');
  const method =
    given === undefined ? plain('GET') : given.startsWith('$') ? unknownWord(given) : plain(given);
  const url = option(text, 'uri') ?? text.split(/\s+/)[1] ?? '';
  const judged = { ...judgeHttp({ method, url }), tool };
  return option(text, 'outfile') === undefined
    ? judged
    : highest(judged, verdict('local-write', 'writes what it fetches', { tool }));
}

function sql(text: string, tool: string): Verdict {
  const query = option(text, 'query');
  return query === undefined || query.startsWith('$')
    ? unknown('Invoke-Sqlcmd runs text that is not in the command', { tool })
    : { ...judgeSql(query), tool };
}
