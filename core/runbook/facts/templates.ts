/** Templates that sit in a runbook: fenced Markdown or plain text to copy and fill in. */

import type { Range } from '../../text.ts';
import { labelAbove } from '../blocks/stepTitle.ts';
import { plainText } from '../markdown/inline.ts';
import type { BlockStep, Template } from '../types.ts';
import type { Facts } from './facts.ts';
import { templateDetails } from './templateDetails.ts';

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

/** A heading that says that what stands below it is a form: `## Post-Mortem Template`. */
const FORM = /\b(?:template|form|skeleton)\b/i;

/** Templates in document order: fenced ones, and sections that say that they are one. */
export function readTemplates(facts: Facts): Template[] {
  const templates: Template[] = [];
  for (const step of facts.steps) {
    if (
      step.kind !== 'block' ||
      !/^(?:markdown|text)$/.test(step.effectiveLanguage) ||
      step.content.trim() === ''
    )
      continue;
    const kind = templateKind(
      step.content,
      step.language,
      titlesOf(step, facts),
      step.effectiveLanguage === 'markdown',
    );
    if (kind === null) continue;
    const { contentRange } = step;
    const first = contentRange.start.line;
    const details = templateDetails(step.content, (line) =>
      facts.source.lineRange(first + line, first + line),
    );
    templates.push({
      kind,
      range: step.range,
      content: step.content,
      section: step.section,
      title: firstHeading(step.content) ?? facts.titles(step.section)[0] ?? null,
      ...details,
      // What a checklist says is to be done, whatever numbers stand in it.
      ...(kind === 'checklist' ? { samples: [] } : {}),
    });
  }
  return [...templates, ...fromSections(facts, templates)].sort(
    (a, b) => a.range.start.offset - b.range.start.offset,
  );
}

/** The words right above the fence count like a heading. */
function titlesOf(step: BlockStep, facts: Facts): readonly string[] {
  const titles = facts.titles(step.section);
  if (step.title !== titles[0]) return [step.title, ...titles];
  const label = labelAbove(facts.source, step.range.start.line);
  return label === null ? titles : [label, ...titles];
}

/** Sections below a heading such as "Post-Mortem Template", where no fence inside is the template already. */
function fromSections(facts: Facts, fenced: readonly Template[]): Template[] {
  const found: Template[] = [];
  for (const [index, { title, range, headingRange }] of facts.sections.entries()) {
    if (!FORM.test(title)) continue;
    const kind = KINDS.find(({ pattern }) => pattern.test(title))?.kind;
    if (kind !== 'postmortem' && kind !== 'incident-log') continue;
    const holds = (inner: Range) =>
      inner.start.offset >= range.start.offset && inner.end.offset <= range.end.offset;
    if (
      fenced.some((template) => holds(template.range)) ||
      found.some((other) => holdsIn(other.range, range))
    )
      continue;
    const content = facts.source.slice(range).replace(/\r\n?/g, '\n');
    const body = content.split('\n').slice(1).join('\n');
    if (body.trim() === '' || !/\[[^\]\n]{2,}\](?!\()|\*\*[^*\n]+\*\*\s*:|^\s*#/m.test(body)) continue;
    const first = headingRange.start.line;
    const details = templateDetails(content, (line) => facts.source.lineRange(first + line, first + line));
    found.push({ kind, range, content, section: index, title, ...details });
  }
  return found;
}

function holdsIn(outer: Range, inner: Range): boolean {
  return outer.start.offset <= inner.start.offset && inner.end.offset <= outer.end.offset;
}

function firstHeading(content: string): string | null {
  const match = /^ {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$/m.exec(content);
  return match?.[1] === undefined ? null : plainText(match[1]);
}

/**
 * What a fenced text is a template of, or null.
 *
 * @param language The first word of the info string, null where there is none.
 * @param titles Of the sections around it, nearest first.
 */
export function templateKind(
  content: string,
  language: string | null,
  titles: readonly string[],
  markdown = true,
): Template['kind'] | null {
  const heading = firstHeading(content);
  if (heading !== null && (markdown || language === null)) {
    const own = KINDS.find(({ pattern }) => pattern.test(heading));
    if (own !== undefined) return own.kind;
  }
  // Only the two nearest headings: "Incident Response" around everything says nothing about a diagram in it.
  for (const title of titles.slice(0, 2)) {
    const around = KINDS.find(({ pattern }) => pattern.test(title));
    if (around === undefined) continue;
    if (around.kind === 'communication' ? isMessage(content) : markdown || heading !== null)
      return around.kind;
  }
  return markdown && (content.match(/^\s*[-*] \[[ xX]\] /gm)?.length ?? 0) >= 3 ? 'checklist' : null;
}

/** Words for people: no diagram, no table of values, no file tree. */
function isMessage(content: string): boolean {
  if (/[\u2500-\u257f]|â”|â–|-->|==>/.test(content)) return false;
  const letters = content.match(/\p{L}/gu)?.length ?? 0;
  return letters * 2 > content.replace(/\s/g, '').length && /\p{L}+ \p{L}+/u.test(content);
}
