import { describe, expect, test } from 'vitest';
import { blocksOf, perBlock } from '../../../core/rules/support/blocks.ts';
import { chunksOf, perChunk } from '../../../core/rules/support/chunks.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { SourceText } from '../../../core/text.ts';

const texts = (text: string) => chunksOf(new SourceText(text)).map(({ chunk }) => chunk.text);

describe('chunks of a document', () => {
  test.each([
    ['', ['']],
    ['no heading', ['no heading']],
    ['# A\ntext\n## B\n', ['# A\ntext\n', '## B\n']],
    ['\n# A\r\ntext\r\n## B', ['\n', '# A\r\ntext\r\n', '## B']],
    ['a\n#tag\n####### seven\n#\tB', ['a\n#tag\n####### seven\n', '#\tB']],
    ['a\n#', ['a\n#']],
  ])('%j is cut before headings', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  test('each says where it begins', () => {
    const text = '# A\n\nOne.\n\n## B\n\nTwo.\n';
    for (const { chunk, start } of chunksOf(new SourceText(text)))
      expect(text.slice(start, start + chunk.text.length)).toBe(chunk.text);
  });

  test('an edit asks only of the chunk that it changed', () => {
    const asked: string[] = [];
    const lengths = perChunk((text) => {
      asked.push(text);
      return { length: text.length };
    });
    const read = (text: string) =>
      chunksOf(new SourceText(text)).reduce((sum, { chunk }) => sum + lengths(chunk).length, 0);
    const text = '# First part\n\nOne.\n\n## Second part\n\nTwo.\n';
    expect(read(text)).toBe(text.length);
    const edited = text.replace('One', 'One more');
    expect(read(edited)).toBe(edited.length);
    expect(asked).toEqual([
      '# First part\n\nOne.\n\n',
      '## Second part\n\nTwo.\n',
      '# First part\n\nOne more.\n\n',
    ]);
  });
});

test('perBlock works a text out once, wherever the block stands', () => {
  let asked = 0;
  const words = perBlock(({ content }) => {
    asked++;
    return content.split(' ');
  });
  const block = '```bash\necho one two\n```\n';
  const read = (text: string) => blocksOf(parseRunbook(text)).map((found) => words(found).length);
  expect(read(`# A\n\n${block}\n${block}`)).toEqual([3, 3]);
  expect(read(`Words before it.\n\n${block}`)).toEqual([3]);
  expect(asked).toBe(1);
  expect(read(block.replace('two', 'two three'))).toEqual([4]);
  expect(asked).toBe(2);
});
