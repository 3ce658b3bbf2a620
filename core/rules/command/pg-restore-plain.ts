import type { BlockStep, Runbook } from '../../runbook/types.ts';
import { blocksOf, contentRange, excerpt, isPosixShell, perBlock } from '../support/blocks.ts';
import { peeled, type ShellWord, type SimpleCommand, simpleCommands } from '../support/words.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** A plain-text dump in front of the tool that reads only archives. */
export const pgRestorePlain: Rule = {
  id: 'command/pg-restore-plain',
  title: 'pg_restore is given a plain-text dump',
  severity: 'warning',
  docs: {
    what: 'Reports a `pg_restore` that reads a dump in plain text: one that `pg_dump` wrote in this document without `-Fc`, `-Fd` or `-Ft` (an error), or a file named `*.sql`.',
    why: '`pg_restore` refuses plain SQL (“input file appears to be a text format dump. Please use psql.”). The backup is sound, but the person who restores it at night sees a step that fails.',
    wrong: '```bash\npg_dump "$DATABASE_URL" > backup.sql\npg_restore -d "$DATABASE_URL" backup.sql\n```',
    right:
      '```bash\npg_dump -Fc "$DATABASE_URL" > backup.dump\npg_restore -d "$DATABASE_URL" backup.dump\n```',
    source: 'PostgreSQL documentation, pg_dump, --format; found in three of five runbooks.',
  },
  *check({ runbook }): Iterable<Report> {
    /** Whether the last dump of that name was plain. */
    const plainByFile = new Map<string, { plain: boolean; block: BlockStep }>();
    const restores: { block: BlockStep; command: SimpleCommand; made: boolean | undefined; file: string }[] =
      [];
    let archiveNamedSql = false;
    for (const block of blocksOf(runbook))
      for (const { file, plain, command } of dumpsAndRestores(block)) {
        if (plain !== null) {
          if (!plain && /\.sql(?:\.gz)?$/.test(file)) archiveNamedSql = true;
          plainByFile.set(file, { plain, block });
          continue;
        }
        const dump = plainByFile.get(file);
        // A variable may hold another name in another block.
        const known = dump !== undefined && (dump.block === block || !/^\$\{?\w+\}?$/.test(file));
        restores.push({ block, command, made: known ? dump.plain : undefined, file });
      }
    for (const { block, command, made, file } of restores) {
      if (made === false || (made === undefined && (archiveNamedSql || !/\.sql(?:\.gz)?$/.test(file))))
        continue;
      const shown = `\`${excerpt(file, 50)}\``;
      yield {
        range: contentRange(runbook, block, command.start, command.end),
        severity: made === true ? 'error' : 'warning',
        message:
          made === true
            ? `\`pg_restore\` refuses ${shown}: \`pg_dump\` wrote it as plain SQL. Dump with \`-Fc\`, or read it with \`psql -f\`.`
            : `${shown} is named like plain SQL, which \`pg_restore\` refuses. Read it with \`psql -f\`, or name the archive \`.dump\`.`,
        fixes: psql(runbook, block, command, made === true),
      };
    }
  },
};

interface DumpOrRestore {
  readonly file: string;
  /** Whether the dump is plain SQL; null for a `pg_restore`. */
  readonly plain: boolean | null;
  readonly command: SimpleCommand;
}

