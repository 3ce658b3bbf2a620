/**
 * An edit until its diagnostics, CPU and memory of our language server, beside VS Code's own Markdown server, which only
 * checks links. Both are driven by `lspbench.mjs` of the shared folder, in a fresh process each time and in turn, so that a
 * drift of the machine hits both alike. `ROUNDS` says how many processes each (5).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { medianOf, ms, root, shared, table, target } from './support.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const lspbench = join(shared, 'tools/lspbench.mjs');
const seeds = join(shared, 'seeds');
const ours = join(root, 'dist/server.js');
const theirs = globSync(
  '.vscode-test/code-server-*/node_modules/code-server/lib/vscode/extensions/markdown-language-features/dist/serverWorkerMain.js',
  { cwd: root },
)
  .sort()
  .map((path) => join(root, path))
  .at(-1);

const SETTINGS = JSON.stringify({ runline: { runbooks: ['**/*.md'] } });
/** In each process. With fewer, the median is that of code which is not compiled yet. */
const EDITS = 50;
/** The most that we may take, as a multiple of the Markdown server. */
const TARGETS = { seed: { edit: 0.5, memory: 1.05 }, big: { edit: 0.35, memory: 1.05 } };

function lspbenchRun(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [lspbench, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    // The Markdown server leaves parsing to its client, which needs markdown-it.
    env: { ...process.env, LSPBENCH_MODULES: root },
  });
  if (status !== 0) throw new Error(`lspbench ${args[0]} failed (${status}): ${stderr.slice(-1000)}`);
  return stdout;
}

/** One fresh process. @throws where it gave no diagnostics for an edit: then its numbers mean nothing */
function measure(name, file) {
  const server =
    name === 'ours'
      ? ['--cmd', `"${process.execPath}" "${ours}" --stdio`, '--settings', SETTINGS]
      : ['--cmd', `"${process.execPath}" "${theirs}" --stdio`, '--adapter', 'markdown'];
  const output = lspbenchRun([
    'run',
    ...['--name', name, '--file', file, '--lang', 'markdown', '--runs', '1', '--edits', String(EDITS)],
    ...server,
  ]);
  const result = JSON.parse(output);
  if (result.edit === null || result.edits < EDITS)
    throw new Error(`${name}: no diagnostics on ${basename(file)}: ${result.errors.join('; ')}`);
  return result;
}

/** Of the seeds as `prep` wrote them, the one nearest to 29 KB; and the document of 1 MB. */
function documentsIn(folder) {
  const bytes = (name) => readFileSync(join(folder, name)).length;
  const seed = readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'big.md')
    .sort()
    .reduce((best, name) => (Math.abs(bytes(name) - 29_000) < Math.abs(bytes(best) - 29_000) ? name : best));
  return { seed: join(folder, seed), big: join(folder, 'big.md') };
}

function compare(kind, file) {
  const results = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round++)
    for (const name of Object.keys(results)) results[name].push(measure(name, file));
  const of = (name, key) => medianOf(results[name].map((result) => result[key]));
  const limits = TARGETS[kind];
  const row = (measured, key, limit) => {
    const ratio = of('ours', key) / of('theirs', key);
    return {
      measured,
      Runline: ms(of('ours', key)),
      'Markdown server': ms(of('theirs', key)),
      ratio: ratio.toFixed(2),
      target: limit === undefined ? '' : target(ratio, limit),
    };
  };
  table(`${kind}: ${Math.round(results.ours[0].bytes / 1024)} KB, ${ROUNDS} processes each in turn`, [
    row('edit → diagnostics, ms', 'edit', limits.edit),
    row('CPU of an edit, ms', 'cpuEdit'),
    row('start → first diagnostics, ms', 'total'),
    row('memory at start, MiB', 'rssInit'),
    row('memory when open, MiB', 'rssOpen', limits.memory),
    row('memory after edits, MiB', 'rssEdits', limits.memory),
  ]);
}

if (!existsSync(lspbench) || !existsSync(seeds))
  console.log(`Left out: ${shared} has no lspbench and seeds.`);
else if (theirs === undefined) console.log('Left out: no VS Code in .vscode-test; `npm test` brings it.');
else if (!existsSync(ours)) console.log('Left out: there is no dist/server.js; `npm run build` makes it.');
else {
  const folder = mkdtempSync(join(tmpdir(), 'runline-bench-'));
  try {
    lspbenchRun(['prep', '--in', seeds, '--out', folder]);
    for (const [kind, file] of Object.entries(documentsIn(folder))) compare(kind, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
