import type { BlockText } from '../../runbook/types.ts';
import type { ShellError } from '../../shell/types.ts';
import { isPosixShell } from '../support/blocks.ts';
import { otherThanShell } from '../support/content.ts';
import { sqlStatements } from '../support/sql.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Shell blocks that the grammar cannot read. */
export const shellSyntax: Rule = {
  id: 'shell/syntax',
  title: 'A shell block has a syntax error',
  severity: 'error',
  docs: {
    what: 'Reports a shell block that no shell can read: an unclosed quote, a missing `done` or `fi`, a stray parenthesis.',
    why: 'The shell stops at the fault, after it has run what stands before it. A step that breaks half-way is worse than one that never starts.',
    wrong: '```bash\nfor pod in $(kubectl get pods -o name); do\n  kubectl logs "$pod"\n```',
    right: '```bash\nfor pod in $(kubectl get pods -o name); do\n  kubectl logs "$pod"\ndone\n```',
    source: 'POSIX.1-2024, Shell Command Language, 2.10 Shell Grammar.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    const error = isPosixShell(block.effectiveLanguage) ? block.syntaxError : null;
    if (error === null || isBulleted(block.content)) return;
    // Raw SQL or another language is the cause, and `language/sql-in-shell` or `language/mismatch` says so.
    if (sqlStatements(block.content).length > 0 || otherThanShell(block) !== null) return;
    const [start, end] = wordAt(block.content, error.offset);
    yield {
      at: { start, end },
      message: message(error, block),
    };
  },
};

/** Instructions in words with a dash before each: no command begins with one. */
function isBulleted(content: string): boolean {
  return content.split('\n').every((line) => /^\s*(?:$|[-•]\s?[A-Za-z])/.test(line));
}

/** The word at an offset; the last character of the script where the offset is its end. */
function wordAt(content: string, offset: number): [number, number] {
  if (offset >= content.length) {
    const end = content.trimEnd().length;
    return [Math.max(0, end - 1), end];
  }
  const length = /^[^\s()<>|&;"'`]+/.exec(content.slice(offset, offset + 80))?.[0].length ?? 1;
  return [offset, offset + Math.max(1, length)];
}

/** What is wrong; where not even one line can be read, that it may be no shell at all. */
function message(error: ShellError, { commands, content }: BlockText): string {
  const text = error.message
    .trim()
    .replace(/[.\s]+$/, '')
    .replace(/'([^'\s]+)'/g, '`$1`');
  const what = `A shell cannot read this block: ${text.slice(0, 1).toLowerCase()}${text.slice(1)}.`;
  const begins = commands.some(
    ({ end }) => end <= error.offset && content.slice(end, error.offset).includes('\n'),
  );
  if (begins) return `${what} What stands before it would run, the rest would not.`;
  return text.includes('nexpected') ? `${what} If it is output or a query, tag it as what it is.` : what;
}
