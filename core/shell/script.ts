/** Reads a script of any shell: its commands, what each would do, its variables and its first fault. */
import { announce, judgeStatement, newScope, plainJudge } from './classify.ts';
import { readCmd } from './cmd.ts';
import { readFish } from './fish.ts';
import { applyMasks, type Mask, parseScript, statementEnd } from './parse.ts';
import { readPowershell } from './powershell.ts';
import type { ShellCommand, ShellDialect, ShellError, ShellScript } from './types.ts';
import { type Environment, variablesOf } from './variables.ts';
import { highest, NOTHING, toClassification, unknown, type Verdict } from './verdict.ts';

/** How a script is read. */
export interface ReadOptions {
  /** Default: `bash`. */
  readonly dialect?: ShellDialect;
  /** Stretches that stand for words still to be filled in (`<task-id>`, `{{x}}`). */
  readonly masks?: readonly Mask[];
}

/**
 * Reads a script. Never throws.
 * `bash`, `sh` and `zsh` go through the bash grammar; PowerShell, cmd and fish are read word by word.
 */
export function readScript(script: string, options: ReadOptions = {}): ShellScript {
  const masked = applyMasks(script, options.masks);
  try {
    return read(script, masked, options.dialect ?? 'bash');
  } catch (fault) {
    // Only nesting by the thousand gets here: the tree is deeper than the stack.
    const error = { offset: 0, message: `the script is nested too deeply (${String(fault)})` };
    const verdict = unknown(`not understood: ${error.message}`);
    return { commands: [], error, classification: toClassification(verdict), unsetVariables: [] };
  }
}

function read(script: string, masked: string, dialect: ShellDialect): ShellScript {
  switch (dialect) {
    case 'powershell':
      return readPowershell(script, masked, plainJudge());
    case 'cmd':
      return readCmd(script, masked, plainJudge());
    case 'fish':
      return readFish(script, masked, plainJudge());
    default:
      return readBash(script, masked);
  }
}

interface Piece {
  readonly start: number;
  end: number;
  verdict: Verdict;
  readonly reads: Set<string>;
  readonly sets: Set<string>;
}

function readBash(script: string, masked: string): ShellScript {
  const { script: tree, error } = parseScript(masked);
  const scope = newScope();
  announce(tree.commands, scope);
  const environment: Environment = { set: new Set(), open: false };
  const unset = new Set<string>();
  const pieces: Piece[] = [];
  let total: Verdict = NOTHING;
  for (const statement of tree.commands) {
    if (error && statement.pos >= error.offset && error.offset > 0) break;
    const text = masked.slice(statement.pos, statement.end);
    const verdict = judgeStatement(statement, scope);
    // A statement that the grammar gave up on has no end of its own.
    const end = statement.end > statement.pos ? statementEnd(statement, masked) : endAt(masked, error);
    const use = variablesOf(statement, environment, masked.slice(statement.pos, end));
    for (const name of use.unset) unset.add(name);
    total = highest(total, verdict);
    const last = pieces.at(-1);
    if (last && statement.pos < last.end) {
      // `a <<EOF; b`: the heredoc's body stands behind both, so they are one command.
      last.end = Math.max(last.end, end);
      last.verdict = highest(last.verdict, verdict);
      for (const name of use.reads) last.reads.add(name);
      for (const name of use.sets) last.sets.add(name);
      continue;
    }
    if (text !== '' || end > statement.pos) {
      pieces.push({ start: statement.pos, end, verdict, reads: use.reads, sets: use.sets });
    }
  }
  if (error) total = highest(recover(masked, error, total), unknown(`not understood: ${error.message}`));
  return {
    commands: pieces.map((piece) => toCommand(script, piece, error)),
    error,
    classification: toClassification(total),
    unsetVariables: [...unset],
  };
}

function toCommand(script: string, piece: Piece, error: ShellError | null): ShellCommand {
  const broken = error && error.offset >= piece.start && error.offset <= piece.end;
  const verdict = broken
    ? highest(piece.verdict, unknown(`not understood: ${error.message}`))
    : piece.verdict;
  return {
    start: piece.start,
    end: piece.end,
    text: script.slice(piece.start, piece.end),
    tool: verdict.tool,
    classification: toClassification(verdict),
    reads: [...piece.reads],
    sets: [...piece.sets],
  };
}

/** The end of what was read before a fault: the end of its line. */
function endAt(text: string, error: ShellError | null): number {
  if (!error) return text.trimEnd().length;
  const newline = text.indexOf('\n', error.offset);
  return newline < 0 ? text.trimEnd().length : newline;
}

/** More lines than this behind a fault are not read. */
const MAX_RECOVERED_LINES = 500;

/** From the line of a fault on, lines are read one by one: only to raise the verdict, never to call anything safe. */
function recover(text: string, error: ShellError, total: Verdict): Verdict {
  let result = total;
  const from = text.lastIndexOf('\n', error.offset - 1) + 1;
  for (const line of text.slice(from).split('\n', MAX_RECOVERED_LINES)) {
    if (line.trim() === '') continue;
    const whole = parseScript(line);
    // A line that is a part of something larger is read piece by piece.
    const scripts = whole.error
      ? [...line.split(PIECES), ...outsideQuotes(line)].map((piece) => parseScript(piece).script)
      : [whole.script];
    for (const script of scripts) {
      for (const statement of script.commands) {
        const verdict = judgeStatement(statement, newScope());
        if (verdict.risk !== 'read-only') result = highest(result, verdict);
      }
    }
  }
  return result;
}

/** Where a command may begin inside a line. */
const PIECES = /[;&|(){}]+|(?:^|\s)(?:do|then|else|elif|if|while|until|done|fi|esac|in)(?=\s|$)/;

/** A line parted at what separates commands, but not inside quotes, where they close. */
function outsideQuotes(line: string): string[] {
  const masked = line.replace(/'[^']*'|"(?:\\.|[^"\\])*"/g, (quoted) => 'x'.repeat(quoted.length));
  if (masked === line) return [];
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 0: separator } of masked.matchAll(/[;&|]+/g)) {
    pieces.push(line.slice(from, index));
    from = index + separator.length;
  }
  return [...pieces, line.slice(from)];
}
