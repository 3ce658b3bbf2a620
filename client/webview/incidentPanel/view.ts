/** The whole panel as one template. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FromPanel } from '../../incidentPanel/protocol.ts';
import { headerView, numbersView } from './header.ts';
import { lanesView } from './lanes.ts';
import type { Choices, Model } from './store.ts';
import { listView, toolbarView } from './timeline.ts';

/** What the views may ask for. */
export interface Actions {
  act(action: Extract<FromPanel, { type: 'action' }>['action']): void;
  /** Goes to the entry's line in the runbook. */
  reveal(entryId: string): void;
  /** Opens the whole output of a step. */
  output(entryId: string): void;
  choose(change: Partial<Choices>): void;
  toggle(entryId: string): void;
  /** Marks an entry on the time axis. */
  select(entryId: string): void;
  /** Brings an entry of the list into view and puts the keyboard on it. */
  scrollTo(entryId: string): void;
  focusEntry(entryId: string): void;
}

export interface Frame {
  readonly now: number;
  readonly width: number;
  readonly selected: string | null;
}

export function panelView(model: Model, frame: Frame, actions: Actions): TemplateResult {
  const { header } = model;
  if (header === null) {
    return html`<p class="empty">${model.missing ?? 'Reading the incident.'}</p>`;
  }
  return html`<div class="panel">
    ${headerView(header, actions)} ${numbersView(header, frame.now, actions)}
    ${
      header.fault === null
        ? nothing
        : html`<p class="fault" role="alert">The log was changed outside Runline: ${header.fault}</p>`
    }
    ${lanesView({ header, entries: model.entries, utc: model.choices.utc, ...frame }, actions)}
    ${toolbarView(model, actions)} ${listView(model, frame.now, frame.selected, actions)}
    <footer>
      <button @click=${() => actions.act('postmortem')}>Draft post-mortem</button>
      ${header.open ? html`<button @click=${() => actions.act('resolve')}>Resolve</button>` : nothing}
      <span class="space"></span>
      <button class="link" @click=${() => actions.act('openRunbook')}>Runbook</button>
      <button class="link" @click=${() => actions.act('openLog')}>Log</button>
    </footer>
  </div>`;
}
