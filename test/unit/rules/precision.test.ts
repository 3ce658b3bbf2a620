/** Verdicts on what the rules find in real runbooks (docs/rules/precision.md): enough of them, and right often enough. */
import { describe, expect, it } from 'vitest';
import {
  countRight,
  LEAST_RIGHT,
  precisionOf,
  precisionPage,
  readVerdicts,
  SAMPLE,
  type Verdict,
} from '../../../scripts/lib/precision.ts';
import { readPins } from '../../support/corpusFindings.ts';

const verdicts = readVerdicts();
const all = precisionOf(verdicts, readPins());
const sampled = all.filter(({ findings }) => findings > SAMPLE);

/** What is wrong with the share of verdicts that are right, for each severity that has a least share. */
function tooWrong(name: string, judged: readonly Verdict[]): string[] {
  return Object.entries(LEAST_RIGHT).flatMap(([severity, least]) => {
    const those = judged.filter((verdict) => verdict.severity === severity);
    const right = countRight(those);
    return right >= least * those.length
      ? []
      : [`${name}: ${right} of ${those.length} ${severity}s are right`];
  });
}

describe('the verdicts on findings in real runbooks', () => {
  it('have what the page shows', () => {
    for (const one of verdicts) {
      const { rule, file, line, severity, verdict, reason } = one;
      expect(Object.keys(one)).toEqual(['rule', 'file', 'line', 'severity', 'verdict', 'reason']);
      expect(`${severity} ${verdict}`).toMatch(/^(error|warning|info|hint) (right|wrong)$/);
      expect(reason, `${rule} ${file}:${line}`).toMatch(/^\S[^\n]{15,}[.]$/);
    }
  });

  it(`are ${SAMPLE} for each rule with more findings than that, on places that are still found`, () => {
    const few = sampled
      .filter(({ judged }) => judged.length < SAMPLE)
      .map(({ rule, judged }) => `${rule}: ${judged.length}`);
    expect(sampled.length).toBeGreaterThan(0);
    expect(few, 'too few are judged; the order to draw by is in docs/rules/precision.md').toEqual([]);
  });

  it('say "right" often enough of errors and warnings', () => {
    const judged = all.flatMap((one) => one.judged);
    expect([
      ...tooWrong('all rules', judged),
      ...sampled.flatMap((one) => tooWrong(one.rule, one.judged)),
    ]).toEqual([]);
  });
});

describe('counting verdicts', () => {
  const found = { 'a/one': { 'x.md': [3, 3], 'y.md': [7] } };
  const verdict = (line: number, word: Verdict['verdict'], file = 'x.md'): Verdict => ({
    rule: 'a/one',
    file,
    line,
    severity: 'error',
    verdict: word,
    reason: 'It runs <on> | *on*.',
  });

  it('leaves out places that are not found, and takes as many a line as it has findings', () => {
    const some = [verdict(3, 'right'), verdict(3, 'wrong'), verdict(3, 'right'), verdict(8, 'right', 'y.md')];
    expect(precisionOf(some, found)).toEqual([
      { rule: 'a/one', findings: 3, judged: some.slice(0, 2), right: 1 },
    ]);
  });

  it('shows each verdict, with its words as they are', () => {
    const page = precisionPage(precisionOf([verdict(3, 'right'), verdict(7, 'wrong', 'y.md')], found));
    expect(page).toContain('| [a/one](#aone) | 3 | 2 | 1 | 50 % |');
    expect(page).toContain('| y.md:7 | error | wrong | It runs \\<on\\> \\| \\*on\\*. |');
  });

  it('takes 18 of 20 warnings, and not 18 of 20 errors', () => {
    const twenty = Array.from({ length: 20 }, (_, line) => verdict(line, line < 18 ? 'right' : 'wrong'));
    expect(tooWrong('a/one', twenty)).toEqual(['a/one: 18 of 20 errors are right']);
    expect(
      tooWrong(
        'a/one',
        twenty.map((one) => ({ ...one, severity: 'warning' as const })),
      ),
    ).toEqual([]);
  });
});
