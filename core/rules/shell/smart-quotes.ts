import { excerpt, isPosixShell } from '../support/blocks.ts';
import { findMisread } from '../support/encoding.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { BlockFix, BlockReport, Rule } from '../types.ts';

/** Typographic quotes where a shell expects its own. */
export const smartQuotes: Rule = {
  id: 'shell/smart-quotes',
  title: 'Curly quotes in a shell command',
  severity: 'error',
  docs: {
    what: 'Reports typographic quotes (“ ” ‘ ’) in a command, where `"` or `\'` was meant. Inside straight quotes and in comments they are text, and fine; what `echo` shows is only worth a note.',
    why: 'A word processor or a chat put them there. To a shell they are letters: the text falls apart at its spaces, `$`, `*` and `;` in it are read, and the quotes become part of the argument.',
    wrong: '```bash\ngit commit -m “Roll back the shop”\n```',
    right: '```bash\ngit commit -m "Roll back the shop"\n```',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable || !isPosixShell(block.effectiveLanguage) || !/[“”„‟‘’]/.test(block.script)) return;
    const { script } = block;
    const bare = bareCharacters(script);
    // Half of a mis-read character is no quote: `text/mojibake` tells of it.
    for (const { start, end } of findMisread(script)) bare.fill(0, start, end);
    let at = 0;
    for (const line of script.split('\n')) {
      const curly: number[] = [];
      for (let i = at; i < at + line.length; i++)
        if (bare[i] === 1 && /[“”„‟‘’]/.test(script[i] ?? '') && !isApostrophe(script, i)) curly.push(i);
      const first = curly[0];
      if (first !== undefined) {
        const end = (curly.at(-1) ?? first) + 1;
        yield {
          at: { start: first, end },
          // What is only shown looks odd and harms nobody.
          severity: /^\s*(?:echo|printf)\s/.test(line) ? 'info' : 'error',
          message: `\`${excerpt(script.slice(first, end), 40)}\` has curly quotes, which are letters to a shell. Write straight ones.`,
          fixes: straighten(script, curly),
        };
      }
      at += line.length + 1;
    }
  },
};

/** `don’t`: a letter to a shell, and meant as one. */
function isApostrophe(script: string, at: number): boolean {
  return script[at] === '’' && /\w/.test(script[at - 1] ?? '') && /\w/.test(script[at + 1] ?? '');
}

/** Only where they stand in pairs with nothing between them that would end the straight ones. */
function straighten(script: string, curly: readonly number[]): BlockFix[] {
  if (curly.length % 2 !== 0) return [];
  const edits: BlockFix['edits'][number][] = [];
  for (let i = 0; i < curly.length; i += 2) {
    const open = curly[i] ?? 0;
    const close = curly[i + 1] ?? 0;
    const double = /[“”„‟]/.test(script[open] ?? '');
    const mark = double ? '"' : "'";
    const inside = script.slice(open + 1, close);
    if (double !== /[“”‟]/.test(script[close] ?? '') || inside.includes(mark)) return [];
    for (const place of [open, close]) edits.push({ start: place, end: place + 1, newText: mark });
  }
  return [{ title: 'Write straight quotes', edits, preferred: true }];
}
