/** Makes the files of a new rule: its own, its fixtures, and its lines in the list. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './processes.ts';

/** Folders of `core/rules` that hold no rules, and the group whose rules stand in a file of their own. */
const TAKEN = ['support', 'suppression'];

/** Groups whose rules mostly judge a block by its own text alone. */
const BLOCK_GROUPS = ['block', 'command', 'language', 'placeholder', 'secret', 'shell', 'sql'];

/** What stands in a new rule where its author has to write. */
export const UNWRITTEN = {
  title: 'What is wrong, as a title',
  what: 'Reports what, in one or two sentences.',
  why: 'Why it matters at 03:00.',
} as const;

/** Names of rules that are none of constants. */
const KEYWORDS = new Set(
  'await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

/**
 * Makes a rule that reports nothing yet, with a fixture that says it should: its test fails until the rule does something.
 * @param folder The project's folder, absolute.
 * @param id `group/name`, letters and hyphens.
 * @returns The paths of what was made, relative to `folder`.
 * @throws {Error} where the id is no good or taken; then nothing is written
 */
export function newRule(folder: string, id: string): string[] {
  if (!/^[a-z]+\/[a-z]+(?:-[a-z]+)*$/.test(id))
    throw new Error(
      `"${id}" is no id of a rule. Write group/name in small letters, such as command/endless.`,
    );
  const [group = '', name = ''] = id.split('/');
  if (TAKEN.includes(group)) throw new Error(`${group} is no group that takes rules. Choose another one.`);
  const path = `core/rules/${id}.ts`;
  const fixtures = `test/fixtures/rules/${id}`;
  for (const there of [path, fixtures])
    if (existsSync(join(folder, there))) throw new Error(`There is a rule ${id} already: ${there}.`);

  const indexPath = 'core/rules/index.ts';
  const index = readFileSync(join(folder, indexPath), 'utf8');
  const constant = [camel(name), camel(`${name}-${group}`)].find((word) => isFree(word, index));
  if (constant === undefined)
    throw new Error(`core/rules/index.ts uses every name for ${id}. Choose another one.`);
  const made: Readonly<Record<string, string>> = {
    [path]: ruleText(id, constant, BLOCK_GROUPS.includes(group)),
    [`${fixtures}/reported.md`]: `# Reported\n\nPut here what the rule reports. <!-- want ${id} "words of the message" -->\n`,
    [`${fixtures}/silent.md`]: '# Silent\n\nPut here what looks alike and is fine.\n',
    [indexPath]: listed(index, id, constant),
  };
  for (const [file, text] of Object.entries(made)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return Object.keys(made);
}

function camel(words: string): string {
  return words.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether a word can name a constant, and the list does not use it. */
function isFree(word: string, index: string): boolean {
  return !KEYWORDS.has(word) && !new RegExp(`\\b${word}\\b`).test(index);
}

function ruleText(id: string, constant: string, block: boolean): string {
  const check = block
    ? '  // `*checkBlock(block)` yields what is wrong in a block by its own text; `check` sees the whole document instead.\n  checkBlock: () => [],'
    : '  // `*check({ runbook })` yields what is wrong in the document; `checkBlock` sees one block by its own text instead.\n  check: () => [],';
  return `import type { Rule } from '../types.ts';

/** What it is about, in a line. */
export const ${constant}: Rule = {
  id: '${id}',
  title: '${UNWRITTEN.title}',
  severity: 'info',
  docs: {
    what: '${UNWRITTEN.what}',
    why: '${UNWRITTEN.why}',
    wrong: 'Markdown that is reported.',
    right: 'Markdown that is not.',
  },
${check}
};
`;
}

/** The text of the index with a rule in its place among the imports, and in the list. */
function listed(index: string, id: string, constant: string): string {
  const imports = [...index.matchAll(/^import [^;]*? from '\.\/([^']+)\.ts';\n/gm)];
  const keys = new Map<string, string>();
  for (const [text, key = ''] of imports)
    for (const [word] of text.slice(0, text.indexOf(' from ')).matchAll(/\w+/g)) keys.set(word, key);
  const list = /(export const rules: readonly Rule\[\] = \[\n)([\s\S]*?)(\];)/;
  const withEntry = index.replace(list, (_whole, open: string, entries: string, close: string) => {
    const lines = entries.split('\n').slice(0, -1);
    const at = lines.findIndex((line) => (keys.get(line.trim().replace(/,$/, '')) ?? '') > id);
    lines.splice(at === -1 ? lines.length : at, 0, `  ${constant},`);
    return `${open}${lines.join('\n')}\n${close}`;
  });
  const last = imports.at(-1);
  if (withEntry === index || last === undefined)
    throw new Error('core/rules/index.ts has no list of rules that can be read.');
  const next = imports.find(([, key = '']) => key > id);
  const at = next?.index ?? last.index + last[0].length;
  return `${withEntry.slice(0, at)}import { ${constant} } from './${id}.ts';\n${withEntry.slice(at)}`;
}

if (import.meta.main) {
  const [id, ...more] = process.argv.slice(2);
  try {
    if (id === undefined || more.length > 0) throw new Error('Name one rule: npm run new-rule group/name');
    console.log(`Made ${newRule(root, id).join(', ')}.

Next:
  1. test/fixtures/rules/${id}/: what it reports, with a marker on each line, and what it does not.
  2. core/rules/${id}.ts: the rule and its page. Try it:  npx vitest run test/unit/rules -t ${id}
     That fails until the rule reports what the markers say.
  3. npm run docs, the rule's line in docs/guide.md, and an instance in examples/runbooks/needs-care.md; then npm test.
  4. npm run build, and look at what it reports on real runbooks:  node dist/cli.js check --all FOLDER`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
