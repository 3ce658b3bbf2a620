import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { beforeAll, describe, expect, test } from 'vitest';
import { draftPostmortem, writePostmortem } from '../../../core/incident/index.ts';
import { hasShared, SHARED } from '../../support/shared.ts';
import { type Played, play, temporary } from './play.ts';
import { filesBelow, survivors } from './samples.ts';
import * as templates from './templates.ts';

const now = new Date('2031-03-05T08:00:00Z');
let played: Played;

beforeAll(async () => {
  played = await play();
});

/** A template as the runbook's model gives it; only its content counts. */
function template(content: string): { readonly content: string } {
  return { content };
}

function draft(content: string | null, from: Played = played): string {
  return draftPostmortem(from.state, from.events, {
    template: content === null ? null : template(content),
    now,
  });
}

/** The draft with event comments and prompts made short, for reading. */
function short(text: string): string {
  return text
    .replace(/ <!-- event [^>]+ -->/g, ' ¶')
    .replace(/> TODO\(author\): [^`\n|]*/g, '> ? ')
    .replace(/\n<!-- Drafted.*\n$/, '');
}

describe('a template is filled in its own shape', () => {
  test('field lines and a bullet timeline', () => {
    expect(short(draft(templates.INCIDENT_LOG))).toBe(`## Incident Record

**Title**: Orders stuck ¶

**Incident ID**: INC-2031-03-04-001 ¶
**Start Time**: 2031-03-04 09:05 UTC (detected) ¶
**Severity**: P1 (Grave); P2 until 2031-03-04 09:16 UTC ¶
**Status**: resolved ¶
**Scribe**:
> ? \`Name of the scribe\`

### Timeline
Times are UTC.

- 09:12 - Declared P2 (Moderate): Orders stuck ¶
- 09:14 - Check queue: failed, exit 2, 0.4 s: \`error: cannot reach queue-1\` ¶
- 09:15 - Asked the vendor ¶
- 09:16 - Severity P2 → P1 (orders are lost) ¶
- 09:18 - Restart queue: succeeded, 0.4 s ¶
- 09:19 - Status investigating → mitigated ¶
- 09:20 - Status mitigated → resolved ¶

### Effect
- Services hit:
  > ? 
- Duration: 15 min (resolved 2031-03-04 09:20 UTC − detected 2031-03-04 09:05 UTC) ¶

### Cause
> ? \`[Explain the cause here]\`

### Follow-up
- [ ] > ? \`Meeting planned\`
- [ ] > ? \`Dashboards extended\`
`);
  });

  test('a table timeline with the columns of the template', () => {
    const text = short(draft(templates.TABLE_TIMELINE));
    expect(text).toContain('# Blameless Review: Orders stuck ¶\n');
    expect(text).toContain(`| Time (UTC) | Event | Action Taken | Person |
|:-----------|-------|--------------|--------|
| 09:12 | Declared P2 (Moderate): Orders stuck |  | Noor ¶ |
| 09:14 | Check queue: failed, exit 2, 0.4 s: \`error: cannot reach queue-1\` | Ran \`docs/orders.md:12\` | Noor ¶ |
`);
    expect(text).toContain(`## Action Items
| Action | Owner | Due Date | Priority |
|--------|-------|----------|----------|
|  |  |  |  |

> ? \`Paint the pager | Design | 2020-02-02 | High\`

> ? \`Charge the pager | Ops | 2020-03-03 | Low\`
`);
    expect(text).toContain('- **Impact**:\n  > ? `[Describe the impact]`\n');
    expect(text).toContain('- > ? `[A thing that helped]`\n- > ? `[A tool that helped]`\n');
  });

  test('bold times', () => {
    const text = short(draft(templates.BOLD_TIMES));
    expect(text).toContain('# Incident Post-Mortem: 2031-03-04 - Orders stuck ¶\n');
    expect(text).toContain('## Summary\n> ? `The kettle boiled over and the kitchen was closed.`\n');
    expect(text).toContain(
      '## Timeline\n- **09:12 UTC**: Declared P2 (Moderate): Orders stuck ¶\n- **09:14 UTC**: Check',
    );
    expect(text).toContain('- Guests without tea:\n  > ? `~50% of the table`\n');
    expect(text).toContain('- > ? `Monitoring: no whistle fitted`\n');
    expect(text).toContain('- [ ] > ? `Fit a whistle (#123)`\n');
  });

  test('numbered lists and nested bullets', () => {
    const text = short(draft(templates.SAMPLES));
    expect(text).toContain('## Post-Mortem Template\n\n**Title**: Orders stuck ¶\n');
    expect(text).toContain('1. 09:12 - Declared P2 (Moderate): Orders stuck ¶\n2. 09:14 - Check');
    expect(text).toContain(
      '- **Contributing Factors**:\n  - > ? `Lid alarm silent`\n  - > ? `Lid checked by hand`\n',
    );
    expect(text).toContain('1. > ? `Lids need care`\n2. > ? `Alarms need batteries`\n');
  });

  test('tables of fields, fields side by side, rules, fences, comments, quotations', () => {
    const text = short(draft(templates.TABLES_AND_FENCES));
    expect(text).toContain('# Review: 2031-03-04 - Orders stuck ¶\n');
    expect(text).toContain(
      '**Date:** 2031-03-04 ¶\n**Severity:** P1 (Grave); P2 until 2031-03-04 09:16 UTC ¶\n**Author:**\n> ? `@somebody`',
    );
    expect(text).toContain('| **Status** | Draft |\n| **Detection** | > ? `A guest shouted` |\n');
    expect(text).toContain('| Time to resolve | 15 min (resolved − detected) ¶ |');
    expect(text).toContain('Timeline\n--------\n\nTimes are UTC.\n\n- 09:12 - Declared');
    expect(text).toContain('## Logs\n> ? `kettle: lid open`\n');
    expect(text).toContain('> ? `Write two sentences here.`');
    expect(text).toContain(
      '| Started | 2031-03-04 09:05 UTC (detected) ¶ |\n|---|---|\n| Ended | 2031-03-04 09:20 UTC ¶ |',
    );
    expect(text).toContain('| Metric | Value | Target |\n|---|---|---|\n|  |  |  |\n\n> ? `Cups | 7 | 9`');
  });

  test.each(Object.entries(templates.ALL))('%s: no sample value stands outside a prompt', (_, content) => {
    expect(survivors(content, content).length).toBeGreaterThan(5);
    expect(survivors(content, draft(content))).toEqual([]);
  });
});

