import type { BlockText } from '../../runbook/types.ts';
import type { ShellCommand } from '../../shell/types.ts';
import { excerpt, isPosixShell, perBlock } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { BlockReport, Rule } from '../types.ts';

/** A path that is deleted, and that is another one where a variable is empty or holds a space. */
export const unquotedPath: Rule = {
  id: 'shell/unquoted-path',
  title: 'What is deleted depends on a variable being set',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports `rm`, `find -delete`, `shred`, `rsync --delete`, and `chmod -R` and `chown -R`, on a path of which too much is left when a variable is empty (`$DIR/*`, `/srv/$TENANT`), or whose variable is not quoted. A variable that the block sets to a fixed value, tests, or expands as `${DIR:?}` is fine.',
    why: 'An unset variable is nothing: `rm -rf $DIR/*` is then `rm -rf /*`. A space in its value makes two paths of one.',
    wrong: '```bash\nrm -rf $CACHE_DIR/*\n```',
    right: '```bash\nrm -rf "${CACHE_DIR:?}"/*\n```',
    source: 'ShellCheck SC2115. POSIX.1-2024, Shell Command Language, 2.6.2 Parameter Expansion.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isPosixShell(block.effectiveLanguage) || !block.content.includes('$')) return;
    for (const statement of block.commands) {
      if (!/\b(?:rm|find|shred|rsync|chmod|chown|chgrp)\b/.test(statement.text)) continue;
      for (const command of simpleCommands(block, statement))
        for (const path of deletedPaths(peeled(command.words).words)) {
          const report = judge(block, statement, path);
          if (report !== null) yield report;
        }
    }
  },
};

interface Path {
  readonly word: ShellWord;
  /** Whether everything below the path goes. */
  readonly every: boolean;
  /** Whether no path at all means the folder where one stands. */
  readonly elseHere?: boolean;
}

