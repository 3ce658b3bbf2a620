import { describe, expect, it } from 'vitest';
import { createState } from '../../../client/state.ts';

function memento() {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T): T => (kept.get(key) ?? fallback) as T,
    // As the editor does: what is kept went through JSON.
    update: async (key: string, value: unknown) => void kept.set(key, JSON.parse(JSON.stringify(value))),
  };
}

describe('what was filled in before', () => {
  it.each(['__proto__', 'constructor', 'toString', 'deployment'])('is text or nothing for %s', (name) => {
    const state = createState(memento());
    expect(state.input(name)).toBeUndefined();
    state.rememberInput(name, 'web', false);
    expect(state.input(name)).toBe('web');
    state.rememberInput('other', 'x', false);
    expect(state.input(name)).toBe('web');
  });

  it('keeps a secret out of what is stored', () => {
    const store = memento();
    const state = createState(store);
    state.rememberInput('API_TOKEN', 'hunter2', true);
    expect(state.input('API_TOKEN')).toBe('hunter2');
    expect(store.keys()).toEqual([]);
  });
});
