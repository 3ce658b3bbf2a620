/**
 * ShellCheck, as rules see it: what to ask it about a block, and what its answer says. Nothing here runs it; whoever may does,
 * and hands the answers in. https://github.com/koalaman/shellcheck
 */
import * as z from 'zod/mini';
import type { BlockText } from '../../runbook/types.ts';
import type { BlockReport } from '../types.ts';
import { perBlock } from './blocks.ts';
import { maskTemplates } from './elision.ts';
import { sqlStatements } from './sql.ts';
import { maskedScript } from './words.ts';

/** One comment of ShellCheck; offsets into the block's content. */
export interface ShellCheckComment extends Required<Pick<BlockReport, 'severity'>> {
  /** `2215` is SC2215. */
  readonly code: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** What is known about a block; nothing where it was not asked about, or not yet. */
export type ShellCheckAnswers = (block: BlockText) => readonly ShellCheckComment[];

/**
 * Codes that say nothing about a block of a runbook, which is a part of a session and not a program: quoting as a matter of
 * style, variables from elsewhere, files that are not here, and what rules of ours say with more to go by.
 */
const LEFT_OUT: readonly number[] = [
  // The grammar, the shebang and SQL: `shell/syntax`, `language/sql-in-shell`.
  1009, 1036, 1072, 1073, 1081, 1088, 1128, 2148,
  // Curly quotes: `shell/smart-quotes`.
  1015, 1016, 1018, 1100, 1110, 1111, 1112,
  // Files that are sourced.
  1090, 1091,
  // Braces that are literal, as `-o jsonpath={.items}` has them.
  1083,
  // Variables: `shell/unset-variable`, `shell/unquoted-path`.
  2034, 2115, 2154, 2155,
  // Quoting and style that do no harm here.
  2009, 2012, 2016, 2046, 2086, 2089, 2090, 2207,
  // Says again what 2097 says.
  2098,
  // `shell/partial-failure`, `shell/sudo-redirect`.
  2024, 2164,
];

/** Without the program: the script stands on standard input, and no file decides what is said. */
export const SHELLCHECK_ARGUMENTS: readonly string[] = [
  '--norc',
  '--format=json1',
  '--shell=bash',
  '--severity=warning',
  `--exclude=${LEFT_OUT.join(',')}`,
  '-',
];

/** A longer block is a program, and is checked where it lives. In characters. */
const LONGEST = 20_000;

/** What to ask about a block, of the length of its content; null where there is nothing to ask. Kept while the block stays. */
export function shellCheckScript(block: BlockText): string | null {
  return scripts(block).script;
}

const scripts = perBlock((block): { script: string | null } => ({ script: scriptOf(block) }));

function scriptOf(block: BlockText): string | null {
  if (!block.runnable || !/^(?:bash|sh|console)$/.test(block.effectiveLanguage)) return null;
  if (block.syntaxError !== null || block.commands.length === 0 || block.content.length > LONGEST)
    return null;
  const script = maskTemplates(maskedScript(block));
  return sqlStatements(script).length > 0 ? null : script;
}

const answerShape = z.object({
  comments: z.array(
    z.object({
      line: z.number(),
      endLine: z.number(),
      column: z.number(),
      endColumn: z.number(),
      level: z.enum(['error', 'warning', 'info', 'style']),
      code: z.number(),
      message: z.string(),
    }),
  ),
});

const SEVERITIES = { error: 'error', warning: 'warning', info: 'info', style: 'hint' } as const;

/** Reads the answer (`--format=json1`) about a script. @throws where it is none */
export function readShellCheck(answer: string, script: string): ShellCheckComment[] {
  const { comments } = answerShape.parse(JSON.parse(answer));
  const lines = [0];
  for (let at = script.indexOf('\n'); at >= 0; at = script.indexOf('\n', at + 1)) lines.push(at + 1);
  const offset = (line: number, column: number): number => {
    const start = lines[line - 1] ?? script.length;
    const next = lines[line];
    const end = next === undefined ? script.length : next - 1;
    // Columns count characters, offsets count UTF-16 code units.
    let at = start;
    for (let i = 1; i < column && at < end; i++) at += (script.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    return at;
  };
  const found = new Map<string, ShellCheckComment>();
  for (const { line, column, endLine, endColumn, level, code, message } of comments) {
    const start = offset(line, column);
    const end = Math.max(offset(endLine, endColumn), start + 1);
    if (start >= script.length) continue;
    found.set(`${code} ${start} ${end}`, { code, start, end, severity: SEVERITIES[level], message });
  }
  return [...found.values()];
}
