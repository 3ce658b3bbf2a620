import { appendFileSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import { basename } from 'node:path';
import Mocha from 'mocha';

/** One line of the results file: a test that ended, or the end of the suite. */
export type ResultLine =
  | { readonly test: string; readonly state: 'passed' | 'skipped'; readonly ms: number }
  | { readonly test: string; readonly state: 'failed'; readonly ms: number; readonly failure: string }
  | { readonly end: true };

/**
 * Runs inside VS Code's extension host: Mocha with `describe` and `it` over the tests that `load` defines. Each result
 * is on disk before the next test starts, so that a crash of the host loses none.
 * @param bundle the file that we and the tests are bundled into
 * @returns a promise that rejects if a test failed
 */
export function runMocha(bundle: string, load: () => void): Promise<void> {
  const file = process.env.RUNLINE_TEST_RESULTS;
  const write = (line: ResultLine) => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  const grep = process.env.RUNLINE_TEST_GREP;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    // Prints nothing: the results go to the file.
    reporter: Mocha.reporters.Base,
    ...(grep === undefined ? {} : { grep }),
  });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  load();
  return new Promise((done, failed) => {
    const runner = mocha.run((failures) => {
      write({ end: true });
      if (failures === 0) done();
      else failed(new Error(`${failures} failed`));
    });
    const name = (test: Mocha.Test | Mocha.Hook) => test.fullTitle();
    runner.on('pass', (test) => write({ test: name(test), state: 'passed', ms: test.duration ?? 0 }));
    runner.on('pending', (test) => write({ test: name(test), state: 'skipped', ms: 0 }));
    // A hook that fails arrives here too, under its own name.
    runner.on('fail', (test, error) =>
      write({
        test: name(test),
        state: 'failed',
        ms: test.duration ?? 0,
        failure: inSource(describeError(error), bundle),
      }),
    );
  });
}

function describeError(error: Error & { actual?: unknown; expected?: unknown }): string {
  const difference =
    error.expected === undefined && error.actual === undefined
      ? ''
      : `\nexpected: ${JSON.stringify(error.expected)}\nactual:   ${JSON.stringify(error.actual)}`;
  return `${error.stack ?? error}${difference}`;
}

/** Turns positions in the bundle into positions in the sources. */
function inSource(text: string, bundle: string): string {
  const map = findSourceMap(bundle);
  const place = new RegExp(`[^\\s()]*${basename(bundle).replaceAll('.', '\\.')}:(\\d+):(\\d+)`, 'g');
  return text.replace(place, (whole, line, column) => {
    const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
    return entry !== undefined && 'originalLine' in entry
      ? `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
      : whole;
  });
}
