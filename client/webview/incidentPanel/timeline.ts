/** The list of what happened. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PanelEntry } from '../../incidentPanel/protocol.ts';
import { addIcon, closedIcon, goToIcon, hidden, logIcon, markOf, openIcon, searchIcon } from './icons.ts';
import { type Model, type Row, rows, visibleEntries } from './store.ts';
import { calendarDay, clockTime, roughly } from './time.ts';
import type { Actions } from './view.ts';

export function toolbarView(model: Model, actions: Actions): TemplateResult {
  const { choices } = model;
  const tab = (id: 'timeline' | 'activity', label: string, title: string): TemplateResult =>
    html`<button
      class="tab"
      role="tab"
      title=${title}
      aria-selected=${choices.tab === id}
      @click=${() => actions.choose({ tab: id })}
    >
      ${label}
    </button>`;
  return html`<section class="toolbar">
    <div class="tabs" role="tablist" aria-label="What is listed">
      ${tab('timeline', 'Timeline', 'Steps, changes and notes')}
      ${tab('activity', 'Activity', 'Every event of the log')}
    </div>
    <label class="filter">
      ${searchIcon}${hidden('Filter the list')}
      <input
        type="text"
        placeholder="Filter"
        spellcheck="false"
        .value=${choices.filter}
        @input=${(event: Event) => actions.choose({ filter: (event.target as HTMLInputElement).value })}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') actions.choose({ filter: '' });
        }}
      />
    </label>
    <button
      class="quiet"
      title="Times are in ${choices.utc ? 'UTC' : 'the zone of this machine'}. Show the other"
      aria-label="Times in ${choices.utc ? 'UTC' : 'local time'}. Switch"
      @click=${() => actions.choose({ utc: !choices.utc })}
    >
      ${choices.utc ? 'UTC' : 'Local'}
    </button>
    <button class="quiet" @click=${() => actions.act('note')}>${addIcon}Note</button>
  </section>`;
}

export function listView(
  model: Model,
  now: number,
  current: string | null,
  actions: Actions,
): TemplateResult {
  const { utc, filter } = model.choices;
  const shown = rows(model, now, (iso) => calendarDay(iso, utc));
  if (shown.length === 0) {
    return html`<section class="list" tabindex="-1">
      <p class="empty">
        ${
          filter.trim() === ''
            ? 'Nothing has been recorded yet. Run a step or add a note.'
            : html`No entry contains “${filter.trim()}”.
                <button class="link" @click=${() => actions.choose({ filter: '' })}>Show all</button>`
        }
      </p>
    </section>`;
  }
  const count = visibleEntries(model).length;
  const first = shown.find((row) => row.type === 'entry')?.key ?? null;
  const stop = shown.some((row) => row.key === current) ? current : first;
  return html`<section class="list" tabindex="-1" @keydown=${(event: KeyboardEvent) => listKey(event, model, actions)}>
    ${filter.trim() === '' ? nothing : html`<p class="count">${count} of ${model.entries.length} entries</p>`}
    <ol aria-label="Timeline">
      ${repeat(
        shown,
        (row) => row.key,
        (row) => rowView(row, model, stop, actions),
      )}
    </ol>
  </section>`;
}

function rowView(row: Row, model: Model, stop: string | null, actions: Actions): TemplateResult {
  if (row.type === 'day') return html`<li class="day">${row.day}</li>`;
  if (row.type === 'gap') {
    const text = row.last ? 'since the last entry' : 'without an entry';
    return html`<li class="gap">${roughly(row.milliseconds)} ${text}</li>`;
  }
  return entryView(row.entry, model, row.key === stop, actions);
}

function entryView(entry: PanelEntry, model: Model, stop: boolean, actions: Actions): TemplateResult {
  const { utc, open } = model.choices;
  const { mark, word, tone } = markOf(entry);
  const isOpen = open.includes(entry.id);
  const other = `${clockTime(entry.time, !utc)} ${utc ? 'local' : 'UTC'}`;
  return html`<li class="entry ${tone}" id="entry-${entry.id}" data-entry=${entry.id} tabindex=${stop ? 0 : -1}>
    <time datetime=${entry.time} title="${other} · ${entry.actor}">${clockTime(entry.time, utc)}</time>
    <span class="mark" title=${word}>${mark}${hidden(word)}</span>
    <div class="words">
      <span class="summary">${entry.summary}</span>
      ${entry.facts.length === 0 ? nothing : html`<span class="facts">${entry.facts.join(' · ')}</span>`}
    </div>
    ${
      entry.link === null
        ? html`<span></span>`
        : html`<button
            class="bare"
            tabindex=${stop ? 0 : -1}
            title="Go to ${entry.link.path}:${entry.link.line}"
            aria-label="Go to line ${entry.link.line} of ${entry.link.path}"
            @click=${() => actions.reveal(entry.id)}
          >
            ${goToIcon}
          </button>`
    }
    ${evidenceView(entry, isOpen, stop, actions)}
  </li>`;
}

function evidenceView(
  entry: PanelEntry,
  isOpen: boolean,
  stop: boolean,
  actions: Actions,
): TemplateResult | typeof nothing {
  const foldable = entry.excerpt !== '' || entry.command !== null;
  if (!foldable && entry.evidence === null) return nothing;
  const line = entry.evidence ?? (entry.command === null ? '' : firstLine(entry.command));
  return html`<div class="evidence">
    ${
      foldable
        ? html`<button
            class="fold"
            tabindex=${stop ? 0 : -1}
            aria-expanded=${isOpen}
            title=${isOpen ? 'Fold' : 'Show the command and its output'}
            @click=${() => actions.toggle(entry.id)}
          >
            ${isOpen ? openIcon : closedIcon}<code>${line}</code>
          </button>`
        : html`<code class="alone">${line}</code>`
    }
    ${
      entry.hasLog
        ? html`<button
            class="bare"
            tabindex=${stop ? 0 : -1}
            title="Open the whole output"
            aria-label="Open the whole output"
            @click=${() => actions.output(entry.id)}
          >
            ${logIcon}
          </button>`
        : nothing
    }
    ${
      isOpen && foldable
        ? html`<div class="well">
            ${entry.command === null ? nothing : html`<pre class="command">${entry.command}</pre>`}
            ${
              entry.excerpt === ''
                ? html`<p class="none">${entry.outcome === 'running' ? 'Still running.' : 'It wrote nothing.'}</p>`
                : html`<pre>${entry.excerpt}</pre>`
            }
          </div>`
        : nothing
    }
  </div>`;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : `${text.slice(0, end)} …`;
}

/** Up and down move between entries, left and right fold, Enter goes to the runbook. */
function listKey(event: KeyboardEvent, model: Model, actions: Actions): void {
  const target = event.target as HTMLElement;
  const id = target.closest<HTMLElement>('[data-entry]')?.dataset.entry;
  if (id === undefined) return;
  const entries = visibleEntries(model);
  const at = entries.findIndex((entry) => entry.id === id);
  const entry = entries[at];
  const onRow = target.matches('[data-entry]');
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to !== undefined) {
    const next = entries[Math.min(Math.max(to, 0), entries.length - 1)];
    if (next !== undefined) actions.focusEntry(next.id);
  } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
    const isOpen = model.choices.open.includes(id);
    if (isOpen === (event.key === 'ArrowLeft')) actions.toggle(id);
  } else if (event.key === 'Enter' && onRow && entry !== undefined && entry.link !== null) {
    actions.reveal(id);
  } else {
    return;
  }
  event.preventDefault();
}
