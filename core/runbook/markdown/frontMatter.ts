/** Front matter: a YAML mapping between `---` lines at the very start of a Markdown document. */
import { parseDocument } from 'yaml';
import type { SourceText } from '../../text.ts';
import type { FrontMatter } from '../types.ts';

/** Aliases may not multiply a document beyond this; the `yaml` library counts and refuses. */
const MAX_ALIASES = 100;

/**
 * Takes front matter off. `body` is the document with as many empty lines in its place, so that line numbers stay.
 * A document that merely begins with a thematic break has none: the first line after `---` has to be a key.
 */
export function readFrontMatter(source: SourceText): { frontMatter: FrontMatter | null; body: string } {
  const text = source.text;
  if (!/^\ufeff?---[ \t]*(?:\r\n?|\n)/.test(text)) return { frontMatter: null, body: text };
  let last = 1;
  let keyed: boolean | null = null;
  for (; last < source.lineCount; last++) {
    const line = source.line(last);
    if (/^(?:---|\.\.\.)[ \t]*$/.test(line)) break;
    if (keyed === null && line.trim() !== '' && !line.trimStart().startsWith('#')) {
      keyed = /^["']?[\w][\w .-]*["']?[ \t]*:(?:\s|$)/.test(line);
      if (!keyed) return { frontMatter: null, body: text };
    }
  }
  if (last === source.lineCount) return { frontMatter: null, body: text };
  const start = source.lineStart(1);
  const parsed = parseYamlMapping(text.slice(start, source.lineStart(last)));
  return {
    frontMatter: {
      range: source.range(text.charCodeAt(0) === 0xfeff ? 1 : 0, source.lineEnd(last)),
      data: parsed.data,
      error: parsed.error && {
        message: parsed.error.message,
        range: source.range(start + parsed.error.start, start + parsed.error.end),
      },
    },
    body: '\n'.repeat(last) + text.slice(source.lineEnd(last)),
  };
}

interface YamlFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

function parseYamlMapping(text: string): { data: Record<string, unknown>; error: YamlFault | null } {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const [start, end] = fault.pos;
    return { data: {}, error: { message: oneLine(fault.message), start, end: Math.max(end, start) } };
  }
  try {
    const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (data === null || data === undefined) return { data: {}, error: null };
    if (typeof data === 'object' && !Array.isArray(data))
      return { data: data as Record<string, unknown>, error: null };
    return {
      data: {},
      error: { message: 'Front matter is not a mapping of keys.', start: 0, end: text.length },
    };
  } catch (error) {
    const message = error instanceof Error ? oneLine(error.message) : 'Front matter cannot be read.';
    return { data: {}, error: { message, start: 0, end: text.length } };
  }
}

function oneLine(message: string): string {
  return message.split('\n')[0]?.trim() ?? message;
}
