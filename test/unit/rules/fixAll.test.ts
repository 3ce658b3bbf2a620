import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  checkRunbook,
  type Finding,
  fixAll,
  fixText,
  rules,
  type TextEdit,
} from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { SourceText } from '../../../core/text.ts';
import { filesAround, fixturesOf } from './harness.ts';

/** A finding with one fix, whose edits are `[start, end, newText]`. */
function finding(text: string, edits: [number, number, string][], preferred = true): Finding {
  const source = new SourceText(text);
  return {
    rule: 'test/rule',
    severity: 'info',
    message: 'Something.',
    range: source.range(edits[0]?.[0] ?? 0, edits[0]?.[1] ?? 0),
    fixes: [
      {
        title: 'Mend it',
        preferred,
        edits: edits.map(([start, end, newText]) => ({ range: source.range(start, end), newText })),
      },
    ],
  };
}

describe('fixes taken together', () => {
  const text = 'abcdefgh';
  const result = (...findings: Finding[]) => {
    const { edits, applied } = fixAll(findings);
    return [applyEdits(text, edits), applied.length];
  };

  it.each<[string, Finding[], string, number]>([
    ['apart', [finding(text, [[4, 5, 'E']]), finding(text, [[0, 1, 'A']])], 'AbcdEfgh', 2],
    ['side by side', [finding(text, [[0, 2, 'X']]), finding(text, [[2, 4, 'Y']])], 'XYefgh', 2],
    ['overlapping', [finding(text, [[0, 3, 'X']]), finding(text, [[2, 4, 'Y']])], 'Xdefgh', 1],
    [
      'two insertions at one place',
      [finding(text, [[2, 2, 'X']]), finding(text, [[2, 2, 'Y']])],
      'abXcdefgh',
      1,
    ],
    ['an insertion at the edge', [finding(text, [[0, 2, 'X']]), finding(text, [[2, 2, 'Y']])], 'Xcdefgh', 1],
    ['the very same', [finding(text, [[0, 2, 'X']]), finding(text, [[0, 2, 'X']])], 'Xcdefgh', 2],
    [
      'as a whole or not at all',
      [
        finding(text, [[0, 1, 'A']]),
        finding(text, [
          [7, 8, 'H'],
          [0, 2, 'X'],
        ]),
        finding(text, [[7, 8, 'Z']]),
      ],
      'AbcdefgZ',
      2,
    ],
    [
      'at odds with itself',
      [
        finding(text, [
          [0, 3, 'A'],
          [2, 4, 'B'],
        ]),
      ],
      text,
      0,
    ],
    ['that a person has to choose', [finding(text, [[0, 1, 'A']], false)], text, 0],
  ])('%s', (_, findings, expected, count) => {
    expect(result(...findings)).toEqual([expected, count]);
  });

  it('are never torn apart, nor in each other’s way, and the rest of the text stays', () => {
    const edit = fc
      .tuple(fc.nat(20), fc.nat(4), fc.stringMatching(/^[XYZ]{0,2}$/))
      .map(([start, length, newText]): [number, number, string] => [
        start,
        Math.min(start + length, 20),
        newText,
      ]);
    fc.assert(
      fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), (all) => {
        const base = 'abcdefghijklmnopqrst';
        const { edits, applied } = fixAll(all.map((one) => finding(base, one)));
        const wanted = new Set(applied.flatMap(({ fix }) => fix.edits.map(key)));
        expect(new Set(edits.map(key))).toEqual(wanted);
        let end = -1;
        for (const { range } of edits) {
          expect(range.start.offset).toBeGreaterThanOrEqual(end);
          end = range.end.offset;
        }
        const touched = (at: number) =>
          edits.some(({ range }) => range.start.offset <= at && at < range.end.offset);
        const kept = [...base].filter((_, at) => !touched(at)).join('');
        expect(applyEdits(base, edits).replace(/[XYZ]/g, '')).toBe(kept);
      }),
    );
  });
});

function key({ range, newText }: TextEdit): string {
  return `${range.start.offset} ${range.end.offset} ${newText}`;
}

const fixtures = rules.flatMap(({ id }) => fixturesOf(id)).filter(({ name }) => name.endsWith('.md'));

/** All that is found in a text that lies where a fixture does. */
const findingsAt = (path: string) => (text: string) =>
  checkRunbook(parseRunbook(text, { path }), filesAround(path));
const safe = (findings: readonly Finding[]) =>
  findings.filter(({ fixes }) => fixes.some(({ preferred }) => preferred)).length;

describe('fixing until nothing is left', () => {
  it('has documents with something to fix', async () => {
    const counts = await Promise.all(
      fixtures.map(async ({ path, text }) => safe(await findingsAt(path)(text))),
    );
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(10);
  });

  for (const line of ['\n', '\r\n'])
    it(`ends, changes nothing the second time, and keeps ${JSON.stringify(line)} and every other line`, async () => {
      for (const { name, path, text: written } of fixtures) {
        const text = written.replaceAll('\n', line);
        const findingsOf = findingsAt(path);
        const first = await fixText(text, findingsOf);
        expect(safe(await findingsOf(first.text)), name).toBe(0);
        expect(await fixText(first.text, findingsOf), name).toEqual({ text: first.text, applied: [] });
        const ends = (all: string) => new Set(all.match(/\r\n?|\n/g) ?? []);
        expect(
          [...ends(first.text)].filter((end) => !ends(text).has(end)),
          name,
        ).toEqual([]);

        // Of one round, where places are still those of the text: what no fix names is there as before.
        const { edits } = fixAll(await findingsOf(text));
        const named = new Set(
          edits.flatMap(({ range }) =>
            Array.from(
              { length: range.end.line - range.start.line + 1 },
              (_, index) => range.start.line + index,
            ),
          ),
        );
        const source = new SourceText(text);
        const kept = Array.from({ length: source.lineCount }, (_, index) => index)
          .filter((index) => !named.has(index))
          .map((index) => text.slice(source.lineStart(index), source.lineStart(index + 1)));
        let at = 0;
        const fixed = applyEdits(text, edits);
        for (const one of kept) {
          const found = fixed.indexOf(one, at);
          expect(found, `${name}: ${one}`).toBeGreaterThanOrEqual(at);
          at = found + one.length;
        }
      }
    });
});
