/** A first title for an incident: the heading that names the trouble that the reader looks at. Pure. */
import type { WireRunbook } from '../../server/protocol.ts';

/** Headings that every section of a runbook has; they say what to do, not what is wrong. */
const general =
  /^(symptoms?|diagnos\w*|investigat\w*|triage|resolution|mitigations?|remediation|verif\w*|validation|steps?|procedure|actions?|commands?|checks?|impact|causes?|prevention|escalation|rollback|recovery|overview|quick \w+|immediate \w+|notes?)\b.{0,24}$/i;

/** @param line 0-based line of the cursor. */
export function titleFor(runbook: WireRunbook, line: number): string {
  // A section's words come before its block, so between two blocks the next one is meant.
  const step = runbook.steps.find(({ range }) => range.end.line >= line) ?? runbook.steps.at(-1);
  const [top, ...below] = (step?.sectionPath ?? []).map(plain);
  const telling = below.findLast((heading) => heading !== '' && !general.test(heading));
  return shorten(telling ?? below.at(-1) ?? top ?? plain(runbook.title ?? ''));
}

/** Without the number that a heading is counted by, and without emoji in front. */
function plain(heading: string): string {
  return heading.replace(/^[^\p{L}\p{N}]*(?:\d+(?:\.\d+)*[.):]?\s+)?/u, '').trim();
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
