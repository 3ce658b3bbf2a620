import { describe, expect, test } from 'vitest';
import { ownerFromCodeowners } from '../../../core/runbook/facts/codeowners.ts';

const GITHUB = `# comment
*                    @acme/everyone
*.md                 @acme/writers docs@example.org # inline comment
/docs/runbooks/      @acme/sre
/docs/runbooks/db*   @ada @acme/dba
apps/                @acme/apps
docs/*               @acme/docs
/build/logs/**       @acme/build
/docs/with\\ blank.md @blank
/docs/runbooks/free.md
`;

describe('CODEOWNERS', () => {
  test.each([
    ['src/main.ts', ['@acme/everyone'], 1],
    ['README.md', ['@acme/writers', 'docs@example.org'], 2],
    ['docs/runbooks/cache.md', ['@acme/sre'], 3],
    ['docs/runbooks/deep/cache.md', ['@acme/sre'], 3],
    ['./docs/runbooks/db-failover.md', ['@ada', '@acme/dba'], 4],
    ['x/apps/y/z.md', ['@acme/apps'], 5],
    ['docs/guide.md', ['@acme/docs'], 6],
    ['docs/deep/guide.md', ['@acme/writers', 'docs@example.org'], 2],
    ['build\\logs\\a\\b.txt', ['@acme/build'], 7],
    ['docs/with blank.md', ['@blank'], 8],
  ])('%s', (path, owners, line) => expect(ownerFromCodeowners(GITHUB, path)).toEqual({ owners, line }));
  test('the last line that fits may take the owners away', () =>
    expect(ownerFromCodeowners(GITHUB, 'docs/runbooks/free.md')).toBeNull());
  test('sections of GitLab give their owners', () => {
    const text = '[Docs][2] @acme/writers\n*.md\n^[Optional] @acme/opt\n/db/ @dba\n';
    expect(ownerFromCodeowners(text, 'a.md')).toEqual({ owners: ['@acme/writers'], line: 1 });
    expect(ownerFromCodeowners(text, 'db/a.sql')).toEqual({ owners: ['@dba'], line: 3 });
  });
  test.each([
    ['nothing fits', '/other/ @x\n', 'docs/a.md'],
    ['nothing is there', '', 'a.md'],
    ['negation', '!*.md @x\n', 'a.md'],
    ['no owner', '*.md not-an-owner\n', 'a.md'],
  ])('%s', (_, text, path) => expect(ownerFromCodeowners(text, path)).toBeNull());
});

describe('OWNERS', () => {
  test('of Kubernetes: approvers, then reviewers', () => {
    expect(ownerFromCodeowners('# x\napprovers:\n  - ada\n  - ben\nreviewers:\n  - cy\n', 'a.md')).toEqual({
      owners: ['ada', 'ben'],
      line: 1,
    });
    expect(ownerFromCodeowners('reviewers:\n- cy\n', 'a.md')).toEqual({ owners: ['cy'], line: 0 });
  });
  test('of Kubernetes: filters', () => {
    const text = 'filters:\n  ".*":\n    approvers: [ada]\n  "\\\\.md$":\n    approvers: [ben]\n';
    expect(ownerFromCodeowners(text, 'docs/a.md')?.owners).toEqual(['ben']);
    expect(ownerFromCodeowners(text, 'a.go')?.owners).toEqual(['ada']);
  });
  test('of Chromium', () => {
    const text =
      'set noparent\nada@example.org\nben@example.org # lead\nper-file *.md=cy@example.org,di@example.org\n';
    expect(ownerFromCodeowners(text, 'a.cc')).toEqual({
      owners: ['ada@example.org', 'ben@example.org'],
      line: 1,
    });
    expect(ownerFromCodeowners(text, 'docs/a.md')).toEqual({
      owners: ['cy@example.org', 'di@example.org'],
      line: 3,
    });
  });
  test.each(['approvers: [', 'approvers:\n', 'a: &a [*a]\napprovers: x', '['.repeat(5000)])(
    'faulty: %s',
    (text) => expect(ownerFromCodeowners(text, 'a.md')).toBeNull(),
  );
});

test('long lines are read in time', () => {
  const started = performance.now();
  for (const part of ['*', '**/', 'a/', '@x ', '\\', '[', '?(', '{a,', 'a@b.'])
    ownerFromCodeowners(part.repeat(100_000 / part.length), `${'a/'.repeat(200)}b.md`);
  expect(performance.now() - started).toBeLessThan(2000);
});
