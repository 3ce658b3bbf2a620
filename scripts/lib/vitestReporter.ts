import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What `vitest.ts` reads back: vitest's own JSON report has neither the difference of a failed comparison nor why a test was skipped. */
export interface VitestReport {
  readonly tests: readonly {
    readonly file: string;
    readonly name: string;
    readonly state: 'passed' | 'failed' | 'skipped';
    /** Of a failed test, everything there is to know; of a skipped one, the reason that it gave. */
    readonly text?: string;
  }[];
  /** What belongs to no test: a file that could not be loaded, an error that nobody caught. */
  readonly faults: readonly { readonly file: string; readonly text: string }[];
}

/** Writes the report to the file that `RUNLINE_VITEST_REPORT` names, once, at the end of the run. */
// biome-ignore lint/style/noDefaultExport: vitest makes its reporters from the default export, a class.
export default class implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env.RUNLINE_VITEST_REPORT;
    if (file === undefined) return;
    const faults = [
      ...modules.flatMap(faultsOf),
      ...unhandled.map((error) => ({ file: 'outside of any test', text: textOf(error) })),
    ];
    const report: VitestReport = { tests: modules.flatMap(testsOf), faults };
    writeFileSync(file, JSON.stringify(report));
  }
}

function testsOf(module: TestModule): VitestReport['tests'] {
  return [...module.children.allTests()].map((test) => {
    const result = test.result();
    const common = { file: module.relativeModuleId, name: test.fullName };
    if (result.state === 'passed') return { ...common, state: 'passed' };
    if (result.state === 'failed')
      return { ...common, state: 'failed', text: result.errors.map(textOf).join('\n') };
    const note = 'note' in result ? result.note : undefined;
    return { ...common, state: 'skipped', ...(note === undefined ? {} : { text: note }) };
  });
}

function faultsOf(module: TestModule): VitestReport['faults'] {
  const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
  return [...module.errors(), ...suites].map((error) => ({
    file: module.relativeModuleId,
    text: textOf(error),
  }));
}

function textOf(error: SerializedError): string {
  const places = (error.stacks ?? []).map(({ file, line, column }) => `    at ${file}:${line}:${column}`);
  const head = [error.name, error.message].filter((part) => part !== undefined).join(': ');
  return [head, error.diff, ...(places.length > 0 ? places : [error.stack])]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');
}
