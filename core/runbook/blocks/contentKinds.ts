/**
 * What a block's text is by itself, whatever its fence says: SQL, PromQL, YAML, JSON, crontab lines, bash and not plain sh.
 * Each is asked for whole: one line that is something else, and the answer is no.
 */
import { commandLines, SHELL_LINE } from './shellText.ts';

/** A statement of SQL by its first words. Upper case alone: `select` and `update` are also words and programs. */
const SQL_START =
  /^(?:SELECT\s|INSERT\s+INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|ALTER\s+(?:TABLE|SYSTEM|DATABASE|INDEX|ROLE|USER)\b|CREATE\s+(?:OR\s+REPLACE\s+|UNIQUE\s+|MATERIALIZED\s+|TEMP(?:ORARY)?\s+)*(?:TABLE|INDEX|VIEW|DATABASE|ROLE|USER|SCHEMA|EXTENSION|FUNCTION)\b|DROP\s+(?:TABLE|INDEX|VIEW|DATABASE|SCHEMA|MATERIALIZED|USER|ROLE)\b|TRUNCATE\s|WITH\s+\S+\s+AS\b|ANALYZE\b|VACUUM\b|REINDEX\b|EXPLAIN\b|GRANT\s|REVOKE\s|BEGIN\b|COMMIT\b|ROLLBACK\b|REFRESH\s+MATERIALIZED\b|SHOW\s|SET\s+\S+\s*(?:=|TO)|CALL\s|COPY\s|MERGE\s+INTO\b|KILL\s|FLUSH\s|OPTIMIZE\s+TABLE\b)/;

/** Whether every statement is raw SQL, `#` and `--` comments aside: a block tagged `bash` that no shell can run. */
export function isAllSql(content: string): boolean {
  if (!/^[ \t]*(?:[A-Z]{3,})/m.test(content)) return false;
  let statements = 0;
  let open = false;
  for (const line of content.split('\n')) {
    const text = line.trim();
    if (text === '') {
      open = false;
      continue;
    }
    if (text.startsWith('#') || text.startsWith('--')) continue;
    if (!open) {
      if (!SQL_START.test(text)) return false;
      statements++;
    }
    open = !text.endsWith(';');
  }
  return statements > 0;
}

/** Whether some line begins a statement of SQL. */
export function hasSql(content: string): boolean {
  return commandLines(content).some((line) => SQL_START.test(line));
}

/** Whether a block tagged `sql` holds shell commands and no SQL. `--` lines are its comments. */
export function isAllShell(content: string): boolean {
  const lines = commandLines(content.replace(/^[ \t]*--.*$/gm, ''));
  if (lines.length === 0) return false;
  return lines.every((line) => SHELL_LINE.test(line) && !SQL_START.test(line.toUpperCase()));
}

