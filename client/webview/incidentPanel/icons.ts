/** Marks and icons, drawn by us so that no font decides how they look. All take the colour of the text. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { PanelEntry } from '../../incidentPanel/protocol.ts';

const icon = (content: TemplateResult, kind = ''): TemplateResult =>
  html`<svg class="icon ${kind}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    ${content}
  </svg>`;

const line = (d: string): TemplateResult =>
  svg`<path d=${d} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />`;

export const goToIcon = icon(
  svg`<circle cx="8" cy="8" r="4.2" fill="none" stroke="currentColor" stroke-width="1.3" />
    ${line('M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3')}`,
);
export const logIcon = icon(
  svg`<rect x="5.5" y="2.5" width="8" height="8" rx="1" fill="none" stroke="currentColor" stroke-width="1.3" />
    <path d="M10.5 13.5h-7a1 1 0 0 1-1-1v-7" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" />`,
);
export const searchIcon = icon(
  svg`<circle cx="7" cy="7" r="4" fill="none" stroke="currentColor" stroke-width="1.4" />${line('M10 10l3.5 3.5')}`,
);
export const closedIcon = icon(line('M6 4l4 4-4 4'));
export const openIcon = icon(line('M4 6l4 4 4-4'));
export const downIcon = icon(line('M5 6.5l3 3 3-3'));
export const addIcon = icon(line('M8 3.5v9M3.5 8h9'));

const marks = {
  running: icon(
    svg`<circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="1.5" />
      <path d="M8 2.8a5.2 5.2 0 0 1 0 10.4z" fill="currentColor" />`,
    'spin',
  ),
  succeeded: icon(line('M3.5 8.5l3 3 6-7')),
  failed: icon(line('M4 4l8 8M12 4l-8 8')),
  cancelled: icon(
    svg`<circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="1.5" />${line('M4.5 11.5l7-7')}`,
  ),
  unknown: icon(
    svg`${line('M6 6a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.4')}<circle cx="8" cy="12" r="1" fill="currentColor" />`,
  ),
  note: icon(svg`<path d="M8 3.5L12.5 8 8 12.5 3.5 8z" fill="currentColor" />`),
  change: icon(svg`<circle cx="8" cy="8" r="3.6" fill="currentColor" />`),
  other: icon(svg`<circle cx="8" cy="8" r="2" fill="currentColor" />`),
};

/** The mark of an entry, and the word that says the same to whoever cannot see it. */
export function markOf(entry: PanelEntry): {
  readonly mark: TemplateResult;
  readonly word: string;
  readonly tone: string;
} {
  switch (entry.kind) {
    case 'step':
      switch (entry.outcome) {
        case 'running':
          return { mark: marks.running, word: 'running', tone: 'running' };
        case 'succeeded':
          return { mark: marks.succeeded, word: 'succeeded', tone: 'good' };
        case 'failed':
          return { mark: marks.failed, word: 'failed', tone: 'bad' };
        case 'cancelled':
          return { mark: marks.cancelled, word: 'cancelled', tone: 'quiet' };
        default:
          return { mark: marks.unknown, word: 'unknown end', tone: 'warn' };
      }
    case 'skipped':
      return { mark: marks.cancelled, word: 'skipped', tone: 'quiet' };
    case 'note':
      return { mark: marks.note, word: 'note', tone: 'plain' };
    case 'declared':
    case 'severity':
    case 'status':
      return {
        mark: marks.change,
        word: entry.kind === 'declared' ? 'declared' : `${entry.kind} change`,
        tone: 'plain',
      };
    default:
      return { mark: marks.other, word: 'event', tone: 'quiet' };
  }
}

/** A word for readers of the screen alone. */
export const hidden = (word: string | null): TemplateResult | typeof nothing =>
  word === null ? nothing : html`<span class="hidden">${word}</span>`;
