/** Lines of a shell block as a person wrote them: prompts, what was typed behind them, what a program answered. */
import type { BlockText } from '../../runbook/types.ts';

/** One line of a block; offsets into its `content`. */
export interface WrittenLine {
  readonly start: number;
  readonly end: number;
  /** `typed` is for the shell, comments too; `answer` is for nobody to run; `blank` has nothing on it. */
  readonly kind: 'typed' | 'answer' | 'blank';
  /** Where what was typed begins, behind the prompt; `start` where there is none. */
  readonly typedAt: number;
}

/** Every line, told apart by what the model's `script` keeps of it. Linear; asked once a block. */
export function writtenLines({ content, script, key }: BlockText): readonly WrittenLine[] {
  let lines = known.get(key);
  if (lines === undefined) {
    lines = read(content, script);
    known.set(key, lines);
  }
  return lines;
}

const known = new WeakMap<object, readonly WrittenLine[]>();

function read(content: string, script: string): WrittenLine[] {
  const lines: WrittenLine[] = [];
  let start = 0;
  while (start <= content.length) {
    const feed = content.indexOf('\n', start);
    const end = feed < 0 ? content.length : feed;
    const written = content.slice(start, end);
    const kept = script.slice(start, end);
    if (written.trim() === '') lines.push({ start, end, kind: 'blank', typedAt: start });
    else if (kept.trim() === '' && written !== kept)
      lines.push({ start, end, kind: 'answer', typedAt: start });
    else {
      const typedAt = written === kept ? start : start + kept.length - kept.trimStart().length;
      lines.push({ start, end, kind: 'typed', typedAt });
    }
    start = end + 1;
  }
  return lines;
}

/** Where the first prompt stands, without the blanks around it; null where no line has one. */
export function firstPrompt(
  block: BlockText,
): { readonly start: number; readonly end: number; readonly text: string } | null {
  for (const { kind, start, typedAt } of writtenLines(block)) {
    if (kind !== 'typed' || typedAt === start) continue;
    const lead = block.content.slice(start, typedAt);
    const text = lead.trim();
    if (text === '') continue;
    const at = start + lead.length - lead.trimStart().length;
    return { start: at, end: at + text.length, text };
  }
  return null;
}
