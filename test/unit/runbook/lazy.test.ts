import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { checkRunbook } from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { boundedCache } from '../../../core/runbook/lazy.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Bytes that are in use, strings that live outside the heap counted. */
function inUse(): number {
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A text of its own, as an editor's next version of a document is. */
function fresh(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

describe('boundedCache', () => {
  test('computes once a key, however the key was made', () => {
    const cache = boundedCache<{ key: string }>(100, 10_000);
    const first = cache.get('a key of some length', (key) => ({ key }));
    expect(cache.get(`${'a key'} of some length`, () => ({ key: '' }))).toBe(first);
    expect(first.key).toBe('a key of some length');
  });

  test('forgets what was not used for long, and keeps what was', () => {
    const cache = boundedCache<object>(10, 10_000);
    const kept = cache.get('kept', () => ({}));
    const lost = cache.get('lost', () => ({}));
    for (let i = 0; i < 30; i++) {
      cache.get(`other ${i}`, () => ({}));
      expect(cache.get('kept', () => ({}))).toBe(kept);
    }
    expect(cache.get('lost', () => ({}))).not.toBe(lost);
  });

  test('does not keep the text that a key was cut from', () => {
    const cache = boundedCache<string>(1_000, 1_000_000);
    const before = inUse();
    let wrong = 0;
    for (let i = 0; i < 100; i++) {
      const document = fresh(`${i} is its number, and then come many words${' word'.repeat(100_000)}`);
      const line = document.slice(0, 40);
      if (cache.get(line, (key) => key.slice(0, 30)) !== line.slice(0, 30)) wrong++;
    }
    expect(wrong).toBe(0);
    expect(inUse() - before).toBeLessThan(20_000_000);
  });
});

test('forty versions of a large document take no more memory than a few', async () => {
  const part = `## Look

1. Check the queue: \`kubectl get pods -n shop\`
- **P1**: All is down. Response within 15 minutes.

| Name | Response |
|---|---|
| P1 | 15 min |

\`\`\`bash
kubectl get pods --namespace shop
\`\`\`

\`\`\`yaml
severity:
  p1: { response: 15 min }
\`\`\`

`;
  const parts = Array.from({ length: 100 }, (_, i) => part.replace('Look', `Look ${i}`));
  parts.push(`## More\n\n${'Some words that nobody reads at night.\n'.repeat(15_000)}`);
  const edit = async (i: number) => {
    parts[50] = part.replaceAll('shop', `shop${i}`).replace('P1', `P${i}`).replace('Look', `Look ${i}`);
    const runbook = parseRunbook(fresh(parts.join('')));
    const { escalation, metadata, references, scripts, times, roles, criteria, objectives, cautions } =
      runbook;
    const { entryPoints, inputs, variables, links, contacts, templates, profile, changeWindows } = runbook;
    const facts = [
      ...[
        ...escalation,
        ...metadata,
        ...references,
        ...scripts,
        ...times,
        ...roles,
        ...criteria,
        ...objectives,
      ],
      ...[...cautions, ...entryPoints, ...inputs, ...variables, ...links, ...contacts, ...templates, profile],
      ...changeWindows,
    ];
    expect(facts).not.toEqual([]);
    await checkRunbook(runbook);
  };
  for (let i = 0; i < 5; i++) await edit(i);
  const before = inUse();
  for (let i = 5; i < 45; i++) await edit(i);
  // Each version is 1.2 MB, in UTF-16.
  expect(inUse() - before).toBeLessThan(15_000_000);
});
