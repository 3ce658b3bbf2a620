/**
 * The tables against the tools' own help texts, where the tools are installed: an option that the help shows with a value must
 * take one in the table too, else the word behind it is read as what the command acts on; and the other way round.
 */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { findTool } from '../../../core/shell/tools/index.ts';
import type { Outcome } from '../../../core/shell/tools/table.ts';
import { wordSet } from '../../../core/shell/words.ts';

/** Programs that print their help and do nothing else when asked so; behind the name, words that ask. */
const PROGRAMS: readonly (readonly [program: string, ...ask: string[]])[] = [
  ...'psql pg_dump pg_restore pg_basebackup createdb dropdb vacuumdb reindexdb pg_isready rsync wget tar grep sed'
    .split(' ')
    .map((name) => [name, '--help'] as const),
  ...'ls cp mv rm ln mkdir chmod chown touch sort head tail tee df du wc cut uniq stat date split shuf truncate nl comm base64'
    .split(' ')
    .map((name) => [name, '--help'] as const),
  ...'systemctl journalctl loginctl timedatectl hostnamectl lsblk findmnt dmesg gzip'
    .split(' ')
    .map((name) => [name, '--help'] as const),
  ...'push fetch clone clean reset checkout commit branch tag merge rebase restore switch add rm mv stash,push cherry-pick revert'
    .split(' ')
    .map((path) => ['git', ...path.split(','), '-h'] as const),
  ...'pgrep ss jq gpg xz patch diff tr mktemp'.split(' ').map((name) => [name, '--help'] as const),
  ['redis-cli', '--help'],
  ['curl', '--help', 'all'],
  ...'get describe logs delete apply scale rollout,restart rollout,undo drain cordon exec cp patch label create run top,pods'
    .split(' ')
    .map((path) => ['kubectl', ...path.split(','), '--help'] as const),
  ...'run exec ps logs rm rmi stop kill build pull push inspect images prune,-f system,prune volume,rm'
    .split(' ')
    .filter((path) => path !== 'prune,-f')
    .map((path) => ['docker', ...path.split(','), '--help'] as const),
];

type Takes = 'value' | 'optional' | 'nothing';

