/** What the panel knows, and how messages change it. No DOM here, so that it is tested as plain functions. */
import type { PanelEntry, PanelHeader, ToPanel } from '../../incidentPanel/protocol.ts';

/** What the reader chose; survives hiding and reloading. */
export interface Choices {
  readonly utc: boolean;
  readonly tab: 'timeline' | 'activity';
  readonly filter: string;
  /** Ids of entries whose evidence is open. */
  readonly open: readonly string[];
}

export interface Model {
  readonly sequence: number;
  readonly header: PanelHeader | null;
  /** In order of time. */
  readonly entries: readonly PanelEntry[];
  /** The host's clock minus ours, in milliseconds. */
  readonly skew: number;
  /** Why there is nothing to show, where the host said so. */
  readonly missing: string | null;
  readonly choices: Choices;
}

export const initialChoices: Choices = { utc: true, tab: 'timeline', filter: '', open: [] };

export const emptyModel: Model = {
  sequence: 0,
  header: null,
  entries: [],
  skew: 0,
  missing: null,
  choices: initialChoices,
};

/** The model after a message, and whether a gap was found, after which a new snapshot must be asked for. */
export function receive(
  model: Model,
  message: ToPanel,
  ownNow: number,
): { readonly model: Model; readonly gap: boolean } {
  if (message.type === 'missing') {
    return { model: { ...model, header: null, entries: [], missing: message.message }, gap: false };
  }
  const skew = Date.parse(message.now) - ownNow;
  const common = { sequence: message.sequence, header: message.header, skew, missing: null };
  if (message.type === 'snapshot') {
    return { model: { ...model, ...common, entries: inOrder(message.entries) }, gap: false };
  }
  if (model.header === null || message.sequence !== model.sequence + 1) return { model, gap: true };
  const gone = new Set([...message.removed, ...message.entries.map((entry) => entry.id)]);
  const kept = model.entries.filter((entry) => !gone.has(entry.id));
  return { model: { ...model, ...common, entries: inOrder([...kept, ...message.entries]) }, gap: false };
}

/** By time; entries of the same time keep the order in which the log has them. */
function inOrder(entries: readonly PanelEntry[]): readonly PanelEntry[] {
  return entries
    .map((entry, index) => ({ entry, index, at: Date.parse(entry.time) || 0 }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ entry }) => entry);
}

/** Choices as they were stored, or the initial ones for whatever is missing or not ours. */
export function readChoices(stored: unknown): Choices {
  if (typeof stored !== 'object' || stored === null) return initialChoices;
  const value = stored as Partial<Record<keyof Choices, unknown>>;
  return {
    utc: typeof value.utc === 'boolean' ? value.utc : initialChoices.utc,
    tab: value.tab === 'activity' ? 'activity' : 'timeline',
    filter: typeof value.filter === 'string' ? value.filter : '',
    open: Array.isArray(value.open) ? value.open.filter((id) => typeof id === 'string') : [],
  };
}

/** One line of the list. */
export type Row =
  | { readonly type: 'entry'; readonly key: string; readonly entry: PanelEntry }
  | { readonly type: 'gap'; readonly key: string; readonly milliseconds: number; readonly last: boolean }
  | { readonly type: 'day'; readonly key: string; readonly day: string };

/** Silence longer than this is shown. */
const gapMs = 5 * 60_000;

/** The entries that the tab and the filter leave, before gaps and days are put between them. */
export function visibleEntries(model: Model): readonly PanelEntry[] {
  const { tab, filter } = model.choices;
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return model.entries.filter((entry) => {
    if (tab === 'timeline' && entry.kind === 'other') return false;
    if (words.length === 0) return true;
    const text = [entry.summary, entry.kind, entry.outcome, entry.evidence, entry.actor, ...entry.facts]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * The list: entries with the days and the silences between them. A filtered list shows no silences, since what it leaves
 * out was not silence.
 */
export function rows(model: Model, now: number, dayOf: (iso: string) => string): readonly Row[] {
  const entries = visibleEntries(model);
  const filtered = model.choices.filter.trim() !== '';
  const result: Row[] = [];
  let before: { readonly at: number; readonly day: string } | null = null;
  for (const entry of entries) {
    const start = Date.parse(entry.startedAt ?? entry.time);
    const day = dayOf(entry.time);
    if (before !== null && !filtered && start - before.at > gapMs) {
      result.push({ type: 'gap', key: `gap ${entry.id}`, milliseconds: start - before.at, last: false });
    }
    if (before !== null && day !== before.day) result.push({ type: 'day', key: `day ${day}`, day });
    result.push({ type: 'entry', key: entry.id, entry });
    before = { at: start + (entry.durationMs ?? 0), day };
  }
  const running = entries.some((entry) => entry.outcome === 'running');
  if (before !== null && !filtered && !running && model.header?.open === true && now - before.at > gapMs) {
    result.push({ type: 'gap', key: 'gap now', milliseconds: now - before.at, last: true });
  }
  return result;
}
