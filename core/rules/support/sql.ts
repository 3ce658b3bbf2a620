/** Raw SQL among shell commands. */
import { bareCharacters } from './quoting.ts';

/** A statement that stands where a shell command should: offsets into the script, `end` after its last character. */
export interface SqlStatement {
  readonly start: number;
  readonly end: number;
}

/**
 * How a line begins that is SQL and not a shell command. Each form asks for a second word that no shell command of that
 * name has: `select x in …` is a bash loop, `update-ca-certificates` and `truncate -s 0 x` are programs.
 */
const openings: readonly RegExp[] = [
  /^SELECT\s+(?!\w+\s+in\b)(?:\*|\d|'|[\w"(.*, ]+)/,
  /^select\s+[\w"'.*(), ]{1,200}\sfrom\s+\w/i,
  /^insert\s+into\s+[\w".]+/i,
  /^update\s+[\w".]+\s+set\s+\w/i,
  /^delete\s+from\s+[\w".]+/i,
  /^merge\s+into\s+[\w".]+/i,
  /^(?:create|drop|alter)\s+(?:or\s+replace\s+)?(?:unique\s+|materialized\s+|temp(?:orary)?\s+|unlogged\s+)*(?:table|index|view|database|schema|user|role|function|trigger|sequence|extension|type|system|publication|subscription|procedure|policy)\s+["\w]/i,
  /^truncate\s+table\s+\w/i,
  /^TRUNCATE\s+\w[\w., ]*;/,
  /^explain\s+(?:\(?\s*(?:analyze|verbose|buffers)[\w, ]*\)?\s+)?(?:select|insert|update|delete|with)\b/i,
  /^(?:VACUUM|ANALYZE|REINDEX|CHECKPOINT|BEGIN|COMMIT|ROLLBACK)\b[\w\s().,"]{0,200};/,
  /^(?:grant|revoke)\s+[\w, ]{1,120}\son\s+[\w".* ]{1,120}\s(?:to|from)\s/i,
  /^with\s+\w+\s+as\s*\(/i,
  /^(?:SHOW|SET|USE|KILL|CALL|FLUSH)\s+[\w @=.'"()-]{1,120};\s*(?:--.*)?$/,
];

/** Every raw SQL statement of a shell script. A statement ends at a `;` at a line's end, or before a blank line or comment. */
export function sqlStatements(script: string): SqlStatement[] {
  if (
    !/select|insert|update|delete|merge|create|drop|alter|truncate|explain|vacuum|analyze|reindex|grant|revoke|with|begin|commit|rollback|show|set|use|kill|call|flush|checkpoint/i.test(
      script,
    )
  )
    return [];
  const bare = bareCharacters(script);
  const found: SqlStatement[] = [];
  let open: { start: number; end: number } | null = null;
  let at = 0;
  let continued = false;
  for (const line of script.split('\n')) {
    const indent = line.length - line.trimStart().length;
    const text = line.trim();
    const start = at + indent;
    if (open !== null && (text === '' || text.startsWith('#'))) {
      found.push(open);
      open = null;
    }
    if (
      open === null &&
      text !== '' &&
      !continued &&
      bare[start] === 1 &&
      openings.some((form) => form.test(text.slice(0, 400)))
    )
      open = { start, end: start };
    if (open !== null) {
      open.end = start + text.length;
      if (/;\s*(?:--.*)?$/.test(text)) {
        found.push(open);
        open = null;
      }
    }
    continued = open === null && (text.endsWith('\\') || text.endsWith('|'));
    at += line.length + 1;
  }
  if (open !== null) found.push(open);
  return found;
}

/** Whether nothing but SQL, blank lines and comments stands in a script. */
export function isOnlySql(script: string, statements: readonly SqlStatement[]): boolean {
  if (statements.length === 0) return false;
  let rest = '';
  let at = 0;
  for (const { start, end } of statements) {
    rest += script.slice(at, start);
    at = end;
  }
  rest += script.slice(at);
  return rest.split('\n').every((line) => /^\s*(?:$|#|--)/.test(line));
}
