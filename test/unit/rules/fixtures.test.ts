import { describe, expect, it } from 'vitest';
import { rules } from '../../../core/rules/index.ts';
import { SHELLCHECK } from '../../support/shellcheck.ts';
import { applyFixes, check, fixturesOf } from './harness.ts';

for (const rule of rules) {
  describe.skipIf(rule.id === 'shell/shellcheck' && SHELLCHECK === undefined)(rule.id, () => {
    const fixtures = fixturesOf(rule.id);

    it('has a document that is reported and one that is not', () => {
      expect(fixtures.some(({ wants }) => wants.length > 0)).toBe(true);
      expect(fixtures.some(({ wants }) => wants.length === 0)).toBe(true);
    });

    for (const fixture of fixtures) {
      it(fixture.name, async () => {
        const findings = await check(fixture);
        const found = findings.map(
          ({ range, rule: id, message }) => `${range.start.line + 1} ${id}: ${message}`,
        );
        const wanted = fixture.wants.map(({ line, rule: id, words }, index) => {
          // A want matches the finding at its place in the order, so that a surplus or a missing one shows as a difference.
          const own = found[index] ?? '';
          return own.startsWith(`${line + 1} ${id}: `) && own.includes(words)
            ? own
            : `${line + 1} ${id}: …${words}…`;
        });
        expect(found).toEqual(wanted);
        for (const { range } of findings) {
          expect(range.start.offset).toBeLessThan(range.end.offset);
          expect(range.end.offset).toBeLessThanOrEqual(fixture.text.length);
        }
        if (fixture.golden !== null) expect(applyFixes(fixture.text, findings)).toBe(fixture.golden);
        else expect(findings.flatMap(({ fixes }) => fixes.filter(({ preferred }) => preferred))).toEqual([]);
      });

      it.skipIf(fixture.name.endsWith('.yaml'))(
        `${fixture.name} with CRLF line ends and in a block quote`,
        async () => {
          const places = async (text: string) =>
            (await check({ ...fixture, text })).map(({ range }) => [
              range.start.line,
              text.slice(range.start.offset, range.end.offset),
            ]);
          const plain = await places(fixture.text);
          const crlf = await places(fixture.text.replaceAll('\n', '\r\n'));
          expect(crlf).toEqual(plain.map(([line, text]) => [line, String(text).replaceAll('\n', '\r\n')]));
          // Front matter stands at the very start, and in no quote.
          if (fixture.text.startsWith('---')) return;
          const quoted = await places(fixture.text.replace(/^/gm, '> '));
          expect(quoted.map(([line]) => line)).toEqual(plain.map(([line]) => line));
        },
      );
    }
  });
}
