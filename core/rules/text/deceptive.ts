import type { BlockStep } from '../../runbook/types.ts';
import { blocksOf } from '../support/blocks.ts';
import { chunksOf, perChunk } from '../support/chunks.ts';
import { type Deceptive, findDeceptive, findMixedWords, mayDeceive } from '../support/invisible.ts';
import type { BlockReport, Fix, Report, Rule } from '../types.ts';

/** Characters through which a command is another one than it looks. */
export const deceptive: Rule = {
  id: 'text/deceptive',
  title: 'Text is not what it looks like',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports characters that cannot be seen (zero-width spaces, soft hyphens, tag characters), that turn the order of reading, control characters, a carriage return inside a block, and words of a command that mix Latin letters with Cyrillic or Greek look-alikes. In blocks that run it is an error. Emoji, and what Arabic, Hebrew and other scripts need for their spelling, is fine. The fix removes what cannot be seen.',
    why: 'Who reads the command and who runs it see two things. At best the name is not found and nobody can see why; at worst somebody put it there.',
    wrong: '```bash\nkubectl delete pod w\u200beb-0\n```',
    right: '```bash\nkubectl delete pod web-0\n```',
    source: 'Unicode Technical Standard #55, Source Code Handling; CVE-2021-42574 (Trojan Source).',
  },
  *check({ runbook }): Iterable<Report> {
    const { source } = runbook;
    // Nearly all documents have no such character; an edit asks only of the chunk that it changed.
    if (!chunksOf(source).some(({ chunk }) => suspect(chunk).found)) return;
    const blocks = blocksOf(runbook);
    const found = findDeceptive(source.text);
    const lines = new Map<string, { block: BlockStep | null; parts: Deceptive[] }>();
    let next = 0;
    for (const part of found) {
      while (next < blocks.length && (blocks[next] as BlockStep).contentRange.end.offset <= part.start)
        next++;
      const candidate = blocks[next];
      const block =
        candidate !== undefined && candidate.contentRange.start.offset <= part.start ? candidate : null;
      if (part.kind === 'return' && block === null) continue;
      // Prose that mixes directions needs them; a command does not.
      if (part.rightToLeft && block?.runnable !== true) continue;
      // One finding a line and kind: a pasted table has such a character in each cell.
      const key = `${source.positionAt(part.start).line} ${part.kind}`;
      const line = lines.get(key) ?? { block, parts: [] };
      lines.set(key, line);
      line.parts.push(part);
    }
    for (const { block, parts } of lines.values()) {
      const [first] = parts as [Deceptive];
      const runs = block?.runnable === true;
      const last = parts.at(-1) ?? first;
      yield {
        range: source.range(first.start, last.end),
        severity: runs ? 'error' : 'warning',
        message: `${explain(source.text, first, parts.length)} ${advice(first, runs)}`,
        fixes: fixesFor(parts, (start, end) => source.range(start, end)),
      };
    }
  },
  *checkBlock({ runnable, commands }): Iterable<BlockReport> {
    if (!runnable) return;
    for (const command of commands)
      for (const { start, end, latin, twin, letter } of findMixedWords(command.text))
        yield {
          at: { start: command.start + start, end: command.start + end },
          severity: 'error',
          message: `This looks like \`${latin}\`, but its \`${letter}\` is another letter, ${codeOf(twin)}. Type the word anew.`,
        };
  },
};

const suspect = perChunk((text) => ({ found: mayDeceive(text) }));

function explain(text: string, { kind, start }: Deceptive, count: number): string {
  const code = codeOf(text.slice(start, start + 2));
  const more = count > 1 ? `, ${count} times on this line` : '';
  switch (kind) {
    case 'bidi':
      return `A character that turns the order of reading stands here (${code}${more}): what is run is not what is seen.`;
    case 'mark':
      return `An invisible mark of direction stands here (${code}${more}).`;
    case 'zero-width':
      return `An invisible character stands here (${code}${more}).`;
    case 'soft-hyphen':
      return `A soft hyphen stands here, which is mostly invisible (${code}${more}).`;
    case 'tag':
      return `Invisible tag characters stand here (${code}${more}), in which text can be hidden.`;
    case 'return':
      return 'A carriage return stands here without a line feed: some programs see one line, others two.';
    default:
      return `A control character stands here (${code}${more}).`;
  }
}

function advice({ kind }: Deceptive, runs: boolean): string {
  if (kind === 'return') return 'End the line as the others end.';
  if (kind === 'control') return runs ? 'Write it as an escape, such as `\\e`, or remove it.' : 'Remove it.';
  return runs
    ? 'To the shell it is part of the word. Remove it.'
    : 'Copied along, it breaks a search or a command. Remove it.';
}

/** Nothing is lost where an invisible character goes. Where one turns the order, or moves a terminal, a person decides. */
function fixesFor(
  parts: readonly Deceptive[],
  rangeOf: (start: number, end: number) => Report['range'],
): Fix[] {
  const kind = parts[0]?.kind;
  if (kind === 'return' || kind === 'control' || kind === undefined) return [];
  return [
    {
      title:
        parts.length === 1 && kind !== 'tag'
          ? 'Remove the invisible character'
          : 'Remove the invisible characters',
      edits: parts.map(({ start, end }) => ({ range: rangeOf(start, end), newText: '' })),
      preferred: kind !== 'bidi',
    },
  ];
}

function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
