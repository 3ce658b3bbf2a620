/** A document in chunks that begin at lines with `#`: what a chunk says by its text alone is kept while an edit changes another. */
import { boundedCache } from '../../runbook/lazy.ts';
import type { SourceText } from '../../text.ts';

/** The same object for the same text, wherever it stands. */
export interface Chunk {
  readonly text: string;
  /** What came behind it last time: to compare it is cheaper than to look for its end. */
  next?: Chunk;
}

export interface PlacedChunk {
  readonly chunk: Chunk;
  /** Offset in the document. */
  readonly start: number;
}

/** A heading, or a comment of its form. */
const BEGIN = /#{1,6}[ \t]/y;
const chunks = boundedCache<Chunk>(20_000, 8_000_000);
const chunksOfSource = new WeakMap<SourceText, readonly PlacedChunk[]>();

/** All chunks of a document; together they are its text. Worked out once a version. */
export function chunksOf(source: SourceText): readonly PlacedChunk[] {
  let placed = chunksOfSource.get(source);
  if (placed === undefined) {
    placed = cut(source.text);
    chunksOfSource.set(source, placed);
  }
  return placed;
}

function cut(text: string): PlacedChunk[] {
  const placed: PlacedChunk[] = [];
  let before: Chunk | undefined;
  for (let start = 0; before === undefined || start < text.length; ) {
    const guess = before?.next;
    const chunk = guess !== undefined && stands(guess, text, start) ? guess : chunkAt(text, start);
    if (before !== undefined) before.next = chunk;
    placed.push({ chunk, start });
    start += chunk.text.length;
    before = chunk;
  }
  return placed;
}

function stands({ text: part }: Chunk, text: string, start: number): boolean {
  const end = start + part.length;
  return (end === text.length || begins(text, end)) && text.slice(start, end) === part;
}

function begins(text: string, at: number): boolean {
  BEGIN.lastIndex = at;
  return text[at - 1] === '\n' && BEGIN.test(text);
}

function chunkAt(text: string, start: number): Chunk {
  // A search for two characters is much faster than a regular expression at each line.
  let end = text.indexOf('\n#', start);
  while (end >= 0 && !begins(text, end + 1)) end = text.indexOf('\n#', end + 1);
  return chunks.get(text.slice(start, end < 0 ? text.length : end + 1), (kept) => ({ text: kept }));
}

/** A function of a chunk's text that is worked out once for each text and kept as long as the chunk is. */
export function perChunk<T extends object>(compute: (text: string) => T): (chunk: Chunk) => T {
  const known = new WeakMap<Chunk, T>();
  return (chunk) => {
    let value = known.get(chunk);
    if (value === undefined) {
      value = compute(chunk.text);
      known.set(chunk, value);
    }
    return value;
  };
}
