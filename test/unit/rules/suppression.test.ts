import { describe, expect, it } from 'vitest';
import { checkRunbook } from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';

const follow = '```bash\ntail -f /var/log/shop.log\n```\n';
const shell = '```bash\npsql\n```\n';

/** `line rule` of each finding, lines from 1. */
async function found(text: string, format?: 'yaml'): Promise<string[]> {
  const runbook = parseRunbook(text, format === undefined ? {} : { format });
  return (await checkRunbook(runbook)).map(({ range, rule }) => `${range.start.line + 1} ${rule}`);
}

describe('comments that silence', () => {
  it.each([
    [
      'next line',
      `<!-- runline-disable-next-line command/endless -- why -->\n\n${follow}${follow}`,
      ['7 command/endless'],
    ],
    ['all rules', `<!-- runline-disable-next-line -- why -->\n${follow}`, []],
    [
      'several in a row',
      `<!-- runline-disable-next-line command/endless -- why -->\n<!-- runline-disable-next-line command/interactive -- why -->\n\`\`\`bash\ntail -f x.log\npsql\n\`\`\`\n`,
      [],
    ],
    [
      'whole file, from below',
      `${follow}\n${follow}\n<!-- runline-disable-file command/endless -- why -->\n`,
      [],
    ],
    [
      'a part',
      `${follow}<!-- runline-disable command/endless -- why -->\n${follow}<!-- runline-enable command/endless -->\n${follow}`,
      ['2 command/endless', '10 command/endless'],
    ],
    ['a part, to the end', `<!-- runline-disable -- why -->\n${follow}${follow}`, []],
    [
      'all but one',
      `<!-- runline-disable -- why -->\n${follow}<!-- runline-enable command/endless -->\n${follow}${shell}`,
      ['7 command/endless'],
    ],
    [
      'one of two',
      `<!-- runline-disable command/endless,command/interactive -- why -->\n${follow}${shell}<!-- runline-enable command/endless -->\n${follow}${shell}`,
      ['10 command/endless'],
    ],
    [
      'a second that says the same',
      `<!-- runline-disable-file command/endless -- why -->\n<!-- runline-disable-next-line command/endless -- why -->\n${follow}`,
      ['1 suppression/unused'],
    ],
    [
      'in a fence',
      '```bash\n# runline-disable-next-line command/endless -- why\ntail -f x.log\n```\n',
      ['3 command/endless'],
    ],
    [
      'in a list',
      `- Look\n\n  <!-- runline-disable-next-line command/endless -- why -->\n  ${follow.replaceAll('\n', '\n  ')}\n`,
      [],
    ],
  ])('%s', async (_name, text, wanted) => {
    expect(await found(text)).toEqual(wanted);
    expect(await found(text.replaceAll('\n', '\r\n'))).toEqual(wanted);
  });

  it('reaches a row of a table, into which no comment fits', async () => {
    const table =
      '| Role | Phone | Email |\n|---|---|---|\n| Moon watch | | |\n| Tide watch | 555-0120 | |\n';
    expect(await found(`## Contacts\n\n${table}`)).toEqual(['5 contact/empty']);
    expect(
      await found(`## Contacts\n\n<!-- runline-disable-next-line contact/empty -- none yet -->\n${table}`),
    ).toEqual([]);
  });

  it('reads comments of YAML, but not of its scripts', async () => {
    const step = 'runbook: 1\nname: Follow\nsteps:\n  - name: Look\n';
    const run = '    run: |\n      tail -f /var/log/shop.log\n';
    expect(
      await found(`${step}    # runline-disable-next-line command/endless -- watched\n${run}`, 'yaml'),
    ).toEqual([]);
    expect(await found(`# runline-disable-file command/endless\n${step}${run}`, 'yaml')).toEqual([
      '1 suppression/no-reason',
    ]);
    expect(
      await found(
        `${step}    run: |\n      # runline-disable-file command/endless -- why\n      tail -f x.log\n`,
        'yaml',
      ),
    ).toEqual(['7 command/endless']);
  });

  it('is not called unused for a rule that is off, or that could not know', async () => {
    const text = '<!-- runline-disable-file command/endless, link/broken-file -- why -->\n';
    const rules = async (severities: Record<string, 'off'>) =>
      (await checkRunbook(parseRunbook(text), undefined, { severities })).map(({ message }) => message);
    expect(await rules({ 'command/endless': 'off' })).toEqual([]);
    expect(await rules({ 'suppression/unused': 'off' })).toEqual([]);
    expect(await rules({})).toHaveLength(1);
  });

  it('stays linear', async () => {
    for (const unit of [
      '<!-- runline-disable-next-line a/b -- c -->\n',
      `<!-- runline-disable command/endless -- c -->\n${follow}`,
    ]) {
      const runbook = parseRunbook(unit.repeat(1500));
      const started = performance.now();
      await checkRunbook(runbook);
      expect(performance.now() - started).toBeLessThan(3000);
    }
  });
});
