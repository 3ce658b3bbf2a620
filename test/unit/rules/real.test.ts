/** Real runbooks: what is found in each was looked at, one by one, and judged right. Skipped where they are absent. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRunbook, type Finding, type WorkspaceFiles } from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { SHARED } from '../../support/shared.ts';
import { filesAround, TODAY } from './harness.ts';

const seeds = existsSync(join(SHARED, 'seeds'))
  ? globSync('*.txt', { cwd: join(SHARED, 'seeds') }).sort()
  : [];

/** Checks a file; links to other files only where its repository lies around it. */
async function checkFile(
  path: string,
  files?: WorkspaceFiles,
): Promise<{ text: string; findings: Finding[] }> {
  const text = readFileSync(path, 'utf8');
  const findings = await checkRunbook(parseRunbook(text, { path: path.replace(/\.txt$/, '.md') }), files, {
    today: TODAY,
    onError: (rule, error) => {
      throw new Error(`${rule} failed on ${path}`, { cause: error });
    },
  });
  return { text, findings };
}

/** Findings by rule, for the rules that do not depend on how a command is classified. */
function counts(findings: readonly Finding[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { rule } of findings) if (!rule.startsWith('command/')) result[rule] = (result[rule] ?? 0) + 1;
  return result;
}

/** 1-based lines of a rule's findings. */
function lines(findings: readonly Finding[], rule: string): number[] {
  return findings.filter((finding) => finding.rule === rule).map(({ range }) => range.start.line + 1);
}

const judged: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '000': {
    'structure/toc-incomplete': 1,
    'secret/printed': 1,
    'sql/not-in-transaction': 3,
    'sql/renamed-column': 1,
    'contact/empty': 4,
    'placeholder/unfilled': 3,
    'shell/recomputed-name': 1,
    'shell/unset-variable': 4,
    'step/vague': 8,
  },
  '001': {
    'sql/renamed-column': 3,
    'text/mojibake': 23,
    'placeholder/unfilled': 6,
    'language/sql-in-shell': 6,
    'shell/recomputed-name': 1,
    'shell/background': 1,
    'step/vague': 5,
  },
  '002': {
    'metadata/review-overdue': 1,
    'structure/toc-incomplete': 1,
    'sql/not-in-transaction': 1,
    'sql/renamed-column': 2,
    'text/mojibake': 12,
    'language/missing': 1,
    'placeholder/unfilled': 20,
    'placeholder/redirection': 3,
    'block/comment-only': 5,
    'shell/partial-failure': 2,
    'shell/unset-variable': 2,
    'language/prose-in-shell': 1,
    'step/no-expected-output': 1,
    'step/vague': 1,
  },
  '003': {
    'placeholder/unfilled': 4,
    'placeholder/redirection': 4,
    'block/comment-only': 4,
    'contact/empty': 1,
    'step/no-verification': 2,
    'step/vague': 1,
  },
  '004': {
    'metadata/review-overdue': 1,
    'structure/toc-incomplete': 1,
    'secret/literal': 1,
    'embedded/yaml': 2,
    'contact/empty': 4,
    'text/mojibake': 6,
    'language/shell-in-sql': 1,
    'block/listing': 3,
  },
};

/** Lines with a command that destroys, follows or waits; more may be found as the tables grow, these must be. */
const commands: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  '000': {
    'command/destructive': [253, 254, 315, 316, 532, 649, 655],
    'command/endless': [456],
    'command/interactive': [179],
    'command/pg-restore-plain': [201],
    'command/needless-tty': [552],
    'command/ambient-target': [315],
    'command/deprecated': [65],
    'command/wide-scope': [655],
  },
  '001': {
    'command/destructive': [423],
    'command/endless': [65],
    'command/interactive': [82, 280],
    'command/pg-restore-plain': [386],
  },
  '002': {
    'command/destructive': [294, 980],
    'command/endless': [256, 1165],
    'command/interactive': [1162],
    'command/ambient-target': [186],
    'command/pg-restore-plain': [980],
  },
  '003': {
    'command/destructive': [221, 336],
    'command/endless': [33],
    'command/not-a-command': [264],
    'command/unknown-subcommand': [36, 87, 128, 249],
  },
  '004': { 'command/destructive': [120] },
};

