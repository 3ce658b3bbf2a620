import type { BlockStep, Runbook } from '../../runbook/types.ts';
import { type Action, actionsOf, placeOf, sectionRange } from '../support/actions.ts';
import { excerpt } from '../support/blocks.ts';
import { peeled, type SimpleCommand, simpleCommands } from '../support/words.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** A command that answers before its work is done, with nothing after it that looks. */
export const noVerification: Rule = {
  id: 'step/no-verification',
  title: 'Nobody looks whether it came up',
  severity: 'hint',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a command that answers before its work is done (`kubectl rollout restart`, `helm upgrade` without `--wait`, `docker compose up -d`, `aws ecs update-service`), where neither a command nor a word below it in its part of the document looks at the result; a later section “Verification” counts. The message names what would wait for it.',
    why: 'The command says “restarted” while the new pod crashes. The incident is declared over, and comes back with the next page.',
    wrong: '```bash\nkubectl rollout restart deployment/ledger -n lantern\n```',
    right:
      '```bash\nkubectl rollout restart deployment/ledger -n lantern\nkubectl rollout status deployment/ledger -n lantern\n```',
    source:
      'Kubernetes, kubectl rollout status; Helm, helm upgrade --wait; Docker, docker compose up --wait; AWS CLI, ecs wait services-stable.',
  },
  *check({ runbook }): Iterable<Report> {
    const actions = actionsOf(runbook);
    let verifying: ReadonlyMap<number | null, number> | undefined;
    for (const [index, action] of actions.entries()) {
      const found = early(action);
      if (found === null || isLookedAfter(runbook, actions, index)) continue;
      verifying ??= verifyingSections(runbook);
      if (isVerifiedBelow(runbook, verifying, action)) continue;
      yield {
        range: placeOf(runbook, action),
        message: `\`${excerpt(action.command?.text ?? '', 50)}\` answers before its work is done, and nothing below it looks how that ended. ${found.advice}`,
        fixes: found.next === null ? [] : added(runbook, action, found.next),
      };
    }
  },
};

/** Words and commands by which somebody looks. */
const LOOKS =
  /\b(?:verif|check|confirm|ensure|make sure|monitor|watch|wait|should|expect|test|health|status|observe|look|see that|see if|validat|smoke|curl|get (?:pods?|deploy)|logs?\b)|[✅✓]/i;

/** Whether a later command of the same part reads, asks for patience too, or its words look at the result. */
function isLookedAfter(runbook: Runbook, actions: readonly Action[], index: number): boolean {
  const { block, command } = actions[index] as Action;
  const { end } = sectionRange(runbook, block.section, 2);
  for (let at = index + 1; at < actions.length; at++) {
    const later = actions[at] as Action;
    if (later.block.range.start.offset >= end.offset) break;
    // Of several in a row the last one is spoken of.
    if (later.classification.effect === 'read' || early(later) !== null) return true;
  }
  const after = command?.range.end ?? block.range.end;
  return LOOKS.test(runbook.source.text.slice(after.offset, end.offset));
}

const VERIFIES = /\b(?:verification|validation|smoke tests?)\b|^(?:verify|validate)\b|\bpost-\w+ checks?\b/i;

/** By the section around it, where the last section begins that looks at what was done; `null` at the top. */
function verifyingSections({ sections }: Runbook): ReadonlyMap<number | null, number> {
  const last = new Map<number | null, number>();
  for (const { title, parent, headingRange } of sections)
    if (VERIFIES.test(title)) last.set(parent, headingRange.start.offset);
  return last;
}

/** Whether such a section stands further down that holds for the command's part, and is not another part's own. */
function isVerifiedBelow(
  { sections }: Runbook,
  verifying: ReadonlyMap<number | null, number>,
  { block }: Action,
): boolean {
  const isBelow = (around: number | null) => (verifying.get(around) ?? -1) > block.range.end.offset;
  for (let at = block.section; at !== null; at = sections[at]?.parent ?? null) if (isBelow(at)) return true;
  return isBelow(null);
}

interface Early {
  readonly advice: string;
  /** The command for the next line, where it is certain. */
  readonly next: string | null;
}

/** A command that is known to answer at once, and what waits for its end; null for all others. */
function early({ command, block }: Action): Early | null {
  if (command === null || !TOOLS.has(command.tool ?? '') || command.classification.effect === 'read')
    return null;
  if (!EARLY.test(command.text)) return null;
  const last = simpleCommands(block, command).at(-1);
  if (last === undefined) return null;
  const text = peeled(last.words)
    .words.map(({ value }) => value)
    .join(' ');
  if (/^(?:kubectl|oc) .*?\brollout restart\b/.test(text)) {
    const next = rolloutStatus(block, last);
    const advice = next === null ? 'A `rollout status`' : `\`${excerpt(next, 90)}\``;
    return { advice: `${advice} waits for it.`, next };
  }
  if (
    /^helm (?:upgrade|rollback)\b/.test(text) &&
    !/\s--(?:wait|atomic|rollback-on-failure|dry-run)\b/.test(text)
  )
    return {
      advice: 'With `--wait` it waits until everything is ready, and fails where it is not.',
      next: null,
    };
  if (
    /^docker[ -]compose\b.* up\b/.test(text) &&
    /\s(?:-d|--detach)\b/.test(text) &&
    !/\s--wait\b/.test(text)
  )
    return { advice: 'With `--wait` it waits until the services are running and healthy.', next: null };
  if (/^aws ecs update-service\b/.test(text))
    return {
      advice: '`aws ecs wait services-stable` with the same cluster and service waits for it.',
      next: null,
    };
  return null;
}

const TOOLS: ReadonlySet<string> = new Set(['kubectl', 'oc', 'helm', 'docker', 'docker-compose', 'aws']);
const EARLY = /\brollout restart\b|^(?:sudo )?helm |compose\b.* up\b|\becs update-service\b/m;

/** The same words with `status`, where they stand on one line and nothing else is in them. */
function rolloutStatus(block: BlockStep, { words, redirects }: SimpleCommand): string | null {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined || redirects.length > 0) return null;
  const text = block.content.slice(first.start, last.end);
  if (text.includes('\n') || !text.includes('rollout restart ')) return null;
  return text.replace('rollout restart ', 'rollout status ');
}

/** On a line of its own below the command, with the same indent and quote marks. */
function added(runbook: Runbook, { command }: Action, next: string): Fix[] {
  if (command === null) return [];
  const { source } = runbook;
  const { start, end } = command.range;
  const before = source.text.slice(source.lineStart(start.line), start.offset);
  const after = source.text.slice(end.offset, source.lineEnd(end.line));
  if (!/^[ \t>]*$/.test(before) || !/^[ \t]*(?:#.*)?$/.test(after)) return [];
  const at = source.lineEnd(end.line);
  const feed = source.text.includes('\r\n') ? '\r\n' : '\n';
  return [
    {
      title: `Add \`${excerpt(next, 60)}\``,
      edits: [{ range: source.range(at, at), newText: `${feed}${before}${next}` }],
      preferred: false,
    },
  ];
}
