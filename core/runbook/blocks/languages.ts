/** Languages of fences: aliases folded, untagged fences inferred, plainly wrong tags corrected. */
import { answersOf, isTableHead } from './answers.ts';
import {
  hasSql,
  isAllShell,
  isAllSql,
  isCrontab,
  isJson,
  isPromql,
  looksLikeYaml,
  needsBash,
} from './contentKinds.ts';
import { readTranscript } from './prompts.ts';
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

/** A language, and how sure it is. */
export interface EffectiveLanguage {
  readonly language: string;
  readonly basis: 'written' | 'inferred' | 'corrected';
  /** 0 to 1. */
  readonly confidence: number;
}

const POSIX = /^(?:bash|sh|zsh|console)$/;

/** What a fence is in, from its tag and its content (LF line ends). */
export function effectiveLanguage(written: string | null, content: string): EffectiveLanguage {
  if (written === null) return { ...inferLanguage(content), basis: 'inferred' };
  const lower = written.toLowerCase();
  const language = ALIASES[lower] ?? lower;
  const corrected = correctLanguage(language, content);
  if (corrected !== null) return { ...corrected, basis: 'corrected' };
  return { language, basis: 'written', confidence: POSIX.test(language) && hasSql(content) ? 0.7 : 1 };
}

type Guess = Omit<EffectiveLanguage, 'basis'>;

/** What a fence really is in, where its tag is plainly wrong; null where nothing speaks against the tag. */
function correctLanguage(language: string, content: string): Guess | null {
  if (language === 'sql') return isAllShell(content) ? { language: 'bash', confidence: 0.9 } : null;
  if (!POSIX.test(language)) return null;
  if (isAllSql(content)) return { language: 'sql', confidence: 0.9 };
  if (isJson(content)) return { language: 'json', confidence: 0.95 };
  if (isPromql(content)) return { language: 'promql', confidence: 0.9 };
  if (looksLikeYaml(content)) return { language: 'yaml', confidence: 0.9 };
  if (isCrontab(content)) return { language: 'cron', confidence: 0.9 };
  if (holdsNoCommand(content, language)) return { language: 'text', confidence: 0.8 };
  return language === 'sh' && needsBash(content) ? { language: 'bash', confidence: 0.9 } : null;
}

/** Whether no line is a command: output of a program, or words for people. Comments alone are a manual step. */
function holdsNoCommand(content: string, language: string): boolean {
  if (readTranscript(content, language) !== null) return false;
  const answers = answersOf(content, 'bash');
  const lines = content.split('\n');
  return (
    answers.some((answer) => answer !== null) &&
    lines.every((line, index) => answers[index] !== null || line.trim() === '' || /^\s*#/.test(line))
  );
}

const LOG_LINE = /^(?:\[?\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\[?(?:INFO|WARN|ERROR|DEBUG)\b)/;

/** The language of an untagged fence: `bash`, `console`, `json`, `sql`, `yaml`, `promql`, else `text`. Doubt gives `text`. */
function inferLanguage(content: string): Guess {
  const text = content.trim();
  if (text === '') return { language: 'text', confidence: 0.5 };
  if (/^#!.*\b(?:ba|z)?sh\b/.test(text)) return { language: 'bash', confidence: 0.95 };
  if (/^#!.*\bpython/.test(text)) return { language: 'python', confidence: 0.95 };
  if (isDrawn(text)) return { language: 'text', confidence: 0.95 };
  if (isJson(text)) return { language: 'json', confidence: 0.95 };
  const lines = text.split('\n');
  if (/^(?:[\w.@~/:[\] -]*\s)?\$ \S/.test(lines[0] ?? '') && /^[^$]{0,60}\$ [\w./~-]/.test(lines[0] ?? ''))
    return { language: 'console', confidence: 0.9 };
  if (isAllSql(text)) return { language: 'sql', confidence: 0.9 };
  if (isPromql(text)) return { language: 'promql', confidence: 0.8 };
  const commands = commandLines(text);
  // Assignments alone are the contents of an environment file.
  if (commands.every((line) => /^[A-Za-z_]\w*=/.test(line))) return { language: 'text', confidence: 0.6 };
  const shell = commands.filter((line) => SHELL_LINE.test(line) && !looksLikeProse(line)).length;
  if (shell > 0 && shell === commands.length) return { language: 'bash', confidence: 0.85 };
  if (shell > 1 && shell / commands.length >= 0.8 && SHELL_LINE.test(commands[0] ?? ''))
    return { language: 'bash', confidence: 0.7 };
  if (commandsWithAnswers(text)) return { language: 'bash', confidence: 0.7 };
  if (lines.some((line) => LOG_LINE.test(line))) return { language: 'text', confidence: 0.8 };
  if (looksLikeYaml(text)) return { language: 'yaml', confidence: 0.75 };
  return { language: 'text', confidence: isTableHead((lines[0] ?? '').trim()) ? 0.9 : 0.5 };
}

/** Whether commands stand there with what they printed below. */
function commandsWithAnswers(text: string): boolean {
  const answers = answersOf(text, 'bash');
  if (!answers.includes('output')) return false;
  const typed = text.split('\n').filter((_, index) => (answers[index] ?? null) === null);
  const commands = commandLines(typed.join('\n'));
  const first = (text.split('\n')[0] ?? '').trim();
  return commands.length > 0 && commands[0] === first && commands.every((line) => SHELL_LINE.test(line));
}

/** Whether lines are drawn: box characters and arrows, also as text that was decoded wrongly. */
export function isDrawn(text: string): boolean {
  return /[\u2500-\u257f\u25b2\u25bc]|â”|â–/.test(text);
}

function looksLikeProse(line: string): boolean {
  return /[a-z][.!?]$/.test(line) || /^[A-Z][a-z]+ [a-z]+ /.test(line);
}
