/** The one door of the command model. */
export type * from './types.ts';
