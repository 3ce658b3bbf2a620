import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkRunbook, rules, rulesById, type WorkspaceFiles } from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { SHELLCHECK, shellCheckAnswers } from '../../support/shellcheck.ts';

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
    const broken = rulesById.get('text/mojibake');
    if (broken === undefined) throw new Error('no such rule');
    vi.spyOn(broken, 'check').mockImplementation(() => {
      throw failure;
    });
    const onError = vi.fn();
    const found = await checkRunbook(parseRunbook(text), undefined, { onError });
    expect(onError).toHaveBeenCalledExactlyOnceWith('text/mojibake', failure);
    expect(found.some(({ rule }) => rule === 'placeholder/redirection')).toBe(true);
    await expect(checkRunbook(parseRunbook(text))).resolves.toHaveLength(found.length);
  });

  it('never puts a secret into a message', async () => {
    const found = await checkRunbook(parseRunbook('```bash\nexport DB_PASSWORD=hunter2\n```\n'));
    expect(found.map(({ rule }) => rule)).toEqual(['secret/literal']);
    expect(JSON.stringify(found[0])).not.toContain('hunter2');
  });

  it('masks it where another rule quotes the command', async () => {
    const text = '```bash\ndropdb "postgres://ops:9f3kq0z81m@db.internal/shop"\n```\n';
    const found = await checkRunbook(parseRunbook(text));
    expect(found.map(({ rule }) => rule)).toContain('command/destructive');
    expect(JSON.stringify(found.map(({ message, fixes }) => [message, fixes]))).not.toContain('9f3kq0z81m');
  });

  it('goes by the day where the clock stands, unless it is told another one', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const runbook = parseRunbook('---\nprofile: service\n---\n\n# Tides\n\n**Next review**: 2026-06-01\n');
      const overdue = async (today?: string) =>
        (await checkRunbook(runbook, undefined, today === undefined ? {} : { today })).some(
          ({ rule }) => rule === 'metadata/review-overdue',
        );
      vi.setSystemTime(new Date(2026, 5, 1, 23, 59));
      expect(await overdue()).toBe(false);
      vi.setSystemTime(new Date(2026, 5, 2, 0, 1));
      expect(await overdue()).toBe(true);
      expect(await overdue('2026-05-31')).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('has nothing to say about an empty document, in either format', async () => {
    expect(await checkRunbook(parseRunbook(''))).toEqual([]);
    expect(await checkRunbook(parseRunbook('', { format: 'yaml' }))).toEqual([]);
  });
});

/** A file that nobody owns, with nothing known around it. */
const inAFile: WorkspaceFiles = {
  exists: () => undefined,
  anchors: () => undefined,
  own: { name: 'QueueStuck.md', path: 'QueueStuck.md', owners: () => [] },
};

describe('the rules', () => {
  it('are listed once each, sorted by id', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  // What a page calls wrong must be reported, and what it calls right must not be; some need files around them.
  const aboutFiles = /^(?:command\/missing-(?:file|tool)|link\/(?:broken-file|orphan|runbook-url))$/;
  for (const rule of rules.filter(({ id }) => !aboutFiles.test(id)))
    it.skipIf(rule.id === 'shell/shellcheck' && SHELLCHECK === undefined)(
      `${rule.id} reports its own wrong example and not its right one`,
      async () => {
        const reported = async (example: string) => {
          const runbook = parseRunbook(example);
          return (
            await checkRunbook(runbook, inAFile, {
              ...(rule.id === 'shell/shellcheck' && (await shellCheckAnswers(runbook))),
              // Some are silent where the kind of a document is unknown, as that of a few lines is.
              severities: { [rule.id]: rule.severity },
            })
          ).filter(({ rule: id }) => id === rule.id).length;
        };
        expect(await reported(rule.docs.wrong)).toBeGreaterThan(0);
        expect(await reported(rule.docs.right)).toBe(0);
      },
    );
});

describe('stays linear on hostile documents', () => {
  it.each([
    ['```bash\n', '<x> ', '\n```\n'],
    ['```bash\nrm -rf ', '$a/', '*\n```\n'],
    ['```bash\n', 'rm -rf $a/*\n', '\n```\n'],
    ['```bash\n', 'pg_dump x | gzip > y\n', '\n```\n'],
    ['```bash\n', 'sleep 1 & ', '\n```\n'],
    ['```bash\n', 'cd /a\npytest\n', '\n```\n'],
    ['```bash\ndocker ', 'login -p ', '\n```\n'],
    ['```bash\nkubectl delete ', 'a ', '\n```\n'],
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
    ['# a\n', '1. a\n', ''],
    ['# a\n', '1. a\n\n   1. b\n\n3. c\n\n', ''],
    ['---\n', 'onwer: 1\n', '---\n'],
    ['---\nrunbook:\n', '  a: {{ x }}\n', '---\n'],
    ['## Contents\n', '- [a](#b)\n', '\n## b\n## c\n'],
    ['---\nprofile: alert\n---\n# a\n', '## Meaning\n', ''],
    ['---\nprofile: alert\n---\n# a\n', '**Impact ', ''],
    ['---\nprofile: alert\n---\n# a\n', '**Last updated**: 03/04/2025 - - - ', ''],
  ])('%j and many of %j', async (before, unit, after) => {
    const runbook = parseRunbook(before + unit.repeat(Math.ceil(40_000 / unit.length)) + after);
    const started = performance.now();
    await checkRunbook(runbook);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
