/**
 * Comments that would silence a finding, as edits: one for its place, one for the file. A place is offered only where the
 * document with the comment in it still means the same.
 */
import { parseDocument } from 'yaml';
import { parseRunbook } from '../runbook/index.ts';
import type { Runbook } from '../runbook/types.ts';
import type { Range } from '../text.ts';
import { applyEdits } from './fixAll.ts';
import { partsOf, readSuppressions } from './suppression.ts';
import type { Finding } from './types.ts';

/** An insertion; the reason goes between `before` and `after`. */
export interface Silencing {
  /** An imperative, as the editor's menu shows it. */
  readonly title: string;
  /** Empty: where to insert. */
  readonly range: Range;
  readonly before: string;
  readonly after: string;
}

/** The comments that silence a finding; none for findings about comments. Reads the document anew for the one at its place. */
export function silencing(runbook: Runbook, finding: Finding): Silencing[] {
  if (finding.rule.startsWith('suppression/')) return [];
  const here = atPlace(runbook, finding);
  const file = inFile(runbook, finding.rule);
  return here === null ? [file] : [here, file];
}

/** A comment's two halves around its reason, on a line of its own. */
function comment(
  runbook: Runbook,
  words: string,
  indent: string,
  eol: string,
): Pick<Silencing, 'before' | 'after'> {
  return runbook.format === 'yaml'
    ? { before: `${indent}# ${words} -- `, after: eol }
    : { before: `${indent}<!-- ${words} -- `, after: ` -->${eol}` };
}

function inFile(runbook: Runbook, rule: string): Silencing {
  const { source, frontMatter } = runbook;
  // Front matter has to stay first; a byte order mark is no text.
  const line = frontMatter === null ? 0 : frontMatter.range.end.line + 1;
  const after = line < source.lineCount ? source.lineStart(line) : source.text.length;
  const at = line === 0 && source.text.startsWith('\ufeff') ? 1 : after;
  const eol = lineBreak(runbook, 0);
  const halves = comment(runbook, `runline-disable-file ${rule}`, line < source.lineCount ? '' : eol, eol);
  return { title: `Silence ${rule} in this file`, range: source.range(at, at), ...halves };
}

function atPlace(runbook: Runbook, { rule, range }: Finding): Silencing | null {
  const { source } = runbook;
  const { line } = range.start;
  const above = partsOf(runbook).partOf.get(line) ?? line;
  if (runbook.frontMatter !== null && above <= runbook.frontMatter.range.end.line) return null;
  const at = source.lineStart(above);
  if (runbook.format === 'markdown' && inComment(source.text, at)) return null;
  for (const indent of indents(runbook, above)) {
    const halves = comment(runbook, `runline-disable-next-line ${rule}`, indent, lineBreak(runbook, above));
    const made: Silencing = { title: `Silence ${rule} here`, range: source.range(at, at), ...halves };
    if (meansTheSame(runbook, made, above)) return made;
  }
  return null;
}

/**
 * What may stand before a comment above a line, best first: between two items of a list it belongs to the one above, or it
 * would end the list; above an indented block it is four columns further out, or it would be code.
 */
function indents({ source, format }: Runbook, line: number): string[] {
  const text = source.line(line);
  if (format === 'yaml') return [/^[ ]*/.exec(text)?.[0] ?? ''];
  const prefix = /^[ \t>]*/.exec(text)?.[0] ?? '';
  const found = [prefix, prefix.replace(/(?: {4}|\t)$/, '')];
  const marker = /^(?:[-*+]|\d{1,9}[.)])[ \t]/;
  if (marker.test(text.slice(prefix.length)))
    for (let above = line - 1; above >= 0; above--) {
      const other = source.line(above);
      const own = /^[ \t>]*/.exec(other)?.[0] ?? '';
      const rest = other.slice(own.length);
      if (rest === '' || (own.length > prefix.length && own.startsWith(prefix))) continue;
      const bullet = own === prefix ? marker.exec(rest)?.[0] : undefined;
      if (bullet !== undefined) found.unshift(prefix + ' '.repeat(bullet.length));
      break;
    }
  return [...new Set(found)];
}

/** Whether an offset lies between `<!--` and `-->`. */
function inComment(text: string, at: number): boolean {
  const open = text.lastIndexOf('<!--', at - 1);
  return open !== -1 && text.lastIndexOf('-->', at - 1) < open;
}

/** Whether the document says the same with the comment in it, and the comment speaks of the line below it. */
function meansTheSame(runbook: Runbook, { range, before, after }: Silencing, line: number): boolean {
  const { source, format } = runbook;
  const text = applyEdits(source.text, [{ range, newText: before + after }]);
  const changed = parseRunbook(text, { format });
  const reached = readSuppressions(changed).comments.some(
    (made) => made.range.start.line === line && made.target === line + 1,
  );
  if (!reached) return false;
  if (format === 'yaml') {
    const data = yamlData(source.text);
    return data !== null && data === yamlData(text);
  }
  return outline(runbook, (old) => (old < line ? old : old + 1)) === outline(changed, (same) => same);
}

/** Kinds and lines of everything that a comment in the wrong place could break. */
function outline({ steps, sections, tables }: Runbook, lineOf: (line: number) => number): string {
  const lines = ({ start, end }: Range) => [lineOf(start.line), lineOf(end.line)];
  return JSON.stringify([
    steps.map(({ kind, range }) => [kind, ...lines(range)]),
    sections.map(({ slug, headingRange }) => [slug, ...lines(headingRange)]),
    tables.map(({ range }) => lines(range)),
  ]);
}

function yamlData(text: string): string | null {
  try {
    return JSON.stringify(parseDocument(text, { logLevel: 'silent' }).toJS({ maxAliasCount: 100 }));
  } catch {
    return null;
  }
}

/** The line break of a line, or that of the document's first line. */
function lineBreak({ source }: Runbook, line: number): string {
  const end = source.lineEnd(line);
  const own = source.text.slice(end, source.lineStart(line + 1));
  return own !== '' ? own : source.text.slice(source.lineEnd(0), source.lineStart(1)) || '\n';
}
