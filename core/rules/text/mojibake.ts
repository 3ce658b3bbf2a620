import type { Range, SourceText } from '../../text.ts';
import { blocksOf } from '../support/blocks.ts';
import { chunksOf, perChunk } from '../support/chunks.ts';
import { findMisread, type Misread } from '../support/encoding.ts';
import type { Report, Rule } from '../types.ts';

/** Text that was decoded wrongly once. One lost byte must not keep the rest from being repaired. */
export const mojibake: Rule = {
  id: 'text/mojibake',
  title: 'Text was read with the wrong encoding',
  severity: 'warning',
  docs: {
    what: 'Reports UTF-8 that was once read as Windows-1252 and saved so. Where no byte was lost, the fix restores the characters; it changes nothing else. A drawing with many of them is one finding.',
    why: 'Signs that were meant to catch the eye became noise, in the headings that are skimmed first; and a mis-read character inside a command is another command.',
    wrong: '## ðŸš¨ Outage â€“ first steps',
    right: '## 🚨 Outage – first steps',
    source: 'WHATWG Encoding Standard, index windows-1252. Three of five runbooks looked at had it.',
  },
  *check({ runbook }): Iterable<Report> {
    const { source } = runbook;
    const blocks = blocksOf(runbook);
    let next = 0;
    /** Repairable runs by block, -1 outside of blocks. */
    const groups = new Map<number, Sound[]>();
    for (const { start, end, repaired } of misreadIn(source)) {
      const range = source.range(start, end);
      if (repaired === null) {
        yield {
          range,
          message: `\`${source.slice(range)}\` was read with the wrong encoding and lost a byte, so what it was is not certain. Type it anew.`,
        };
        continue;
      }
      while ((blocks[next]?.range.end.offset ?? start + 1) <= start) next++;
      const block = (blocks[next]?.range.start.offset ?? end) <= start ? next : -1;
      const group = groups.get(block) ?? [];
      groups.set(block, group);
      group.push({ range, repaired });
    }
    for (const [block, runs] of groups)
      if (block >= 0 && runs.length > MANY) yield drawing(runs);
      else for (const run of runs) yield single(run);
  },
};

const misreadOf = perChunk(findMisread);

function* misreadIn(source: SourceText): Iterable<Misread> {
  // Characters that were mis-read together stand on one line, and so in one chunk.
  for (const { chunk, start } of chunksOf(source))
    for (const found of misreadOf(chunk))
      yield { ...found, start: start + found.start, end: start + found.end };
}

/** More runs than this in one block are one finding: a drawing has one in each of its lines. */
const MANY = 8;

interface Sound {
  readonly range: Range;
  readonly repaired: string;
}

function single({ range, repaired }: Sound): Report {
  return {
    range,
    message: `This was read with the wrong encoding: it should be ${show(repaired)}.`,
    fixes: [{ title: `Restore ${show(repaired)}`, edits: [{ range, newText: repaired }], preferred: true }],
  };
}

/** Stands at the first of them; its fix repairs all. */
function drawing(runs: readonly Sound[]): Report {
  const [first] = runs as [Sound];
  return {
    range: first.range,
    message: `${runs.length} stretches of this block were read with the wrong encoding: this one should be ${show(first.repaired)}.`,
    fixes: [
      {
        title: `Restore all ${runs.length} in this block`,
        edits: runs.map(({ range, repaired }) => ({ range, newText: repaired })),
        preferred: true,
      },
    ],
  };
}

/** The characters themselves, cut short, or a name for those that cannot be seen. */
function show(text: string): string {
  if (/^(?:\s|\p{Cf}|\ufe0e|\ufe0f)*$/u.test(text)) {
    const code = text.codePointAt(0) ?? 0;
    return `the invisible character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  const shown = [...text];
  return `\`${shown.length <= 12 ? text : `${shown.slice(0, 11).join('')}…`}\``;
}
