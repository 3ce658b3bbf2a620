/**
 * `runline check --all` over a folder, as a whole process, beside a bare pass of markdown-it, unbash and yaml over the same files
 * (`barePass.mjs`) and beside markdownlint-cli2. `ROUNDS` says how many processes each (7).
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medianOf, ms, root, shared, table, target } from './support.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
/** Nothing of ours needs it, so it is installed for the time of the bench alone. */
const MARKDOWNLINT = 'markdownlint-cli2@0.24.1';
const cli = join(root, 'dist/cli.js');
const corpus = join(shared, 'corpus');
const source = existsSync(corpus) ? corpus : join(root, 'examples');

const temporary = mkdtempSync(join(tmpdir(), 'runline-bench-'));

/** Its program, or undefined where no registry can be reached. */
function installMarkdownlint() {
  const folder = join(temporary, 'markdownlint');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', MARKDOWNLINT];
  const { status } = spawnSync(npm, args, { stdio: 'ignore', timeout: 120_000, cwd: temporary });
  const program = join(folder, 'node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs');
  return status === 0 && existsSync(program) ? program : undefined;
}

/** Milliseconds of one whole process. @throws where it failed, which is another matter than having found something */
function wholeProcess(args, cwd) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
  const taken = performance.now() - start;
  if (status !== 0 && status !== 1)
    throw new Error(`${args[0]} ended with ${status}: ${stderr.slice(-1000)}`);
  return taken;
}

function main() {
  const linter = installMarkdownlint();
  // A copy: no linter's configuration or ignore file above the folder has a say, and all three see the same files.
  const folder = join(temporary, 'files');
  cpSync(source, folder, { recursive: true });
  const stray = readdirSync(folder, { recursive: true }).filter((name) => /\.markdownlint/.test(name));
  for (const name of stray) rmSync(join(folder, name), { recursive: true, force: true });
  writeFileSync(join(folder, '.markdownlint-cli2.jsonc'), '{ "globs": ["**/*.md"] }');

  const programs = {
    'runline check --all': [cli, 'check', '--all', folder],
    'markdown-it + unbash + yaml': [join(import.meta.dirname, 'barePass.mjs'), folder],
    ...(linter && { 'markdownlint-cli2': [linter, '**/*.md'] }),
  };
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  // The first round fills the disk's cache.
  for (let round = -1; round < ROUNDS; round++)
    for (const [name, args] of Object.entries(programs)) {
      const taken = wholeProcess(args, folder);
      if (round >= 0) times[name].push(taken);
    }
  const own = medianOf(times['runline check --all']);
  const limits = { 'markdown-it + unbash + yaml': 2.5, 'markdownlint-cli2': 1 / 4 };
  table(
    `${source}, whole processes, median of ${ROUNDS} in turn`,
    Object.entries(times).map(([name, list]) => ({
      program: name,
      ms: ms(medianOf(list)),
      'runline ÷ it': (own / medianOf(list)).toFixed(2),
      target: limits[name] === undefined ? '' : target(own / medianOf(list), limits[name]),
    })),
  );
  if (linter === undefined) console.log(`Left out: ${MARKDOWNLINT} could not be installed.`);
}

try {
  if (existsSync(cli)) main();
  else console.log('Left out: there is no dist/cli.js; `npm run build` makes it.');
} finally {
  rmSync(temporary, { recursive: true });
}
