/** What several rules ask about blocks. */
import type { BlockStep, BlockText, Runbook, Step } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';

/** As written or folded: `core/runbook/blocks/languages.ts` folds the longer names to `sh` and `console`. */
const posixShells: ReadonlySet<string> = new Set(
  'bash sh zsh ksh ash dash shell shellscript shell-script console shell-session shellsession sh-session bash-session terminal'.split(
    ' ',
  ),
);

const blocksOfSteps = new WeakMap<readonly Step[], readonly BlockStep[]>();

/** All fenced blocks, in document order. */
export function blocksOf({ steps }: Runbook): readonly BlockStep[] {
  let blocks = blocksOfSteps.get(steps);
  if (blocks === undefined) {
    blocks = steps.filter((step) => step.kind === 'block');
    blocksOfSteps.set(steps, blocks);
  }
  return blocks;
}

/**
 * A function of a block's text that is worked out once for each text and kept while the block stays as it is: for rules that
 * look at the block's place or at several blocks together, and so cannot say all in `checkBlock`.
 */
export function perBlock<T extends object>(compute: (block: BlockText) => T): (block: BlockText) => T {
  const known = new WeakMap<object, T>();
  return (block) => {
    let value = known.get(block.key);
    if (value === undefined) {
      value = compute(block);
      known.set(block.key, value);
    }
    return value;
  };
}

/** Whether the block is read with the grammar of a POSIX shell. */
export function isPosixShell(language: string | null): boolean {
  return language !== null && posixShells.has(language);
}

/** Whether a block is tagged as a script of a POSIX shell: not as a session, in which prompts and output have their place. */
export function isScriptShell(tag: string | null): boolean {
  return tag !== null && scriptTags.test(tag);
}

const scriptTags = /^(?:bash|sh|zsh|ksh|ash|dash|shell|shell-?script)$/i;

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