describe('our own shape', () => {
  test('facts with their events, prompts for the rest', () => {
    const text = draft(null);
    expect(short(text)).toContain(
      '| Duration | 15 min (resolved 2031-03-04 09:20 UTC − detected 2031-03-04 09:05 UTC) ¶ |',
    );
    expect(short(text)).toContain(
      '| 09:13:00 | Check queue | `queuectl depth` | host queue-1 | 2 | 0.4 s | `docs/orders.md:12` ¶ |',
    );
    expect(short(text)).toContain('| Time to detect | not recorded | detected − impact started |');
    expect(short(text)).toContain(
      '- Check queue: failed, exit 2, 0.4 s: `error: cannot reach queue-1` (`docs/orders.md:12`) ¶\n',
    );
    expect(text).toContain('```text\nconnecting\nerror: cannot reach queue-1\n```');
    const ids = new Set(played.events.map((event) => event.id));
    const traced = [...text.matchAll(/<!-- event ([^>]+) -->/g)].flatMap((match) =>
      (match[1] ?? '').split(', '),
    );
    expect(traced.length).toBeGreaterThan(20);
    expect(traced.filter((id) => !ids.has(id))).toEqual([]);
    expect(text).toContain(`head ${played.events.at(-1)?.hash} -->`);
  });

  test('an incident with nothing but its declaration', async () => {
    const only: Played = {
      events: played.events.slice(0, 1),
      state: { ...played.state, timeline: [], milestones: {}, resolvedAt: null },
    };
    expect(draft(null, only)).toContain('No command was run through Runline.');
    expect(draft(null, only)).toContain('No step failed or was skipped.');
  });
});

