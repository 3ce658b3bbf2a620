import type { BlockStep, BlockText, Runbook } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';
import { blocksOf, contentRange, isPosixShell, perBlock } from '../support/blocks.ts';
import { chunksOf, perChunk } from '../support/chunks.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** A variable that nothing in the document sets or speaks of. */
export const unsetVariable: Rule = {
  id: 'shell/unset-variable',
  title: 'A variable is set nowhere',
  severity: 'info',
  docs: {
    what: 'Reports a variable that a changing command reads and that the document neither sets nor mentions: those of a destructive command there, all others together, once a document. Secrets and what tools take from the environment (`AWS_PROFILE`, `DATABASE_URL`) are left out, and so is a document that loads a file of variables. A name that is one letter away from one that is set is a warning.',
    why: 'In the shell of whoever is on call it is empty: the command fails in a way that nobody expects, or acts on something else.',
    wrong: '```bash\nkubectl delete pod $POD_NAME --namespace ledger\n```',
    right:
      '```bash\nPOD_NAME=$(kubectl get pods --namespace ledger --selector app=ledger --output name | head -n 1)\nkubectl delete "$POD_NAME" --namespace ledger\n```',
    source:
      'ShellCheck SC2154. In 418 of 9,257 shell blocks of 93 repositories, a variable that nothing sets keeps them from running.',
  },
  *check({ runbook }): Iterable<Report> {
    const blocks = blocksOf(runbook).filter(
      (block) => block.runnable && isPosixShell(block.effectiveLanguage),
    );
    const names = new Map<string, Use>();
    for (const block of blocks)
      for (const [name, command] of facts(block).changesWith) {
        const known = names.get(name);
        if (known === undefined || weight(block, command) > weight(known.block, known.command))
          names.set(name, { block, command });
      }
    if (names.size === 0) return;
    /** Names that are set, with the first block that does. */
    const set = new Map<string, BlockStep>();
    for (const block of blocks) {
      const { sets, loads } = facts(block);
      if (loads) return;
      for (const name of sets) if (!set.has(name)) set.set(name, block);
    }
    for (const name of set.keys()) names.delete(name);
    // A document with more of them is generated, or no runbook.
    if (names.size === 0 || names.size > 100) return;
    for (const name of mentioned(runbook, [...names.keys()])) names.delete(name);
    const others: string[] = [];
    let first: Range | null = null;
    for (const [{ block, command }, together] of byCommand(names)) {
      const plain: string[] = [];
      for (const name of together) {
        const report = slip(runbook, set, placeIn(runbook, block, command, name), name);
        if (report === null) plain.push(name);
        else yield report;
      }
      const [name] = plain;
      if (name === undefined) continue;
      const range = placeIn(runbook, block, command, name);
      if (block.commands[command]?.classification.risk === 'destructive')
        yield { range, severity: 'warning', message: message(plain) };
      else {
        others.push(...plain);
        if (first === null || range.start.offset < first.start.offset) first = range;
      }
    }
    if (first !== null) yield { range: first, message: message(others) };
  },
};

/** Where a variable is read; the command by its index. */
interface Use {
  readonly block: BlockStep;
  readonly command: number;
}

interface Facts {
  readonly sets: ReadonlySet<string>;
  /** Whether it loads variables from a file, or from a program's answer. */
  readonly loads: boolean;
  /** Names that a changing command reads and the block does not set, with that command: the first that destroys, else the first. */
  readonly changesWith: ReadonlyMap<string, number>;
}

const facts = perBlock((block): Facts => {
  const sets = new Set<string>();
  const changesWith = new Map<string, number>();
  const unset = new Set(block.unsetVariables);
  let loads = false;
  for (const [index, { text, sets: names, reads, classification }] of block.commands.entries()) {
    for (const name of names) sets.add(name);
    loads ||= loadsVariables(text);
    if (classification.effect !== 'mutate' && classification.effect !== 'destroy') continue;
    for (const name of reads) {
      if (!unset.has(name) || FROM_OUTSIDE.test(name)) continue;
      const known = changesWith.get(name);
      if (known === undefined || weight(block, index) > weight(block, known)) changesWith.set(name, index);
    }
  }
  return { sets, loads, changesWith };
});

