/** The post-mortem for a runbook that has no template of its own. */
import type { LogEvent } from '../../execution/types.ts';
import { formatDuration } from '../duration.ts';
import { metricsOf, milestoneWords } from '../metrics.ts';
import { number, object, outputOf, text } from '../read.ts';
import type { IncidentState, TimelineEntry } from '../types.ts';
import { type Facts, minute } from './facts.ts';
import { cell, code, fence, inert, prompt, trace } from './markdown.ts';
import { clock, placeOf, sentence, shownEntries, spansDays } from './timeline.ts';

/** Longest excerpt of one command's output, in UTF-16 code units. */
const EXCERPT = 2_000;

/** Draws the draft in our own shape. */
export function ownPostmortem(state: IncidentState, events: readonly LogEvent[], facts: Facts): string {
  const parts = [
    `# Post-mortem: ${facts.title.text}${trace(facts.title.events)}`,
    overview(state, facts),
    asked('Summary', 'what happened, in two or three sentences?'),
    asked('Impact', 'who was affected, how, and for how long?'),
    asked('Detection', 'how was it noticed, and what would have shown it sooner?'),
    `## Timeline\n\n${timeline(state)}`,
    asked('Contributing factors', 'what led to this, as far as it is known?'),
    asked('Response and recovery', 'what was tried, and what ended it?'),
    `## Commands run\n\n${commands(state, events)}`,
    `## Metrics\n\n${metrics(state)}`,
    asked('What went well', 'what helped?'),
    asked('What went badly', 'what slowed the response, or was missing?'),
    asked('Where we were lucky', 'where did chance help?'),
    `## Runbook findings\n\n${findings(state)}`,
    `## Action items\n\n| Action | Owner | Due | Priority |\n| --- | --- | --- | --- |\n\n${prompt('one row each: what will be done, by whom, until when?', null)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function asked(heading: string, question: string): string {
  return `## ${heading}\n\n${prompt(question, null)}`;
}

function overview(state: IncidentState, facts: Facts): string {
  const fields = [
    'Incident id',
    'Severity',
    'Status',
    'Start',
    'Detected',
    'Acknowledged',
    'Mitigated',
    'Resolved',
    'Duration',
    'Runbook',
  ];
  const rows = fields.map((name) => {
    const fact = facts.forField(name, '') ?? { text: 'none', events: [] };
    return `| ${name} | ${cell(fact.text + trace(fact.events))} |`;
  });
  const people = new Map<string, string>();
  for (const { actor, eventId } of state.timeline) {
    if (actor !== '' && actor !== 'runline' && !people.has(actor)) people.set(actor, eventId);
  }
  const names = [...people.keys()].map(inert).join(', ');
  rows.push(`| Recorded by | ${cell(names + trace([...people.values()]))} |`);
  return `| Field | Value |\n| --- | --- |\n${rows.join('\n')}`;
}

function timeline(state: IncidentState): string {
  const entries = shownEntries(state);
  const dated = spansDays(entries);
  const rows = entries.map(
    (entry) =>
      `| ${clock(entry, true, dated)} | ${cell(sentence(entry))} | ${cell(inert(entry.actor))} | ${cell(placeOf(entry) + trace([entry.eventId])).trim()} |`,
  );
  return `| Time (UTC) | Event | Who | Runbook |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

function commands(state: IncidentState, events: readonly LogEvent[]): string {
  const steps = state.timeline.filter((entry) => entry.kind === 'step');
  if (steps.length === 0) return 'No command was run through Runline.';
  const starts = new Map<string, LogEvent>();
  for (const event of events) {
    const run = text(event.data, 'run');
    if (run !== null && event.type.endsWith('step.started')) starts.set(run, event);
  }
  const startOf = (entry: TimelineEntry) => starts.get(text(entry.event.data, 'run') ?? '') ?? entry.event;
  const dated = spansDays(steps);
  const rows = steps.map((entry) => {
    const start = startOf(entry);
    const exit = number(entry.event.data, 'exitCode');
    const end = exit === null ? (text(entry.event.data, 'signal') ?? entry.outcome ?? '') : String(exit);
    const cells = [
      (entry.startedAt ?? entry.time).slice(dated ? 0 : 11, 19).replace('T', ' '),
      inert(entry.summary),
      code(firstLine(text(start.data, 'command') ?? '')),
      targets(start),
      inert(end),
      entry.durationMs === null ? '' : formatDuration(entry.durationMs),
      placeOf(entry) + trace([start.id, entry.eventId]),
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const table = `| Started (UTC) | Step | Command | Target | Exit | Duration | Runbook |\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
  return [table, ...steps.flatMap(excerpt)].join('\n\n');
}

/** The output of a step that did not succeed. */
function excerpt(entry: TimelineEntry): string[] {
  const output = outputOf(entry.event.data);
  if (entry.outcome === 'succeeded' || output === null || `${output.head}${output.tail}`.trim() === '')
    return [];
  const left = output.truncated || output.head.length > EXCERPT ? '\n[…]\n' : '\n';
  const shown = `${output.head.slice(0, EXCERPT)}${output.tail === '' && left === '\n' ? '' : left}${output.tail.slice(-EXCERPT)}`;
  return [
    `${inert(entry.summary)}, ${inert(entry.facts.join(', '))}:${trace([entry.eventId])}`,
    fence(shown),
  ];
}

/** `command` as one line: its first line that is no comment, `…` where there is more. */
function firstLine(command: string): string {
  const lines = command.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return lines.length > 1 ? `${lines[0]} …` : (lines[0] ?? '');
}

function targets(start: LogEvent): string {
  const words = Array.isArray(start.data.targets) ? start.data.targets : [];
  return words
    .map((word) => object({ word }, 'word'))
    .filter((word) => word !== null)
    .map((word) => inert(`${text(word, 'kind') ?? ''} ${text(word, 'value') ?? ''}`.trim()))
    .join(', ');
}

function metrics(state: IncidentState): string {
  const rows = metricsOf(state).map(
    ({ name, text: value, formula, events }) => `| ${name} | ${value} | ${formula}${trace(events)} |`,
  );
  const ends = Object.entries(state.milestones)
    .sort(([, a], [, b]) => (a.at < b.at ? -1 : 1))
    .map(([name, fact]) => `${milestoneWords(name as keyof typeof state.milestones)} ${minute(fact.at)}`);
  return `| Metric | Value | Formula |\n| --- | --- | --- |\n${rows.join('\n')}\n\nRecorded times: ${ends.join(', ')}.${trace(Object.values(state.milestones).map((fact) => fact.eventId))}`;
}

function findings(state: IncidentState): string {
  const kinds = state.timeline.filter(
    (entry) => entry.kind === 'skipped' || (entry.kind === 'step' && entry.outcome !== 'succeeded'),
  );
  const lines = kinds.map((entry) => {
    const place = placeOf(entry);
    return `- ${sentence(entry)}${place === '' ? '' : ` (${place})`}${trace([entry.eventId])}`;
  });
  const facts = lines.length === 0 ? 'No step failed or was skipped.' : lines.join('\n');
  return `${facts}\n\n${prompt('what in the runbook should change?', null)}`;
}
