/** Reading in chunks, with a guess where each ends, gives what reading in one piece gives, whatever was read before. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChunk, readStructure } from '../../../core/runbook/markdown/structure.ts';

function same(text: string): void {
  expect(readStructure(text).blocks).toEqual(readChunk(text).blocks);
}

describe('the structure in chunks', () => {
  test('a line separator of Unicode begins no line', () => {
    same('a\u2028# b\n');
    same('a\u2029## b\n\n# c\n');
  });

  test('a part that once ended a document may go on in the next', () => {
    same('# Gate\n\n## Close it\nSlowly');
    same('# Gate\n\n## Close it\nSlowly# and twice\n');
    same('# Gate\n\n## Close it\nSlowly\n# Lock\n');
  });

  test('a fence that once was closed may be open in the next', () => {
    same('# Gate\n\n```\nx\n```\n# Lock\n\n```\ny\n```\n');
    same('# Gate\n\n```\nx\n# Lock\n\n```\ny\n```\n');
    same('# Gate\n\n````\nx\n```\n# Lock\n\n````\ny\n```\n');
  });

  test('holds through a session of edits', () => {
    const line = fc.constantFrom(
      ...[
        '# A',
        '## B',
        'text',
        '',
        '```',
        '~~~',
        '- item',
        '  # c',
        '> # d',
        '<div>',
        '<!--',
        '-->',
        '[x]: y',
      ],
    );
    const edit = fc.record({ at: fc.nat(30), remove: fc.nat(2), add: fc.array(line, { maxLength: 2 }) });
    const cut = fc.nat(40);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.array(fc.tuple(edit, cut), { maxLength: 12 }),
        (start, edits) => {
          const lines = [...start];
          for (const [{ at, remove, add }, end] of edits) {
            lines.splice(Math.min(at, lines.length), remove, ...add);
            const text = lines.join('\n');
            same(text);
            // What somebody has typed so far.
            same(text.slice(0, -end));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
