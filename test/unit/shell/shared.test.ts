/** Every fence of the shared runbooks is answered, whatever stands in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classifySql, dialectOf, readScript } from '../../../core/shell/index.ts';

const shared = process.env.RUNLINE_SHARED ?? '../shared';

interface Fence {
  readonly language: string;
  readonly text: string;
}

/** Fences, found naively: a line of three backticks or tildes, up to the next such line. */
function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { language: string; mark: string; lines: string[] } | null = null;
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^\s*(`{3,}|~{3,})\s*([\w+-]*)/.exec(line);
    if (open && mark && line.trim().startsWith(open.mark) && mark[2] === '') {
      fences.push({ language: open.language, text: open.lines.join('\n') });
      open = null;
    } else if (open) open.lines.push(line);
    else if (mark) open = { language: mark[2] ?? '', mark: mark[1] ?? '', lines: [] };
  }
  return fences;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|mdx|txt)$/.test(name))
    .map((name) => join(folder, name));
}

describe.each(['seeds', 'corpus'])('shared %s', (name) => {
  const folder = join(shared, name);

  describe.skipIf(!existsSync(folder))('when present', () => {
    test('no fence throws, and every command stands where it says', () => {
      let commands = 0;
      for (const file of filesBelow(folder)) {
        for (const { language, text } of fencesOf(readFileSync(file, 'utf8'))) {
          classifySql(text);
          const dialect = dialectOf(language);
          const found = readScript(text, dialect ? { dialect } : {});
          for (const command of found.commands)
            expect(text.slice(command.start, command.end)).toBe(command.text);
          if (dialect) commands += found.commands.length;
        }
      }
      expect(commands).toBeGreaterThan(100);
    }, 60_000);
  });
});
