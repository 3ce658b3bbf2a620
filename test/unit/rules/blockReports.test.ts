import { describe, expect, test } from 'vitest';
import { blockAsker, placed } from '../../../core/rules/blockReports.ts';
import { blocksOf } from '../../../core/rules/support/blocks.ts';
import type { Rule } from '../../../core/rules/types.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';

/** A rule that counts how often it is asked. */
function counting(): { rule: Rule; asked: () => number } {
  let asked = 0;
  const rule: Rule = {
    id: 'test/word',
    title: 'A word',
    severity: 'info',
    docs: { what: '', why: '', wrong: '', right: '' },
    *checkBlock({ content }) {
      asked++;
      const start = content.indexOf('word');
      if (start < 0) return;
      const stretch = { start, end: start + 4 };
      yield {
        at: stretch,
        message: 'A word.',
        fixes: [{ title: 'Shout', preferred: false, edits: [{ ...stretch, newText: 'WORD' }] }],
      };
      yield { at: 'fence', message: 'The block has a word.' };
    },
  };
  return { rule, asked: () => asked };
}

/** The reports of all blocks of a text, by what stands at their places. */
function reports(text: string, ask: ReturnType<typeof blockAsker>): string[][] {
  const runbook = parseRunbook(text);
  return blocksOf(runbook).flatMap((block) =>
    ask(block).map(({ report }) => {
      const { range, fixes = [] } = placed(runbook, block, report);
      const at = text.slice(range.start.offset, range.end.offset);
      return [`${range.start.line}`, at, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.newText))];
    }),
  );
}

describe('checkBlock', () => {
  const block = '```bash\necho word\n```\n';

  test('is asked once for a text, whatever is typed around it', () => {
    const { rule, asked } = counting();
    const ask = blockAsker([rule]);
    expect(reports(`# A\n\n${block}`, ask)).toEqual([
      ['3', 'word', 'WORD'],
      ['2', '```bash'],
    ]);
    expect(reports(`# A longer title\n\nText.\n\n${block}`, ask)).toEqual([
      ['5', 'word', 'WORD'],
      ['4', '```bash'],
    ]);
    expect(asked()).toBe(1);
    reports(`# A\n\n${block.replace('echo', 'print')}`, ask);
    expect(asked()).toBe(2);
  });

  test('is placed in lists, quotes and after CR', () => {
    const { rule } = counting();
    const ask = blockAsker([rule]);
    const nested = `1. Look\n\n   ${block.trimEnd().replaceAll('\n', '\n   ')}\n\n> ${block.trimEnd().replaceAll('\n', '\n> ')}\n`;
    const wanted = [
      ['3', 'word', 'WORD'],
      ['2', '```bash'],
      ['7', 'word', 'WORD'],
      ['6', '```bash'],
    ];
    expect(reports(nested, ask)).toEqual(wanted);
    expect(reports(nested.replaceAll('\n', '\r\n'), ask)).toEqual(wanted);
  });

  test('that throws is named, and the others still speak', () => {
    const { rule } = counting();
    const bad: Rule = {
      ...rule,
      id: 'test/bad',
      checkBlock: () => {
        throw new Error('no');
      },
    };
    const errors: string[] = [];
    const ask = blockAsker([bad, rule]);
    const [step] = blocksOf(parseRunbook(block));
    if (step === undefined) throw new Error('no block');
    expect(ask(step, (id) => errors.push(id)).map((remark) => remark.rule.id)).toEqual([
      'test/word',
      'test/word',
    ]);
    expect(errors).toEqual(['test/bad']);
  });
});