function loadsVariables(text: string): boolean {
  return (
    /^(?:source|\.|eval|direnv|dotenv|op run|doppler)\s/.test(text) ||
    (text.startsWith('set ') && /\s-\w*a\b|allexport/.test(text)) ||
    (text.startsWith('export ') && /\$\(|`|</.test(text) && !/^export\s+\w+=/.test(text))
  );
}

function weight({ commands }: BlockText, command: number): number {
  return commands[command]?.classification.risk === 'destructive' ? 1 : 0;
}

function byCommand(names: ReadonlyMap<string, Use>): Map<Use, string[]> {
  const uses = new Map<string, [Use, string[]]>();
  for (const [name, use] of names) {
    const key = `${use.block.id} ${use.command}`;
    const known = uses.get(key);
    if (known === undefined) uses.set(key, [use, [name]]);
    else known[1].push(name);
  }
  return new Map(uses.values());
}

/** `$NAME` or `${NAME…}` in the command, else all of it. */
function placeIn(runbook: Runbook, block: BlockStep, index: number, name: string): Range {
  const { start = 0, end = 0, text = '' } = block.commands[index] ?? {};
  const match = new RegExp(String.raw`\$(?:${name}(?!\w)|\{[#!]?${name}(?!\w)[^}\n]{0,80}\}?)`).exec(text);
  const from = match === null ? start : start + match.index;
  return contentRange(runbook, block, from, match === null ? end : from + match[0].length);
}

function message(names: readonly string[]): string {
  const [its, it] = names.length === 1 ? ['its value comes', 'it'] : ['their values come', 'them'];
  return `${listed(names)} set nowhere in this document. Say where ${its} from, or set ${it} in a step before.`;
}

/** The report of a name that is most likely a slip of one that is set; null where none is close. */
function slip(
  runbook: Runbook,
  set: ReadonlyMap<string, BlockStep>,
  range: Range,
  name: string,
): Report | null {
  for (const [other, block] of set) {
    if (!isSlip(name, other)) continue;
    const setter = block.commands.find(({ sets }) => sets.includes(other));
    return {
      range,
      severity: 'warning',
      message: `\`$${name}\` is set nowhere in this document, but \`${other}\` is, on line ${(setter?.range.start.line ?? 0) + 1}. Is that meant?`,
      fixes: renamed(runbook, range, name, other),
    };
  }
  return null;
}

/** What shells, systems and tools set or expect, and what is never written down. */
const FROM_OUTSIDE =
  /(?:TOKEN|PASS(?:WORD|WD|PHRASE)?|PW|SECRETS?|KEY(?:_ID)?|CREDENTIALS?|PAT|DSN|AUTH)$|^(?:DATABASE|REDIS|MONGO(?:DB)?)_UR[IL]$|^(?:AWS|GOOGLE|GCLOUD|CLOUDSDK|AZURE|ARM|KUBE|MYSQL|DOCKER|COMPOSE|GITHUB|GITLAB|CI|RUNNER|BITBUCKET|JENKINS|SSH|XDG|LC|BASH|ZSH|VAULT|TF|CONSUL|NOMAD|PYTHON|LD|NPM|HELM|OPENSHIFT|OS|OSTYPE|GIT|GPG|JAVA|NODE|GO|ANSIBLE|HOMEBREW|WINDOWS?)(?:_|$)|^PG[A-Z]+$|^KUBE[A-Z]+$|(?:^|_)HOME$|^(?:LANG|TERM|EDITOR|VISUAL|PAGER|SHELL|TMPDIR|TMP|TEMP|DISPLAY|VIRTUAL_ENV|GO(?:PATH|ROOT|BIN)|HOSTNAME|HOST|MACHTYPE|EPOCHSECONDS|EPOCHREALTIME|FUNCNAME|RANDOM|SECONDS|LINENO|PPID|REPLY|OPTARG|OPTIND|COLUMNS|LINES|MAIL|LOGNAME|USER|USERNAME|GROUPS|UID|EUID|PWD|OLDPWD|PATH|MANPATH|IFS|CODESPACES?|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy)$/i;

/** Which of the names the text, the comments or a test of the document speak of. */
function mentioned({ source, steps }: Runbook, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const runnable = steps.filter((step) => step.kind === 'block' && step.runnable);
  let block = 0;
  for (const { chunk, start } of chunksOf(source)) {
    const words = variableWords(chunk);
    if (words.size === 0) continue;
    while ((runnable[block]?.range.end.offset ?? Number.POSITIVE_INFINITY) <= start) block++;
    for (const name of names) {
      if (found.has(name)) continue;
      let from = block;
      for (const offset of words.get(name) ?? []) {
        const at = start + offset;
        while ((runnable[from]?.range.end.offset ?? Number.POSITIVE_INFINITY) <= at) from++;
        const inside = (runnable[from]?.range.start.offset ?? Number.POSITIVE_INFINITY) <= at;
        if (inside && !isSpokenOf(source.text, at, name)) continue;
        found.add(name);
        break;
      }
    }
  }
  return found;
}

/** Words that may name a variable, with their offsets: expanded, in capitals, or with an underscore. */
const variableWords = perChunk((text) => {
  const words = new Map<string, number[]>();
  for (const match of text.matchAll(
    /(?<!\w)(?:[A-Z][A-Z0-9_]*|_?[A-Za-z]\w*_\w*)(?!\w)|(?<=\$\{?[#!]?)[A-Za-z_]\w*/g,
  )) {
    const known = words.get(match[0]);
    if (known === undefined) words.set(match[0], [match.index]);
    else known.push(match.index);
  }
  return words;
});

/** In a block: named by a comment, tested, or with a value of its own for when it is unset. */
function isSpokenOf(text: string, at: number, name: string): boolean {
  const before = text.slice(Math.max(0, at - 300), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/(?:^|\s)#/.test(line) && !/\$\{?$/.test(line)) return true;
  if (/\$\{[#!]?$/.test(line))
    return /^(?::?[-=?+])/.test(text.slice(at + name.length, at + name.length + 2));
  return /\s-[nzv]\s+"?\$$/.test(line);
}

/** Whether a name is a slip of another: one letter more, less or other, two swapped, or other case. */
function isSlip(a: string, b: string): boolean {
  if (a.length < 5 || b.length < 5) return false;
  if (a.replaceAll('_', '').toLowerCase() === b.replaceAll('_', '').toLowerCase()) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  // `NODE_1` and `NODE_2`, `DB_A` and `DB_B` are two names, and so are one thing and several.
  if (/\d/.test(left + right) || (end === 0 && /^s?$/i.test(left) && /^s?$/i.test(right))) return false;
  if (left.length <= 1 && right.length <= 1) return start + end >= 5;
  return left.length === 2 && left[0] === right[1] && left[1] === right[0];
}

function renamed({ source }: Runbook, range: Range, name: string, other: string): Fix[] {
  const written = source.text.slice(range.start.offset, range.end.offset);
  const at = written.indexOf(name);
  if (at < 0) return [];
  const start = range.start.offset + at;
  return [
    {
      title: `Write \`${other}\` instead of \`${name}\``,
      edits: [{ range: source.range(start, start + name.length), newText: other }],
      preferred: false,
    },
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => `\`$${name}\``);
  if (names.length > 4) shown.push(`${names.length - 4} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? `${last} is` : `${shown.join(', ')} and ${last} are`;
}
