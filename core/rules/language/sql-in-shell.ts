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
    what: 'Reports SQL statements that stand as commands in a block tagged as shell. SQL inside quotes or a here-document is fine. It is an error where the SQL keeps the whole block from being read.',
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
  const lines = statements.map(({ start }) => contentRange(runbook, block, start, start + 1).start.line + 1);
  const shown = `\`${excerpt(block.content.slice(first.start, first.end), 40)}\``;
  if (whole)
    return `This block is SQL (${shown}), but tagged as shell: a shell cannot run it. Tag it as sql.`;
  const where = lines.length === 1 ? `line ${lines[0]} is` : `lines ${listOf(lines)} are`;
  return `In this shell block ${where} SQL (${shown}), which a shell cannot run. Move it to a block tagged sql, or hand it to the database's client.`;
}

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