const PROMQL_CALL =
  /\b(?:rate|irate|increase|delta|deriv|topk|bottomk|histogram_quantile|label_replace|label_join|absent|absent_over_time|predict_linear|quantile|(?:avg|min|max|sum|count|last)_over_time|scalar|vector)\s*\(/;
const PROMQL_GROUP =
  /\b(?:sum|avg|max|min|count|topk|on|ignoring|group_left|group_right)\s*(?:by|without)?\s*\(|\b(?:by|without)\s*\(/;
/** `name{label="value"}`, or a metric by the endings that Prometheus asks for. */
const PROMQL_METRIC =
  /\b[a-z_:][\w:]*\{[^{}]*(?:=~?|!=|!~)\s*"|^[a-z][a-z0-9]*(?:_[a-z0-9]+)+_(?:total|bytes|seconds|bucket|count|sum|ratio|info|status|free|used)\b/m;

/** Whether it is PromQL: calls and metrics with labels or ranges, and no line that a shell would run. `#` and `//` comment. */
export function isPromql(content: string): boolean {
  const text = content.replace(/^[ \t]*(?:#|\/\/).*$/gm, '').trim();
  if (text === '' || text.length > 10_000 || !/^[-+(a-z_:0-9]/i.test(text)) return false;
  // Names of metrics, numbers and operators alone: `(a_b_total / c_d_total) * 100`.
  if (/^[\w\s()+*/%<>=!.-]+$/.test(text) && /\s[-+*/<>]\s/.test(text)) {
    const words = text.match(/[A-Za-z_]\w*/g) ?? [];
    if (words.length > 0 && words.every((word) => /^[a-z][a-z0-9]*(?:_[a-z0-9]+){2,}$/.test(word)))
      return true;
  }
  const range = /\[\d+[smhdwy](?::\d*[smhdwy]?)?\]/.test(text);
  const metric =
    PROMQL_METRIC.test(text) || /\b(?:sum|avg|max|min|count|group)\s+(?:by|without)\s*\(/.test(text);
  const call = PROMQL_CALL.test(text) || PROMQL_GROUP.test(text);
  if (!((metric && (call || /^[\w:]+\s*(?:\{|$)/.test(text) || /[-+*/<>]/.test(text))) || (call && range)))
    return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.every((line) => !SHELL_LINE.test(line) || /^\s*[)}]/.test(line)) &&
    !/\$\(|\s--?[a-z]+|;|`/.test(text)
  );
}

/** Whether it is JSON that a program can read. */
export function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is YAML: mostly `key:` and `- ` lines, two keys at least, one of them nested; prose with colons is not enough. */
export function looksLikeYaml(content: string): boolean {
  // An object of Kubernetes is one, however loosely it is written.
  const first = content.split('\n').find((line) => /^\s*[^#\s]/.test(line) && line.trim() !== '---');
  if (first !== undefined && /^\s*apiVersion:\s\S/.test(first) && /^[ \t]*kind:[ \t]*\w/m.test(content))
    return true;
  let keys = 0;
  let nested = 0;
  /** Depth of the key whose text block (`|`, `>`) is open. */
  let literal = -1;
  for (const line of content.split('\n')) {
    const text = line.trim();
    if (text === '' || text.startsWith('#') || /^(?:---|\.{3}.*)$/.test(text)) continue;
    const depth = line.length - line.trimStart().length;
    if (literal >= 0 && depth > literal) continue;
    literal = -1;
    if (/^(?:- )*["']?[A-Za-z_][\w./-]*["']?:(?:\s|$)/.test(text)) {
      keys++;
      if (depth > 0 || text.startsWith('- ')) nested++;
      if (/:\s+[|>][-+\d]*$/.test(text)) literal = depth;
    } else if (text.startsWith('- ')) nested++;
    else return false;
  }
  return keys >= 2 && nested >= 1;
}

const CRON_LINE =
  /^(?:[\d*][\d*,/-]*\s+){4}(?:[\d*,/-]+|[A-Za-z]{3}(?:-[A-Za-z]{3})?)\s+\S|^@(?:reboot|hourly|daily|weekly|monthly)\s+\S/;

/** Whether every line is one of a crontab. */
export function isCrontab(content: string): boolean {
  const lines = content.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const jobs = lines.filter((line) => CRON_LINE.test(line.trim())).length;
  return jobs > 0 && lines.every((line) => CRON_LINE.test(line.trim()) || /^[A-Z_]+=/.test(line));
}

/** What only bash understands and plain sh does not, outside of quotes at least once a line. */
const BASHISMS =
  /^#!.*\bbash\b|^[ \t]*function\s+\w+\s*(?:\(\s*\)\s*)?\{|\[\[\s.{1,300}?\s\]\]|^[ \t]*(?:declare|typeset|shopt|mapfile|readarray|pushd|popd)\s|<\(|<<<|&>|\$\{\w+(?:\[|,,|\^\^|\/)|^[ \t]*\w+\+?=\(|\bset -o pipefail\b|\bset -[a-z]*o pipefail\b/m;

/** Whether plain sh could not run it. */
export function needsBash(content: string): boolean {
  return BASHISMS.test(content.replace(/^[ \t]*#(?!!).*$/gm, ''));
}
