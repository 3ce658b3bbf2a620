/** Help texts of installed programs → test/fixtures/help/<package>.json: what each option takes, and nothing of their wording. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool, TOOLS } from '../../core/shell/tools/index.ts';
import type { Tool } from '../../core/shell/tools/table.ts';
import { MISLEADING, OTHER_PROGRAMS, TERSE } from './helpCorrections.ts';
import { commandsIn, optionsOf, type Takes } from './helpText.ts';
import { root as project } from './processes.ts';

/** Options of a program or a sub-command, by what they take; each list is separated by spaces. */
export interface HelpFacts {
  /** Words that asked: `--help`, `man`. */
  readonly asked: string;
  readonly value: string;
  readonly optional: string;
  readonly nothing: string;
  /** Sub-commands that the help of a program lists. */
  readonly commands?: string;
}

/** A file of test/fixtures/help. */
export interface HelpFixture {
  readonly package: string;
  readonly version: string;
  /** By program, or by program and words of its sub-command. */
  readonly programs: Readonly<Record<string, HelpFacts>>;
}

export const HELP_FIXTURES = join(project, 'test/fixtures/help');

const FOLDERS = ['usr/bin', 'usr/sbin', 'usr/lib/postgresql/15/bin'];
const ASKS = ['--help', '-h', 'help', 'man'];
/** Sub-commands of a program that are asked before it counts as one that has no help for each. */
const TRIES = 4;

interface Reading {
  readonly root: string;
  readonly texts: string;
}

/**
 * Reads the help of every program that has a table and is installed below a root.
 *
 * @param where.root A Debian system; the programs run in it without network, devices and write access, as nobody.
 * @param where.texts A folder that keeps the texts, so that a second run need not ask again.
 */
export async function readHelp(where: { root: string; texts?: string | undefined }): Promise<void> {
  const reading = { root: where.root, texts: where.texts ?? mkdtempSync(join(tmpdir(), 'help-')) };
  const packages = packagesOf(where.root);
  const found = new Map<string, Record<string, HelpFacts>>();
  for (const tool of TOOLS.filter(hasOptions)) {
    for (const name of tool.names.split(/\s+/)) {
      const owner = OTHER_PROGRAMS.has(name) ? undefined : packages.get(name);
      if (owner === undefined || findTool(name)?.tool !== tool) continue;
      const facts = await factsOf(reading, name, tool);
      if (Object.keys(facts).length === 0) continue;
      const all = found.get(owner) ?? {};
      found.set(owner, Object.assign(all, facts));
    }
  }
  mkdirSync(HELP_FIXTURES, { recursive: true });
  for (const [owner, programs] of found) {
    const [name = '', version = ''] = owner.split('\t');
    const fixture: HelpFixture = { package: name, version, programs };
    writeFileSync(join(HELP_FIXTURES, `${name}.json`), `${JSON.stringify(fixture, null, 1)}\n`);
  }
}

/** Facts of one program and of the sub-commands that its table has. */
async function factsOf(reading: Reading, name: string, tool: Tool): Promise<Record<string, HelpFacts>> {
  const all: Record<string, HelpFacts> = {};
  const own = await combined(reading, name, '', ASKS);
  const listed = tool.commands && !tool.otherwise ? await commandsOf(reading, name) : '';
  if (own) all[name] = listed === '' ? own : { ...own, commands: listed };
  const paths = pathsOf(tool).filter((path) => !path.startsWith('-'));
  if (paths.length === 0) return all;
  // What it prints for a word that is no sub-command is no sub-command's help.
  const general = new Set([
    await textOf(reading, name, '', '--help'),
    ...(await Promise.all(ASKS.slice(0, 2).map((ask) => textOf(reading, name, 'no-such-word', ask)))),
  ]);
  const ask = name === 'git' ? '-h' : '--help';
  let answers = 0;
  for (const [i, path] of paths.entries()) {
    const asks = i >= TRIES && answers === 0 ? ['man'] : [ask, 'man'];
    const facts = await combined(reading, name, path, asks, general);
    if (!facts) continue;
    all[`${name} ${path}`] = facts;
    answers++;
  }
  return all;
}

/** Sub-commands that the help texts of a program list. */
async function commandsOf(reading: Reading, name: string): Promise<string> {
  if (MISLEADING[name] === '*') return '';
  const found = new Set<string>();
  for (const ask of ASKS.slice(0, 3))
    for (const command of commandsIn((await textOf(reading, name, '', ask)) ?? '')) found.add(command);
  return found.size < 3 ? '' : [...found].sort().join(' ');
}

