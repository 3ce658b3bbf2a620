/** Real runbooks: each finding of each rule is pinned to its line. How many are right: `precision.test.ts`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { precisionOf, readVerdicts } from '../../../scripts/lib/precision.ts';
import { byRule, differences, type FoundPlace, findInReal, readPins } from '../../support/corpusFindings.ts';
import { hasShared } from '../../support/shared.ts';

describe.skipIf(!hasShared)('every finding in the real runbooks', () => {
  let places: readonly FoundPlace[] = [];
  beforeAll(async () => {
    places = await findInReal();
  }, 120_000);

  it('is pinned to its line', () => {
    const changes = differences(readPins(), byRule(places));
    if (changes.length > 0)
      expect.fail(
        `Findings in the real runbooks changed:\n  ${changes.join('\n  ')}\nWhere each change is right, write them down anew: npm run pin-findings`,
      );
  });

  it('has the severity with which it was judged', () => {
    const now = new Set(
      places.map(({ rule, file, line, severity }) => `${rule} ${file}:${line} ${severity}`),
    );
    const judged = precisionOf(readVerdicts(), byRule(places)).flatMap((one) => one.judged);
    const others = judged
      .map(({ rule, file, line, severity }) => `${rule} ${file}:${line} ${severity}`)
      .filter((place) => !now.has(place));
    expect(judged.length).toBeGreaterThan(0);
    expect(others, 'another severity now: judge these again (test/fixtures/precision.json)').toEqual([]);
  });
});

it('a changed pin is told by rule, file and line', () => {
  const pinned = { 'a/kept': { 'x.md': [1] }, 'a/lost': { 'x.md': [2, 2], 'y.md': [5] } };
  const found = { 'a/gained': { 'z.md': [9] }, 'a/kept': { 'x.md': [1] }, 'a/lost': { 'x.md': [2, 3] } };
  expect(differences(pinned, found)).toEqual([
    'a/gained in z.md: gained 9',
    'a/lost in x.md: gained 3; lost 2',
    'a/lost in y.md: lost 5',
  ]);
  expect(differences(pinned, pinned)).toEqual([]);
});
