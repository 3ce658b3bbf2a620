import { anchorsOf } from '../../runbook/index.ts';
import type { Runbook } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';
import { nearest, sameWords } from '../support/links.ts';
import type { AlertRule, Report, Rule } from '../types.ts';

/** Alerts that lead to a section of this runbook which is not there, and alerts that the runbook names and nobody has. */
export const runbookUrl: Rule = {
  id: 'link/runbook-url',
  title: 'Alerts and runbook do not find each other',
  severity: 'warning',
  docs: {
    what: 'Reports, at the runbook’s title, alert rules of the workspace whose `runbook_url` names this file with an anchor that no heading has; and, in the front matter, names under `alerts` that no alert rule of the workspace has.',
    why: 'The page on the telephone opens at the top of a long document. The section that would have helped was renamed last spring.',
    wrong:
      '# The shop\n\n## The queue is long\n\nwith `runbook_url: https://git.example/ops/blob/main/docs/shop.md#queue-length` in a rule file',
    right:
      '# The shop\n\n## The queue is long\n\nwith `runbook_url: https://git.example/ops/blob/main/docs/shop.md#the-queue-is-long` in a rule file',
    source: 'Of 84 alert rules that name a file and an anchor in one repository, 24 named a dead one.',
  },
  async check({ runbook, files }): Promise<Iterable<Report>> {
    const rules = await files.alertRules?.();
    if (rules === undefined || rules.length === 0) return [];
    return [
      ...deadAnchors(runbook, rules, files.own?.path ?? ''),
      ...unknownAlerts(runbook, new Set(rules.map(({ name }) => name))),
    ];
  },
};

function* deadAnchors(runbook: Runbook, rules: readonly AlertRule[], own: string): Iterable<Report> {
  let anchors: ReadonlySet<string> | null = null;
  const dead = new Map<string, AlertRule[]>();
  for (const rule of rules) {
    const anchor = rule.runbookUrl === null ? null : anchorInto(rule.runbookUrl, own, rule.file);
    if (anchor === null) continue;
    anchors ??= anchorsOf(runbook);
    if (!anchors.has(anchor)) dead.set(anchor, [...(dead.get(anchor) ?? []), rule]);
  }
  for (const [anchor, [first, ...more]] of dead) {
    if (first === undefined) continue;
    const found = sameWords(anchor, anchors ?? []) ?? nearest(anchor, anchors ?? []);
    const near = found === null ? '' : ` The nearest is \`#${found}\`.`;
    const rest =
      more.length === 0 ? '' : more.length === 1 ? ' and one more alert' : ` and ${more.length} more alerts`;
    yield {
      range: titleLine(runbook),
      message: `The alert \`${first.name}\` (\`${first.file}\`)${rest} leads to \`#${anchor}\` of this runbook, and no heading has that anchor.${near}`,
    };
  }
}

/** The anchor of an address into the file at `own`; null where it leads elsewhere, or to the whole of it. */
function anchorInto(url: string, own: string, from: string): string | null {
  const hash = url.indexOf('#');
  if (hash < 0 || own === '') return null;
  const anchor = decoded(url.slice(hash + 1));
  const path = decoded(url.slice(0, hash).replace(/\?.*$/s, ''));
  if (anchor === null || anchor === '' || path === null) return null;
  const local = !/^[a-z][a-z0-9+.-]*:\/\//i.test(path);
  const same = local
    ? path.replace(/^\.?\//, '') === own || beside(from, path) === own
    : // A README at the top is every repository's.
      own.includes('/') && path.endsWith(`/${own}`);
  return same ? anchor : null;
}

/** The path, from the root, that a relative one means in a file. */
function beside(file: string, path: string): string | null {
  return decoded(new URL(encodeURI(path), `file:///${encodeURI(file)}`).pathname.slice(1));
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The first heading of the first level, else the first line. */
function titleLine({ sections, source }: Runbook): Range {
  const title = sections.find(({ level }) => level === 1) ?? sections[0];
  return title?.headingRange ?? source.range(0, source.lineEnd(0));
}

function* unknownAlerts({ frontMatter, source }: Runbook, names: ReadonlySet<string>): Iterable<Report> {
  if (frontMatter === null) return;
  const { alerts, runbook } = frontMatter.data;
  const inside =
    typeof runbook === 'object' && runbook !== null && 'alerts' in runbook ? runbook.alerts : undefined;
  const named = [alerts ?? inside]
    .flat()
    .filter((name): name is string => typeof name === 'string' && name !== '');
  const some = named.some((name) => names.has(name));
  for (const name of named) {
    if (names.has(name)) continue;
    const start = source.text.indexOf(name, frontMatter.range.start.offset);
    if (start < 0 || start > frontMatter.range.end.offset) continue;
    const near = sameWords(name, names) ?? nearest(name, names);
    // The rules of this runbook may be kept elsewhere.
    if (near === null && !some) continue;
    yield {
      range: source.range(start, start + name.length),
      message: `No alert rule of this workspace is called \`${name}\`.${near === null ? '' : ` The nearest is \`${near}\`.`}`,
      fixes:
        near === null
          ? []
          : [
              {
                title: `Write \`${near}\``,
                edits: [{ range: source.range(start, start + name.length), newText: near }],
                preferred: false,
              },
            ],
    };
  }
}
