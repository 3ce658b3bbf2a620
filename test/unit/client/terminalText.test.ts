import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTerminalText } from '../../../client/run/terminalText.ts';

const shown = (...chunks: string[]): string => {
  const filter = createTerminalText();
  return chunks.map((chunk) => filter.push(chunk)).join('');
};

describe('what output may do to the terminal that shows it', () => {
  it.each([
    ['plain text', 'hello', 'hello'],
    ['line ends become CR LF', 'a\nb\n', 'a\r\nb\r\n'],
    ['colours stay', '\x1b[1;31mred\x1b[0m', '\x1b[1;31mred\x1b[0m'],
    ['24-bit colours stay', '\x1b[38;2;1;2;3mx', '\x1b[38;2;1;2;3mx'],
    ['a progress line stays', '10%\r\x1b[K20%', '10%\r\x1b[K20%'],
    ['a title is dropped', '\x1b]0;owned\x07text', 'text'],
    ['a clipboard write is dropped', 'a\x1b]52;c;ZXZpbA==\x1b\\b', 'ab'],
    ['a link loses its target', '\x1b]8;;http://127.0.0.1\x1b\\word\x1b]8;;\x1b\\', 'word'],
    ['shell-integration marks are dropped', '\x1b]633;D;0\x07done', 'done'],
    ['device control strings are dropped', '\x1bPq#0\x1b\\x', 'x'],
    ['the alternate screen is dropped', '\x1b[?1049hx\x1b[?1049l', 'x'],
    ['device queries are dropped', '\x1b[6n\x1b[cx', 'x'],
    ['scroll regions are dropped', '\x1b[1;5rx', 'x'],
    ['single escapes are dropped', '\x1bcx\x1b7y', 'xy'],
    ['bells and nulls are dropped', 'a\x07b\0c', 'abc'],
    ['8-bit controls are dropped', 'a\x9bb', 'ab'],
    ['tabs and backspaces stay', 'a\tb\b', 'a\tb\b'],
    ['text beyond ASCII stays', 'größe 日本 🔥', 'größe 日本 🔥'],
  ])('%s', (_, input, output) => {
    expect(shown(input)).toBe(output);
  });

  it('never lets anything but harmless sequences through, wherever chunks are cut', () => {
    const piece = fc.constantFrom(
      '\x1b',
      ']',
      '[',
      '?',
      '0',
      '5',
      ';',
      'm',
      'K',
      'h',
      '\x07',
      '\\',
      'P',
      'a',
      '\n',
      '\x9c',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(60), (pieces, at) => {
        const text = pieces.join('');
        const whole = shown(text);
        expect(shown(text.slice(0, at), text.slice(at))).toBe(whole);
        const rest = whole.replaceAll(/\x1b\[[\d;:]*[mKJABCDEFGHdf]/g, '');
        expect(rest).not.toMatch(/[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]/);
      }),
    );
  });
});
