/** The one door of execution. */
export type * from './types.ts';
