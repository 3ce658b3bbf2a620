/** What the status bar says of an incident. Pure: the time is handed in. */
import { formatDuration, type IncidentState, nextDeadline } from '../../core/incident/index.ts';

export interface ClockText {
  readonly text: string;
  readonly tone: 'plain' | 'warning' | 'error';
  readonly tooltip: string;
}

/** A response that is due within this long is shown in the warning colour. */
const soonMs = 60_000;

export function clockText(state: IncidentState, now: Date): ClockText {
  const deadline = nextDeadline(state, now);
  const lasted = formatDuration(Math.floor((now.getTime() - Date.parse(state.declaredAt)) / 60_000) * 60_000);
  const about = `${state.id}: ${state.title}\n${state.severity.id} · ${state.status} · declared ${lasted} ago`;
  const head = `$(flame) ${state.severity.id}`;
  if (deadline === null) {
    const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(state.declaredAt)) / 60_000));
    return { text: `${head} · ${state.status} · ${inMinutes(minutes)}`, tone: 'plain', tooltip: about };
  }
  if (deadline.overdue) {
    return {
      text: `${head} · response overdue by ${clock(-deadline.remainingMs)}`,
      tone: 'error',
      tooltip: about,
    };
  }
  return {
    text: `${head} · respond in ${clock(deadline.remainingMs)}`,
    tone: deadline.remainingMs <= soonMs ? 'warning' : 'plain',
    tooltip: `${about}\n${deadline.summary}`,
  };
}

/** `12:04` below an hour, `3 h 12 min` above. */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds >= 3600) return formatDuration(seconds * 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

function inMinutes(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : formatDuration(minutes * 60_000);
}