describe('hostile content', () => {
  const TITLE = '# [x](http://evil.test) <img src=x onerror=1> @all `a` | **b** ~~c~~ \u202etxt';
  const NOTE = '```\n</details><script>alert(1)</script>\n| a | b |\n<!-- --> @team &lt; _x_ $(rm -rf /)';

  test.each([['our own shape', null], ...Object.entries(templates.ALL)])(
    'is text and nothing else in %s',
    async (_, content) => {
      const hostile = await play(TITLE, NOTE);
      const text = draft(content, hostile);
      const html = new MarkdownIt({ html: true, linkify: false }).render(text);
      const tags = [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<([a-z][\w]*)/g)].map(
        (match) => match[1] ?? '',
      );
      expect(tags.filter((tag) => ['a', 'img', 'script', 'details', 's'].includes(tag))).toEqual([]);
      // A mention needs the name right behind the sign; a prompt shows it as code.
      expect(text.replace(/`[^`\n]*`/g, '')).not.toMatch(/@(all|team)/);
      expect(text).not.toContain('\u202e');
      // Each table row has as many cells as its header: no fact broke one.
      for (const table of html.match(/<table>[\s\S]*?<\/table>/g) ?? []) {
        const width = (table.match(/<th[ >]/g) ?? []).length;
        for (const row of table.split('<tr>').slice(2))
          expect((row.match(/<td[ >]/g) ?? []).length).toBe(width);
      }
    },
  );

  test('any template is answered, and quickly', () => {
    const piece = fc.constantFrom(
      '#',
      ' ',
      '  ',
      '\n',
      '|',
      '-',
      '*',
      '**',
      ':',
      '`',
      '```',
      '>',
      '[',
      ']',
      '<',
      '12:00',
      'a',
      'Timeline',
      '- [ ] ',
      '\t',
      '1. ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (parts) => {
        expect(draft(parts.join(''))).toContain('Drafted by Runline');
      }),
      { numRuns: 500 },
    );
    for (const unit of [' ', '[', '|', '*', '- ', '**a', 'a |', '#', '> ', '\t', ': ']) {
      const begin = process.cpuUsage();
      draft(`# ${unit.repeat(50_000)}x\n${unit.repeat(50_000)}x\n- **${unit.repeat(50_000)}x`);
      expect([unit, process.cpuUsage(begin).user < 1_000_000]).toEqual([unit, true]);
    }
  });
});

describe('writing', () => {
  test('replaces its own draft and never an edited one', async () => {
    using folder = temporary();
    const path = join(folder.path, 'postmortem.md');
    expect(await writePostmortem(folder.path, 'one\n')).toEqual({ path, written: true, besideEdited: false });
    expect(await writePostmortem(folder.path, 'one\n')).toEqual({
      path,
      written: false,
      besideEdited: false,
    });
    expect(await writePostmortem(folder.path, 'two\n')).toEqual({ path, written: true, besideEdited: false });
    writeFileSync(path, 'two, and what I wrote\n');
    const beside = join(folder.path, 'postmortem.new.md');
    expect(await writePostmortem(folder.path, 'three\n')).toEqual({
      path: beside,
      written: true,
      besideEdited: true,
    });
    expect(await writePostmortem(folder.path, 'four\n')).toEqual({
      path: beside,
      written: true,
      besideEdited: true,
    });
    writeFileSync(beside, 'mine too\n');
    const third = join(folder.path, 'postmortem.new-2.md');
    expect(await writePostmortem(folder.path, 'five\n')).toEqual({
      path: third,
      written: true,
      besideEdited: true,
    });
    expect(readFileSync(path, 'utf8')).toBe('two, and what I wrote\n');
    expect(readFileSync(beside, 'utf8')).toBe('mine too\n');
  });

  test('to another place, and where the record is lost', async () => {
    using folder = temporary();
    const target = join(folder.path, 'docs/review.md');
    expect((await writePostmortem(folder.path, 'one\n', target)).path).toBe(target);
    expect((await writePostmortem(folder.path, 'two\n', target)).besideEdited).toBe(false);
    writeFileSync(join(folder.path, 'postmortem.generated.json'), '{');
    expect(await writePostmortem(folder.path, 'three\n', target)).toMatchObject({ besideEdited: true });
    expect(readFileSync(target, 'utf8')).toBe('two\n');
  });
});

describe.skipIf(!hasShared)('the templates of real runbooks (needs the shared data)', () => {
  // The body is read to list its tests even where they are skipped.
  const files = (hasShared ? ['seeds', 'corpus'] : []).flatMap((folder) => filesBelow(join(SHARED, folder)));
  const found = files.flatMap((file) =>
    templatesIn(file).map(
      (content, index) => [`${file.slice(SHARED.length + 1)}#${index + 1}`, content] as const,
    ),
  );

  test('are found', () => {
    expect(found.length).toBeGreaterThanOrEqual(8);
  });

  test.each(found)('%s: no sample value stands outside a prompt', (_, content) => {
    expect(survivors(content, draft(content))).toEqual([]);
  });
});

/** A file that is a template, or the fenced Markdown in it that has a timeline or a cause. */
function templatesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  if (/post-?mortem-template\.md$/.test(file)) return [text];
  return new MarkdownIt()
    .parse(text, {})
    .filter((token) => token.type === 'fence' && /^(markdown|md)\b/.test(token.info))
    .map((token) => token.content)
    .filter((content) => /timeline|post-?mortem|root cause/i.test(content));
}
