/** The one door of the model. */

export { DEFAULT_RUNBOOK_GLOBS, declaresRunbook, isRunbookPath, looksLikeRunbook } from './discovery.ts';
export { type CodeOwners, ownerFromCodeowners } from './facts/codeowners.ts';
export { leadingDuration, parseDuration } from './facts/duration.ts';
export { anchorsOf, type FoundStep, findStep } from './lookup.ts';
export { type ParseOptions, parseRunbook } from './parse.ts';
export type * from './types.ts';
