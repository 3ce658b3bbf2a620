/** The one door of the model. */
export type * from './types.ts';
