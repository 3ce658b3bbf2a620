import { describe, expect, it } from 'vitest';
import {
  checkRunbook,
  nearest,
  readConfig,
  rules,
  rulesById,
  withoutWeakening,
} from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';

const read = (text: string) => readConfig(text, rulesById.keys());

/** `line:column message`, from 1. */
const said = (text: string): string[] =>
  read(text).problems.map(
    ({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`,
  );

describe('.runline.yaml', () => {
  it('sets severities and globs', () => {
    const text =
      '# What we agreed on\nrules:\n  command/endless: off\n  "contact/empty": error\nrunbooks:\n  - "ops/**/*.md"\n';
    expect(read(text)).toEqual({
      rules: { 'command/endless': 'off', 'contact/empty': 'error' },
      runbooks: ['ops/**/*.md'],
      problems: [],
    });
  });

  it.each(['', '# nothing yet\n', 'rules:\n', '---\n', 'rules: {}\n'])(
    'may be as good as empty: %j',
    (text) => {
      expect(read(text)).toEqual({ rules: {}, runbooks: null, problems: [] });
    },
  );

  it('takes an empty list of globs at its word', () => {
    expect(read('runbooks: []\n').runbooks).toEqual([]);
  });

  it('means `off` as a word under YAML 1.1 too', () => {
    expect(read('%YAML 1.1\n---\nrules:\n  command/endless: off\n').rules).toEqual({
      'command/endless': 'off',
    });
  });

  it.each([
    [
      'a misspelt rule',
      'rules:\n  command/destuctive: off\n',
      ['2:3 There is no rule `command/destuctive`. Did you mean `command/destructive`?'],
    ],
    [
      'a rule without its group',
      'rules:\n  endless: off\n',
      ['2:3 There is no rule `endless`. Did you mean `command/endless`?'],
    ],
    ['a rule like no other', 'rules:\n  zebra/crossing: off\n', ['2:3 There is no rule `zebra/crossing`.']],
    [
      'a name that objects have',
      'rules:\n  __proto__: off\n  constructor: off\n',
      ['2:3 There is no rule `__proto__`.', '3:3 There is no rule `constructor`.'],
    ],
    [
      'another word',
      'rules:\n  command/endless: warn\n',
      ['2:20 `warn` is no severity. Write error, warning, info, hint or off.'],
    ],
    [
      'no word',
      'rules:\n  command/endless:\n',
      ['2:19 What is set here is no severity. Write error, warning, info, hint or off.'],
    ],
    [
      'a misspelt key',
      'ruels: {}\n',
      ['1:1 There is no key `ruels` here. Did you mean `rules`? The keys are rules and runbooks.'],
    ],
    [
      'a list of rules',
      'rules: [command/endless]\n',
      ['1:8 `rules` has to be a mapping, a `key: value` on each line.'],
    ],
    [
      'one glob',
      'runbooks: "*.md"\n',
      ['1:11 `runbooks` has to be a list of globs, such as `- docs/ops/**/*.md`.'],
    ],
    [
      'an alias that was meant as a glob',
      'runbooks:\n  - *.md\n',
      ['2:5 A glob has to be text. Put it in quotes where it begins with `*`, `!` or `{`.'],
    ],
    [
      'a key twice',
      'rules:\n  command/endless: off\n  command/endless: off\n',
      [expect.stringMatching(/^3:3 .*unique/)],
    ],
    ['a tag', 'rules:\n  command/endless: !run off\n', [expect.stringMatching(/^2:20 .*!run/)]],
    ['a list at the root', '- rules\n', ['1:1 The file has to be a mapping, a `key: value` on each line.']],
  ])('says where it is wrong: %s', (_, text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it('takes the rest of what is partly wrong', () => {
    const text =
      'rules:\n  command/endles: off\n  contact/empty: hint\nother: 1\nrunbooks:\n  - 7\n  - ""\n  - notes/*.md\n';
    expect(read(text)).toMatchObject({ rules: { 'contact/empty': 'hint' }, runbooks: ['7', 'notes/*.md'] });
    expect(said(text).map((message) => message.split(' ')[0])).toEqual(['2:3', '4:1', '7:5']);
  });

  it('does not choke on what no person wrote', () => {
    expect(said(`rules:\n${'  a/b: off\n'.repeat(5000)}`)).toEqual([
      '1:1 This file is longer than 32 KiB, so none of it is read.',
    ]);
    for (const text of ['['.repeat(30_000), 'a: '.repeat(10_000), '- '.repeat(15_000), '\0\ufffe{{{'])
      expect(read(text)).toMatchObject({
        rules: {},
        runbooks: null,
        problems: expect.arrayContaining([{ range: expect.anything(), message: expect.any(String) }]),
      });
  });
});

describe('the nearest name', () => {
  it.each([
    ['secret/litteral', 'secret/literal'],
    ['Secret/Literal', 'secret/literal'],
    ['literal', 'secret/literal'],
    ['x', null],
    ['', null],
  ])('of %j is %j', (word, expected) => {
    expect(nearest(word, [...rulesById.keys()])).toBe(expected);
  });
});

describe('an untrusted workspace', () => {
  it('may make a safety rule an error, and nothing else of it', () => {
    const all = Object.fromEntries(rules.map(({ id }) => [id, 'off' as const]));
    const left = withoutWeakening({ ...all, 'command/destructive': 'error' }, rulesById);
    const safety = rules.filter((rule) => rule.safety).map(({ id }) => id);
    expect(safety).toEqual(
      expect.arrayContaining([
        'command/destructive',
        'command/fake-dry-run',
        'command/remote-script',
        'placeholder/redirection',
        'secret/literal',
        'secret/printed',
        'text/deceptive',
      ]),
    );
    expect(Object.keys(left)).toEqual(
      rules.map(({ id }) => id).filter((id) => id === 'command/destructive' || !safety.includes(id)),
    );
    for (const severity of ['warning', 'info', 'hint', 'off'] as const)
      expect(withoutWeakening({ 'command/destructive': severity }, rulesById)).toEqual({});
  });

  it('has no comment that silences a safety rule; the others it does', async () => {
    const text =
      '<!-- runline-disable-file -- all is well -->\n```bash\nkubectl delete namespace shop\ntail -f x.log\n```\n';
    const found = async (trusted: boolean) =>
      (await checkRunbook(parseRunbook(text), undefined, { trusted })).map(({ rule }) => rule);
    expect(await found(true)).toEqual([]);
    expect(await found(false)).toEqual(['command/destructive']);
  });
});
