/** Refusals that a caller can tell apart. */

/**
 * Why a step was not started:
 * `language` nothing here runs it; `program` an interpreter is missing; `folder` its working folder is missing;
 * `log` its start could not be recorded; `value` a value cannot be put where the placeholder stands;
 * `request` the request itself is wrong; `platform` this operating system is not supported.
 */
export type RefusalCode = 'language' | 'program' | 'folder' | 'log' | 'value' | 'request' | 'platform';

/** Nothing ran. The message says what happened, to what, and what to do next; it is fit to be shown as it is. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