/** The operands of a command that deletes, or that changes rights of a whole tree. */
function deletedPaths(all: readonly ShellWord[]): Path[] {
  // `kubectl exec pod -- rm -rf $DIR/*`: the shell here expands it.
  const inner = all.findIndex(({ value }) => value === '--');
  const words = /^(?:kubectl|oc)$/.test(all[0]?.value ?? '') && inner > 0 ? all.slice(inner + 1) : all;
  const program = words[0]?.value.replace(/^.*\//, '') ?? '';
  const rest = words.slice(1);
  const operands = rest.filter(({ text }) => !text.startsWith('-'));
  const flag = (pattern: RegExp): boolean => rest.some(({ value }) => pattern.test(value));
  if (program === 'rm') {
    const every = flag(/^-[a-zA-Z]*[rR]|^--recursive$/);
    return operands.map((word) => ({ word, every }));
  }
  if (program === 'shred') return operands.map((word) => ({ word, every: false }));
  if (program === 'rsync')
    return flag(/^--del(?:ete(?:-\w+)*)?$/) ? operands.map((word) => ({ word, every: true })) : [];
  if (/^(?:chmod|chown|chgrp)$/.test(program))
    return flag(/^-[a-zA-Z]*R|^--recursive$/) ? operands.slice(1).map((word) => ({ word, every: true })) : [];
  if (program !== 'find') return [];
  const deletes = rest.some(
    ({ value }, i) => value === '-delete' || (/^-exec(?:dir)?$/.test(value) && rest[i + 1]?.value === 'rm'),
  );
  const end = rest.findIndex(({ text }) => /^(?:-[a-z]|[(!\\])/.test(text));
  return deletes
    ? rest.slice(0, Math.max(0, end)).map((word) => ({ word, every: true, elseHere: end === 1 }))
    : [];
}

const EXPANSION = /\$(?:([A-Za-z_]\w*|[1-9@*])|\{([A-Za-z_]\w*|[1-9])\})/g;
/** Set by every shell, and never empty. */
const ALWAYS = /^(?:HOME|PWD|OLDPWD|UID|EUID|RANDOM|PPID|USER|LOGNAME|HOSTNAME|@|\*)$/;

function judge(
  block: BlockText,
  statement: ShellCommand,
  { word, every, elseHere }: Path,
): BlockReport | null {
  const { text } = word;
  if (!text.includes('$') || text.length > LONGEST || text.includes("'") || /\$\(|`/.test(text)) return null;
  // With a placeholder in it, nobody knows yet what path it is.
  if (block.content.slice(word.start, word.end) !== text) return null;
  const used = [...text.matchAll(EXPANSION)].map((match) => ({
    name: match[1] ?? match[2] ?? '',
    start: match.index,
    end: match.index + match[0].length,
    quoted: insideQuotes(text, match.index),
  }));
  const open = used.filter(({ name }) => !ALWAYS.test(name) && !isKnown(block, statement, name));
  if (open.length === 0) return null;
  const empty = without(text, open);
  const unquoted = open.filter(({ quoted }) => !quoted);
  const name = `\`$${(unquoted[0] ?? open[0])?.name}\``;
  const shown = excerpt(text, 50);
  const report = (message: string, severity: BlockReport['severity'], certain: boolean): BlockReport => ({
    at: { start: word.start, end: word.end },
    message: `${message} Write \`${excerpt(mended(text, used, open), 60)}\`, which stops instead.`,
    ...(severity !== undefined && { severity }),
    fixes: [
      {
        title: `Write \`${excerpt(mended(text, used, open), 60)}\``,
        edits: [{ start: word.start, end: word.end, newText: mended(text, used, open) }],
        preferred: certain,
      },
    ],
  });
  if (elseHere === true && empty === '' && unquoted.length > 0)
    return report(
      `With ${name} unset or empty, \`find\` begins in the folder where you stand.`,
      undefined,
      true,
    );
  const wide = widened(text, empty, every);
  if (wide !== null) {
    const names = open.map((one) => `\`$${one.name}\``);
    const which = [...new Set(names)].join(' and ');
    return report(
      `With ${which} unset or empty, \`${shown}\` is \`${excerpt(wide.path, 40)}\`.`,
      wide.root ? 'error' : 'warning',
      true,
    );
  }
  if (!unquoted.some(({ start }) => start === 0 || text[start - 1] === '/')) return null;
  // A list of files on purpose looks the same, so quoting it is a choice.
  const whole = EXPANSION_ONLY.test(text);
  if (!every || (whole && /(?:S|s|LIST|list)$/.test(unquoted[0]?.name ?? ''))) return null;
  return report(
    `${name} is not quoted: a space in its value makes two paths of \`${shown}\`.`,
    undefined,
    !whole,
  );
}

/** A longer word is no path. */
const LONGEST = 1000;

const EXPANSION_ONLY = /^\$(?:[A-Za-z_]\w*|[1-9]|\{(?:[A-Za-z_]\w*|[1-9])\})$/;

/** What the word names when the open variables are nothing. */
function without(text: string, open: readonly { start: number; end: number }[]): string {
  let left = '';
  let at = 0;
  for (const { start, end } of open) {
    left += text.slice(at, start);
    at = end;
  }
  return (left + text.slice(at)).replaceAll('"', '');
}

/** The folder that goes instead, or null where an empty variable names nothing that matters. */
function widened(text: string, empty: string, every: boolean): { path: string; root: boolean } | null {
  const star = /\*$/.test(text);
  // A star inside quotes is a name.
  if (/\*"$/.test(text)) return null;
  const path = empty.replace(/\/{2,}/g, '/');
  if (/^\/\*?$/.test(path)) return every || star ? { path, root: true } : null;
  if (/^\/(?:bin|boot|dev|etc|home|lib|lib64|opt|proc|root|sbin|sys|tmp|usr|var)\/?\*?$/.test(path) && every)
    return { path, root: true };
  // `/srv/$TENANT` → `/srv/`; `backup-$DAY` is no such thing, and a relative path stays below.
  if (!every || !/^(?:\/|\$|~)/.test(path) || !/\/\*?$/.test(path)) return null;
  return /\$(?:\w+|\{\w+\})"?\/?"?\*?$/.test(text) ? { path, root: false } : null;
}

/** The word with its open variables checked and quoted. */
function mended(
  text: string,
  used: readonly { name: string; start: number; end: number; quoted: boolean }[],
  open: readonly { start: number }[],
): string {
  const plain = !/["*?[\\{]/.test(text.replace(/\$\{/g, '$'));
  let out = '';
  let at = 0;
  for (const { name, start, end, quoted } of used) {
    const checked = open.some((one) => one.start === start) ? `\${${name}:?}` : text.slice(start, end);
    out += text.slice(at, start) + (quoted || plain ? checked : `"${checked}"`);
    at = end;
  }
  out += text.slice(at);
  return plain ? `"${out}"` : out;
}

function insideQuotes(text: string, at: number): boolean {
  let open = false;
  for (let i = 0; i < at; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') open = !open;
  }
  return open;
}

/** Whether the block itself sees to it that the variable has a value: a fixed one, a loop's, or a test. */
function isKnown(block: BlockText, { end }: ShellCommand, name: string): boolean {
  const { tested, fixed } = values(block);
  // What comes later helps nothing.
  if ((tested.get(name) ?? end) < end) return true;
  return fixed.get(name)?.findLast(({ at }) => at < end)?.isFixed ?? false;
}

const TESTED =
  /\b(?:for|read(?: -\w+){0,4})\s+([A-Za-z_]\w*)\b|\$\{(\w+)(?::?\?|:[-=]\w)|\[\[?\s+(?:!\s+)?-[nzdefr]\s+"?\$\{?(\w+)\b/g;
const SET = /(?<![\w$])([A-Za-z_]\w*)=([^\s;&|]{0,80})/g;
/** Something that is there whatever else happens. */
const FIXED =
  /^["']?(?:\$\((?:mktemp|date|hostname|pwd|whoami|id)\b|[\w.~:@+-]+|~?\/[\w.@+-]+|\$HOME\/\w|\$\{HOME\}\/\w|\$PWD\/\w)/;

/** Once a text: where it first tests a name or a loop sets it, and what it sets the others to. */
const values = perBlock(({ content }: BlockText) => {
  const tested = new Map<string, number>();
  for (const match of content.matchAll(TESTED)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (!tested.has(name)) tested.set(name, match.index);
  }
  const fixed = new Map<string, { at: number; isFixed: boolean }[]>();
  for (const match of content.matchAll(SET)) {
    const [, name = '', value = ''] = match;
    const entry = { at: match.index, isFixed: FIXED.test(value) };
    const known = fixed.get(name);
    if (known === undefined) fixed.set(name, [entry]);
    else known.push(entry);
  }
  return { tested, fixed };
});
