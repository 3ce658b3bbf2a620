/** A document in chunks that begin at lines with `#`: what a chunk says by its text alone is kept while an edit changes another. */
import { boundedCache } from '../../runbook/lazy.ts';
import type { SourceText } from '../../text.ts';

/** The same object for the same text, wherever it stands. */
export interface Chunk {
  readonly text: string;
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
  let start = 0;
  const take = (end: number): void => {
    const own = text.slice(start, end);
    placed.push({ chunk: chunks.get(own, (text) => ({ text })), start });
    start = end;
  };
  // A search for two characters is much faster than a regular expression at each line.
  for (let at = text.indexOf('\n#'); at >= 0; at = text.indexOf('\n#', at + 1)) {
    BEGIN.lastIndex = at + 1;
    if (BEGIN.test(text)) take(at + 1);
  }
  take(text.length);
  return placed;
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
