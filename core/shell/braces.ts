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

/** The alternatives of the first brace that expands, each with what stands before and behind it. */
function firstBrace(text: string): readonly string[] | undefined {
  for (let at = 0; at < text.length; at = skip(text, at)) {
    if (text[at] !== '{') continue;
    const inner = alternatives(text, at);
    if (inner) return inner.words.map((word) => text.slice(0, at) + word + text.slice(inner.end));
  }
  return undefined;
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

function alternatives(
  text: string,
  from: number,
): { readonly words: readonly string[]; readonly end: number } | undefined {
  const words: string[] = [];
  let start = from + 1;
  let depth = 0;
  for (let at = from + 1; at < text.length; at = skip(text, at)) {
    const char = text[at];
    if (char === '{') depth++;
    else if (char === ',' && depth === 0) {
      words.push(text.slice(start, at));
      start = at + 1;
    } else if (char === '}' && depth-- === 0) {
      const last = text.slice(start, at);
      const found = words.length > 0 ? [...words, last] : range(last);
      return found ? { words: found, end: at + 1 } : undefined;
    }
  }
  return undefined;
}

/** `1..5`, `a..e`: its ends stand for all of it. */
function range(text: string): readonly string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.-?\d+)?$/.exec(text);
  return match ? [match[1] as string, match[2] as string] : undefined;
}
