import { localTarget } from '../support/links.ts';
import type { Report, Rule, WorkspaceFiles } from '../types.ts';

/** Links to files that are not there. Silent where the files cannot be known. */
export const brokenFile: Rule = {
  id: 'link/broken-file',
  title: 'A link leads to a file that is not there',
  severity: 'warning',
  docs: {
    what: 'Reports a relative link to a file or folder that does not exist in the workspace. A target that begins with `/` is looked up from the workspace’s root and reported only where it names a Markdown file.',
    why: 'The linked runbook is opened when this one did not help. That is the worst moment to learn that it was moved.',
    wrong: 'Then follow [the database fail-over](../databse/failover.md).',
    right: 'Then follow [the database fail-over](../database/failover.md).',
    source: 'Of 763 relative Markdown links in 50 application repositories, 53 were dead.',
  },
  *check({ runbook, files }): Iterable<Report> {
    for (const link of runbook.links) {
      const target = localTarget(link);
      if (target === null || target.path === '') continue;
      const { path } = target;
      if (path.startsWith('/') && !/\.(?:md|markdown)$/i.test(path)) continue;
      if (files.exists(path) !== false || isGenerated(files, path)) continue;
      const end =
        target.anchorOffset < 0 ? link.range.end.offset : link.range.start.offset + target.anchorOffset - 1;
      yield {
        range: runbook.source.range(link.range.start.offset, end),
        message: `There is no file \`${path}\`. Correct the path, or take the link out.`,
      };
    }
  },
};

/** Site generators serve `failover.md` as `failover`, `failover/` and `failover.html`; `main.ts:12` names a line. */
function isGenerated(files: WorkspaceFiles, path: string): boolean {
  const bare = path
    .replace(/\/+$/, '')
    .replace(/\.html?$/i, '')
    .replace(/:\d+(?:-\d+)?$/, '');
  if (bare === '') return true;
  const forms = [bare, `${bare}.md`, `${bare}.markdown`, `${bare}.mdx`];
  return (
    (bare !== path || !/\.[a-z0-9]{1,8}$/i.test(path)) &&
    forms.some((form) => form !== path && files.exists(form))
  );
}
