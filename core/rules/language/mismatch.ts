import { isAllShell } from '../../runbook/blocks/contentKinds.ts';
import type { BlockStep, BlockText, Runbook } from '../../runbook/types.ts';
import {
  blocksOf,
  excerpt,
  fenceLine,
  isPosixShell,
  isScriptShell,
  openingFence,
} from '../support/blocks.ts';
import { type Content, otherThanShell } from '../support/content.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { BlockReport, Fix, Report, Rule } from '../types.ts';

/** A tag that says one language over content that is plainly another. */
export const mismatch: Rule = {
  id: 'language/mismatch',
  title: 'The tag says another language than the content',
  severity: 'warning',
  docs: {
    what: 'Reports a block whose content is plainly in another language than its tag: JSON, YAML, PromQL, a crontab, an HTTP request, a Dockerfile, PowerShell, Python or a program’s output tagged as shell, shell commands tagged as data, and a line of a crontab among commands. SQL and prose have rules of their own.',
    why: 'The tag decides what a reader does with a block and what a tool offers. A query that is tagged `bash` gets a button that runs it in a shell.',
    wrong: '```bash\nsum(rate(http_requests_total{code=~"5.."}[5m]))\n```',
    right: '```promql\nsum(rate(http_requests_total{code=~"5.."}[5m]))\n```',
    source: 'CommonMark 0.31.2, 4.5: the first word of the info string names the language of the code.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      if (block.language === null) continue;
      const content = contentOf(block);
      if (content === null) continue;
      yield {
        range: openingFence(runbook, block)?.language ?? fenceLine(runbook, block),
        // A “console” is also what people call the page on which queries are typed.
        ...((content.tag === 'text' || !isScriptShell(block.language)) && { severity: 'info' }),
        message: `This block is ${content.name}, but tagged ${block.language}. Tag it as ${content.tag}.`,
        fixes: retag(runbook, block, content),
      };
    }
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isPosixShell(block.language?.toLowerCase() ?? null) || block.languageBasis === 'corrected') return;
    if (!block.script.includes('* *')) return;
    const bare = bareCharacters(block.script);
    for (const match of block.script.matchAll(CRON)) {
      const start = match.index + (match[1]?.length ?? 0);
      const end = match.index + match[0].trimEnd().length;
      if (bare[start] !== 1) continue;
      yield {
        at: { start, end },
        message: `\`${excerpt(block.content.slice(start, end), 40)}\` is a line for a crontab and no command: a shell takes its first \`*\` for file names. Say that it goes into \`crontab -e\`, in a block of its own.`,
      };
      return;
    }
  },
};

const CRON =
  /^([ \t]*)(?:\*\/\d{1,3}|\*|\d[\d,/-]{0,20})(?:[ \t]+(?:\*\/\d{1,3}|\*|\d[\d,/-]{0,20})){2,3}[ \t]+(?:\*\/\d{1,3}|\*|\d[\d,/-]{0,20}|[A-Za-z]{3}(?:-[A-Za-z]{3})?)[ \t]+[\w./~$].*$/gm;

const OUTPUT: Content = { name: 'what a program printed', tag: 'text', runs: false };
const DIAGRAM: Content = { name: 'a drawing', tag: 'text', runs: false };
const SHELL: Content = { name: 'shell commands', tag: 'bash', runs: true };

/** What the content is, where it is plainly something else than the tag says. */
function contentOf(block: BlockStep): Content | null {
  const tag = block.language?.toLowerCase() ?? '';
  if (!isPosixShell(tag)) return DATA.test(tag) && holdsShell(block) ? SHELL : null;
  if (block.effectiveLanguage !== 'text') return otherThanShell(block);
  // A console shows output as well; that it shows nothing else is no fault of the tag.
  if (!isScriptShell(tag)) return null;
  return block.role === 'output' ? OUTPUT : block.role === 'diagram' ? DIAGRAM : null;
}

/** Languages whose text cannot be taken for shell commands. */
const DATA = /^(?:ya?ml|json|json5|jsonc|xml|html|python|py|javascript|js|typescript|ts)$/;

const shells = new WeakMap<object, boolean>();

/** A program that no other language has as its first word, with an argument. */
const COMMAND =
  /^(?:\$ )?(?:sudo|kubectl|oc|helm|docker|podman|npm|npx|yarn|pnpm|pip3?|apt|apt-get|brew|git|curl|wget|psql|terraform|aws|gcloud|az|systemctl|ssh|scp|cd|mkdir|chmod) +[-\w./~$"'<@]/;

function holdsShell({ content, key }: BlockText): boolean {
  let shell = shells.get(key);
  if (shell === undefined) {
    const text = content.replace(/^[ \t]*\/\/.*$/gm, '');
    const first = text.split('\n').find((line) => /^[ \t]*[^#\s]/.test(line));
    shell =
      first !== undefined &&
      COMMAND.test(first.trim()) &&
      !/^[ \t]*(?:[\w.]+[ \t]*[-+]?=|["'[{<}\])]|-[ \t]|(?:import|export|const|let|var)\b|[\w-]+:)/m.test(
        text,
      ) &&
      isAllShell(text);
    shells.set(key, shell);
  }
  return shell;
}

/** The tag is changed without asking only where nothing can be run by it. */
function retag(runbook: Runbook, block: BlockStep, { tag, runs }: Content): Fix[] {
  const fence = openingFence(runbook, block);
  if (fence === null) return [];
  return [
    {
      title: `Tag the block as ${tag}`,
      edits: [{ range: fence.language, newText: tag }],
      preferred: !runs,
    },
  ];
}
