import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { thirdPartyLicences } from './licences.ts';
import { root } from './processes.ts';

const dist = join(root, 'dist');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'silent',
  outdir: 'dist',
} satisfies esbuild.BuildOptions;

const node: esbuild.BuildOptions = {
  ...common,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // Some packages have only a UMD build as `main`, whose requires a bundler cannot follow.
  mainFields: ['module', 'main'],
  external: ['vscode'],
};

const bundles: Readonly<Record<string, () => esbuild.BuildOptions>> = {
  client: () => ({ ...node, entryPoints: { client: 'client/extension.ts' } }),
  server: () => ({ ...node, entryPoints: { server: 'server/main.ts' } }),
  cli: () => ({ ...node, entryPoints: { 'cli.main': 'cli/main.ts' } }),
  webview: () => ({
    ...common,
    platform: 'browser',
    // What the oldest VS Code that we support (engines.vscode) is built on.
    target: 'chrome134',
    format: 'iife',
    outdir: 'dist/webview',
    entryPoints: webviewEntries(),
    loader: { '.ttf': 'file', '.svg': 'dataurl' },
    assetNames: '[name]',
  }),
};

/** What each bundle needs beside what esbuild writes. */
const extras: Readonly<Record<string, () => void>> = {
  cli: () => {
    writeFileSync(join(dist, 'cli.js'), launcher('cli.main.js'));
    chmodSync(join(dist, 'cli.js'), 0o755);
  },
  webview: () => {
    const codicons = join(root, 'node_modules/@vscode/codicons/dist');
    mkdirSync(join(dist, 'webview'), { recursive: true });
    for (const file of ['codicon.css', 'codicon.ttf'])
      copyFileSync(join(codicons, file), join(dist, 'webview', file));
  },
};

/**
 * `client/webview/<view>.ts` or `client/webview/<view>/main.ts` is the script of a view, and the same with `.css` its
 * style; they become `dist/webview/<view>.js` and `<view>.css`. Everything else there is theirs to import.
 */
function webviewEntries(): { in: string; out: string }[] {
  const folder = 'client/webview';
  const entries: { in: string; out: string }[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (entry.isDirectory()) {
      for (const name of ['main.ts', 'main.css']) {
        const path = `${folder}/${entry.name}/${name}`;
        if (existsSync(join(root, path))) entries.push({ in: path, out: entry.name });
      }
    } else if (/(?<!\.d)\.ts$|\.css$/.test(entry.name)) {
      entries.push({ in: `${folder}/${entry.name}`, out: basename(entry.name).replace(/\.(ts|css)$/, '') });
    }
  }
  if (entries.length === 0) throw new Error(`${folder}: no <view>.ts and no <view>/main.ts to build.`);
  return entries;
}

/**
 * The executable itself: written so that even a Node from before ES2015 can read it and say what is wrong, which it
 * could not of the bundle.
 */
function launcher(bundle: string): string {
  return `#!/usr/bin/env node
'use strict';
var version = process.versions.node.split('.');
if (Number(version[0]) < 22 || (Number(version[0]) === 22 && Number(version[1]) < 13)) {
  process.stderr.write(
    'runline needs Node 22.13 or later, and this is Node ' + process.versions.node + ' (' + process.execPath + ').\\n' +
    'Install a newer Node, or run it with one: /path/to/node ' + __filename + '\\n'
  );
  process.exit(2);
}
require('./${bundle}');
`;
}

/**
 * Builds some or all bundles into dist/.
 * @returns the sizes, in one line
 * @throws {Error} whose message holds every fault, each with file and line
 */
export async function build(only: readonly string[] = Object.keys(bundles)): Promise<string> {
  mkdirSync(dist, { recursive: true });
  const sizes: string[] = [];
  const inputs = new Set<string>();
  for (const name of only) {
    const { metafile } = await esbuild.build(optionsOf(name)).catch((error: unknown) => {
      throw new Error(faultsOf(error));
    });
    extras[name]?.();
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
    writeFileSync(join(dist, `${name}.meta.json`), JSON.stringify(metafile));
    const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
    sizes.push(`${name} ${Math.round(bytes / 1000)} kB`);
  }
  if (only.length === Object.keys(bundles).length) {
    inputs.add('node_modules/@vscode/codicons/dist/codicon.css');
    writeFileSync(join(dist, 'third-party-licences.txt'), thirdPartyLicences(root, inputs));
  }
  return sizes.join(', ');
}

function optionsOf(name: string): esbuild.BuildOptions & { metafile: true } {
  const make = bundles[name];
  if (make === undefined)
    throw new Error(`No bundle is called "${name}". There are ${Object.keys(bundles).join(', ')}.`);
  return { ...make(), metafile: true };
}

function faultsOf(error: unknown): string {
  const faults = (error as Partial<esbuild.BuildFailure>).errors ?? [];
  if (faults.length === 0) return error instanceof Error ? error.message : String(error);
  return faults
    .map(({ text, location }) => (location ? `${location.file}:${location.line}: ${text}` : text))
    .join('\n');
}

/** Builds at every change until it is interrupted. Its lines are what .vscode/tasks.json waits for. */
async function watch(only: readonly string[]): Promise<void> {
  const report: esbuild.Plugin = {
    name: 'report',
    setup(plugin) {
      plugin.onStart(() => console.log('[watch] build started'));
      plugin.onEnd(({ errors }) => {
        for (const { text, location } of errors)
          console.log(
            `${location?.file ?? 'build'}:${location?.line ?? 1}:${location?.column ?? 1}: error: ${text}`,
          );
        console.log('[watch] build finished');
      });
    },
  };
  mkdirSync(dist, { recursive: true });
  for (const name of only) {
    const context = await esbuild.context({
      ...optionsOf(name),
      minify: false,
      sourcemap: true,
      plugins: [report],
    });
    extras[name]?.();
    await context.watch();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { only: { type: 'string' }, watch: { type: 'boolean' } } });
  const only = values.only?.split(',') ?? Object.keys(bundles);
  try {
    if (values.watch) await watch(only);
    else console.log(`dist: ${await build(only)}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
