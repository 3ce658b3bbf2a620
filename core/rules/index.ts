/** The rules, one line each. */
export type * from './types.ts';
