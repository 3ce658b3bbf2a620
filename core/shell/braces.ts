/** Brace expansion (`{rm,-rf,x}`, `log{1..3}`): one written word that is several. From the Bash manual 5.2, 3.5.1. */

/** More words than this stay as they are written. */
const MAX_WORDS = 64;

/** The words that a word expands to, as text with its quotes; the word alone where nothing expands. */
export function expandBraces(text: string): readonly string[] {
  let done: string[] = [];
  let open = [text];
  while (open.length > 0) {
    const next: string[] = [];
    for (const word of open) {
      const found = firstBrace(word);
      if (!found) done = [...done, word];
      else next.push(...found);
    }
    if (done.length + next.length > MAX_WORDS) return [text];
    open = next;
  }
  return done;
}

/** A brace that is still open: where it stands, its alternatives so far, and where the next one begins. */
interface OpenBrace {
  readonly at: number;
  readonly words: string[];
  from: number;
}

/** The alternatives of the first brace that expands, each with what stands before and behind it. In one pass. */
function firstBrace(text: string): readonly string[] | undefined {
  const open: OpenBrace[] = [];
  let first: { readonly at: number; readonly end: number; readonly words: readonly string[] } | undefined;
  for (let at = 0; at < text.length; at = skip(text, at)) {
    const char = text[at];
    const inner = open.at(-1);
    if (char === '{') open.push({ at, words: [], from: at + 1 });
    else if (inner && char === ',') {
      inner.words.push(text.slice(inner.from, at));
      inner.from = at + 1;
    } else if (inner && char === '}') {
      open.pop();
      const last = text.slice(inner.from, at);
      const words = inner.words.length > 0 ? [...inner.words, last] : range(last);
      if (words && (!first || inner.at < first.at)) first = { at: inner.at, end: at + 1, words };
      // A brace further out may still close, and would come first.
      if (first && (open[0] === undefined || open[0].at > first.at)) break;
    }
  }
  if (!first) return undefined;
  const { at, end, words } = first;
  return words.map((word) => text.slice(0, at) + word + text.slice(end));
}

/** The index behind a character, a quoted stretch or an expansion. */
function skip(text: string, at: number): number {
  const char = text[at];
  if (char === '\\') return at + 2;
  if (char === "'" || char === '"' || char === '`') {
    for (let i = at + 1; i < text.length; i++) {
      if (text[i] === '\\' && char !== "'") i++;
      else if (text[i] === char) return i + 1;
    }
    return text.length;
  }
  if (char === '$' && (text[at + 1] === '{' || text[at + 1] === '(')) {
    const close = text[at + 1] === '{' ? '}' : ')';
    for (let i = at + 2; i < text.length; i = skip(text, i)) if (text[i] === close) return i + 1;
    return text.length;
  }
  return at + 1;
}

/** `1..5`, `a..e`: its ends stand for all of it. */
function range(text: string): readonly string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.-?\d+)?$/.exec(text);
  return match ? [match[1] as string, match[2] as string] : undefined;
}
