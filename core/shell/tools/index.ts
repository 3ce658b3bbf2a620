/** All tools that have a table, by name. */
import { aws } from './aws.ts';
import { builtins } from './builtins.ts';
import { coreutils } from './coreutils.ts';
import { httpTools } from './curl.ts';
import { docker } from './docker.ts';
import { find } from './find.ts';
import { git } from './git.ts';
import { helm } from './helm.ts';
import { hosting } from './hosting.ts';
import { interpreters } from './interpreters.ts';
import { kubectl } from './kubectl.ts';
import { migrators } from './migrators.ts';
import { network } from './network.ts';
import { packages } from './packages.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { remote } from './remote.ts';
import { shells } from './shells.ts';
import type { Tool } from './table.ts';
import { text } from './text.ts';
import { wrappers } from './wrappers.ts';

/** Every table; one line a file. */
export const TOOLS: readonly Tool[] = [
  ...aws,
  ...builtins,
  ...coreutils,
  ...docker,
  ...find,
  ...git,
  ...helm,
  ...hosting,
  ...httpTools,
  ...interpreters,
  ...kubectl,
  ...migrators,
  ...network,
  ...packages,
  ...postgres,
  ...redis,
  ...remote,
  ...shells,
  ...text,
  ...wrappers,
];

const byName = new Map<string, Tool>();
for (const tool of TOOLS) for (const name of tool.names.split(/\s+/)) byName.set(name, tool);

/** A tool found for a command word. */
export interface FoundTool {
  readonly tool: Tool;
  /** The program's name without folder, version and ending. */
  readonly name: string;
  /** It was given by a path that is not a folder of programs. */
  readonly foreign: boolean;
}

/** The table for a command word (`kubectl`, `/usr/bin/kubectl`, `python3.11`, `kafka-topics.sh`); undefined where there is none. */
export function findTool(word: string): FoundTool | undefined {
  const exact = byName.get(word);
  if (exact) return { tool: exact, name: word, foreign: false };
  const slash = word.lastIndexOf('/');
  const folder = slash < 0 ? '' : word.slice(0, slash);
  let name = word.slice(slash + 1).replace(/\.(exe|cmd|bat)$/i, '');
  let tool = byName.get(name);
  if (!tool) {
    name = name.replace(/\.(sh|py|rb|pl)$/, '');
    tool = byName.get(name);
  }
  if (!tool) {
    name = name.replace(/^([a-z]+?)-?\d+(\.\d+)*$/, '$1');
    tool = VERSIONED.has(name) ? byName.get(name) : undefined;
  }
  if (!tool) return undefined;
  return { tool, name, foreign: slash >= 0 && !/(^|\/|\.)s?bin$/.test(folder) };
}

/** Programs that are installed with their version in the name. */
const VERSIONED = new Set('python pip ruby php node psql pg_dump lua perl java gcc mysql'.split(' '));
