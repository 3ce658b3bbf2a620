import { describe, expect, it } from 'vitest';
import { checkRunbook, type Finding, rules, silencing } from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { fixturesOf } from './harness.ts';

type Format = 'markdown' | 'yaml';

const found = async (text: string, format: Format = 'markdown'): Promise<Finding[]> =>
  checkRunbook(parseRunbook(text, { format }));

/** A text with a comment about the first finding of a rule, with a reason. */
async function silenced(text: string, rule: string, where: 'here' | 'file', format: Format = 'markdown') {
  const finding = (await found(text, format)).find((one) => one.rule === rule);
  if (finding === undefined) throw new Error(`${rule} has nothing to say about ${text}`);
  return insert(text, finding, where, format);
}

function insert(text: string, finding: Finding, where: 'here' | 'file', format: Format): string | null {
  const made = silencing(parseRunbook(text, { format }), finding).find(
    ({ title }) => title === `Silence ${finding.rule} ${where === 'here' ? 'here' : 'in this file'}`,
  );
  if (made === undefined) return null;
  const { offset } = made.range.start;
  return `${text.slice(0, offset)}${made.before}agreed${made.after}${text.slice(offset)}`;
}

const endless = '<!-- runline-disable-next-line command/endless -- agreed -->';

describe('a comment at the place', () => {
  it.each<[string, string, string]>([
    [
      'above a fence, not in it',
      'Look:\n\n```bash\nuptime\ntail -f x.log\n```\n',
      `Look:\n\n${endless}\n\`\`\`bash\nuptime\ntail -f x.log\n\`\`\`\n`,
    ],
    [
      'in a list item',
      '1. Look\n\n   ```bash\n   tail -f x.log\n   ```\n2. Go on\n',
      `1. Look\n\n   ${endless}\n   \`\`\`bash\n   tail -f x.log\n   \`\`\`\n2. Go on\n`,
    ],
    [
      'between two items, in the first',
      '1. Look\n1. ```bash\n   tail -f x.log\n   ```\n1. Go on\n',
      `1. Look\n   ${endless}\n1. \`\`\`bash\n   tail -f x.log\n   \`\`\`\n1. Go on\n`,
    ],
    [
      'above the first item',
      '# A\n\n- ```bash\n  tail -f x.log\n  ```\n',
      `# A\n\n${endless}\n- \`\`\`bash\n  tail -f x.log\n  \`\`\`\n`,
    ],
    [
      'in a quote',
      '> Look:\n>\n> ```bash\n> tail -f x.log\n> ```\n',
      `> Look:\n>\n> ${endless}\n> \`\`\`bash\n> tail -f x.log\n> \`\`\`\n`,
    ],
    [
      'with the line ends of the document',
      'Look:\r\n\r\n```bash\r\ntail -f x.log\r\n```\r\n',
      `Look:\r\n\r\n${endless}\r\n\`\`\`bash\r\ntail -f x.log\r\n\`\`\`\r\n`,
    ],
    [
      'below front matter',
      '---\ntitle: A\n---\n```bash\ntail -f x.log\n```\n',
      `---\ntitle: A\n---\n${endless}\n\`\`\`bash\ntail -f x.log\n\`\`\`\n`,
    ],
    ['at the very end', '```bash\ntail -f x.log\n```', `${endless}\n\`\`\`bash\ntail -f x.log\n\`\`\``],
  ])('%s', async (_, text, expected) => {
    expect(await silenced(text, 'command/endless', 'here')).toBe(expected);
    expect((await found(expected)).map(({ rule }) => rule)).not.toContain('command/endless');
  });

  it('stands above a table', async () => {
    const text =
      '# A\n\n| Severity | Definition | Response Time |\n| --- | --- | --- |\n| P1 | Down | 15 minutes |\n| P2 | Slow | whenever |\n';
    const made = await silenced(text, 'severity/unreadable-response', 'here');
    expect(made).toBe(
      text.replace(
        '| Severity',
        '<!-- runline-disable-next-line severity/unreadable-response -- agreed -->\n| Severity',
      ),
    );
    expect(await found(made ?? '')).toEqual([]);
  });

  it('stands above the script of a YAML step, at its indentation', async () => {
    const text =
      'runbook: 1\ntitle: A\nsteps:\n  - name: look\n    run: |\n      uptime\n      tail -f x.log\n';
    const made = await silenced(text, 'command/endless', 'here', 'yaml');
    expect(made).toBe(
      text.replace('    run:', '    # runline-disable-next-line command/endless -- agreed\n    run:'),
    );
    expect((await found(made ?? '', 'yaml')).map(({ rule }) => rule)).not.toContain('command/endless');
  });

  it.each<[string, string, string, Format]>([
    ['inside another comment', '# A\n\n<!--\nsee pаypal.example\n-->\n', 'text/deceptive', 'markdown'],
    [
      'inside a text of YAML',
      'runbook: 1\ntitle: A\ndescription: |\n  One\n  see pаypal.example\nsteps: []\n',
      'text/deceptive',
      'yaml',
    ],
  ])('is not offered %s, where it would be content; one for the file is', async (_, text, rule, format) => {
    const finding = { ...((await found(text, format))[0] ?? at(text, 'see')), rule };
    expect(insert(text, finding, 'here', format)).toBeNull();
    expect(insert(text, finding, 'file', format)).toContain(`runline-disable-file ${rule}`);
  });
});

