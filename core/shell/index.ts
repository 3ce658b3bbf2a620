/** The one door of the command model. */
export { dialectOf } from './dialect.ts';
export { explainCommand } from './explain.ts';
export { quote } from './quote.ts';
export { type ReadOptions, readScript } from './script.ts';
export { explained, sentenceOf, targetInWords } from './sentence.ts';
export { classifySql } from './sql.ts';
export type * from './types.ts';
export { highest, maxRisk, READ_ONLY } from './verdict.ts';
