/**
 * Link definitions (`[label]: destination "title"`). As in CommonMark's own parser they are taken from the start of a
 * paragraph once it is whole; taken out earlier, what follows would count as the start of a new block.
 */
import MarkdownIt from 'markdown-it';

const { helpers, utils } = new MarkdownIt();

/** A definition by offsets into the paragraph's inline source. */
export interface Definition {
  /** As CommonMark compares labels. */
  readonly label: string;
  readonly text: string;
  readonly target: string;
  /** The target's own place, angle brackets left out. */
  readonly start: number;
  readonly end: number;
}

const LABEL = /[ \t]{0,3}\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*(?:\n[ \t]*)?/sy;
const TITLE =
  /([ \t]*\n[ \t]*|[ \t]+)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))[ \t]*(?=\n|$)/sy;
const LINE_END = /[ \t]*(?:\n|$)/y;

/** The definitions at the start of a paragraph, and where its own text begins. */
export function leadingDefinitions(content: string): { definitions: Definition[]; rest: number } {
  const definitions: Definition[] = [];
  let at = 0;
  while (at < content.length) {
    const read = readDefinition(content, at);
    if (read === null) break;
    definitions.push(read.definition);
    at = read.next;
  }
  return { definitions, rest: at };
}

function readDefinition(content: string, at: number): { definition: Definition; next: number } | null {
  const label = match(LABEL, content, at);
  const text = label?.[1] ?? '';
  if (label === null || text.trim() === '') return null;
  const from = at + label[0].length;
  const destination = helpers.parseLinkDestination(content, from, content.length);
  const bracketed = content[from] === '<';
  if (!destination.ok || (destination.pos === from && !bracketed)) return null;
  const title = match(TITLE, content, destination.pos);
  const end = destination.pos + (title?.[0].length ?? 0);
  let close = match(LINE_END, content, end);
  let next = end;
  if (close === null && title?.[1]?.includes('\n')) {
    close = match(LINE_END, content, destination.pos);
    next = destination.pos;
  }
  if (close === null) return null;
  const start = bracketed ? from + 1 : from;
  const stop = bracketed ? destination.pos - 1 : destination.pos;
  return {
    definition: {
      label: utils.normalizeReference(text),
      text,
      target: content.slice(start, stop),
      start,
      end: stop,
    },
    next: next + close[0].length,
  };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
