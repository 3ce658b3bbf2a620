import type { Range } from '../../text.ts';
import { blocksOf, contentRange, excerpt, isPosixShell, perBlock } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { Report, Rule } from '../types.ts';

/** A name with the time in it that is computed once to write and again to read. */
export const recomputedName: Rule = {
  id: 'shell/recomputed-name',
  title: 'A name with the time in it is computed twice',
  severity: 'warning',
  docs: {
    what: 'Reports a name such as `backup-$(date +%H%M).sql` that one command makes and a later one computes again, with minutes or seconds in it: once for each name. A day alone is not reported.',
    why: 'The clock has gone on meanwhile: the second command looks for a file that does not exist, or checks another one than was written.',
    wrong:
      '```bash\npg_dump -Fc shop > shop-$(date +%Y%m%d-%H%M%S).dump\npg_restore --list shop-$(date +%Y%m%d-%H%M%S).dump\n```',
    right:
      '```bash\ndump="shop-$(date +%Y%m%d-%H%M%S).dump"\npg_dump -Fc shop > "$dump"\npg_restore --list "$dump"\n```',
    source: 'Found in two of five runbooks, both times where the backup is verified.',
  },
  *check({ runbook }): Iterable<Report> {
    /** By name: the line of its first use, who made it, and where it is computed anew. */
    const made = new Map<string, { line: number; by: string; again: { range: Range; text: string }[] }>();
    for (const block of blocksOf(runbook))
      for (const { name, word, by, written } of timedNames(block)) {
        const range = contentRange(runbook, block, word.start, word.end);
        const first = made.get(name);
        if (first === undefined) made.set(name, { line: range.start.line + 1, by, again: [] });
        // The same command again makes another one, which is no mistake.
        else if (first.by !== by && !written) first.again.push({ range, text: word.text });
      }
    for (const { line, again } of made.values()) {
      const [first, ...later] = again;
      if (first === undefined) continue;
      const more = linesOf(later.map(({ range }) => range.start.line + 1));
      const also = more === '' ? '' : `, here and on ${more}`;
      yield {
        range: first.range,
        message: `\`${excerpt(first.text, 50)}\` is computed anew${also}, so it is another name than on line ${line} once the clock has gone on. Keep it in a variable, and use that ${more === '' ? 'in both places' : 'everywhere'}.`,
      };
    }
  },
};

function linesOf(numbers: readonly number[]): string {
  const lines = [...new Set(numbers)];
  if (lines.length < 2) return lines.map((line) => `line ${line}`).join('');
  return `lines ${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`;
}

interface TimedName {
  readonly name: string;
  readonly word: ShellWord;
  /** The program and its first word. */
  readonly by: string;
  /** It is what a redirection writes to. */
  readonly written: boolean;
}

/** Names with the time in them that the commands of a block compute, each once a command. */
const timedNames = perBlock((block): readonly TimedName[] => {
  const found: TimedName[] = [];
  if (!block.runnable || !isPosixShell(block.effectiveLanguage)) return found;
  for (const statement of block.commands) {
    if (!statement.text.includes('date')) continue;
    for (const command of simpleCommands(block, statement)) {
      const { words } = peeled(command.words);
      const by = `${words[0]?.value ?? ''} ${words[1]?.value ?? ''}`;
      const here = new Set<string>();
      const targets = (fits: (operator: string) => boolean) =>
        command.redirects.flatMap(({ operator, target }) =>
          target !== null && fits(operator) ? [target] : [],
        );
      const written = targets((operator) => operator.includes('>'));
      const read = targets((operator) => operator === '<');
      for (const word of [...words.slice(1), ...read, ...written]) {
        const name = timedName(word);
        if (name === null || here.has(name)) continue;
        here.add(name);
        found.push({ name, word, by, written: written.includes(word) });
      }
    }
  }
  return found;
});

/** What stands around one `$(date …)` with minutes or seconds, without folders and option names; null for other words. */
function timedName(word: ShellWord): string | null {
  const { value } = word;
  const start = value.indexOf('$(date ');
  const end = start < 0 ? -1 : value.indexOf(')', start);
  if (end < 0) return null;
  const call = value.slice(start, end + 1);
  if (!/%[MSsTRXcrN]|%\+|-I(?:m|s)|--iso-8601=(?:m|s)/.test(call)) return null;
  const prefix = value.slice(0, start);
  const before = prefix.slice(Math.max(...['/', '=', ':'].map((mark) => prefix.lastIndexOf(mark))) + 1);
  const after = value.slice(end + 1);
  // A sentence or a bare time is no name.
  const named = /^[\w.${}-]+$/.test(before) && /[\w}]/.test(before);
  if (!named && !/^\.\w/.test(after)) return null;
  if (/[\s,;()"'<>|]/.test(before + after)) return null;
  return before + call.replace(/['"]/g, '') + after;
}
