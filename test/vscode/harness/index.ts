/** The door of the harness: what `npm test` and the tests of `workbench/` import. */
export { installVscode } from '../../../scripts/lib/vscodeServer.ts';
export { launchBrowser } from './browser.ts';
export type { Workspace } from './folders.ts';
export { runSuite, type SuiteOptions, type SuiteResult } from './runSuite.ts';
export {
  openWorkbench,
  startVscode,
  type Vscode,
  type VscodeOptions,
  type Workbench,
  type WorkbenchOptions,
} from './workbench.ts';
