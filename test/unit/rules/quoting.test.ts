import { describe, expect, it } from 'vitest';
import { bareCharacters } from '../../../core/rules/support/quoting.ts';

describe('bareCharacters', () => {
  // `^` under a character: the shell reads it as syntax.
  it.each([
    ['a <b> c', '^^^^^^^'],
    ['"<b>" <c>', '     ^^^^'],
    ["'<b>' <c>", '     ^^^^'],
    ['\\<b> <c>', '  ^^^^^^'],
    ['x # <b>', '^^     '],
    ['x#<b>', '^^^^^'],
    ['"a $(<b>) <c>"', '     ^^^^     '],
    ['"$(f "<b>") <c>"', '   ^^     ^     '],
    ['"`<b>`"', '  ^^^^ '],
    ['cat <<E\n<b>\nE\n<c>', '^^^^          ^^^'],
    ["cat <<'E'\n<b>\nE", '^^^^           '],
    ['cat <<-E\n\tE\n<c>', '^^^^        ^^^'],
    ['cat <<A <<B\n<a>\nA\n<b>\nB\n<c>', '^^^^   ^                ^^^'],
    ['cat <<< <b>', '^^^^^^^^^^^'],
    ["'never closed <b>", '                 '],
    ['', ''],
  ])('%j', (script, expected) => {
    const marks = [...bareCharacters(script)].map((mark) => (mark === 1 ? '^' : ' ')).join('');
    expect(marks.trimEnd()).toBe(expected.trimEnd());
  });

  it('stays linear', () => {
    const started = performance.now();
    for (const unit of ['"$(', '`', 'cat <<E\n', '((', "'"]) bareCharacters(unit.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
