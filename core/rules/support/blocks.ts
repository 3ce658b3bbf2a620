/** What several rules ask about blocks. */
import type { BlockStep, Runbook } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';

/** As written or folded: `core/runbook/blocks/languages.ts` folds the longer names to `sh` and `console`. */
const posixShells: ReadonlySet<string> = new Set(
  'bash sh zsh ksh ash dash shell shellscript shell-script console shell-session shellsession sh-session bash-session terminal'.split(
    ' ',
  ),
);

/** All fenced blocks, in document order. */
export function blocksOf(runbook: Runbook): BlockStep[] {
  return runbook.steps.filter((step) => step.kind === 'block');
}

/** Whether the block is read with the grammar of a POSIX shell. */
export function isPosixShell(language: string | null): boolean {
  return language !== null && posixShells.has(language);
}

/** The source range of a stretch of a block's content. */
export function contentRange(runbook: Runbook, block: BlockStep, start: number, end: number): Range {
  const from = block.toSource(start);
  // The end is mapped from the last character, since the offset after a line's end may belong to the next line's indent.
  const to = end > start ? block.toSource(end - 1) + 1 : from;
  return runbook.source.range(from, Math.max(from, to));
}

/** The opening line of a fence, without its indent and quote marks: where findings about a whole block stand. */
export function fenceLine(runbook: Runbook, block: BlockStep): Range {
  const { source } = runbook;
  const { line } = block.range.start;
  const end = source.lineEnd(line);
  const start = Math.min(block.range.start.offset, end);
  const indent = /^[ \t>]*/.exec(source.text.slice(start, end))?.[0].length ?? 0;
  return source.range(start + indent, end);
}

/** The parts of an opening fence line, or null where there is no fence to read (a YAML runbook's step). */
export interface OpeningFence {
  /** The offset right after the backticks or tildes. */
  readonly afterMarks: number;
  /** The language word's range; empty, right after the marks, where none is written. */
  readonly language: Range;
}

export function openingFence(runbook: Runbook, block: BlockStep): OpeningFence | null {
  const { source } = runbook;
  const { line } = block.range.start;
  const start = source.lineStart(line);
  const text = source.text.slice(start, source.lineEnd(line));
  const match = /^(.*?)(`{3,}|~{3,})([ \t]*)([^\s`{]*)/.exec(text);
  if (match === null) return null;
  const [, before = '', marks = '', space = '', word = ''] = match;
  const afterMarks = start + before.length + marks.length;
  const wordStart = word === '' ? afterMarks : afterMarks + space.length;
  return { afterMarks, language: source.range(wordStart, wordStart + word.length) };
}

/** A text cut to at most `length` characters, on one line. */
export function excerpt(text: string, length = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
