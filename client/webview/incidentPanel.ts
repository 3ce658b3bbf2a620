/** The incident panel's browser side: messages in, one template out. */
import { render } from 'lit';
import type { FromPanel, ToPanel } from '../incidentPanel/protocol.ts';
import { markOf } from './incidentPanel/icons.ts';
import { emptyModel, type Model, readChoices, receive } from './incidentPanel/store.ts';
import { type Actions, panelView } from './incidentPanel/view.ts';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const root = document.getElementById('root') as HTMLElement;
const live = document.getElementById('live') as HTMLElement;

let model: Model = { ...emptyModel, choices: readChoices(vscode.getState()) };
let selected: string | null = null;
let width = document.body.clientWidth;
let asked = false;

const actions: Actions = {
  act: (action) => vscode.postMessage({ type: 'action', action }),
  reveal: (entryId) => vscode.postMessage({ type: 'reveal', entryId }),
  output: (entryId) => vscode.postMessage({ type: 'output', entryId }),
  choose(change) {
    model = { ...model, choices: { ...model.choices, ...change } };
    vscode.setState(model.choices);
    draw();
  },
  toggle(entryId) {
    const { open } = model.choices;
    const without = open.filter((id) => id !== entryId);
    actions.choose({ open: without.length < open.length ? without : [...open, entryId] });
  },
  select(entryId) {
    selected = entryId;
    const entry = model.entries.find((candidate) => candidate.id === entryId);
    if (entry !== undefined) live.textContent = `${entry.summary}, ${markOf(entry).word}`;
    draw();
  },
  scrollTo(entryId) {
    const row = (): HTMLElement | null => document.getElementById(`entry-${entryId}`);
    // What is clicked on the axis may be hidden by the filter or the tab.
    if (row() === null) actions.choose({ filter: '', tab: 'activity' });
    actions.focusEntry(entryId);
    row()?.scrollIntoView({ block: 'center' });
  },
  focusEntry(entryId) {
    selected = entryId;
    draw();
    document.getElementById(`entry-${entryId}`)?.focus();
  },
};

function draw(): void {
  const list = document.querySelector('.list');
  const atEnd = list !== null && list.scrollHeight - list.scrollTop - list.clientHeight < 8;
  render(panelView(model, { now: Date.now() + model.skew, width, selected }, actions), root);
  // Who reads the end of the list sees what comes; who has scrolled up is left in peace.
  const after = document.querySelector('.list');
  if (after !== null && (atEnd || list === null)) after.scrollTop = after.scrollHeight;
}

window.addEventListener('message', (event: MessageEvent<ToPanel>) => {
  const before = new Map(model.entries.map((entry) => [entry.id, entry]));
  const known = model.header !== null;
  const result = receive(model, event.data, Date.now());
  model = result.model;
  if (result.gap) {
    if (!asked) vscode.postMessage({ type: 'ready' });
    asked = true;
    return;
  }
  asked = false;
  const fresh = model.entries.filter(
    (entry) => before.get(entry.id)?.outcome !== entry.outcome || !before.has(entry.id),
  );
  const last = fresh.at(-1);
  if (known && last !== undefined)
    live.textContent = `${last.summary}, ${markOf(last).word}. ${last.facts.join(', ')}`;
  draw();
});

new ResizeObserver(() => {
  const next = root.clientWidth - 2 * Number.parseFloat(getComputedStyle(root).paddingLeft || '0');
  if (next === width) return;
  width = next;
  draw();
}).observe(root);

// The clocks move by the second; nothing else in the drawing does.
setInterval(() => {
  if (document.visibilityState === 'visible' && model.header?.open === true) draw();
}, 1000);

draw();
vscode.postMessage({ type: 'ready' });