/** Faults that people know of: exactly these lines. SQL is marked at the statement, inside the call of its client. */
const known: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  '000': {
    'sql/not-in-transaction': [570, 576, 626],
    'sql/renamed-column': [377],
    'contact/empty': [22, 23, 24, 25],
    'secret/printed': [450],
  },
  '001': {
    'language/sql-in-shell': [89, 107, 128, 150, 207, 228],
    'sql/renamed-column': [109, 109, 161],
    'text/mojibake': [
      3, 23, 144, 201, 248, 286, 319, 327, 331, 333, 339, 341, 347, 349, 355, 357, 363, 365, 369, 372, 442,
      447, 478,
    ],
  },
  '002': {
    'sql/not-in-transaction': [801],
    'sql/renamed-column': [780, 780],
    'block/comment-only': [751, 835, 929, 939, 947],
    'placeholder/redirection': [530, 592, 609],
    'text/mojibake': [1, 55, 55, 60, 69, 71, 71, 77, 182, 182, 533, 636],
  },
  '003': {
    'block/comment-only': [43, 153, 341, 354],
    'placeholder/redirection': [36, 61, 87, 249],
    'contact/empty': [372],
  },
  '004': {
    'secret/literal': [131],
    'contact/empty': [1809, 1819, 1824, 1829],
    'text/mojibake': [1840, 1846, 1852, 1858, 1864, 1870],
  },
};

/** Words that look like something to fill in, and are none. */
const PLAIN = /STANDARD_IA|AES256|%suspicious%|\{print\}/g;

describe.skipIf(seeds.length === 0)('five real runbooks', () => {
  for (const seed of seeds) {
    const id = seed.slice(0, 3);
    it(seed, async () => {
      const { findings } = await checkFile(join(SHARED, 'seeds', seed));
      expect(counts(findings)).toEqual(judged[id]);
      for (const [rule, wanted] of Object.entries(commands[id] ?? {}))
        expect(lines(findings, rule)).toEqual(expect.arrayContaining([...wanted]));
      for (const [rule, wanted] of Object.entries(known[id] ?? {}))
        expect(lines(findings, rule), rule).toEqual(wanted);
    });
  }

  it('stay unmarked where they are right', async () => {
    const plain: string[] = [];
    for (const seed of seeds) {
      const { text, findings } = await checkFile(join(SHARED, 'seeds', seed));
      expect(lines(findings, 'link/broken-anchor'), seed).toEqual([]);
      if (seed.startsWith('000')) expect(lines(findings, 'shell/syntax')).toEqual([]);
      const placeholders = findings.filter(({ rule }) => rule.startsWith('placeholder/'));
      for (const { 0: word, index } of text.matchAll(PLAIN)) {
        const on = placeholders.filter(
          ({ range }) => range.start.offset < index + word.length && range.end.offset > index,
        );
        expect(on, `${word} in ${seed}`).toEqual([]);
        plain.push(word);
      }
    }
    // Each of the words does stand there.
    expect(new Set(plain)).toEqual(new Set(['%suspicious%', '{print}', 'STANDARD_IA', 'AES256']));
  });

  it('mends the fences of the second that hold nothing but SQL', async () => {
    const second = seeds.find((seed) => seed.startsWith('001')) ?? '';
    const { findings } = await checkFile(join(SHARED, 'seeds', second));
    const fixable = findings.filter(
      ({ rule, fixes }) => rule === 'language/sql-in-shell' && fixes.length > 0,
    );
    expect(fixable.map(({ range }) => range.start.line + 1)).toEqual([107, 228]);
  });
});

const corpus = join(SHARED, 'corpus');
describe.skipIf(!existsSync(corpus))('a corpus of real runbooks', () => {
  it('no rule throws, and every finding has a place and a sentence', { timeout: 120_000 }, async () => {
    const total: Record<string, number> = {};
    for (const file of globSync('**/*.{md,yaml,yml}', { cwd: corpus })) {
      const { text, findings } = await checkFile(join(corpus, file), filesAround(join(corpus, file)));
      for (const { rule, range, message } of findings) {
        total[rule] = (total[rule] ?? 0) + 1;
        if (!(range.start.offset < range.end.offset && range.end.offset <= text.length))
          throw new Error(`${rule} in ${file} has no place`);
        if (!/^\S[^\n]*[.?]$/.test(message)) throw new Error(`${rule} in ${file}: ${message}`);
      }
    }
    // Faults of syntax are rare in the wild: more than these would be crying wolf.
    expect(total['shell/syntax'] ?? 0).toBeLessThanOrEqual(20);
    expect(total['embedded/yaml'] ?? 0).toBeLessThanOrEqual(3);
    expect(total['embedded/json'] ?? 0).toBeLessThanOrEqual(3);
    expect(total['text/mojibake'] ?? 0).toBe(0);
    expect(total['language/sql-in-shell'] ?? 0).toBe(2);
  });
});
