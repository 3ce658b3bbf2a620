import { describe, expect, it } from 'vitest';
import { peeled, splitCommands } from '../../../core/rules/support/words.ts';

/** Each simple command as its operator and its words. */
const read = (text: string) =>
  splitCommands(text).map(({ before, words }) =>
    [before, ...words.map(({ value }) => value)].join(' ').trim(),
  );

describe('simple commands', () => {
  it.each([
    ['a b | c && d || e; f & g', ['a b', '| c', '&& d', '|| e', '; f', '& g']],
    ['a \\\n  b\nc', ['a b', 'c']],
    ['a "b c" \'d e\'f $(g | h "i j") # k', ['a b c d ef $(g | h "i j")']],
    ['for x in 1 2; do a "$x"; done', ['for x in 1 2', '; a $x']],
    ['if a; then b; else ! c; fi', ['a', '; b', '; c']],
    ['A=1 B="2 3" a', ['a']],
    ['cat <<EOF\n; x | y\nEOF\nb', ['cat', 'b']],
    ['(cd a && b) | c', ['( cd a', '&& b', '| c']],
    ['bash <(curl x)', ['bash <(curl x)']],
    ['a "unclosed', ['a unclosed']],
    ['$(((', ['$(((']],
    ['', []],
  ] as const)('%j', (text, wanted) => {
    expect(read(text).map((line) => line.replace(/^\n\s*/, ''))).toEqual(wanted);
  });

  it('keeps redirections apart, with their targets', () => {
    const [command] = splitCommands('sudo a > /etc/b 2>&1 < c 2> d &> e <<EOF\nEOF');
    expect(command?.words.map(({ value }) => value)).toEqual(['sudo', 'a']);
    expect(command?.redirects.map(({ operator, target }) => [operator, target?.value ?? null])).toEqual([
      ['>', '/etc/b'],
      ['2>&', null],
      ['<', 'c'],
      ['2>', 'd'],
      ['&>', 'e'],
      ['<<', null],
    ]);
  });

  it('gives places in the text', () => {
    const text = 'a; sudo b "c d" > e';
    const [, second] = splitCommands(text, 100);
    expect(second?.words.map(({ start, end }) => text.slice(start - 100, end - 100))).toEqual([
      'sudo',
      'b',
      '"c d"',
    ]);
    expect([second?.start, second?.end]).toEqual([103, 119]);
  });

  it.each([
    ['sudo -u root -E env A=1 a b', 'a', true],
    ['nohup a', 'a', false],
    ['sudo', undefined, true],
  ] as const)('takes the wrappers off %s', (text, name, sudo) => {
    const found = peeled(splitCommands(text)[0]?.words ?? []);
    expect([found.words[0]?.value, found.sudo]).toEqual([name, sudo]);
  });

  it.each(['"$(', '$(', "'", '((', 'a <<E\n', 'a | ', '`', '\\'])('is linear over %j', (piece) => {
    const begun = performance.now();
    splitCommands(piece.repeat(50_000));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
