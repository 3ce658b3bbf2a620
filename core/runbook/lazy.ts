/** Computes a value at its first use and keeps it. */
export function lazy<T>(compute: () => T): () => T {
  let value: T;
  let done = false;
  return () => {
    if (!done) {
      value = compute();
      done = true;
    }
    return value;
  };
}

/**
 * A map that forgets what was not used for long. Bounded by the number of entries and by the sum of their keys' lengths, so
 * that a session of editing large documents does not grow without end.
 */
export interface BoundedCache<V> {
  /** `compute` is given the key as the cache keeps it: what it returns may hold parts of that, and of no longer text. */
  get(key: string, compute: (key: string) => V): V;
}

/**
 * A copy that stands by itself. In V8 a slice keeps alive the whole text that it was cut from, so that a kept line of a
 * document keeps that version of the document.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}

/**
 * Two generations: what is used moves to the young one, and where that is full the old one is forgotten. A hit in the young
 * one changes nothing, which an order by last use would.
 */
export function boundedCache<V>(maxEntries: number, maxKeyLength: number): BoundedCache<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  let length = 0;
  return {
    get(key, compute) {
      let value = young.get(key);
      if (value !== undefined) return value;
      const kept = detached(key);
      value = old.get(key) ?? compute(kept);
      length += key.length;
      if (young.size * 2 >= maxEntries || length * 2 > maxKeyLength) {
        old = young;
        young = new Map();
        length = key.length;
      }
      young.set(kept, value);
      return value;
    },
  };
}

/**
 * A function of a text alone, with its answers kept: an edit changes one line, and all others would be asked the same again.
 * For titles and lines; a text of a megabyte is a poor key.
 */
export function perText<V>(read: (text: string) => V): (text: string) => V {
  const cache = boundedCache<{ readonly value: V }>(20_000, 2_000_000);
  return (text) => cache.get(text, (kept) => ({ value: read(kept) })).value;
}
