import type { BlockStep, Runbook } from '../../runbook/types.ts';
import {
  blocksOf,
  contentRange,
  excerpt,
  fenceLine,
  isPosixShell,
  openingFence,
  perBlock,
} from '../support/blocks.ts';
import { isOnlySql, type SqlStatement, sqlStatements } from '../support/sql.ts';
import type { Fix, Report, Rule, TextEdit } from '../types.ts';

/** SQL in a fence tagged as shell. The tag is what is wrong, so the finding stands there; the message names the line. */
export const sqlInShell: Rule = {
  id: 'language/sql-in-shell',
  title: 'SQL in a shell block',
  severity: 'warning',
  docs: {
    what: 'Reports SQL statements that stand as commands in a block tagged as shell. SQL inside quotes or a here-document is fine. It is an error where the SQL keeps the whole block from being read, and a remark only where a client (`sqlite3 shop.db`) is started above it, at whose prompt it is typed.',
    why: 'A shell takes `SELECT *` for a command and `*` for every file name here; `>` in a condition overwrites a file. And the SQL itself, which somebody needs now, never reaches the database.',
    wrong: '```bash\n# Long-running queries\nSELECT pid, query FROM pg_stat_activity;\n```',
    right: '```sql\n-- Long-running queries\nSELECT pid, query FROM pg_stat_activity;\n```',
    source: 'Found in 25 of the shell blocks of 93 repositories; each of them fails when it is run.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      const statements = rawSql(block);
      const [first] = statements;
      if (first === undefined) continue;
      const whole = isOnlySql(block.content, statements);
      const client = clientAbove(block.content.slice(0, first.start));
      if (client !== null) {
        yield {
          range: openingFence(runbook, block)?.language ?? fenceLine(runbook, block),
          severity: 'info',
          message: `What is typed at the prompt of \`${client}\` stands here among shell commands: ${whereIs(runbook, block, statements)} SQL. Move it to a block tagged sql of its own.`,
        };
        continue;
      }
      yield {
        range: openingFence(runbook, block)?.language ?? fenceLine(runbook, block),
        severity: block.syntaxError === null ? 'warning' : 'error',
        message: message(runbook, block, statements, first, whole),
        fixes: whole ? retag(runbook, block) : [],
      };
    }
  },
};

/** The SQL of a block that is tagged as shell, or untagged and looks like it. */
const rawSql = perBlock(({ language, effectiveLanguage, content }): readonly SqlStatement[] =>
  isPosixShell(language?.toLowerCase() ?? effectiveLanguage) ? sqlStatements(content) : [],
);

function message(
  runbook: Runbook,
  block: BlockStep,
  statements: readonly SqlStatement[],
  first: SqlStatement,
  whole: boolean,
): string {
  const shown = `\`${excerpt(block.content.slice(first.start, first.end), 40)}\``;
  if (whole)
    return `This block is SQL (${shown}), but tagged as shell: a shell cannot run it. Tag it as sql.`;
  return `In this shell block ${whereIs(runbook, block, statements)} SQL (${shown}), which a shell cannot run. Move it to a block tagged sql, or hand it to the database's client.`;
}

/** `line 7 is`, `lines 7 and 9 are` */
function whereIs(runbook: Runbook, block: BlockStep, statements: readonly SqlStatement[]): string {
  const lines = statements.map(({ start }) => contentRange(runbook, block, start, start + 1).start.line + 1);
  return lines.length === 1 ? `line ${lines[0]} is` : `lines ${listOf(lines)} are`;
}

/** The database client that a line starts without giving it anything to run, so that it waits for input; null without one. */
function clientAbove(content: string): string | null {
  for (const line of content.split('\n')) {
    const found = CLIENT.exec(line.slice(0, 400));
    if (
      found?.[1] !== undefined &&
      !/[|<"']|\s(?:-[cefQq]|--(?:command|execute|eval|file|query))(?:[=\s]|$)/.test(line)
    )
      return found[1].replace(/\s+/g, ' ');
  }
  return null;
}

const CLIENT =
  /^\s*(?:[$#] )?(?:sudo (?:-u \S+ )?)?(?:(?:docker|podman|kubectl|oc)(?: compose)? exec .* )?(psql|mysql|mariadb|sqlite3|sqlcmd|sqlplus|clickhouse-client|cockroach sql|gcloud\s+sql\s+connect)(?=\s|$)/;

function listOf(lines: readonly number[]): string {
  return `${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`;
}

/** The tag, and `#` comments, which most databases do not know. */
function retag(runbook: Runbook, block: BlockStep): Fix[] {
  const fence = openingFence(runbook, block);
  if (fence === null) return [];
  const edits: TextEdit[] = [{ range: fence.language, newText: 'sql' }];
  for (const match of block.content.matchAll(/^([ \t]*)#+(?=[ \t\n]|$)/gm)) {
    const start = match.index + (match[1]?.length ?? 0);
    const end = match.index + match[0].length;
    edits.push({ range: contentRange(runbook, block, start, end), newText: '--' });
  }
  return [{ title: 'Tag the block as sql', edits, preferred: true }];
}
