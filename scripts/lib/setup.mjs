// What every entry script does first, on Node 20 or later with built-ins alone: install what is missing, then hand
// over to the real work under the Node that this repository pins (the one of VS Code's extension host).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const modules = join(root, 'node_modules');
const windows = process.platform === 'win32';
const pinnedNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/**
 * Runs one of our scripts under the pinned Node, after installing what it needs. The script's exit code becomes ours;
 * interrupts are passed on, and we stay until the script has ended.
 * @param {string} script path relative to the repository root
 * @param {string[]} args
 */
export function goOn(script, args = process.argv.slice(2)) {
  setUp();
  const env = { ...process.env, PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter) };
  const child = spawn(pinnedNode, [join(root, script), ...args], { cwd: root, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm puts a shell between itself and us, which takes npm's signal with it: then the end of the shell is the signal.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined)
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
  child.on('error', (error) => fail(`${script} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

/** Makes node_modules what package-lock.json says, and makes sure that the pinned Node runs. */
export function setUp() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    fail(`Node ${process.versions.node} is too old to set up Runline. Install Node 20 or later.`);
  const missing = whatIsMissing();
  if (missing !== undefined) {
    console.log(`Installing packages: ${missing}`);
    const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    try {
      npm(['ci', ...flags], root);
    } catch (strict) {
      // `npm ci` also refuses where the registry is a mirror without some other platform's optional packages.
      try {
        npm(['install', '--no-save', ...flags], root);
      } catch {
        fail(strict.message);
      }
    }
  }
  // npm can be told to run no install scripts; the pinned Node is fetched by one.
  if (!runs(pinnedNode)) {
    console.log('Installing the pinned Node');
    const script = spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: join(modules, 'node'),
      env: npmEnvironment(),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (script.status !== 0 || !runs(pinnedNode))
      fail(
        `${pinnedNode} does not run. Delete node_modules and run this again; npm must reach its registry.`,
      );
  }
}

/**
 * Compares what npm says it installed (its own record, written last) with the lock file.
 * @returns {string | undefined} the first difference in words, or nothing
 */
function whatIsMissing() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return 'node_modules is not there or not complete';
  const installed = readPackages(record);
  const locked = readPackages(join(root, 'package-lock.json'));
  for (const [path, { version, optional }] of Object.entries(locked)) {
    if (path === '') continue;
    const there = installed[path];
    // What is optional may be absent: it belongs to another platform.
    if (there === undefined ? !optional : there.version !== version)
      return `${path.replace('node_modules/', '')} is not at ${version}`;
  }
  return undefined;
}

/** @returns {Record<string, { version: string, optional?: boolean }>} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch (error) {
    return file.endsWith('.package-lock.json') ? {} : fail(`${file} cannot be read: ${error.message}`);
  }
}

/**
 * Runs npm without a standard input.
 * @param {string[]} args
 * @param {string} cwd
 * @throws {Error} with npm's own message if npm is not there or fails
 */
export function npm(args, cwd) {
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd,
    env: npmEnvironment(),
    shell: windows,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (result.error !== undefined) throw new Error(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(`npm ${args[0]} failed in ${cwd} (exit ${result.status}).\n${result.stderr}`);
}

/** Our environment without what an outer npm put into it, and without the pinned Node that npm may be about to replace. */
function npmEnvironment() {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      !/^npm_(package_|lifecycle_|command$|config_(local_prefix|global_prefix|prefix|loglevel)$)/.test(name)
    )
      env[name] = value;
  }
  const path = (process.env.PATH ?? '').split(delimiter);
  env.PATH = path.filter((folder) => resolve(folder) !== join(modules, '.bin')).join(delimiter);
  return env;
}

function runs(node) {
  return existsSync(node) && spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}
