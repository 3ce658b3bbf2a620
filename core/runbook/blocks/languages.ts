/** Languages of fences: aliases folded, untagged fences inferred, plainly wrong tags corrected. */
import { commandLines, SHELL_LINE } from './shellText.ts';

const ALIASES: Readonly<Record<string, string>> = {
  shell: 'sh',
  'shell-script': 'sh',
  shellscript: 'sh',
  ash: 'sh',
  dash: 'sh',
  ksh: 'sh',
  'shell-session': 'console',
  shellsession: 'console',
  'sh-session': 'console',
  'bash-session': 'console',
  terminal: 'console',
  ps: 'powershell',
  ps1: 'powershell',
  pwsh: 'powershell',
  bat: 'cmd',
  batch: 'cmd',
  batchfile: 'cmd',
  dos: 'cmd',
  py: 'python',
  python3: 'python',
  py3: 'python',
  js: 'javascript',
  node: 'javascript',
  nodejs: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'typescript',
  rb: 'ruby',
  pl: 'perl',
  yml: 'yaml',
  md: 'markdown',
  mkd: 'markdown',
  pgsql: 'sql',
  plpgsql: 'sql',
  postgres: 'sql',
  postgresql: 'sql',
  psql: 'sql',
  mysql: 'sql',
  sqlite: 'sql',
  tsql: 'sql',
  txt: 'text',
  plain: 'text',
  plaintext: 'text',
  output: 'text',
  log: 'text',
  logs: 'text',
  nohighlight: 'text',
  none: 'text',
};

/** Shells, by effective language. */
export const SHELL_LANGUAGES: ReadonlySet<string> = new Set([
  'bash',
  'sh',
  'zsh',
  'fish',
  'console',
  'powershell',
  'cmd',
]);

/** Interpreters other than shells that a block can be handed to. */
export const INTERPRETED_LANGUAGES: ReadonlySet<string> = new Set([
  'python',
  'javascript',
  'ruby',
  'perl',
  'php',
  'sql',
]);

export interface EffectiveLanguage {
  readonly language: string;
  readonly basis: 'written' | 'inferred' | 'corrected';
}

/** What a fence is in, from its tag and its content (LF line ends). */
export function effectiveLanguage(written: string | null, content: string): EffectiveLanguage {
  if (written === null) return { language: inferLanguage(content), basis: 'inferred' };
  const lower = written.toLowerCase();
  const language = ALIASES[lower] ?? lower;
  if ((language === 'bash' || language === 'sh' || language === 'zsh') && isAllSql(content)) {
    return { language: 'sql', basis: 'corrected' };
  }
  if (language === 'sql' && isAllShell(content)) return { language: 'bash', basis: 'corrected' };
  return { language, basis: 'written' };
}

/** A statement of SQL by its first words. Upper case alone: `select` and `update` are also words and programs. */
const SQL_START =
  /^(?:SELECT\s|INSERT\s+INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|ALTER\s+(?:TABLE|SYSTEM|DATABASE|INDEX|ROLE|USER)\b|CREATE\s+(?:OR\s+REPLACE\s+|UNIQUE\s+|MATERIALIZED\s+|TEMP(?:ORARY)?\s+)*(?:TABLE|INDEX|VIEW|DATABASE|ROLE|USER|SCHEMA|EXTENSION|FUNCTION)\b|DROP\s+(?:TABLE|INDEX|VIEW|DATABASE|SCHEMA|MATERIALIZED|USER|ROLE)\b|TRUNCATE\s|WITH\s+\S+\s+AS\b|ANALYZE\b|VACUUM\b|REINDEX\b|EXPLAIN\b|GRANT\s|REVOKE\s|BEGIN\b|COMMIT\b|ROLLBACK\b|REFRESH\s+MATERIALIZED\b|SHOW\s|SET\s+\S+\s*(?:=|TO)|CALL\s|COPY\s|MERGE\s+INTO\b|KILL\s|FLUSH\s|OPTIMIZE\s+TABLE\b)/;

/** Whether every statement is raw SQL, `#` and `--` comments aside: a block tagged `bash` that no shell can run. */
function isAllSql(content: string): boolean {
  if (!/^\s*(?:[A-Z]{3,})/m.test(content)) return false;
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

/** Whether a block tagged `sql` holds shell commands and no SQL. `--` lines are its comments. */
function isAllShell(content: string): boolean {
  const lines = commandLines(content.replace(/^\s*--.*$/gm, ''));
  if (lines.length === 0) return false;
  return lines.every((line) => SHELL_LINE.test(line) && !SQL_START.test(line.toUpperCase()));
}

const LOG_LINE = /^(?:\[?\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\[?(?:INFO|WARN|ERROR|DEBUG)\b)/;

/** The language of an untagged fence: `bash`, `console`, `json`, `sql`, `yaml`, else `text`. Doubt gives `text`. */
export function inferLanguage(content: string): string {
  const text = content.trim();
  if (text === '') return 'text';
  if (/^#!.*\b(?:ba|z)?sh\b/.test(text)) return 'bash';
  if (/^#!.*\bpython/.test(text)) return 'python';
  if (/[\u2500-\u257f\u25b2\u25bc]|â”|â–/.test(text)) return 'text';
  if (/^[[{]/.test(text) && isJson(text)) return 'json';
  const lines = text.split('\n');
  if (/^(?:[\w.@~/:[\] -]*\s)?\$ \S/.test(lines[0] ?? '') && /^[^$]{0,60}\$ [\w./~-]/.test(lines[0] ?? ''))
    return 'console';
  if (isAllSql(text)) return 'sql';
  const commands = commandLines(text);
  // Assignments alone are the contents of an environment file.
  if (commands.every((line) => /^[A-Za-z_]\w*=/.test(line))) return 'text';
  const shell = commands.filter((line) => SHELL_LINE.test(line) && !looksLikeProse(line)).length;
  if (shell > 0 && shell === commands.length) return 'bash';
  if (shell > 1 && shell / commands.length >= 0.8 && SHELL_LINE.test(commands[0] ?? '')) return 'bash';
  if (lines.some((line) => LOG_LINE.test(line))) return 'text';
  return looksLikeYaml(lines) ? 'yaml' : 'text';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function looksLikeProse(line: string): boolean {
  return /[a-z][.!?]$/.test(line) || /^[A-Z][a-z]+ [a-z]+ /.test(line);
}

/** Mostly `key:` and `- ` lines, at least two of them, one of them nested; prose with colons is not enough. */
function looksLikeYaml(lines: readonly string[]): boolean {
  let keys = 0;
  let nested = 0;
  let other = 0;
  for (const line of lines) {
    if (line.trim() === '' || /^\s*#/.test(line)) continue;
    if (/^\s*(?:- )*["']?[A-Za-z_][\w./-]*["']?:(?:\s|$)/.test(line)) {
      keys++;
      if (/^\s+\S/.test(line)) nested++;
    } else if (/^\s*- \S/.test(line)) nested++;
    else if (!/^(?:---|\.\.\.)$/.test(line.trim())) other++;
  }
  return keys >= 2 && nested >= 1 && other === 0;
}
