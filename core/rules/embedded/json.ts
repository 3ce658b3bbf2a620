import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { lineEnd } from '../../text.ts';
import { maskTemplates } from '../support/elision.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Faults of the JSON in fences. */
export const embeddedJson: Rule = {
  id: 'embedded/json',
  title: 'A JSON block cannot be read',
  severity: 'warning',
  docs: {
    what: 'Reports a fence tagged `json` that no parser accepts. Comments, parts left out (`...`, `…`, `<snip>`), placeholders, templates, fragments and several values in a row are fine. A list with check marks behind its lines is only told to be no JSON.',
    why: 'The block becomes a policy or a request body when it is needed, and is refused then.',
    wrong: '```json\n{ "replicas": 3, "strategy": "rolling", }\n```',
    right: '```json\n{ "replicas": 3, "strategy": "rolling" }\n```',
    source:
      'RFC 8259. Of 335 JSON fences looked at, 102 were not plain JSON; most left something out on purpose.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    const language = (block.language ?? '').toLowerCase();
    if (!/^(?:jsonc?|jsonl|ndjson)$/.test(language)) return;
    const fault = firstFault(block.content, language !== 'json');
    if (fault === null) return;
    if (/[✅❌✓✔✗✘⚠]/u.test(block.content.replace(/"(?:[^"\\\n]|\\.)*"/g, '')))
      yield {
        at: 'fence',
        severity: 'info',
        message: 'This is a list with marks for people, and no JSON. Tag the block as text.',
      };
    else yield { at: fault, message: fault.message };
  },
};

interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** The first fault in the reading that fits best, or null where some reading has none. */
function firstFault(content: string, trailingComma: boolean): Fault | null {
  if (content.trim() === '') return null;
  const { masked, elided } = mask(content);
  const allowed = { trailingComma: trailingComma || elided.size > 0, elided };
  let error = firstError(masked, allowed);
  if (error === null) return null;
  // The inside of an object, or members of an array: an excerpt, not a fault.
  if (/^\s*"(?:[^"\\\n]|\\.){0,400}"\s*:/.test(masked)) {
    const inside = firstError(`{${masked.trimEnd().replace(/,$/, '')}}`, allowed);
    if (inside === null) return null;
    error = { ...inside, offset: Math.max(0, inside.offset - 1) };
  }
  if (firstError(`[${masked.trimEnd().replace(/,$/, '')}]`, allowed) === null) return null;
  const start = Math.min(error.offset, content.trimEnd().length - 1);
  const rest = content.slice(start).split('\n')[0] ?? '';
  const end = start + Math.max(1, Math.min(error.length, rest.length));
  return { start, end, message: `This JSON cannot be read: ${explain(printParseErrorCode(error.error))}` };
}

interface Allowed {
  readonly trailingComma: boolean;
  /** Lines on which something was left out; what stands beside them may miss its comma. */
  readonly elided: ReadonlySet<number>;
}

/** Reads one value after the other, as JSON Lines and transcripts have them. */
function firstError(text: string, { trailingComma, elided }: Allowed): ParseError | null {
  const lineAt = lineCounter(text);
  for (let from = 0; from < text.length; ) {
    const errors: ParseError[] = [];
    parse(text.slice(from), errors, { allowTrailingComma: trailingComma });
    let next = -1;
    for (const error of errors) {
      const offset = from + error.offset;
      if (printParseErrorCode(error.error) === 'EndOfFileExpected' && error.offset > 0) {
        next = offset;
        break;
      }
      const line = elided.size === 0 ? 0 : lineAt(offset);
      if (!elided.has(line) && !elided.has(line - 1) && !elided.has(line + 1)) return { ...error, offset };
    }
    if (next < 0) return null;
    from = next;
  }
  return null;
}

/** The line of an offset, for offsets that only grow. */
function lineCounter(text: string): (offset: number) => number {
  let line = 0;
  let at = 0;
  return (offset) => {
    for (; at < offset; at++) if (text[at] === '\n') line++;
    return line;
  };
}

/** Something left out, or to be filled in, where a value, a member or a comma could stand. */
const gap =
  /\[?(?:\.{3,}|…)\]?|<(?:snip|snipped|omitted|truncated)>|<[A-Za-z][^<>"\n]{0,80}>|\$\{?\w+\}?|\b(?:YOUR|MY)_[A-Z_]+\b/y;

/** Strings and comments are skipped; each gap becomes a number where a value is wanted, else blanks. Lengths stay. */
function mask(content: string): { masked: string; elided: ReadonlySet<number> } {
  const text = maskTemplates(content);
  const elided = new Set<number>();
  let masked = '';
  let line = 0;
  let previous = '';
  for (let i = 0; i < text.length; ) {
    const char = text[i] ?? '';
    gap.lastIndex = i;
    const skipped = /^(?:"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*)/.exec(
      char === '"' || char === '/' ? text.slice(i, lineEnd(text, i)) : '',
    );
    const found = skipped === null ? gap.exec(text) : null;
    if (skipped) masked += skipped[0];
    else if (found) {
      const left = /^\[?(?:\.|…)|snip|omitted|truncated/.test(found[0]);
      if (left) elided.add(line);
      masked += (previous === ':' ? '0' : left ? ' ' : '0').padEnd(found[0].length);
    } else {
      masked += char;
      if (char === '\n') line++;
    }
    const taken = skipped?.[0].length || found?.[0].length || 1;
    if (char.trim() !== '' && !text.startsWith('//', i)) previous = text[i + taken - 1] ?? '';
    i += taken;
  }
  return { masked: unquotedTemplates(masked), elided };
}

/** `maskTemplates` leaves words of x; outside strings they stand for values. */
function unquotedTemplates(text: string): string {
  return text.replace(
    /([:[,]\s{0,20})(x{4,})(?=\s{0,20}[,}\]\n])/g,
    (_, before: string, word: string) => before + '0'.padEnd(word.length),
  );
}

function explain(code: string): string {
  switch (code) {
    case 'CommaExpected':
      return 'a comma is missing before this.';
    case 'ColonExpected':
      return 'a colon is missing between name and value.';
    case 'PropertyNameExpected':
      return 'a name in double quotes is expected here. Is there a comma too many before it?';
    case 'ValueExpected':
      return 'a value is expected here. Is there a comma too many before it?';
    case 'CloseBraceExpected':
      return 'a closing `}` is missing.';
    case 'CloseBracketExpected':
      return 'a closing `]` is missing.';
    case 'UnexpectedEndOfString':
      return 'this string is not closed.';
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      return 'this is no escape that JSON knows.';
    case 'InvalidNumberFormat':
      return 'this is no number.';
    case 'EndOfFileExpected':
      return 'this stands after the end of the value.';
    default:
      return 'this is not JSON. Is another command or text mixed in?';
  }
}
