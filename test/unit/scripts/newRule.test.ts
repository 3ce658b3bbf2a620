import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rules } from '../../../core/rules/index.ts';
import { newRule, UNWRITTEN } from '../../../scripts/lib/newRule.ts';
import { inModules, root, runNode } from '../../../scripts/lib/processes.ts';

/** A copy of as much of the project as a rule is made in. */
let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'runline-new-rule-'));
  for (const path of [
    'core',
    'server',
    'test/unit/rules',
    'test/support',
    'package.json',
    'tsconfig.json',
    'vitest.config.mjs',
    'biome.json',
  ])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true }));

const read = (path: string): string => readFileSync(join(copy, path), 'utf8');

/** Ids in the order of the copy's list. */
async function listed(): Promise<string[]> {
  const code = `import { rules } from ${JSON.stringify(join(copy, 'core/rules/index.ts'))};\nconsole.log(JSON.stringify(rules.map(({ id }) => id)));\n`;
  writeFileSync(join(copy, 'ids.mts'), code);
  const { output } = await runNode(['--no-warnings', join(copy, 'ids.mts')]);
  return JSON.parse(output);
}

describe('npm run new-rule', () => {
  it('makes a rule in its place, wherever that is', async () => {
    const ids = [
      'aardvark/first',
      'command/endlessness',
      'severity/delete',
      'structure/zz',
      'zebra/last',
      'table/empty',
    ];
    for (const id of ids)
      expect(newRule(copy, id)).toEqual([
        `core/rules/${id}.ts`,
        `test/fixtures/rules/${id}/reported.md`,
        `test/fixtures/rules/${id}/silent.md`,
        'core/rules/index.ts',
      ]);
    expect(await listed()).toEqual([...rules.map(({ id }) => id), ...ids].sort());
    const made = ids.map((id) => `core/rules/${id}.ts`);
    const biome = await runNode(
      [
        inModules('@biomejs/biome/bin/biome'),
        'ci',
        '--colors=off',
        '--vcs-enabled=false',
        'core/rules/index.ts',
        ...made,
      ],
      { cwd: copy },
    );
    expect(biome).toMatchObject({ code: 0 });
  }, 60_000);

  it('leaves a project that passes the type check, and a test that says what is missing until the rule is written', async () => {
    newRule(copy, 'command/loud');
    writeFileSync(
      join(copy, 'tsconfig.json'),
      read('tsconfig.json').replace(/"include": \[[^\]]*\]/, '"include": ["core/rules/command/loud.ts"]'),
    );
    expect(await runNode([inModules('typescript/bin/tsc'), '-p', '.'], { cwd: copy })).toMatchObject({
      code: 0,
    });
    const tests = () =>
      runNode(
        [
          inModules('vitest/vitest.mjs'),
          'run',
          'test/unit/rules/fixtures.test.ts',
          '-t',
          'command/loud',
          '--reporter=verbose',
        ],
        { cwd: copy, env: { ...process.env, NO_COLOR: '1' } },
      );
    const before = await tests();
    expect(before.code).toBe(1);
    expect(before.output).toContain('3 command/loud: …words of the message…');

    const path = 'core/rules/command/loud.ts';
    writeFileSync(
      join(copy, path),
      read(path).replace(
        'checkBlock: () => [],',
        "*checkBlock(block) {\n    const start = block.content.indexOf('LOUD');\n    if (start >= 0) yield { at: { start, end: start + 4 }, message: 'words of the message' };\n  },",
      ),
    );
    const fixture = 'test/fixtures/rules/command/loud/reported.md';
    writeFileSync(
      join(copy, fixture),
      '# Reported\n\n```bash\necho LOUD # want command/loud "words of the message"\n```\n',
    );
    const after = await tests();
    expect(after.output).toMatch(/Tests +\d+ passed/);
    expect(after.code).toBe(0);
  }, 60_000);

  it.each([
    ['endless', 'is no id of a rule'],
    ['Command/Endless', 'is no id of a rule'],
    ['command/', 'is no id of a rule'],
    ['../etc/passwd', 'is no id of a rule'],
    ['command/a b', 'is no id of a rule'],
    ['command/endless', 'There is a rule command/endless already'],
    ['support/words', 'is no group that takes rules'],
    ['suppression/late', 'is no group that takes rules'],
  ])('refuses %s, and writes nothing', (id, message) => {
    mkdirSync(join(copy, 'test/fixtures/rules'), { recursive: true });
    const index = read('core/rules/index.ts');
    expect(() => newRule(copy, id)).toThrow(message);
    expect(read('core/rules/index.ts')).toBe(index);
    expect(readdirSync(join(copy, 'test/fixtures/rules'))).toEqual([]);
  });

  it('leaves words that no rule keeps', () => {
    newRule(copy, 'zebra/last');
    for (const words of Object.values(UNWRITTEN))
      expect(read('core/rules/zebra/last.ts')).toContain(`'${words}'`);
    for (const { id, title, docs } of rules)
      expect({ id, title, what: docs.what, why: docs.why }).toEqual({
        id,
        title: expect.not.stringMatching(UNWRITTEN.title),
        what: expect.not.stringMatching(UNWRITTEN.what),
        why: expect.not.stringMatching(UNWRITTEN.why),
      });
  });

  it('takes another constant where the first is taken', () => {
    newRule(copy, 'zebra/unfilled');
    expect(read('core/rules/index.ts')).toContain("import { unfilledZebra } from './zebra/unfilled.ts';");
  });
});
