import { findMisread } from '../support/encoding.ts';
import type { Report, Rule } from '../types.ts';

/** Text that was decoded wrongly once. Each run is repaired by itself: one lost byte must not keep the rest from it. */
export const mojibake: Rule = {
  id: 'text/mojibake',
  title: 'Text was read with the wrong encoding',
  severity: 'warning',
  docs: {
    what: 'Reports UTF-8 that was once read as Windows-1252 and saved so. Where no byte was lost, the fix restores the characters; it changes nothing else.',
    why: 'Signs that were meant to catch the eye became noise, in the headings that are skimmed first; and a mis-read character inside a command is another command.',
    wrong: '## ðŸš¨ Outage â€“ first steps',
    right: '## 🚨 Outage – first steps',
    source: 'WHATWG Encoding Standard, index windows-1252. Three of five runbooks looked at had it.',
  },
  *check({ runbook }): Iterable<Report> {
    const { source } = runbook;
    for (const { start, end, repaired } of findMisread(source.text)) {
      const range = source.range(start, end);
      if (repaired === null)
        yield {
          range,
          message: `\`${source.slice(range)}\` was read with the wrong encoding and lost a byte, so what it was is not certain. Type it anew.`,
        };
      else
        yield {
          range,
          message: `This was read with the wrong encoding: it should be ${show(repaired)}.`,
          fixes: [
            { title: `Restore ${show(repaired)}`, edits: [{ range, newText: repaired }], preferred: true },
          ],
        };
    }
  },
};

/** The characters themselves, cut short, or a name for those that cannot be seen. */
function show(text: string): string {
  if (/^(?:\s|\p{Cf}|\ufe0e|\ufe0f)*$/u.test(text)) {
    const code = text.codePointAt(0) ?? 0;
    return `the invisible character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  const shown = [...text];
  return `\`${shown.length <= 12 ? text : `${shown.slice(0, 11).join('')}…`}\``;
}
