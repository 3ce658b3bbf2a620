import { lazy } from '../../runbook/lazy.ts';
import type { BlockText, Runbook } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';
import { blocksOf, contentRange } from '../support/blocks.ts';
import { type Program, programs } from '../support/programs.ts';
import type { ShellWord } from '../support/words.ts';
import type { Report, Rule, WorkspaceFiles } from '../types.ts';

/** Scripts that the workspace should have, and has not. */
export const missingFile: Rule = {
  id: 'command/missing-file',
  title: 'A script is not where the runbook says',
  severity: 'warning',
  docs: {
    what: 'Reports a script that a command runs, or a table lists, by its relative path (`./scripts/restore.sh`, `python tools/check.py`), where the workspace has that folder and not that file. It is looked for from the runbook’s folder and from each folder above. Where the folder is not there either, the script belongs to another place, and nothing is said.',
    why: 'Scripts are renamed, runbooks are not. “No such file or directory” is what is left of the fastest way out.',
    wrong: '```bash\n./scripts/restor-orders.sh\n```',
    right: '```bash\n./scripts/restore-orders.sh\n```',
  },
  *check({ runbook, files }): Iterable<Report> {
    // A script is run in many places, and looked for once.
    const missing = new Map<string, boolean>();
    const entered = lazy(() => foldersEntered(runbook.source.text));
    for (const { script, range } of named(runbook)) {
      if (missing.size > MOST) return;
      const path = script.replace(/^(?:\.\/)+/, '');
      const gone =
        missing.get(path) ??
        (isMissing(files, path) && !isEntered(files, path, entered()) && !isMade(runbook.source.text, path));
      missing.set(path, gone);
      if (!gone) continue;
      const [, folder = '', name = ''] = /^(.*)\/(.*)$/.exec(path) ?? [];
      yield {
        range: range(),
        message: `The workspace has the folder \`${folder}\`, but no \`${name}\` in it. Correct the path.`,
      };
    }
  },
};

/** So many scripts are looked for in a document. */
const MOST = 200;

/** The scripts that blocks run and tables list. */
function* named(runbook: Runbook): Iterable<{ readonly script: string; readonly range: () => Range }> {
  for (const block of blocksOf(runbook))
    if (block.runnable)
      for (const { value, start, end } of scriptsOf(block))
        yield { script: value, range: () => contentRange(runbook, block, start, end) };
  for (const { path, range } of runbook.scripts)
    if (SCRIPT.test(path) && !MADE.test(path)) yield { script: path, range: () => range };
}

const known = new WeakMap<object, readonly ShellWord[]>();

/** The words of a block that name scripts in a folder; kept with the block, since files are asked at each edit. */
function scriptsOf(block: BlockText): readonly ShellWord[] {
  let words = known.get(block.key);
  if (words === undefined) {
    // After `cd`, or on another machine, relative paths begin elsewhere.
    const elsewhere = /(?:^|[\s;&(])(?:cd|pushd|ssh|git\s+clone)\s/.test(block.content);
    words = elsewhere
      ? []
      : [...programs(block, ENDINGS)]
          .map(scriptOf)
          .filter((word) => word !== undefined)
          // A placeholder is another text than its word.
          .filter(({ text, start }) => block.content.startsWith(text, start));
    known.set(block.key, words);
  }
  return words;
}

const ENDINGS = ['.sh', '.bash', '.py', '.rb', '.pl', '.mjs', '.ps1'];
const SCRIPT = /^(?:\.\/|(?:\.\.\/)+)?(?:[\w.-]+\/)+[\w.-]+\.(?:sh|bash|py|rb|pl|mjs|ps1)$/;
/** What a build or an installation puts there. */
const MADE = /(?:^|\/)(?:build|dist|out|target|node_modules|venv|\.venv|vendor|tmp)\//;

function scriptOf({ name, words }: Program): ShellWord | undefined {
  const runs = /^(?:bash|sh|zsh|python3?|ruby|perl|node|pwsh|source|\.)$/.test(name) ? 1 : 0;
  const word = words[runs];
  return word !== undefined && word.value === word.text && SCRIPT.test(word.value) && !MADE.test(word.value)
    ? word
    : undefined;
}

/** Whether the text makes the file itself: writes, loads or copies it. */
function isMade(text: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const before = text.slice(Math.max(0, at - 160), at);
    const line = before.slice(before.lastIndexOf('\n') + 1).replace(/^[ \t>]+/, '');
    if (/(?:>|\btee\b|\bcurl\b|\bwget\b|\bcp\b|\bmv\b|\bscp\b|\bcat\s+<<)[^|;&]*$/.test(line)) return true;
  }
  return false;
}

/** Folders that some step enters; what follows may be meant from there. */
function foldersEntered(text: string): string[] {
  const folders = new Set(
    [...text.matchAll(/\bcd +((?:\.\/)?\w[\w./-]{0,100})/g)].map(([, folder = '']) => folder),
  );
  return [...folders].slice(0, 20);
}

function isEntered(files: WorkspaceFiles, path: string, folders: readonly string[]): boolean {
  return folders.some((from) => files.exists(`${from}/${path}`) || files.exists(`/${from}/${path}`));
}

/** Whether it is missing from the runbook’s folder and each one above, where one of them has the folder that it should be in. */
function isMissing(files: WorkspaceFiles, path: string): boolean {
  const folder = path.slice(0, path.lastIndexOf('/'));
  let hasFolder = false;
  for (let up = ''; up.length < 60; up += '../') {
    const found = files.exists(up + path);
    if (found === undefined) break;
    if (found) return false;
    if (!/^(?:\.\.\/?)*$/.test(folder) && files.exists(up + folder) === true) hasFolder = true;
  }
  return hasFolder;
}
