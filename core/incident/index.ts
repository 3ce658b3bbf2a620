/** The one door of incidents. */
export { ACTIVE_FOLDER, listActive, markActive, unmarkActive } from './active.ts';
export { type Deadline, nextDeadline, responseDueAt } from './clock.ts';
export { formatDuration } from './duration.ts';
export { IncidentError, type IncidentErrorCode } from './errors.ts';
export { EVENT } from './events.ts';
export { tellingLine } from './evidence.ts';
export { fold, isOver, STATUSES } from './fold.ts';
export { GENESIS, hashOf } from './log/chain.ts';
export { type EventLog, type LogOptions, openLog } from './log/log.ts';
export { readEvents, verifyLog } from './log/read.ts';
export { type Metric, metricsOf } from './metrics.ts';
export { type DraftOptions, draftPostmortem } from './postmortem/draft.ts';
export { type WrittenPostmortem, writePostmortem } from './postmortem/write.ts';
export { DEFAULT_SCALE, findSeverity, severityLabel } from './scale.ts';
export {
  createIncidents,
  type Incidents,
  type IncidentsOptions,
  type OpenIncident,
  syncActive,
} from './store.ts';
export type * from './types.ts';