/** What all texts of a program together say; where two contradict each other, neither counts. */
async function combined(
  reading: Reading,
  name: string,
  path: string,
  asks: readonly string[],
  general: ReadonlySet<string | null> = new Set(),
): Promise<HelpFacts | undefined> {
  const command = path === '' ? name : `${name} ${path}`;
  const claims = new Map<string, Set<Takes>>();
  const asked: string[] = [];
  for (const ask of asks) {
    const text = await textOf(reading, name, path, ask);
    if (text === null || general.has(text)) continue;
    const options = optionsOf(text, !TERSE.has(name));
    if (options.size === 0 || (options.size === 1 && path === '')) continue;
    asked.push(ask);
    for (const [option, takes] of options) claims.set(option, (claims.get(option) ?? new Set()).add(takes));
  }
  const misleading = new Set((MISLEADING[command] ?? MISLEADING[name])?.split(' ') ?? []);
  const agreed = [...claims].flatMap(([option, takes]) => {
    const [first] = takes;
    const usable = takes.size === 1 && first !== undefined && !misleading.has(option) && option !== '--help';
    return usable ? [[option, first] as const] : [];
  });
  if (agreed.length === 0 || misleading.has('*')) return undefined;
  const list = (wanted: Takes): string =>
    agreed
      .flatMap(([option, takes]) => (takes === wanted ? [option] : []))
      .sort()
      .join(' ');
  return {
    asked: asked.join(', '),
    value: list('value'),
    optional: list('optional'),
    nothing: list('nothing'),
  };
}

/** A text, from the folder that keeps them or from the program; null where there is none. */
async function textOf(reading: Reading, name: string, path: string, ask: string): Promise<string | null> {
  const file = join(reading.texts, `${name}@${path}@${ask}`);
  if (!existsSync(file)) {
    const words = path === '' ? [] : path.split(' ');
    const text =
      ask === 'man'
        ? await sandboxed(reading.root, ['man', '-P', 'cat', [name, ...words].join('-')])
        : await sandboxed(reading.root, [name, ...words, ask]);
    writeFileSync(file, text);
  }
  const [status = '', text = ''] = readFileSync(file, 'utf8').split(/\n(.*)/s);
  // 124 and 137: it ran out of time. 127: it is not there. 16: there is no such page.
  return /^(?:124|127|137)$/.test(status) || (ask === 'man' && status !== '0') ? null : text;
}

/** Runs a program as nobody, without network, devices, write access and time to do harm. @returns its status, and what it printed */
function sandboxed(root: string, words: readonly string[]): Promise<string> {
  const sandbox = [
    ...['--ro-bind', root, '/', '--dev', '/dev', '--proc', '/proc', '--unshare-all', '--uid', '65534'],
    ...['--gid', '65534', '--die-with-parent', '--new-session', '--clearenv'],
    ...['/tmp', '/run', '/home', '/root'].flatMap((folder) => ['--tmpfs', folder]),
    ...Object.entries({
      PATH: FOLDERS.map((folder) => `/${folder}`).join(':'),
      HOME: '/tmp',
      LANG: 'C.UTF-8',
      TERM: 'dumb',
      COLUMNS: '200',
      MANWIDTH: '200',
      PAGER: 'cat',
    }).flatMap(([key, value]) => ['--setenv', key, value]),
  ];
  return new Promise((resolve) => {
    const child = execFile(
      'bwrap',
      [...sandbox, 'timeout', '-k', '1', '8', ...words],
      { encoding: 'utf8', maxBuffer: 1 << 22 },
      (error, stdout, stderr) => resolve(`${error ? (error.code ?? 124) : 0}\n${stdout}\n${stderr}`),
    );
    child.stdin?.end();
  });
}

/** Program → `package<tab>version`, from the database of packages below a root. */
function packagesOf(root: string): ReadonlyMap<string, string> {
  const admin = join(root, 'var/lib/dpkg');
  const format = '--showformat=${Package}\t${Version}\n';
  const lines = execFileSync('dpkg-query', ['--admindir', admin, '-W', format], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const programs = new Map<string, string>();
  for (const line of lines.split('\n')) {
    const [name = ''] = line.split('\t');
    const list = ['', ':amd64'].map((suffix) => join(admin, `info/${name}${suffix}.list`)).find(existsSync);
    if (name === '' || list === undefined) continue;
    for (const path of readFileSync(list, 'utf8').split('\n')) {
      const program = /^\/(?:(?:usr\/)?s?bin|usr\/lib\/postgresql\/15\/bin)\/([^/]+)$/.exec(path)?.[1];
      if (program !== undefined) programs.set(program, line);
    }
  }
  return programs;
}

/** The words of every sub-command in a table. */
export function pathsOf(tool: Tool): string[] {
  return Object.keys(tool.commands ?? {}).flatMap((key) =>
    key
      .split(' ')
      .reduce<string[]>(
        (paths, word) =>
          word.split('|').flatMap((one) => paths.map((path) => (path === '' ? one : `${path} ${one}`))),
        [''],
      ),
  );
}

/** Whether a table has its options as data; the others read their words by themselves. */
export function hasOptions(tool: Tool): boolean {
  return (tool.bare ?? tool.commands ?? tool.otherwise ?? tool.values) !== undefined;
}
