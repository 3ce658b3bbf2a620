/**
 * Comments that silence findings: `<!-- runline-disable-next-line group/name -- reason -->` in Markdown, the same after `#` in
 * YAML. They stand on a line of their own; what stands inside a fence or a step's script is code, not a comment.
 */
import type { Runbook } from '../runbook/types.ts';
import type { Range } from '../text.ts';
import type { Finding, Report, Rule } from './types.ts';

/** One comment. */
export interface Suppression {
  readonly kind: 'next-line' | 'file' | 'start' | 'end' | 'unknown';
  /** The word as written: `runline-disable-file`. */
  readonly word: string;
  /** Ids of rules, once each; empty means all. */
  readonly ids: readonly string[];
  readonly reason: string;
  readonly range: Range;
  /** `next-line` alone: the 0-based line that it speaks of, -1 where nothing follows. */
  readonly target: number;
}

/** All comments of a document, in its order, and where the lines of a part begin that no comment can stand in. */
export interface Suppressions {
  readonly comments: readonly Suppression[];
  /** Line of a fence or table → its first line. */
  readonly partOf: ReadonlyMap<number, number>;
}

const kinds: Readonly<Record<string, Suppression['kind']>> = {
  'runline-disable-next-line': 'next-line',
  'runline-disable-file': 'file',
  'runline-disable': 'start',
  'runline-enable': 'end',
};
/** Rules about the comments themselves, which no comment silences. */
const own: ReadonlySet<string> = new Set(['suppression/no-reason', 'suppression/unused']);

/** Where no comment can stand, and whose comment stands above it. */
export interface Parts {
  /** Lines of fences and of steps' scripts. */
  readonly code: ReadonlySet<number>;
  readonly partOf: ReadonlyMap<number, number>;
}

/** The fences, scripts and tables of a runbook. Linear. */
export function partsOf({ source, format, steps, tables }: Runbook): Parts {
  const partOf = new Map<number, number>();
  const code = new Set<number>();
  for (const step of steps) {
    if (step.kind !== 'block') continue;
    const { start, end } = format === 'yaml' ? step.contentRange : step.range;
    for (let line = start.line; line <= end.line; line++) code.add(line);
    // The script of a YAML step begins below its key: `run: |`.
    const header =
      format === 'yaml' && start.line > 0 && /:[ \t]*[|>][-+\d]*[ \t]*$/.test(source.line(start.line - 1));
    takePart(partOf, start.line - (header ? 1 : 0), end.line);
  }
  for (const { range } of tables) takePart(partOf, range.start.line, range.end.line);
  return { code, partOf };
}

/** Reads the comments of a runbook. Linear; a document without any costs one search. */
export function readSuppressions(runbook: Runbook): Suppressions {
  const { source, format } = runbook;
  if (!/runline-(?:dis|en)able/.test(source.text)) return { comments: [], partOf: new Map() };
  const { code, partOf } = partsOf(runbook);

  const found: { line: number; comment: Omit<Suppression, 'target'> }[] = [];
  const commentLines = new Set<number>();
  for (let line = 0; line < source.lineCount; line++) {
    if (code.has(line)) continue;
    const start = source.lineStart(line);
    const comment = readComment(source.line(line), format, (from, to) =>
      source.range(start + from, start + to),
    );
    if (comment === null) continue;
    found.push({ line, comment });
    commentLines.add(line);
  }
  // Backwards, so that a comment knows what stands below the comments and blank lines below it.
  const comments: Suppression[] = [];
  let target = -1;
  let next = found.length - 1;
  for (let line = source.lineCount - 1; line >= 0 && next >= 0; line--) {
    if (found[next]?.line === line) {
      const { comment } = found[next] as { comment: Omit<Suppression, 'target'> };
      comments.push({ ...comment, target: comment.kind === 'next-line' ? target : -1 });
      next--;
    } else if (!commentLines.has(line) && /[^\s>]/.test(source.line(line))) target = line;
  }
  return { comments: comments.reverse(), partOf };
}

function takePart(partOf: Map<number, number>, first: number, last: number): void {
  for (let line = first; line <= last; line++) if (!partOf.has(line)) partOf.set(line, first);
}

