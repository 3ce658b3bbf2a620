/** The rule `shell/syntax` over real runbooks, held against what `bash -n` says of the same blocks. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CheckRunbook, checker } from '../../../core/rules/check.ts';
import { checkRunbook, type Finding, rules } from '../../../core/rules/index.ts';
import type { BlockStep } from '../../../core/runbook/index.ts';
import { readReal, realRunbooks } from '../../support/corpusFindings.ts';
import { hasShared, SHARED } from '../../support/shared.ts';

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

/** Shares of shell blocks with an error of the rule, 0 to 1, by what kind of documents a repository holds. */
const MOST_ERRORS = { app: 0.01, ops: 0.025 };
/** Of the blocks that `bash -n` rejects, how many carry a finding. */
const LEAST_NOTED = 0.95;

interface ShellBlock {
  readonly file: string;
  readonly block: BlockStep;
}

/** Tagged as shell, or taken for shell without a tag. */
function isShell({ language, effectiveLanguage }: BlockStep): boolean {
  return /^(?:bash|sh|shell|zsh|console|terminal|shell-session)$/.test(language ?? effectiveLanguage);
}

/** What would run: without prompts, with a word for each placeholder. */
function scriptOf({ script, placeholders }: BlockStep): string {
  let text = script;
  for (const { start, end } of placeholders)
    text = text.slice(0, start) + 'x'.repeat(end - start) + text.slice(end);
  return `${text}\n`;
}

const blocks: readonly ShellBlock[] = !hasShared
  ? []
  : realRunbooks().flatMap((file) =>
      readReal(file)
        .steps.filter((step) => step.kind === 'block')
        .filter(isShell)
        .map((block) => ({ file, block })),
    );

/** The blocks of some in which a check finds something. */
async function noted(some: readonly ShellBlock[], check: CheckRunbook): Promise<ShellBlock[]> {
  const findings = new Map<string, readonly Finding[]>();
  for (const file of new Set(some.map((one) => one.file)))
    findings.set(file, await check(readReal(file), undefined, { today: '2026-11-25' }));
  return some.filter(({ file, block }) =>
    findings
      .get(file)
      ?.some(
        ({ range }) =>
          range.start.offset >= block.range.start.offset && range.end.offset <= block.range.end.offset,
      ),
  );
}

/** The blocks that bash cannot parse. Nothing of them runs: a shell asks `bash -n` of one file after another. */
function rejected(): ShellBlock[] {
  const folder = mkdtempSync(join(tmpdir(), 'bash-n-'));
  try {
    blocks.forEach(({ block }, index) => {
      writeFileSync(join(folder, `${index}`), scriptOf(block));
    });
    const loop = 'for ((i = 0; i < $1; i++)); do bash -n "./$i" 2>/dev/null || echo "$i"; done';
    const output = execFileSync('bash', ['-c', loop, 'bash', `${blocks.length}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    const numbers = new Set(output.split('\n').filter(Boolean).map(Number));
    return blocks.filter((_, index) => numbers.has(index));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Folders of the corpus by their kind, from its own list. */
function repositories(kind: string): string[] {
  const list = readFileSync(join(SHARED, 'corpus/README.md'), 'utf8');
  return [...list.matchAll(/^\| *([^|\s]+)\/([^|\s]+) *\| *(\w+) *\|/gm)]
    .filter(([, , , word]) => word === kind)
    .map(([, owner, name]) => `corpus/${owner}+${name}/`);
}

const places = (some: readonly ShellBlock[]) =>
  some.map(({ file, block }) => `${file}:${block.range.start.line + 1}`);

describe.skipIf(!hasShared || !hasBash)('shell/syntax in real runbooks, beside bash -n', () => {
  let errors: readonly ShellBlock[] = [];
  let bad: readonly ShellBlock[] = [];
  beforeAll(async () => {
    errors = await noted(blocks, checker(rules.filter(({ id }) => id === 'shell/syntax')));
    bad = rejected();
  }, 120_000);

  it.each(['app', 'ops'] as const)('errors are rare in repositories of the kind "%s"', (kind) => {
    const folders = repositories(kind);
    const ofKind = ({ file }: ShellBlock) => folders.some((folder) => file.startsWith(folder));
    const all = blocks.filter(ofKind);
    const wrong = errors.filter(ofKind);
    expect(folders.length).toBeGreaterThanOrEqual(5);
    expect(all.length).toBeGreaterThan(500);
    expect(wrong.length / all.length, places(wrong).join('\n')).toBeLessThanOrEqual(MOST_ERRORS[kind]);
  });

  it('calls nothing an error that bash reads', () => {
    expect(places(errors.filter((block) => !bad.includes(block)))).toEqual([]);
  });

  it('what bash rejects carries a finding', async () => {
    const told = await noted(bad, checkRunbook);
    const untold = places(bad.filter((block) => !told.includes(block)));
    expect(bad.length).toBeGreaterThan(20);
    expect(told.length / bad.length, untold.join('\n')).toBeGreaterThanOrEqual(LEAST_NOTED);
  });
});
