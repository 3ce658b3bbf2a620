/**
 * The tables against the tools' own help texts, where the tools are installed: an option that the help shows with a value must
 * take one in the table too, else the word behind it is read as what the command acts on; and the other way round.
 */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { optionSpec } from '../../../core/shell/tools/compiled.ts';
import { findTool } from '../../../core/shell/tools/index.ts';
import { wordSet } from '../../../core/shell/words.ts';
import { MISLEADING } from '../../../scripts/lib/helpCorrections.ts';
import { optionsOf } from '../../../scripts/lib/helpText.ts';

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

describe.each(PROGRAMS.map((words) => ({ label: words.slice(0, -1).join(' ') || words[0], words })))(
  '$label',
  ({ words: [program, ...ask] }) => {
    const text = help(program, ask);
    test.skipIf(text === null)('takes values where its help says so', () => {
      const options = optionsOf(text ?? '', false);
      const path = ask.filter((word) => !word.startsWith('-') && word !== 'all').join(' ');
      const tool = findTool(program)?.tool;
      if (!tool) throw new Error(`${program} has no table`);
      const { values, switches } = optionSpec(tool, program, path);
      expect(options.size, 'options that the help shows').toBeGreaterThan(0);
      const misleading = wordSet(MISLEADING[program]);
      const faults: string[] = [];
      for (const [name, takes] of options) {
        if (misleading.has(name) || name === '--help' || !/^(?:-\w|--.+)$/.test(name)) continue;
        if (takes === 'nothing' && values.has(name)) faults.push(`${name} takes no value`);
        if (takes === 'value' && switches.has(name)) faults.push(`${name} takes a value`);
        if (takes === 'value' && !values.has(name))
          faults.push(`${name} takes a value, which the table does not know`);
      }
      expect(faults).toEqual([]);
    });
  },
);