function readComment(
  text: string,
  format: Runbook['format'],
  rangeOf: (start: number, end: number) => Range,
): Omit<Suppression, 'target'> | null {
  if (!text.includes('runline-')) return null;
  const start = text.search(format === 'yaml' ? /[^\s]/ : /[^\s>]/);
  const trimmed = text.slice(start).trimEnd();
  let inner: string;
  if (format === 'yaml') {
    if (!trimmed.startsWith('#')) return null;
    inner = trimmed.slice(1);
  } else {
    // The comment is the whole line: in a sentence or in inline code it is only mentioned.
    if (!trimmed.startsWith('<!--') || trimmed.indexOf('-->') !== trimmed.length - 3) return null;
    inner = trimmed.slice(4, -3);
  }
  inner = inner.trim();
  const word = /^runline-(?:disable|enable)[\w-]*/.exec(inner)?.[0];
  if (word === undefined) return null;
  const rest = ` ${inner.slice(word.length)}`;
  const dash = /\s(?:--|[–—])(?=\s|$)/.exec(rest);
  const head = dash === null ? rest : rest.slice(0, dash.index);
  return {
    kind: Object.hasOwn(kinds, word) ? (kinds[word] ?? 'unknown') : 'unknown',
    word,
    ids: [...new Set(head.split(/[\s,]+/).filter((id) => id !== ''))],
    reason: dash === null ? '' : rest.slice(dash.index + dash[0].length).trim(),
    range: rangeOf(start, start + trimmed.length),
  };
}

/** What is left of the findings, and what the comments were good for. */
export interface Suppressed {
  readonly findings: readonly Finding[];
  /** Ids that silenced something, for each comment that did; the empty id stands for all. */
  readonly used: ReadonlyMap<Suppression, ReadonlySet<string>>;
}

/** Takes out the findings that a comment silences; the nearest comment counts. `findings` are sorted by place. Linear. */
export function suppress({ comments, partOf }: Suppressions, findings: readonly Finding[]): Suppressed {
  const used = new Map<Suppression, Set<string>>();
  if (comments.length === 0) return { findings, used };
  const use = (comment: Suppression, id: string): void => {
    const ids = used.get(comment) ?? new Set();
    used.set(comment, ids.add(id));
  };
  /** By id, the empty one for all; the first of several comments that say the same counts. */
  type Scope = Map<string, Suppression>;
  const add = (scope: Scope, comment: Suppression): void => {
    for (const id of comment.ids.length === 0 ? [''] : comment.ids)
      if (!scope.has(id)) scope.set(id, comment);
  };
  const wholeFile: Scope = new Map();
  const byTarget = new Map<number, Scope>();
  for (const comment of comments) {
    if (comment.kind === 'file') add(wholeFile, comment);
    if (comment.kind !== 'next-line' || comment.target < 0) continue;
    const scope = byTarget.get(comment.target) ?? new Map();
    byTarget.set(comment.target, scope);
    add(scope, comment);
  }
  const open: Scope = new Map();
  /** Rules that speak again although all are silenced. */
  const excepted = new Set<string>();
  const pass = (comment: Suppression): void => {
    if (comment.kind === 'start') {
      add(open, comment);
      if (comment.ids.length === 0) excepted.clear();
      for (const id of comment.ids) excepted.delete(id);
    } else if (comment.kind === 'end' && comment.ids.length === 0) {
      if (open.size > 0) use(comment, '');
      open.clear();
      excepted.clear();
    } else if (comment.kind === 'end')
      for (const id of comment.ids) {
        if (open.delete(id)) use(comment, id);
        if (!open.has('') || excepted.has(id)) continue;
        excepted.add(id);
        use(comment, id);
      }
  };
  const silencedIn = (scope: Scope | undefined, rule: string): boolean => {
    const named = scope?.get(rule);
    const all = scope === open && excepted.has(rule) ? undefined : scope?.get('');
    const comment = named ?? all;
    if (comment === undefined) return false;
    use(comment, named === undefined ? '' : rule);
    return true;
  };
  let next = 0;
  const kept = findings.filter(({ rule, range }) => {
    for (; (comments[next]?.range.start.line ?? Number.MAX_SAFE_INTEGER) < range.start.line; next++)
      pass(comments[next] as Suppression);
    if (own.has(rule)) return true;
    const { line } = range.start;
    const part = partOf.get(line);
    return !(
      silencedIn(byTarget.get(line), rule) ||
      (part !== undefined && part !== line && silencedIn(byTarget.get(part), rule)) ||
      silencedIn(open, rule) ||
      silencedIn(wholeFile, rule)
    );
  });
  for (; next < comments.length; next++) pass(comments[next] as Suppression);
  return { findings: kept, used };
}

