import type { Runbook } from '../../runbook/types.ts';
import { blocksOf, excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** “See step 7”, where no step is number 7. */
export const danglingReference: Rule = {
  id: 'step/dangling-reference',
  title: 'It refers to a step or section that is not there',
  severity: 'info',
  docs: {
    what: 'Reports “step 7” or “section 4.2” in a document that numbers its steps or sections and has no such number, and “the … section below” where nothing else in the document has that name.',
    why: 'Steps are inserted and removed, and the words that point at them stay. Whoever follows them at night looks for something that is not there, or does the wrong step.',
    wrong: '1. Drain the node.\n2. Restart the kubelet. If that fails, go to step 5.',
    right: '1. Drain the node.\n2. Restart the kubelet. If that fails, go to step 3.\n3. Replace the node.',
  },
  *check({ runbook }): Iterable<Report> {
    const { source } = runbook;
    if (runbook.format !== 'markdown') return;
    const found = referencesIn(runbook);
    if (found.length === 0) return;
    const numbers = numbersIn(runbook);
    for (const { kind, name, start, end } of found) {
      const missing = kind === 'named' ? !isNamed(source.text, name, start) : isMissing(numbers, kind, name);
      if (!missing) continue;
      yield {
        range: source.range(start, end),
        message:
          kind === 'named'
            ? `There is no section “${excerpt(name, 50)}” in this document. Name the one that is meant, or link to it.`
            : `There is no ${kind} ${name} in this document. Correct the number, or link to what is meant.`,
      };
    }
  },
};

interface Reference {
  readonly kind: 'step' | 'section' | 'named';
  /** The number or the name. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const POINTS =
  /\b(steps?|sections?)\s+([12]?\d(?:\.\d{1,2}){0,3})(?![\w.]?\w|\s*(?:\/|%|of (?!this\b|the \w{1,30} (?:above|below)\b)))/gi;
const NAMED =
  /\bthe\s+["“*`]{0,2}([A-Z][\w&/-]*(?: [\w&/-]+){0,5}?)["”*`]{0,2}\s+section\s+(?:below|above)\b/g;

/** What a line speaks of besides may be what has the step: another document, a form, a law. */
const ELSEWHERE =
  /\]\(|\]\[|https?:|\.md\b|\b(?:runbook|playbook|guide|document|docs?|tutorial|wizard|plan|policy|rfc|act|licen[cs]e|agreement|roadmap|spec|book|page|previous|next|other|another)\b/i;

/** References in the text outside of fences. A line that begins with its number is the step itself. */
function referencesIn(runbook: Runbook): Reference[] {
  const { source } = runbook;
  const found: Reference[] = [];
  let blocks: { first: number; last: number }[] | null = null;
  let at = 0;
  WORD.lastIndex = 0;
  for (let word = WORD.exec(source.text); word !== null; word = WORD.exec(source.text)) {
    const { line } = source.positionAt(word.index);
    const start = source.lineStart(line);
    const text = source.line(line);
    WORD.lastIndex = Math.max(WORD.lastIndex, source.lineEnd(line));
    blocks ??= blocksOf(runbook).map(({ range }) => ({ first: range.start.line, last: range.end.line }));
    while (at < blocks.length && (blocks[at]?.last ?? 0) < line) at++;
    if ((blocks[at]?.first ?? Number.POSITIVE_INFINITY) <= line || text.length > 2000) continue;
    if (ELSEWHERE.test(text)) continue;
    for (const match of text.matchAll(POINTS)) {
      if (/^[\s>*_#|-]*$/.test(text.slice(0, match.index))) continue;
      const kind = match[1]?.toLowerCase().startsWith('step') ? 'step' : 'section';
      found.push({ kind, name: match[2] ?? '', ...placeAt(start, match) });
    }
    for (const match of text.matchAll(NAMED))
      found.push({ kind: 'named', name: match[1] ?? '', ...placeAt(start, match) });
  }
  return found;
}

const WORD = /\b(?:steps?|sections?)\b/gi;

function placeAt(start: number, match: RegExpExecArray): { start: number; end: number } {
  return { start: start + match.index, end: start + match.index + match[0].length };
}

/** A number that begins a line, whatever stands before it, or follows “step”. */
const NUMBERED =
  /^[ \t>|*_#•[\]xX-]*(?:(?:step|phase|stage|part|section)[ \t]*)?[#§(]?(\d{1,3}(?:\.\d{1,3}){0,3})(?=[\s.):|*_/–—-]|$)|\bstep[ \t]+(\d{1,3}(?:\.\d{1,3}){0,3})(?:[ \t]*(?:[:|]|\*\*)|[ \t][–—-][ \t])/gim;

interface Numbers {
  readonly all: ReadonlySet<string>;
  /** Those of headings. */
  readonly headings: ReadonlySet<string>;
}

/** Every number that a step, a heading, a cell or a comment may have. Lists that count 1, 1, 1 are shown as 1, 2, 3. */
function numbersIn({ source, sections }: Runbook): Numbers {
  const all = new Set<string>();
  let before = '';
  let ones = 0;
  for (const match of source.text.matchAll(NUMBERED)) {
    const number = match[1] ?? match[2] ?? '';
    all.add(number);
    if (number === '1') {
      ones = before === '1' ? ones + 1 : 1;
      all.add(String(ones));
    }
    before = number;
  }
  const headings = new Set<string>();
  for (const { title } of sections)
    for (const [number] of title.matchAll(/\d{1,3}(?:\.\d{1,3}){0,3}/g)) {
      headings.add(number);
      all.add(number);
    }
  return { all, headings };
}

function isMissing({ all, headings }: Numbers, kind: 'step' | 'section', name: string): boolean {
  const known = kind === 'step' ? all : headings;
  if (all.has(name)) return false;
  const dot = name.lastIndexOf('.');
  // A part of a step is counted only where its sisters are.
  if (dot > 0) return [...known].some((number) => number.startsWith(name.slice(0, dot + 1)));
  return known.has('1') && known.has('2') && (kind === 'step' || known.has('3'));
}

/** Whether the name stands anywhere else, as a heading or in other words. */
function isNamed(text: string, name: string, start: number): boolean {
  const words = name.toLowerCase();
  const all = text.toLowerCase();
  for (let at = all.indexOf(words); at >= 0; at = all.indexOf(words, at + 1))
    if (at < start || at > start + name.length + 20) return true;
  return false;
}