/** A made-up finding at a word. */
function at(text: string, word: string): Finding {
  const range = parseRunbook(text).source.range(text.indexOf(word), text.indexOf(word) + word.length);
  return { rule: 'text/deceptive', severity: 'warning', message: 'x', range, fixes: [] };
}

describe('a comment for the file', () => {
  it.each<[string, string, Format, string]>([
    [
      'at the top',
      '# A\n\n```bash\ntail -f x.log\n```\n',
      'markdown',
      '<!-- runline-disable-file command/endless -- agreed -->\n# A\n',
    ],
    [
      'below front matter',
      '---\ntitle: A\n---\n\n```bash\ntail -f x.log\n```\n',
      'markdown',
      '---\ntitle: A\n---\n<!-- runline-disable-file command/endless -- agreed -->\n\n',
    ],
    [
      'after #',
      'runbook: 1\nsteps:\n  - run: tail -f x.log\n',
      'yaml',
      '# runline-disable-file command/endless -- agreed\nrunbook: 1\n',
    ],
  ])('stands %s', async (_, text, format, start) => {
    const made = (await silenced(text, 'command/endless', 'file', format)) ?? '';
    expect(made.startsWith(start)).toBe(true);
    expect((await found(made, format)).map(({ rule }) => rule)).not.toContain('command/endless');
  });
});

it('is not offered for findings about comments', async () => {
  const text = '<!-- runline-disable-file -->\n# A\n';
  const findings = await found(text);
  expect(findings.length).toBeGreaterThan(0);
  for (const finding of findings) expect(silencing(parseRunbook(text), finding)).toEqual([]);
});

it('works for what every rule reports, and changes nothing else that is found', async () => {
  let here = 0;
  for (const fixture of rules.flatMap(({ id }) => fixturesOf(id))) {
    const format = fixture.name.endsWith('.yaml') ? 'yaml' : 'markdown';
    const findings = await found(fixture.text, format);
    const own = findings.find(({ rule }) => rule === fixture.rule);
    if (own === undefined || own.rule.startsWith('suppression/')) continue;
    for (const where of ['here', 'file'] as const) {
      const made = insert(fixture.text, own, where, format);
      if (made === null) {
        // Front matter alone has no room for one.
        const { frontMatter } = parseRunbook(fixture.text, { format });
        expect([where, own.range.start.line <= (frontMatter?.range.end.line ?? -1)], fixture.name).toEqual([
          'here',
          true,
        ]);
        continue;
      }
      if (where === 'here') here++;
      const after = await found(made, format);
      const name = `${fixture.name} ${where}`;
      const count = (list: readonly Finding[], rule: string) =>
        list.filter((one) => one.rule === rule).length;
      expect(count(after, own.rule), name).toBeLessThan(count(findings, own.rule));
      const others = (list: readonly Finding[]) =>
        list.map(({ rule }) => rule).filter((rule) => rule !== own.rule && !rule.startsWith('suppression/'));
      expect(others(after), name).toEqual(others(findings));
    }
  }
  expect(here).toBeGreaterThan(30);
});
