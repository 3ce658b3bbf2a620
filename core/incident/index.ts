/** The one door of incidents. */
export type * from './types.ts';