/**
 * The reports of `suppression/unused`. `asked` holds the rules that had a say, `known` all of them: what a silent rule would
 * have said is not known, so a comment about it may stay.
 */
export function unusedReports(
  { comments }: Suppressions,
  used: Suppressed['used'],
  asked: ReadonlySet<string>,
  known: ReadonlySet<string>,
): Report[] {
  const reports: Report[] = [];
  for (const comment of comments) {
    const { range, word, kind } = comment;
    if (kind === 'unknown') {
      reports.push({
        range,
        message: `\`${word}\` is no comment that Runline knows, so it silences nothing. Write runline-disable-next-line, runline-disable-file, or runline-disable and runline-enable.`,
      });
      continue;
    }
    const good = used.get(comment);
    const all = kind === 'end' ? 'this ends nothing' : 'this comment silences nothing';
    if (comment.ids.length === 0) {
      if (good === undefined) reports.push({ range, message: `${capital(all)}. Remove it.` });
      continue;
    }
    const useless = comment.ids.filter((id) => !good?.has(id) && (asked.has(id) || !known.has(id)));
    if (useless.length === 0) continue;
    const wrong = useless.find((id) => !known.has(id));
    const what =
      wrong !== undefined
        ? `There is no rule \`${wrong}\`, so ${all}. Correct the name, or remove it.`
        : own.has(useless[0] ?? '')
          ? `No comment silences \`${useless[0]}\`. Set its severity in the settings instead.`
          : good === undefined && useless.length === comment.ids.length
            ? `${capital(all)}: ${listOf(useless)} ${useless.length === 1 ? 'has' : 'have'} nothing to report here. Remove it.`
            : `${listOf(useless)} ${useless.length === 1 ? 'has' : 'have'} nothing to report here. Take ${useless.length === 1 ? 'the name' : 'the names'} out of this comment.`;
    reports.push({ range, message: what });
  }
  return reports;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listOf(ids: readonly string[]): string {
  const names = ids.slice(0, 5).map((id) => `\`${id}\``);
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Comments that silence without saying why. */
export const suppressionWithoutReason: Rule = {
  id: 'suppression/no-reason',
  title: 'A finding is silenced without a reason',
  severity: 'hint',
  docs: {
    what: 'Reports a comment that silences findings and does not say why after `--`.',
    why: 'The next person cannot tell a decision from a shortcut, and will not dare to take the comment out again.',
    wrong: '<!-- runline-disable-next-line command/endless -->\n```bash\ntail -f /var/log/shop.log\n```',
    right:
      '<!-- runline-disable-next-line command/endless -- watched until the queue is empty -->\n```bash\ntail -f /var/log/shop.log\n```',
  },
  *check({ runbook }): Iterable<Report> {
    for (const { kind, reason, range } of readSuppressions(runbook).comments)
      if (kind !== 'end' && kind !== 'unknown' && reason === '')
        yield { range, message: 'This silences findings and does not say why. Add the reason after `--`.' };
  },
};

/** Comments that silence nothing. What they silence is known only after the other rules: `checkRunbook` asks `unusedReports`. */
export const unusedSuppression: Rule = {
  id: 'suppression/unused',
  title: 'A comment silences nothing',
  severity: 'info',
  docs: {
    what: 'Reports a comment that silences findings where there are none (any more), names a rule that does not exist, or is misspelt. Comments about rules that the settings turn off are left alone.',
    why: 'The fault that it excused is gone, or it never worked. Left there, it will hide the next fault, which nobody has looked at.',
    wrong:
      '<!-- runline-disable-next-line command/endless -- watched -->\n```bash\ntail -n 50 /var/log/shop.log\n```',
    right: '```bash\ntail -n 50 /var/log/shop.log\n```',
  },
  check: () => [],
};
