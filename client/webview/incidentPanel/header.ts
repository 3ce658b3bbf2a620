/** What is happening, and what is due next. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration } from '../../../core/incident/duration.ts';
import type { PanelHeader } from '../../incidentPanel/protocol.ts';
import { downIcon } from './icons.ts';
import { countdown, elapsed } from './time.ts';
import type { Actions } from './view.ts';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Severity, title, status. */
export function headerView(header: PanelHeader, actions: Actions): TemplateResult {
  const { severity } = header;
  const level = severity.name === null ? severity.id : `${severity.id} ${severity.name}`;
  const about = [severity.definition, severity.response === null ? '' : `Response: ${severity.response}`]
    .filter(Boolean)
    .join('\n');
  return html`<header>
    <button
      class="severity tone-${tone(severity.rank)}"
      title=${about || level}
      aria-label="Severity ${level}. Change severity"
      @click=${() => actions.act('severity')}
    >
      ${severity.id}
    </button>
    <h1 title=${header.title}>${header.title}</h1>
    <button class="status" aria-label="Status ${header.status}. Change status" @click=${() => actions.act('status')}>
      ${capital(header.status)}${downIcon}
    </button>
  </header>`;
}

/** One line of numbers. The largest is the next deadline; without one, how long it has lasted. */
export function numbersView(header: PanelHeader, now: number, actions: Actions): TemplateResult {
  const declared = Date.parse(header.declaredAt);
  if (!header.open) {
    const end = header.resolvedAt === null ? null : Date.parse(header.resolvedAt);
    return html`<section class="numbers" aria-label="Times">
      <p class="next"><b>${capital(header.status)}</b></p>
      ${end === null ? nothing : html`<p>after ${formatDuration(Math.max(0, end - declared))}</p>`}
    </section>`;
  }
  const lasted = elapsed(now - declared);
  const { deadline } = header;
  if (deadline === null) {
    return html`<section class="numbers" aria-label="Times"><p class="next"><b>${lasted}</b> since declared</p></section>`;
  }
  const left = Date.parse(deadline.at) - now;
  return html`<section class="numbers" aria-label="Times">
    <p class="next ${left < 0 ? 'overdue' : ''}">
      ${
        left < 0
          ? html`${capital(deadline.label)}: overdue by <b>${countdown(-left)}</b>`
          : html`Next: ${deadline.label} in <b>${countdown(left)}</b>`
      }
    </p>
    <button class="acknowledge" title="Someone is on it: stops this clock" @click=${() => actions.act('acknowledge')}>
      Acknowledge
    </button>
    <p><span class="clock">${lasted}</span> since declared</p>
  </section>`;
}

/** Tones run from the most severe to the least; scales with more levels share the last one. */
export function tone(rank: number): number {
  return Math.min(Math.max(rank, 0), 4);
}
