import { placed } from '../blockReports.ts';
import { blocksOf, perBlock } from '../support/blocks.ts';
import type { BlockReport, Report, Rule } from '../types.ts';

interface View {
  readonly since: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** Columns of PostgreSQL's views that have another name now. Release notes of 9.2 and of 13 (pg_stat_statements 1.8). */
const views: Readonly<Record<string, View>> = {
  pg_stat_statements: {
    since: '13',
    columns: {
      total_time: 'total_exec_time',
      mean_time: 'mean_exec_time',
      min_time: 'min_exec_time',
      max_time: 'max_exec_time',
      stddev_time: 'stddev_exec_time',
    },
  },
  pg_stat_activity: { since: '9.2', columns: { procpid: 'pid', current_query: 'query' } },
};

/** Names of columns that a current server does not know. */
export const renamedColumn: Rule = {
  id: 'sql/renamed-column',
  title: 'A column has another name now',
  severity: 'warning',
  docs: {
    what: 'Reports columns of `pg_stat_statements` and `pg_stat_activity` under names that PostgreSQL has given up: `total_time` and its like (since 13), `procpid` and `current_query` (since 9.2). A name that the statement itself gives to a column is fine, and so is a runbook that speaks of an older server.',
    why: 'The query was right when it was written. Today it is refused, in the minute in which somebody wants to know what the database does.',
    wrong: '```sql\nSELECT query, mean_time FROM pg_stat_statements ORDER BY mean_time DESC LIMIT 5;\n```',
    right:
      '```sql\nSELECT query, mean_exec_time FROM pg_stat_statements ORDER BY mean_exec_time DESC LIMIT 5;\n```',
    source:
      'PostgreSQL 13 release notes, pg_stat_statements; PostgreSQL 9.2 release notes, pg_stat_activity.',
  },
  *check({ runbook }): Iterable<Report> {
    let old: boolean | undefined;
    for (const block of blocksOf(runbook)) {
      const reports = renamed(block);
      if (reports.length === 0 || block.role === 'output' || block.role === 'diagram') continue;
      old ??= OLD_SERVER.test(runbook.source.text);
      if (old) return;
      for (const report of reports) yield placed(runbook, block, report);
    }
  },
};

/** The document speaks of a server that has the old names. */
const OLD_SERVER = /\bpostgres(?:ql)?[ \t:@-]{0,3}(?:v(?:ersion)?[ \t]?)?(?:9(?:\.\d)?|1[0-2])\b(?!\.\d{3})/i;

const renamed = perBlock(({ content }): readonly BlockReport[] => {
  if (!/pg_stat_(?:statements|activity)\b/i.test(content)) return [];
  const reports: BlockReport[] = [];
  for (const { start, text } of statements(content))
    for (const { places, name, view, now } of oldNames(text)) {
      const stretches = places.map((at) => ({ start: start + at, end: start + at + name.length }));
      const [at] = stretches;
      if (at === undefined) continue;
      reports.push({
        at,
        message: `\`${view}\` has no column \`${name}\` since PostgreSQL ${views[view]?.since}. It is \`${now}\` now.`,
        fixes: [
          {
            title: `Write ${now}`,
            edits: stretches.map((stretch) => ({ ...stretch, newText: now })),
            preferred: true,
          },
        ],
      });
    }
  return reports;
});

/** Pieces that end at a `;`, at a blank line, before a line with another `psql`, and behind the quote that ends a line. */
function* statements(content: string): Iterable<{ start: number; text: string }> {
  let start = 0;
  for (const { index, 0: mark } of content.matchAll(
    /;|\n(?=[ \t]*\n)|\n(?=[^\n]*\bpsql\b)|["'](?=[ \t]*(?:\n|$))/g,
  )) {
    const end = index + mark.length;
    yield { start, text: content.slice(start, end) };
    start = end;
  }
  yield { start, text: content.slice(start) };
}

/** Words behind which a column stands, and not the name that an expression gets. */
const beforeColumn =
  /^(?:select|distinct|all|by|and|or|not|where|on|when|then|else|case|having|in|between|like|from|using|returning)$/i;

interface OldName {
  readonly name: string;
  /** Offsets of it in the statement, at least one. */
  readonly places: number[];
  readonly view: string;
  readonly now: string;
}

function oldNames(text: string): OldName[] {
  const found = new Map<string, OldName>();
  for (const [view, { columns }] of Object.entries(views)) {
    if (!new RegExp(`\\b(?:from|join)\\s+(?:\\w+\\.)?${view}\\b`, 'i').test(text)) continue;
    const own = new Set<string>();
    for (const { index, 0: word } of text.matchAll(/\b[a-z]+(?:_[a-z]+)?\b/gi)) {
      const name = word.toLowerCase();
      const now = Object.hasOwn(columns, name) ? columns[name] : undefined;
      if (now === undefined || text[index + word.length] === '(') continue;
      const before = /(\w+|["')])\s+$/.exec(text.slice(Math.max(0, index - 80), index))?.[1];
      if (before !== undefined && !beforeColumn.test(before)) own.add(name);
      else if (!inComment(text, index)) {
        const old = found.get(name) ?? { name, places: [], view, now };
        old.places.push(index);
        found.set(name, old);
      }
    }
    for (const name of own) found.delete(name);
  }
  return [...found.values()];
}

function inComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 400), at);
  return /^\s*#|--/.test(before.slice(before.lastIndexOf('\n') + 1));
}
