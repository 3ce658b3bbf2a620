/** Reads fixture runbooks: expectations stand as markers in the document, fixes as golden files beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRunbook, type Finding, type WorkspaceFiles } from '../../../core/rules/index.ts';
import { anchorsOf, parseRunbook } from '../../../core/runbook/index.ts';
import { workspaceFiles } from '../../../server/workspaceFiles.ts';
import { shellCheckAnswers } from '../../support/shellcheck.ts';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const fixtures = join(root, 'test/fixtures/rules');

/** The day on which fixtures and real runbooks are looked at. */
export const TODAY = '2026-06-01';

/** An expectation: on this 0-based line, this rule, with these words in its message. */
export interface Want {
  readonly line: number;
  readonly rule: string;
  readonly words: string;
}

export interface Fixture {
  /** Relative to `test/fixtures/rules`. */
  readonly name: string;
  /** The rule that the folder is named after. */
  readonly rule: string;
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
  readonly wants: readonly Want[];
  /** The document after every preferred fix of the rule, or null where there is no golden file. */
  readonly golden: string | null;
}

/** One or more `want rule "words"` in an HTML comment, or after `#`, `--` or `//` where that is the comment. */
const marker = /[ \t]*(?:<!--|#|--|\/\/)((?:\s*want [a-z]+\/[a-z-]+(?: "[^"]*")?)+)\s*(?:-->)?[ \t]*$/;

/** Takes the markers out of a text; the number of lines stays. */
export function readMarkers(marked: string): { text: string; wants: Want[] } {
  const wants: Want[] = [];
  const lines = marked.split('\n').map((whole, line) => {
    const ending = whole.endsWith('\r') ? '\r' : '';
    const content = ending ? whole.slice(0, -1) : whole;
    const match = marker.exec(content);
    if (match === null) return whole;
    for (const [, rule = '', words = ''] of (match[1] ?? '').matchAll(
      /want ([a-z]+\/[a-z-]+)(?: "([^"]*)")?/g,
    ))
      wants.push({ line, rule, words });
    return content.slice(0, match.index) + ending;
  });
  return { text: lines.join('\n'), wants };
}

/** Every fixture of a rule; those of all rules without one. */
export function fixturesOf(rule: string): Fixture[] {
  const folder = join(fixtures, rule);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(?:md|yaml)$/.test(name) && !/\.(?:golden|other)\.md$/.test(name))
    .map((name) => {
      const path = join(folder, name);
      const goldenPath = path.replace(/\.md$/, '.golden.md');
      return {
        name: `${rule}/${name}`,
        rule,
        path,
        ...readMarkers(readFileSync(path, 'utf8')),
        golden: goldenPath !== path && existsSync(goldenPath) ? readFileSync(goldenPath, 'utf8') : null,
      };
    });
}

/** Findings of a rule in a fixture, with the files of its folder around it. */
export async function check(fixture: Fixture): Promise<Finding[]> {
  const runbook = parseRunbook(fixture.text, { path: fixture.path });
  const findings = await checkRunbook(runbook, filesAround(fixture.path), {
    today: TODAY,
    ...(fixture.rule === 'shell/shellcheck' && (await shellCheckAnswers(runbook))),
    onError: (rule, error) => {
      throw new Error(`${rule} failed on ${fixture.name}`, { cause: error });
    },
  });
  return findings.filter(({ rule }) => rule === fixture.rule);
}

export function filesAround(path: string): WorkspaceFiles {
  const at = (relative: string) => join(dirname(path), relative);
  return {
    ...workspaceFiles(path, dirname(path)),
    // The programs of this machine are the files in the folder `bin`.
    onPath: (program) => existsSync(at(join('bin', program))),
    exists: (relative) =>
      relative.startsWith('/') || relative.startsWith('../..') ? undefined : existsSync(at(relative)),
    anchors: (relative) => {
      if (!existsSync(at(relative))) return undefined;
      return anchorsOf(parseRunbook(readFileSync(at(relative), 'utf8'), { path: at(relative) }));
    },
  };
}

/** The text after the preferred fix of each finding. */
export function applyFixes(text: string, findings: readonly Finding[]): string {
  const edits = findings
    .flatMap(({ fixes }) => fixes.filter(({ preferred }) => preferred).slice(0, 1))
    .flatMap((fix) => fix.edits)
    .sort((a, b) => b.range.start.offset - a.range.start.offset);
  let result = text;
  for (const { range, newText } of edits)
    result = result.slice(0, range.start.offset) + newText + result.slice(range.end.offset);
  return result;
}
