/** The post-mortem draft: facts from the log, and prompts for the rest. */
import type { LogEvent } from '../../execution/types.ts';
import type { Template } from '../../runbook/types.ts';
import type { IncidentState } from '../types.ts';
import { factsOf, minute } from './facts.ts';
import { ownPostmortem } from './own.ts';
import { fillTemplate } from './template.ts';

export interface DraftOptions {
  /** The runbook's own template; without one the draft has our shape. */
  readonly template?: Pick<Template, 'content'> | null;
  readonly now: Date;
}

/**
 * Draws the draft as Markdown. Each line that states a fact ends in a comment with the id of its event; what a person
 * must write is a line that holds `> TODO(author):`. The last line says what it was drafted from.
 */
export function draftPostmortem(
  state: IncidentState,
  events: readonly LogEvent[],
  options: DraftOptions,
): string {
  const facts = factsOf(state, events);
  const template = options.template?.content.trim() ?? '';
  const body = template === '' ? ownPostmortem(state, events, facts) : fillTemplate(template, facts);
  const head = events.at(-1)?.hash ?? 'none';
  return `${body}\n<!-- Drafted by Runline on ${minute(options.now.toISOString())} from ${state.id}: ${events.length} events, head ${head} -->\n`;
}
