/** Severity, status, steps and notes on one time axis. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { PanelEntry, PanelHeader, PanelSpan } from '../../incidentPanel/protocol.ts';
import { type Axis, createAxis, placeBars } from './axis.ts';
import { tone } from './header.ts';
import { markOf } from './icons.ts';
import { clockTime } from './time.ts';
import type { Actions } from './view.ts';

const labelWidth = 60;
const row = 22;
const bar = 14;
const lanes = ['severity', 'status', 'steps'] as const;
const height = lanes.length * row + 24;

/** About how wide a label of the lanes' small type is. */
const textWidth = (text: string): number => text.length * 6.2 + 8;

export interface LanesInput {
  readonly header: PanelHeader;
  readonly entries: readonly PanelEntry[];
  readonly now: number;
  /** Width that is there for the whole drawing, in pixels. */
  readonly width: number;
  readonly utc: boolean;
  /** The entry that the keyboard is on, or null. */
  readonly selected: string | null;
}

export function lanesView(input: LanesInput, actions: Actions): TemplateResult {
  const { header, entries, now, utc, selected } = input;
  const start = Math.min(
    Date.parse(header.declaredAt),
    ...entries.slice(0, 1).map((entry) => Date.parse(entry.startedAt ?? entry.time)),
  );
  const last = entries.at(-1);
  const end = header.open ? now : Date.parse(last?.time ?? header.declaredAt);
  const width = Math.max(120, input.width - labelWidth - 1);
  const zone = utc ? 0 : -new Date(now).getTimezoneOffset() * 60_000;
  const axis = createAxis(start, end, width, zone);
  const steps = entries.filter((entry) => entry.kind === 'step' || entry.kind === 'skipped');
  const notes = entries.filter((entry) => entry.kind === 'note');
  const failed = steps.filter((entry) => entry.outcome === 'failed').length;
  const label =
    `Time axis from ${clockTime(axis.from, utc)} to ${clockTime(axis.to, utc)}: ${steps.length} steps, ` +
    `${failed} failed, ${notes.length} notes. Left and right arrows move between entries, Enter goes to one.`;
  return html`<section class="lanes">
    <svg
      width=${width + labelWidth}
      height=${height}
      viewBox="0 0 ${width + labelWidth} ${height}"
      role="application"
      aria-label=${label}
      tabindex="0"
      @keydown=${(event: KeyboardEvent) => laneKey(event, entries, selected, actions)}
    >
      ${lanes.map((name, index) => svg`<text class="lane" x="0" y=${index * row + row / 2 + 4}>${name}</text>`)}
      <g transform="translate(${labelWidth} 0)">
        ${axisView(axis, utc)} ${spans(header.severities, axis, 0, 'tone', actions)}
        ${spans(header.statuses, axis, 1, 'phase', actions)} ${stepBars(steps, axis, now, selected, actions)}
        ${noteTicks(notes, axis, selected, actions)}
      </g>
    </svg>
  </section>`;
}

function axisView(axis: Axis, utc: boolean): TemplateResult {
  const y = lanes.length * row + 4;
  const seconds = axis.to - axis.from < 5 * 60_000;
  return svg`<line class="axis" x1="0" x2=${axis.width} y1=${y} y2=${y} />
    ${axis.ticks.map((tick) => {
      const x = axis.x(tick);
      const anchor = x < 20 ? 'start' : x > axis.width - 24 ? 'end' : 'middle';
      return svg`<line class="axis" x1=${x} x2=${x} y1=${y} y2=${y + 4} />
        <text class="tick" x=${x} y=${y + 16} text-anchor=${anchor}>${clockTime(tick, utc, seconds)}</text>`;
    })}`;
}

