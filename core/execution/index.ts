/** The one door of execution. */
export { isRunning } from './alive.ts';
export { consentNeeded, type Destroyed, destroyedBy, typedWord } from './consent.ts';
export { StepRefused } from './errors.ts';
export { STEP_FINISHED, STEP_SKIPPED, STEP_STARTED, skippedDraft } from './events.ts';
export { neededInputs } from './inputs.ts';
export { cleanOutput } from './output.ts';
export type { StepDeps } from './prepare.ts';
export { isSecretName, type Redactor, redactor } from './redaction.ts';
export { runFolder } from './runFolder.ts';
export { readSessionVariables } from './session/state.ts';
export { startStep } from './start.ts';
export { sessionId, stateFolder } from './stateFolder.ts';
export { type PlaceholderSpan, substitute } from './substitute/substitute.ts';
export { type TerminalStep, terminalStep } from './terminal.ts';
export type * from './types.ts';