/** `-n, --namespace=NAME`, `--tail int`, `-o, --output='': …`, `-f, --file string   the file`. */
const LINE =
  /^\s{0,12}(?<names>-{1,2}[\w?@-]+(?:\[?=[^\s,]+|\s(?!\s)[<A-Z][\w<>|.:/-]*)?(?:,\s+-{1,2}[\w-]+)*)(?<rest>.*)$/gm;

/** kubectl shows a default for these and takes them without a value too, so that the word behind them is not theirs. */
const OPTIONAL = new Set(['--dry-run', '--validate', '--cascade']);
/**
 * Help that says otherwise than the program does: redis-cli shows `-X` without the tag that it takes, ss `-N` without the
 * namespace; and git's own `-C` and `-c`, with values, stand in front of sub-commands that have switches of these letters.
 */
const MISLEADING = new Set(['redis-cli -X', 'ss -N', 'git -C', 'git -c']);

/** What each option takes, as a help text says; options that it shows in two ways are left out. */
function optionsOf(help: string): Map<string, Takes> {
  const found = new Map<string, Takes>();
  const twice = new Set<string>();
  for (const match of help.matchAll(LINE)) {
    const { names = '', rest = '' } = match.groups ?? {};
    const takes = takesOf(names, rest);
    if (takes === null) continue;
    for (const [name] of names.matchAll(/(?<=^|[\s,])-{1,2}[A-Za-z][\w-]*/g)) {
      if (found.has(name) && found.get(name) !== takes) twice.add(name);
      if (!OPTIONAL.has(name)) found.set(name, takes);
    }
  }
  for (const name of twice) found.delete(name);
  return found;
}

function takesOf(names: string, rest: string): Takes | null {
  const whole = names + rest;
  // `-c  --format=FORMAT`, `-p, --indicator-style=slash`: the short one's value, or that it has none, is not said.
  if (/^\s{2,}--/.test(rest) || /--[\w-]+=[a-z][\w-]*(?:\s|$)/.test(whole)) return null;
  // kubectl: `--watch=false:` is a switch, `--output='':` and `--filename=[]:` take a value.
  const golang = /^\s*=(?<default>[^:]*):(?:$|\s)/.exec(rest) ?? /=(?<default>[^=:\s]*):$/.exec(names);
  if (golang !== null) return /^(?:true|false)$/.test(golang.groups?.default ?? '') ? 'nothing' : 'value';
  if (/\[=|\[?=?\[/.test(whole.split(/\s{2,}/)[0] ?? '')) return 'optional';
  if (/=[<A-Za-z"'{]/.test(names) || /^=[<A-Za-z"'{]/.test(rest)) return 'value';
  // docker: `--tail string   …`; curl: `-o, --output <file>  …`; psql: `-c, --command=COMMAND`.
  if (
    /^\s(?:string|int|bytes|list|duration|uint\d*|float|stringArray|command|ulimit|mount|network|filter|gpu-request|decimal|pem|credential-spec)\b/.test(
      rest,
    )
  )
    return 'value';
  if (/^\s<[^>]+>/.test(rest) || /\s<[^>]+>$/.test(names)) return 'value';
  if (/^\s[A-Z][\w-]*(?:\s{2,}|$)/.test(rest) || /\s[A-Z][A-Z_-]*$/.test(names)) return 'value';
  return /^(?:\s{2,}|$)/.test(rest) ? 'nothing' : null;
}

function help(program: string, args: readonly string[]): string | null {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { code, stdout, stderr } = error as NodeJS.ErrnoException & { stdout?: string; stderr?: string };
    // Some print their help and say that it was an error.
    return code === 'ENOENT' ? null : `${stdout ?? ''}${stderr ?? ''}`;
  }
}

/** What the table says that options of a sub-command take. */
function tableOf(
  program: string,
  path: readonly string[],
): { values: ReadonlySet<string>; switches: ReadonlySet<string> } {
  const tool = findTool(program)?.tool;
  let outcome: Outcome | undefined = tool?.bare;
  for (const [key, candidate] of Object.entries(tool?.commands ?? {})) {
    const words = key.split(' ').map((word) => word.split('|'));
    if (words.length === path.length && words.every((word, i) => word.includes(path[i] ?? '')))
      outcome = candidate;
  }
  const own = { values: wordSet(outcome?.values), switches: wordSet(outcome?.switches) };
  const targets = Object.values(tool?.targets ?? {}).flatMap((names) => [...wordSet(names)]);
  return {
    values: new Set(
      [...wordSet(tool?.values), ...targets, ...own.values].filter((name) => !own.switches.has(name)),
    ),
    switches: new Set([...wordSet(tool?.switches), ...own.switches].filter((name) => !own.values.has(name))),
  };
}

describe.each(PROGRAMS.map((words) => ({ label: words.slice(0, -1).join(' ') || words[0], words })))(
  '$label',
  ({ words: [program, ...ask] }) => {
    const text = help(program, ask);
    test.skipIf(text === null)('takes values where its help says so', () => {
      const options = optionsOf(text ?? '');
      const path = ask.filter((word) => !word.startsWith('-') && word !== 'all');
      const { values, switches } = tableOf(program, path);
      expect(options.size, 'options that the help shows').toBeGreaterThan(0);
      const faults: string[] = [];
      for (const [name, takes] of options) {
        if (MISLEADING.has(`${program} ${name}`)) continue;
        if (takes === 'nothing' && values.has(name)) faults.push(`${name} takes no value`);
        if (takes === 'value' && switches.has(name)) faults.push(`${name} takes a value`);
        if (takes === 'value' && !values.has(name))
          faults.push(`${name} takes a value, which the table does not know`);
      }
      expect(faults).toEqual([]);
    });
  },
);
