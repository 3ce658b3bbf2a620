import { isMap, isScalar, type Pair, parseDocument, type Scalar } from 'yaml';
import { metadataKey } from '../../runbook/facts/metadataKeys.ts';
import { boundedCache } from '../../runbook/lazy.ts';
import type { Runbook } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';
import { excerpt } from '../support/blocks.ts';
import { maskTemplates } from '../support/elision.ts';
import { explainYaml, faultLine } from '../support/yaml.ts';
import type { Report, Rule, Severity } from '../types.ts';

/** Front matter that cannot be read, or says something that nobody reads. */
export const frontMatterFaults: Rule = {
  id: 'metadata/front-matter',
  title: 'Front matter cannot be read',
  severity: 'error',
  docs: {
    what: 'Reports front matter that is no YAML, has a key twice, or is never closed. A key that is nearly one which Runline knows (`onwer`), and a `runbook.profile` that is no kind of runbook, are warnings. Lines that a template engine fills in are left alone.',
    why: 'What cannot be read counts for nothing: owner, profile and review dates are lost, and site generators stop at the file.',
    wrong: '---\ntitle: Ledger: slow\nowner: ledger-team\n---\n\n# Ledger is slow',
    right: '---\ntitle: "Ledger: slow"\nowner: ledger-team\n---\n\n# Ledger is slow',
    source: 'YAML 1.2.2, by the yaml library.',
  },
  *check({ runbook }): Iterable<Report> {
    if (runbook.format !== 'markdown') return;
    const { source, frontMatter } = runbook;
    if (frontMatter === null) {
      const range = neverClosed(runbook);
      if (range !== null)
        yield {
          range,
          message:
            'This front matter is never closed, so it is shown as text, and nothing in it counts. Put `---` on a line of its own below it.',
        };
      return;
    }
    const start = source.lineStart(frontMatter.range.start.line + 1);
    const text = source.text.slice(start, source.lineStart(frontMatter.range.end.line));
    for (const fault of faults.get(text, () => faultsOf(text))) {
      const range = (at: { start: number; end: number }) => source.range(start + at.start, start + at.end);
      yield {
        range: range(fault),
        message: fault.message,
        severity: fault.severity,
        ...(fault.instead !== undefined && {
          fixes: [
            {
              title: `Change it to \`${fault.instead}\``,
              edits: [{ range: range(fault), newText: fault.instead }],
              preferred: fault.certain === true,
            },
          ],
        }),
      };
    }
  },
};

/** Offsets into the YAML between the delimiters. */
interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: Severity;
  /** What was meant, and whether that is certain. */
  readonly instead?: string;
  readonly certain?: boolean;
}

const faults = boundedCache<readonly Fault[]>(500, 1_000_000);