/** The dumps and restores of a block whose file is known. */
const dumpsAndRestores = perBlock((block): readonly DumpOrRestore[] => {
  const found: DumpOrRestore[] = [];
  if (!isPosixShell(block.effectiveLanguage)) return found;
  for (const statement of block.commands) {
    if (!/pg_dump|pg_restore/.test(statement.text)) continue;
    const commands = simpleCommands(block, statement);
    for (const [index, command] of commands.entries()) {
      const name = program(command)[0]?.value.replace(/^.*\//, '');
      const dumps = name === 'pg_dump' || name === 'pg_dumpall';
      if (!dumps && name !== 'pg_restore') continue;
      const file = dumps
        ? dumpedTo(command, commands[index + 1])
        : restoredFrom(command, commands[index - 1]);
      const plain = dumps ? name === 'pg_dumpall' || isPlain(command) : null;
      if (file !== null) found.push({ file, plain, command });
    }
  }
  return found;
});

/** `pg_restore -h … -d … file` → `psql -h … -d … -f file`, where nothing stands there that `psql` means otherwise. */
function psql(runbook: Runbook, block: BlockStep, command: SimpleCommand, sure: boolean): Fix[] {
  const { words } = peeled(command.words);
  const [name] = words;
  const file = words.at(-1);
  if (name?.text !== 'pg_restore' || file === undefined || command.redirects.length > 0) return [];
  let database = false;
  for (let i = 1; i < words.length - 1; i++) {
    const own = /^(-[hpUd]$|--(?:host|port|username|dbname)(?:=|$))/.exec(words[i]?.value ?? '')?.[1];
    if (own === undefined) return [];
    if (/^(?:-d|--dbname)/.test(own)) database = true;
    if (!own.endsWith('=')) i++;
    if (i >= words.length - 1) return [];
  }
  if (!database) return [];
  return [
    {
      title: 'Read it with `psql -f`',
      edits: [
        { range: contentRange(runbook, block, name.start, name.end), newText: 'psql' },
        {
          range: contentRange(runbook, block, file.start, file.end),
          newText: `-f ${block.content.slice(file.start, file.end)}`,
        },
      ],
      preferred: sure,
    },
  ];
}

/** The words from the program on, also where a container or another machine runs it: `docker exec db pg_dump …`. */
function program(command: SimpleCommand): readonly ShellWord[] {
  const { words } = peeled(command.words);
  if (
    !/^(?:kubectl|oc|docker|docker-compose|podman|nerdctl|ssh|timeout|nice|ionice)$/.test(
      words[0]?.value ?? '',
    )
  )
    return words;
  const at = words.findIndex(({ value }) => /^(?:\S*\/)?pg_(?:dump|dumpall|restore)$/.test(value));
  return at < 0 ? words : words.slice(at);
}

/** Without `-F`, `pg_dump` writes plain SQL. */
function isPlain(command: SimpleCommand): boolean {
  const values = program(command).map(({ value }) => value);
  for (const [index, value] of values.entries()) {
    const format =
      /^(?:-[A-Za-z]{0,8}F|--format=)(.+)$/.exec(value)?.[1] ??
      (/^(?:-[A-Za-z]{0,8}F|--format)$/.test(value) ? values[index + 1] : undefined);
    if (format !== undefined) return /^p/.test(format);
    // An array or a variable may hold the format.
    if (/^\$\{?[A-Z_]*(?:OPT|ARG|FLAG)/i.test(value) || /\[@\]/.test(value)) return false;
  }
  return true;
}

/** `> file`, `-f file`, `| gzip > file`. */
function dumpedTo(command: SimpleCommand, next: SimpleCommand | undefined): string | null {
  const values = program(command).map(({ value }) => value);
  for (const [index, value] of values.entries()) {
    const named = /^--file=(.+)$/.exec(value)?.[1] ?? /^-f(.+)$/.exec(value)?.[1];
    if (named !== undefined) return named;
    if (value === '-f' || value === '--file') return values[index + 1] ?? null;
  }
  const zipped = next?.before === '|' && /^(?:gzip|pigz|zstd)$/.test(next.words[0]?.value ?? '');
  const from = zipped ? next : command;
  return from.redirects.find(({ operator }) => /^1?>[>|]?$/.test(operator))?.target?.value ?? null;
}

/** Options of `pg_restore` that take the next word as their value. */
const withValue =
  /^-(?:d|f|F|h|I|j|L|n|N|p|P|S|t|T|U)$|^--(?:dbname|file|format|host|index|jobs|use-list|schema|exclude-schema|port|function|superuser|table|trigger|username|role|section)$/;

/** The file argument, `< file`, or what `cat` or `gunzip` hands over. */
function restoredFrom(command: SimpleCommand, previous: SimpleCommand | undefined): string | null {
  const values = program(command).map(({ value }) => value);
  let file: string | null = null;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] ?? '';
    if (withValue.test(value)) i++;
    else if (!value.startsWith('-')) file = value;
  }
  file ??= command.redirects.find(({ operator }) => operator === '<')?.target?.value ?? null;
  if (file === null && command.before === '|' && previous !== undefined) {
    const [name, ...rest] = previous.words.map(({ value }) => value);
    if (/^(?:cat|zcat|gunzip|gzip)$/.test(name ?? ''))
      file = rest.filter((value) => !value.startsWith('-')).at(-1) ?? null;
  }
  return file;
}
