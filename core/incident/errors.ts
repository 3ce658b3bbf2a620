/** What can go wrong with a log or an incident, as a type that callers can tell apart. */

/**
 * - `bad-event`: the event cannot be written as it is; nothing was written.
 * - `bad-id`, `unknown-incident`, `unknown-severity`, `unknown-status`: what a person named is not there.
 * - `empty-log`: the incident's folder has no readable declaration.
 * - `log-unwritable`: the disk refused; the event is not in the log.
 * - `log-busy`: another process kept the log's lock for too long; the event is not in the log.
 */
export type IncidentErrorCode =
  | 'bad-event'
  | 'bad-id'
  | 'unknown-incident'
  | 'unknown-severity'
  | 'unknown-status'
  | 'empty-log'
  | 'log-unwritable'
  | 'log-busy';

/** A fault that a caller shows as it stands: the message says what happened, to what, and what to do next. */
export class IncidentError extends Error {
  readonly code: IncidentErrorCode;

  constructor(code: IncidentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IncidentError';
    this.code = code;
  }
}

/** The system's own code of a file error (`ENOENT`), or null. */
export function fileErrorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
