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
 * A map that forgets what was used longest ago. Bounded by the number of entries and by the sum of their weights,
 * so that a session of editing large documents does not grow without end.
 */
export interface BoundedCache<V> {
  get(key: string, compute: () => V): V;
}

export function boundedCache<V>(maxEntries: number, maxKeyLength: number): BoundedCache<V> {
  const entries = new Map<string, V>();
  let length = 0;
  return {
    get(key, compute) {
      const known = entries.get(key);
      if (known !== undefined) {
        entries.delete(key);
        entries.set(key, known);
        return known;
      }
      const value = compute();
      entries.set(key, value);
      length += key.length;
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && length <= maxKeyLength) break;
        if (oldest === key) break;
        entries.delete(oldest);
        length -= oldest.length;
      }
      return value;
    },
  };
}
