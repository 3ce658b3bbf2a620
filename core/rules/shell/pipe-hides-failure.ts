import type { BlockText } from '../../runbook/types.ts';
import { excerpt, isPosixShell } from '../support/blocks.ts';
import { peeled, type SimpleCommand, simpleCommands } from '../support/words.ts';
import type { BlockFix, BlockReport, Rule } from '../types.ts';

/** A pipeline whose failure nobody sees, since only the last command's status counts. */
export const pipeHidesFailure: Rule = {
  id: 'shell/pipe-hides-failure',
  title: 'A pipe hides that a backup or a change failed',
  severity: 'warning',
  docs: {
    what: 'Reports a dump or backup that is piped into a compressor or an upload, and a changing command piped into `tee` of which the next step asks whether it worked, where `pipefail` is not set.',
    why: 'The status of a pipeline is that of its last command. `pg_dump | gzip` succeeds with half a dump or none, and the file it leaves looks like a backup until it is needed.',
    wrong: '```bash\npg_dump shop | gzip > shop.sql.gz\n```',
    right: '```bash\nset -o pipefail\npg_dump shop | gzip > shop.sql.gz\n```',
    source: 'Bash Reference Manual, 3.2.3 Pipelines. POSIX.1-2024 has `set -o pipefail` too.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    const { content } = block;
    if (!isPosixShell(block.effectiveLanguage) || !content.includes('|')) return;
    if (/\bpipefail\b|PIPESTATUS|pipestatus/.test(content)) return;
    for (const statement of block.commands) {
      if (!statement.text.includes('|')) continue;
      for (const { stages, next } of pipelines(simpleCommands(block, statement))) {
        const [first] = stages;
        const last = stages.at(-1);
        if (first === undefined || last === undefined || first === last) continue;
        const dump = dumps(first);
        const told =
          dump ?? (next === '&&' && changes(first) && programOf(last) === 'tee' ? programOf(first) : null);
        if (told === null || (dump !== null && !stages.slice(1).every(keeps))) continue;
        const shown = `\`${excerpt(content.slice(first.start, last.end), 60)}\``;
        yield {
          at: { start: first.start, end: last.end },
          message:
            dump !== null
              ? `${shown} also succeeds when \`${told}\` fails, and leaves half a backup or an empty one. Run \`set -o pipefail\` before it.`
              : `What follows ${shown} is run even if \`${told}\` fails: only the status of \`tee\` counts. Run \`set -o pipefail\` before it.`,
          fixes: pipefail(block),
        };
      }
    }
  },
};

interface Pipeline {
  readonly stages: readonly SimpleCommand[];
  /** The operator behind it. */
  readonly next: string;
}

function pipelines(commands: readonly SimpleCommand[]): Pipeline[] {
  const found: { stages: SimpleCommand[]; next: string }[] = [];
  for (const command of commands) {
    const open = found.at(-1);
    if (command.before === '|' && open !== undefined) open.stages.push(command);
    else {
      if (open !== undefined) open.next = command.before;
      found.push({ stages: [command], next: '' });
    }
  }
  return found;
}

function programOf({ words }: SimpleCommand): string {
  return peeled(words).words[0]?.value.replace(/^.*\//, '') ?? '';
}

const DUMP = /^(?:pg_dump(?:all)?|pg_basebackup|mysqldump|mariadb-dump|mongodump|mariabackup|xtrabackup)$/;

/** The program that makes a backup, also inside a container or on another host; null where there is none. */
function dumps(command: SimpleCommand): string | null {
  const { words } = peeled(command.words);
  const [program = ''] = words.map(({ value }) => value.replace(/^.*\//, ''));
  const all = words.map(({ value }) => value);
  if (DUMP.test(program)) return program;
  if (program === 'zfs' && all[1] === 'send') return 'zfs send';
  if (program === 'sqlite3' && all.includes('.dump')) return 'sqlite3';
  // `docker exec db pg_dump …`, `kubectl exec db-0 -- pg_dump …`, `ssh db pg_dump …`
  if (!/^(?:docker|podman|kubectl|oc|docker-compose|ssh)$/.test(program)) return null;
  for (const value of all.slice(1)) {
    const inner = value.replace(/^.*\//, '');
    if (DUMP.test(inner)) return inner;
    const quoted = /^(?:\S*\/)?(pg_dump(?:all)?|mysqldump|mariadb-dump|mongodump)\s[^|]*$/.exec(value)?.[1];
    if (quoted !== undefined) return quoted;
  }
  return null;
}

/** Programs that pass a backup on to where it is kept. */
function keeps(command: SimpleCommand): boolean {
  const { words } = peeled(command.words);
  const program = programOf(command);
  if (/^(?:gzip|pigz|bzip2|pbzip2|xz|zstd|lz4|lzop|gpg|age|openssl|tee|split|pv|ssh|dd)$/.test(program))
    return true;
  const all = words.map(({ value }) => value);
  if (program === 'cat') return command.redirects.some(({ operator }) => operator.startsWith('>'));
  if (program === 'zfs') return /^(?:receive|recv)$/.test(all[1] ?? '');
  return /^(?:aws|gsutil|az|mc|rclone|s3cmd|restic)$/.test(program);
}

/** What changes a system and says by its status whether it did. */
function changes(command: SimpleCommand): boolean {
  const { words } = peeled(command.words);
  const text = words.map(({ value }) => value).join(' ');
  return /^(?:terraform (?:apply|destroy)|helm (?:upgrade|install|rollback)|kubectl (?:apply|delete|replace|patch)|ansible-playbook|psql|mysql|pg_restore|alembic upgrade|flyway migrate|\S*(?:migrate|deploy|restore|upgrade)\S*\.sh|make (?:deploy|migrate)|npm run (?:deploy|migrate)\S*|npx prisma migrate)\b/.test(
    text,
  );
}

/** At the top of the block; the option is no part of `sh` on every system. */
function pipefail(block: BlockText): BlockFix[] {
  const [first] = block.commands;
  if (first === undefined || !/^(?:bash|zsh)$/.test(block.language?.toLowerCase() ?? '')) return [];
  const indent = /[ \t]*$/.exec(block.content.slice(0, first.start))?.[0] ?? '';
  return [
    {
      title: 'Begin with `set -o pipefail`',
      edits: [{ start: first.start, end: first.start, newText: `set -o pipefail\n${indent}` }],
      preferred: false,
    },
  ];
}
