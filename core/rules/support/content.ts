/** What stands in blocks that are tagged as shell and are none. */
import type { BlockText } from '../../runbook/types.ts';

/** What a block is in. */
export interface Content {
  /** As the sentence has it: “This block is JSON”. */
  readonly name: string;
  readonly tag: string;
  /** Whether a block with the new tag can be run. */
  readonly runs: boolean;
}

const FOUND: Readonly<Record<string, Content>> = {
  json: { name: 'JSON', tag: 'json', runs: false },
  yaml: { name: 'YAML', tag: 'yaml', runs: false },
  promql: { name: 'a query in PromQL', tag: 'promql', runs: false },
  cron: { name: 'a crontab', tag: 'cron', runs: false },
};

/** First lines that no shell script has, with what else has to stand there. */
const SHAPES: readonly { readonly first: RegExp; readonly also: RegExp; readonly content: Content }[] = [
  {
    first: /^(?:GET|POST|PUT|PATCH|DELETE|HEAD) (?:\/|https?:\/\/)\S{0,500}(?: HTTP\/[\d.]+)?$/,
    also: /^/,
    content: { name: 'an HTTP request', tag: 'http', runs: false },
  },
  {
    first: /^FROM [\w./:@${}-]+(?: AS \w+)?$/i,
    also: /^(?:RUN|COPY|CMD|ENTRYPOINT|WORKDIR|ENV) \S/m,
    content: { name: 'a Dockerfile', tag: 'dockerfile', runs: false },
  },
  {
    first: /^(?:from [\w.]+ import [\w, *()]+|import [a-z_][\w.]*(?: as \w+)?(?:, ?[a-z_][\w.]*)*)$/,
    also: /^(?:def \w+\(.*:|class \w+.*:|\w+(?:\.\w+)*\(.*\)|\w+ = .+)[ \t]*$/m,
    content: { name: 'Python', tag: 'python', runs: true },
  },
  {
    first:
      /^(?:\$[A-Za-z_]\w* = )?(?:Get|Set|New|Remove|Start|Stop|Restart|Test|Invoke|Import|Export|Connect|Install)-[A-Z][A-Za-z]+(?: |$)/,
    also: /^/,
    content: { name: 'PowerShell', tag: 'powershell', runs: true },
  },
];

/**
 * What a block that is tagged as shell is instead, where that is plain: by what the model made of its tag, or by its first
 * line; comments do not count. SQL and plain text are told by rules of their own.
 */
export function otherThanShell(block: BlockText): Content | null {
  let content = known.get(block.key);
  if (content === undefined) {
    content = block.languageBasis === 'corrected' ? (FOUND[block.effectiveLanguage] ?? null) : byShape(block);
    known.set(block.key, content);
  }
  return content;
}

const known = new WeakMap<object, Content | null>();

function byShape({ content }: BlockText): Content | null {
  if (!/^[ \t]*(?:[A-Z]|from |import |\$)/m.test(content)) return null;
  const first = content.split('\n', 20).find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  if (first === undefined || first.length > 600) return null;
  return SHAPES.find((shape) => shape.first.test(first.trim()) && shape.also.test(content))?.content ?? null;
}
