import type { SuiteOptions } from './harness/runSuite.ts';

/**
 * What the Mocha suites of `suite/` need of their VS Code, by file name without `.test.ts`. A suite that is not listed
 * gets an empty, trusted workspace.
 */
export const suites: Readonly<Record<string, SuiteOptions>> = {};
