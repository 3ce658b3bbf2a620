import type { BlockStep, BlockText, Runbook } from '../../runbook/types.ts';
import { blocksOf, contentRange, excerpt, fenceLine, openingFence } from '../support/blocks.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { BlockReport, Fix, Report, Rule, Stretch } from '../types.ts';

/** Shell commands in a fence tagged as SQL. */
export const shellInSql: Rule = {
  id: 'language/shell-in-sql',
  title: 'Shell commands in an SQL block',
  severity: 'warning',
  docs: {
    what: 'Reports shell commands in a block tagged as SQL: at the tag where the whole block is shell, else at the first such line.',
    why: 'A database answers `pg_ctl` with a syntax error. Who reads the block at night has to find out first which of its lines belong where.',
    wrong: '```sql\n-- Stop the database\npg_ctl stop -D /var/lib/postgresql/data\n```',
    right: '```bash\n# Stop the database\npg_ctl stop -D /var/lib/postgresql/data\n```',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      if (!isSqlTag(block.language) || block.languageBasis !== 'corrected') continue;
      yield {
        range: openingFence(runbook, block)?.language ?? fenceLine(runbook, block),
        message: `This block holds shell commands, but is tagged ${block.language}: a database cannot run them. Tag it as bash.`,
        fixes: retag(runbook, block),
      };
    }
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isSqlTag(block.language) || block.languageBasis === 'corrected') return;
    const [first, ...more] = shellLines(block.content);
    if (first === undefined) return;
    const shown = excerpt(block.content.slice(first.start, first.end), 40);
    const others =
      more.length === 0 ? '' : more.length === 1 ? ', and one more line' : `, and ${more.length} more lines`;
    yield {
      at: first,
      message: `In this SQL block \`${shown}\` is a shell command${others}: a database cannot run it. Move it to a block tagged bash.`,
    };
  },
};

function isSqlTag(tag: string | null): boolean {
  return tag !== null && /^(?:sql|pgsql|plpgsql|postgres|postgresql|psql|mysql|sqlite|tsql)$/i.test(tag);
}

/** Programs by which no statement of SQL and no command of a database's client begins, with what makes it a command. */
const COMMAND =
  /^(?:sudo\s+\S|(?:psql|mysql|mysqldump|mysqladmin|pg_dump|pg_restore|pg_dumpall|pg_ctl|createdb|dropdb|sqlite3|kubectl|oc|docker|podman|systemctl|aws|gcloud|az|heroku|railway|ssh|curl|npm|npx|alembic|ansible|helm|terraform)\s+[-\w./"'$<]|export\s+[A-Z_]\w*=|cd\s+[\w./~$-]+\s*$|\.{0,2}\/[\w./-]+\.sh\b)/;

/** The lines that begin a shell command where a statement of SQL could begin. */
function shellLines(content: string): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  /** Whether a statement that is not ended goes on, and whether a shell line does. */
  let open = false;
  let continued = false;
  let comment = false;
  for (const line of content.split('\n')) {
    const text = line.trim();
    const start = at + line.length - line.trimStart().length;
    at += line.length + 1;
    if (comment || text.startsWith('/*')) {
      comment = !text.includes('*/');
      continue;
    }
    if (continued) {
      continued = text.endsWith('\\');
      continue;
    }
    if (text === '') open = false;
    if (text === '' || /^(?:--|#)/.test(text)) continue;
    if (!open && COMMAND.test(text)) {
      found.push({ start, end: start + text.length });
      continued = text.endsWith('\\');
    } else open = !/;\s*(?:--.*)?$/.test(text) && !/^\\/.test(text);
  }
  return found;
}

/** The tag, and `--` comments, which a shell does not know. */
function retag(runbook: Runbook, block: BlockStep): Fix[] {
  const fence = openingFence(runbook, block);
  if (fence === null) return [];
  const marks = comments(block).map(({ start, end }) => ({
    range: contentRange(runbook, block, start, end),
    newText: '#',
  }));
  const edits = [{ range: fence.language, newText: 'bash' }, ...marks];
  return [{ title: 'Tag the block as bash', edits, preferred: true }];
}

/** The marks of `--` lines outside of here-documents and quotes. */
function comments({ content, script }: BlockText): Stretch[] {
  // The script has these lines blanked, so that an apostrophe in one opens no quote.
  const bare = bareCharacters(script);
  return [...content.matchAll(/^([ \t]*)--/gm)].flatMap((match) => {
    const start = match.index + (match[1]?.length ?? 0);
    return bare[start] === 1 ? [{ start, end: start + 2 }] : [];
  });
}