function faultsOf(text: string): Fault[] {
  // Loops and conditions of a template engine leave no YAML that could be judged.
  if (/\{%|\{\{[-~]?\s*(?:if|range|with|end|define|else)\b/.test(text)) return [];
  const masked = maskTemplates(text);
  const document = parseDocument(masked, { prettyErrors: false, logLevel: 'silent' });
  const twice = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const [other] = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  const found: Fault[] = [...twice, ...(other === undefined ? [] : [other])].map((error) => {
    const place = faultLine(error, text, masked);
    const message = `This front matter cannot be read: ${explainYaml(error, text.slice(place.start, place.end))}`;
    return { ...place, message, severity: 'error' };
  });
  if (document.contents === null || found.some(({ end, start }) => end <= start)) return found;
  if (!isMap(document.contents)) {
    const end = text.trimEnd().length;
    return end === 0
      ? []
      : [
          ...found,
          {
            start: 0,
            end,
            severity: 'error',
            message: 'This front matter has no keys. Write lines of `key: value`.',
          },
        ];
  }
  const pairs = document.contents.items as Pair[];
  for (const pair of pairs) {
    const key = keyOf(pair);
    if (key === null) continue;
    found.push(...misspelt(key, KEYS));
    if (key.name !== 'runbook' || !isMap(pair.value)) continue;
    for (const inner of pair.value.items as Pair[]) {
      const name = keyOf(inner);
      if (name === null) continue;
      found.push(...misspelt(name, ['profile']));
      if (name.name === 'profile' && isScalar(inner.value)) found.push(...unknownProfile(inner.value));
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

interface Key {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function keyOf({ key }: Pair): Key | null {
  if (!isScalar(key) || typeof key.value !== 'string' || !key.range) return null;
  return { name: key.value, start: key.range[0], end: key.range[1] };
}

/** What Runline reads, in the spellings that are written most; others of the same words count too. */
const KEYS: readonly string[] = [
  'runbook',
  'profile',
  'title',
  'owner',
  'owners',
  'owned-by',
  'maintainer',
  'maintained-by',
  'last-updated',
  'last-reviewed',
  'last-modified',
  'next-review',
  'review-date',
  'review-cycle',
  'version',
  'status',
  'created',
  'contact',
];

/** One slip away from a key that is read, and a word of its own nowhere. */
function misspelt({ name, start, end }: Key, known: readonly string[]): Fault[] {
  const plain = folded(name);
  if (plain.length < 5 || KEYS.some((key) => folded(key) === plain || `${folded(key)}s` === plain)) return [];
  if (OTHERS.has(plain) || metadataKey(name.replace(/[-_]/g, ' ')) !== null) return [];
  const meant = known.filter((key) => folded(key).length >= 5 && oneSlip(plain, folded(key)));
  const [instead] = meant;
  if (instead === undefined || meant.length > 1) return [];
  const written = name.includes('_') ? instead.replaceAll('-', '_') : instead;
  return [
    {
      start,
      end,
      severity: 'warning',
      message: `Nothing reads the key \`${excerpt(name, 30)}\`. Is \`${written}\` meant?`,
      instead: written,
      certain: false,
    },
  ];
}

/** Keys of other tools that look like ours. */
const OTHERS: ReadonlySet<string> = new Set([
  'creator',
  'stats',
  'contract',
  'context',
  'content',
  'contacts',
  'titles',
  'tile',
]);

function folded(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}

/** Whether one letter is wrong, missing or too many, or two neighbours changed places. */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const rest = (text: string, skip: number) => text.slice(from + skip);
  return (
    rest(a, 1) === rest(b, 1) ||
    rest(a, 1) === rest(b, 0) ||
    rest(a, 0) === rest(b, 1) ||
    (a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2))
  );
}

const PROFILES = ['alert', 'procedure', 'incident', 'service', 'lenient'];

function unknownProfile(value: Scalar): Fault[] {
  if (!value.range || typeof value.value === 'object') return [];
  const written = String(value.value).trim().toLowerCase();
  if (PROFILES.includes(written) || written === '') return [];
  const [start, end] = value.range;
  const near = PROFILES.filter((name) => oneSlip(written, name));
  return [
    {
      start,
      end,
      severity: 'warning',
      message: `“${excerpt(written, 30)}” is no kind of runbook. Known are ${PROFILES.slice(0, -1).join(', ')} and ${PROFILES.at(-1)}.`,
      ...(near.length === 1 && near[0] !== undefined && { instead: near[0], certain: true }),
    },
  ];
}

/** The first line of front matter that has a key of ours and no end; null where it may well be a rule above a text. */
function neverClosed({ source }: Runbook): Range | null {
  if (!/^\ufeff?---[ \t]*$/.test(source.line(0).slice(0, 20))) return null;
  let known = false;
  for (let line = 1; line < Math.min(source.lineCount, MAX_LINES); line++) {
    const text = source.line(line).slice(0, 200);
    if (/^(?:---|\.\.\.)[ \t]*$/.test(text)) return null;
    if (text.trim() === '' || /^\s/.test(text) || text.startsWith('#')) {
      if (text.trim() !== '') continue;
      // A blank line where the end is missing: what stands above it is judged.
      break;
    }
    const key = /^([\w-]{1,40}):(?:\s|$)/.exec(text)?.[1];
    if (key === undefined) break;
    known ||= KEYS.some((name) => folded(name) === folded(key));
  }
  for (let line = 1; line < source.lineCount; line++)
    if (/^(?:---|\.\.\.)[ \t]*$/.test(source.line(line).slice(0, 20))) return null;
  return known
    ? source.range(source.lineStart(0) + (source.text.charCodeAt(0) === 0xfeff ? 1 : 0), source.lineEnd(0))
    : null;
}

const MAX_LINES = 200;