function spans(
  list: readonly PanelSpan[],
  axis: Axis,
  lane: number,
  kind: 'tone' | 'phase',
  actions: Actions,
): TemplateResult[] {
  const y = lane * row + (row - bar) / 2;
  return list.map((span) => {
    const x = axis.x(Date.parse(span.from));
    const end = span.to === null ? axis.width : axis.x(Date.parse(span.to));
    // A hair of space between two spans shows the change without a colour.
    const width = Math.max(2, end - x - (span.to === null ? 0 : 2));
    return svg`<g class="span ${kind}-${tone(span.tone)}" @click=${() => actions.scrollTo(span.entryId)}>
      <title>${span.label}</title>
      <rect x=${x} y=${y} width=${width} height=${bar} rx="2" />
      ${
        width >= textWidth(span.label)
          ? svg`<text class="in-bar" x=${x + 5} y=${y + bar - 3.5}>${span.label}</text>`
          : nothing
      }
    </g>`;
  });
}

function stepBars(
  steps: readonly PanelEntry[],
  axis: Axis,
  now: number,
  selected: string | null,
  actions: Actions,
): TemplateResult[] {
  const y = 2 * row + (row - bar) / 2;
  const times = steps.map((entry) => {
    const from = Date.parse(entry.startedAt ?? entry.time);
    return { from, to: entry.outcome === 'running' ? now : from + (entry.durationMs ?? 0) };
  });
  const places = placeBars(times, axis, 4);
  return steps.map((entry, index) => {
    const { x, width } = places[index] ?? { x: 0, width: 4 };
    const { word, tone: state } = markOf(entry);
    const facts = entry.facts.length === 0 ? '' : ` · ${entry.facts.join(' · ')}`;
    return svg`<g class="step ${state} ${entry.id === selected ? 'selected' : ''}" @click=${() => actions.scrollTo(entry.id)}>
      <title>${entry.summary}: ${word}${facts}</title>
      <rect class="reach" x=${x - 2} y=${y - 3} width=${width + 4} height=${bar + 6} />
      ${barView(entry, x, y, width)}
    </g>`;
  });
}

/** Failure and refusal are a shape too, not a colour alone: a cross in the bar, or in place of one too thin for it. */
function barView(entry: PanelEntry, x: number, y: number, width: number): TemplateResult {
  const middle = x + width / 2;
  if (entry.kind === 'skipped' || entry.outcome === 'cancelled') {
    const slash = svg`<path class="slash" d="M${middle - 3} ${y + bar - 2}l6 ${-(bar - 4)}" />`;
    return entry.kind === 'skipped' || width < 12 ? slash : svg`${rectView(x, y, width)}${slash}`;
  }
  if (entry.outcome !== 'failed') return rectView(x, y, width);
  const wide = width >= 14;
  return svg`${wide ? rectView(x, y, width) : nothing}
    <path class=${wide ? 'cross inside' : 'cross'} d="M${middle - 3.5} ${y + bar / 2 - 3.5}l7 7m0 -7l-7 7" />`;
}

function rectView(x: number, y: number, width: number): TemplateResult {
  return svg`<rect x=${x} y=${y} width=${width} height=${bar} rx="1" />`;
}

function noteTicks(
  notes: readonly PanelEntry[],
  axis: Axis,
  selected: string | null,
  actions: Actions,
): TemplateResult[] {
  const y = lanes.length * row + 4;
  return notes.map((entry) => {
    const x = axis.x(Date.parse(entry.time));
    return svg`<g class="note ${entry.id === selected ? 'selected' : ''}" @click=${() => actions.scrollTo(entry.id)}>
      <title>${entry.summary}</title>
      <rect class="reach" x=${x - 6} y=${y - 8} width="12" height="14" />
      <path d="M${x} ${y - 5}l5 5l-5 5l-5 -5z" />
    </g>`;
  });
}

function laneKey(
  event: KeyboardEvent,
  entries: readonly PanelEntry[],
  selected: string | null,
  actions: Actions,
): void {
  const at = entries.findIndex((entry) => entry.id === selected);
  const to = {
    ArrowLeft: at < 0 ? entries.length - 1 : at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: entries.length - 1,
  }[event.key];
  if (to !== undefined) {
    const entry = entries[Math.min(Math.max(to, 0), entries.length - 1)];
    if (entry !== undefined) actions.select(entry.id);
    event.preventDefault();
  } else if (event.key === 'Enter' && selected !== null) {
    actions.scrollTo(selected);
    event.preventDefault();
  }
}
