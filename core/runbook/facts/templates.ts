/** Templates that sit in a runbook: fenced Markdown or plain text to copy and fill in. */

import { plainText } from '../markdown/inline.ts';
import type { BlockStep, Template } from '../types.ts';
import type { Facts } from './facts.ts';

const KINDS: readonly { readonly kind: Template['kind']; readonly pattern: RegExp }[] = [
  {
    kind: 'postmortem',
    pattern:
      /post[ -]?mortem|retrospective|(?:post[ -])?incident (?:review|report|analysis)|after[ -]action|lessons learned report/i,
  },
  {
    kind: 'incident-log',
    pattern:
      /incident (?:response )?(?:log|record|timeline|tracker)|investigation|war ?room log|incident template/i,
  },
  { kind: 'checklist', pattern: /check-?list/i },
  {
    kind: 'communication',
    pattern:
      /communicat|notification|status (?:page|update)|announce|message template|customer (?:message|email|update)|e-?mail template|stakeholder|slack (?:message|template)/i,
  },
];

/** Templates in document order. */
export function readTemplates(facts: Facts): Template[] {
  const templates: Template[] = [];
  for (const step of facts.steps) {
    if (
      step.kind !== 'block' ||
      !/^(?:markdown|text)$/.test(step.effectiveLanguage) ||
      step.content.trim() === ''
    )
      continue;
    const heading = firstHeading(step);
    const kind = kindOf(step, heading, facts.titles(step.section));
    if (kind === null) continue;
    templates.push({
      kind,
      range: step.range,
      content: step.content,
      section: step.section,
      title: heading ?? facts.titles(step.section)[0] ?? null,
    });
  }
  return templates;
}

function firstHeading(step: BlockStep): string | null {
  const match = /^ {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$/m.exec(step.content);
  return match?.[1] === undefined ? null : plainText(match[1]);
}

function kindOf(step: BlockStep, heading: string | null, titles: readonly string[]): Template['kind'] | null {
  const markdown = step.effectiveLanguage === 'markdown';
  if (heading !== null && (markdown || step.language === null)) {
    const own = KINDS.find(({ pattern }) => pattern.test(heading));
    if (own !== undefined) return own.kind;
  }
  // Only the two nearest headings: "Incident Response" around everything says nothing about a diagram in it.
  for (const title of titles.slice(0, 2)) {
    const around = KINDS.find(({ pattern }) => pattern.test(title));
    if (around === undefined) continue;
    if (around.kind === 'communication' ? isMessage(step.content) : markdown || heading !== null)
      return around.kind;
  }
  return markdown && (step.content.match(/^\s*[-*] \[[ xX]\] /gm)?.length ?? 0) >= 3 ? 'checklist' : null;
}

/** Words for people: no diagram, no table of values, no file tree. */
function isMessage(content: string): boolean {
  if (/[\u2500-\u257f]|â”|â–|-->|==>/.test(content)) return false;
  const letters = content.match(/\p{L}/gu)?.length ?? 0;
  return letters * 2 > content.replace(/\s/g, '').length && /\p{L}+ \p{L}+/u.test(content);
}
