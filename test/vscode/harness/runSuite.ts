import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { root, start, stop } from '../../../scripts/lib/processes.ts';
import { environment, type Folders, makeFolders, testSettings, type Workspace } from './folders.ts';
import type { ResultLine } from './mochaRunner.ts';

/** What a suite needs of its VS Code; `test/vscode/suites.ts` says it for each suite that needs something. */
export interface SuiteOptions {
  /** A folder to copy, or files to write; default: an empty folder. */
  readonly workspace?: Workspace;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default true; false opens the workspace in Restricted Mode. */
  readonly trust?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** The extension to load, absolute; default: this repository, as `npm run build` left it. */
  readonly extensionDevelopmentPath?: string;
  /** Default 120 s, from the start of VS Code to the end of the last test. */
  readonly timeoutMs?: number;
  /** Mocha's `grep`: only tests whose full title holds this. */
  readonly grep?: string;
}

export interface SuiteResult {
  readonly tests: readonly {
    readonly name: string;
    readonly state: 'passed' | 'failed' | 'skipped';
    readonly failure?: string;
  }[];
  /** The extension host's console. */
  readonly output: string;
}

/**
 * Runs one Mocha suite in the extension host of a real VS Code: the desktop program that `RUNLINE_VSCODE` names, else
 * the server build. Does not reject for what a test does; a suite that does not come to its end is a failed test.
 * @param suite the path of a `.test.ts` file
 */
export async function runSuite(suite: string, options: SuiteOptions = {}): Promise<SuiteResult> {
  const name = basename(suite, '.test.ts');
  const program = await bundleSuite(resolve(suite), name);
  const folders = makeFolders(options.workspace);
  try {
    return await runProgram(name, program, folders, options);
  } finally {
    folders.remove();
  }
}

async function runProgram(
  name: string,
  program: string,
  folders: Folders,
  options: SuiteOptions,
): Promise<SuiteResult> {
  const results = join(folders.home, 'results.jsonl');
  mkdirSync(join(folders.data, 'User'));
  writeFileSync(
    join(folders.data, 'User/settings.json'),
    JSON.stringify({ ...testSettings, ...options.settings }),
  );
  const flags = [
    folders.workspace,
    `--user-data-dir=${folders.data}`,
    `--extensions-dir=${folders.extensions}`,
    `--extensionDevelopmentPath=${options.extensionDevelopmentPath ?? root}`,
    `--extensionTestsPath=${program}`,
    ...((options.trust ?? true) ? ['--disable-workspace-trust'] : []),
  ];
  const desktop = process.env.RUNLINE_VSCODE;
  const [command, args] =
    desktop === undefined || desktop === ''
      ? [process.execPath, [join(import.meta.dirname, 'code.mjs'), ...flags]]
      : [desktop, [...flags, '--no-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes']];

  const env = environment(folders.home, {
    RUNLINE_TEST_RESULTS: results,
    RUNLINE_TEST_PICTURE: join(root, 'test-results', `${name}.png`),
    RUNLINE_TEST_GREP: options.grep,
    ...options.env,
  });
  const child = start(command, args, { env });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));

  const timeoutMs = options.timeoutMs ?? 120_000;
  let trouble = 'VS Code ended before the suite did.';
  const timer = setTimeout(() => {
    trouble = `The suite did not end within ${timeoutMs / 1000} s.`;
    void stop(child);
  }, timeoutMs);
  await new Promise<void>((done) => {
    child.once('close', () => done());
    child.once('error', (error) => {
      trouble = `${command} could not be started: ${error.message}`;
      done();
    });
  });
  clearTimeout(timer);

  const output = chunks.join('');
  const lines = readResults(results);
  const tests: { name: string; state: 'passed' | 'failed' | 'skipped'; failure?: string }[] = [];
  for (const line of lines) {
    if ('end' in line) continue;
    const failure = line.state === 'failed' ? { failure: line.failure } : {};
    tests.push({ name: line.test, state: line.state, ...failure });
  }
  if (!lines.some((line) => 'end' in line))
    tests.push({ name: `${name} comes to its end`, state: 'failed', failure: `${trouble}\n${output}` });
  return { tests, output };
}

/**
 * Bundles a suite and the Mocha runner into one program for the extension host, inside the repository so that it finds
 * Mocha. A second small file loads it with source maps on, so that failures name lines of the suite.
 */
async function bundleSuite(suite: string, name: string): Promise<string> {
  const folder = join(root, '.vscode-test/suites');
  await build({
    stdin: {
      contents: `import { runMocha } from ${JSON.stringify(join(import.meta.dirname, 'mochaRunner.ts'))};
export const run = () => runMocha(__filename, () => require(${JSON.stringify(suite)}));`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile: join(folder, `${name}.bundle.cjs`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  const program = join(folder, `${name}.cjs`);
  const load = `require('./${name}.bundle.cjs')`;
  writeFileSync(program, `process.setSourceMapsEnabled(true);\nexports.run = () => ${load}.run();\n`);
  return program;
}

function readResults(file: string): readonly ResultLine[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as ResultLine);
}
