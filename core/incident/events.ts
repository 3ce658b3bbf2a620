/** The types of events that an incident's log holds; the payloads are documented in `schemas/event.schema.json`. */
export const EVENT = {
  declared: 'dev.runline.incident.declared',
  acknowledged: 'dev.runline.incident.acknowledged',
  severityChanged: 'dev.runline.incident.severity.changed',
  statusChanged: 'dev.runline.incident.status.changed',
  titleChanged: 'dev.runline.incident.title.changed',
  milestoneSet: 'dev.runline.milestone.set',
  noteAdded: 'dev.runline.note.added',
  noteCorrected: 'dev.runline.note.corrected',
  noteRetracted: 'dev.runline.note.retracted',
  stepStarted: 'dev.runline.step.started',
  stepFinished: 'dev.runline.step.finished',
  stepSkipped: 'dev.runline.step.skipped',
  gap: 'dev.runline.system.recorder.gap',
} as const;
