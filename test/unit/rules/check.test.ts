import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkRunbook, rules, rulesById } from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';

const text =
  '# Stuck\n\n```\nuptime\n```\n\n```bash\naws ecs stop-task --task <task-id> --cluster web\n```\n';

afterEach(() => vi.restoreAllMocks());

describe('checkRunbook', () => {
  it('sorts by place, then by rule', async () => {
    const found = await checkRunbook(parseRunbook(text));
    const places = found.map(({ range, rule }) => [range.start.offset, range.end.offset, rule]);
    expect(places).toEqual(
      [...places].sort(
        (a, b) =>
          Number(a[0]) - Number(b[0]) ||
          Number(a[1]) - Number(b[1]) ||
          (String(a[2]) < String(b[2]) ? -1 : 1),
      ),
    );
    expect(found.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['language/missing', 'placeholder/redirection', 'placeholder/unfilled']),
    );
  });

  it('takes severities from the settings', async () => {
    const found = await checkRunbook(parseRunbook(text), undefined, {
      severities: { 'placeholder/redirection': 'off', 'placeholder/unfilled': 'hint' },
    });
    expect(found.some(({ rule }) => rule === 'placeholder/redirection')).toBe(false);
    expect(found.find(({ rule }) => rule === 'placeholder/unfilled')?.severity).toBe('hint');
  });

  it('lets the other rules speak where one throws', async () => {
    const failure = new Error('broken rule');
    const unfilled = rulesById.get('placeholder/unfilled');
    if (unfilled === undefined) throw new Error('no such rule');
    vi.spyOn(unfilled, 'check').mockImplementation(() => {
      throw failure;
    });
    const onError = vi.fn();
    const found = await checkRunbook(parseRunbook(text), undefined, { onError });
    expect(onError).toHaveBeenCalledExactlyOnceWith('placeholder/unfilled', failure);
    expect(found.some(({ rule }) => rule === 'placeholder/redirection')).toBe(true);
    await expect(checkRunbook(parseRunbook(text))).resolves.toHaveLength(found.length);
  });

  it('never puts a secret into a message', async () => {
    const found = await checkRunbook(parseRunbook('```bash\nexport DB_PASSWORD=hunter2\n```\n'));
    expect(found.map(({ rule }) => rule)).toEqual(['secret/literal']);
    expect(JSON.stringify(found[0])).not.toContain('hunter2');
  });

  it('has nothing to say about an empty document, in either format', async () => {
    expect(await checkRunbook(parseRunbook(''))).toEqual([]);
    expect(await checkRunbook(parseRunbook('', { format: 'yaml' }))).toEqual([]);
  });
});

describe('the rules', () => {
  it('are listed once each, sorted by id', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  // What a page calls wrong must be reported, and what it calls right must not be.
  for (const rule of rules.filter(({ id }) => !id.startsWith('link/broken-file')))
    it(`${rule.id} reports its own wrong example and not its right one`, async () => {
      const reported = async (example: string) =>
        (
          await checkRunbook(parseRunbook(example), undefined, {
            // Some are silent where the kind of a document is unknown, as that of a few lines is.
            severities: { [rule.id]: rule.severity },
          })
        ).filter(({ rule: id }) => id === rule.id).length;
      expect(await reported(rule.docs.wrong)).toBeGreaterThan(0);
      expect(await reported(rule.docs.right)).toBe(0);
    });
});

describe('stays linear on hostile documents', () => {
  it.each([
    ['```bash\n', '<x> ', '\n```\n'],
    ['```bash\n', 'SELECT * FROM t\n', '\n```\n'],
    ['```bash\n', 'cat <<E\n', '\n```\n'],
    ['```json\n', '{"a": ... , ', '\n```\n'],
    ['```json\n', '[', '\n```\n'],
    ['```json\n', '1\n', '\n```\n'],
    ['```yaml\n', '- {{ x }}\n...\n', '\n```\n'],
    ['', '[a](#b) ', ''],
    ['', 'ðŸ', ''],
    ['', 'â€', ''],
    ['', 'a\u200b\n', ''],
    ['', '\u202e\u05d0', ''],
    ['```bash\npsql -c "', 'VACUUM;', '"\n```\n'],
    ['```sql\nSELECT ', 'mean_time, ', ' FROM pg_stat_statements\n```\n'],
    ['```bash\n', 'echo "$A_TOKEN" | ', 'cat\n```\n'],
  ])('%j and many of %j', async (before, unit, after) => {
    const runbook = parseRunbook(before + unit.repeat(Math.ceil(40_000 / unit.length)) + after);
    const started = performance.now();
    await checkRunbook(runbook);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
