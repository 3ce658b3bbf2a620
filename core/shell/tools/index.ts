/** All tools that have a table, by name. */
import { ansible } from './ansible.ts';
import { aws } from './aws.ts';
import { azure } from './az.ts';
import { builtins } from './builtins.ts';
import { ceph } from './ceph.ts';
import { certificates } from './certificates.ts';
import { coreutils } from './coreutils.ts';
import { httpTools } from './curl.ts';
import { databases } from './databases.ts';
import { disks } from './disks.ts';
import { docker } from './docker.ts';
import { find } from './find.ts';
import { firewall } from './firewall.ts';
import { googleCloud } from './gcloud.ts';
import { git } from './git.ts';
import { helm } from './helm.ts';
import { hosting } from './hosting.ts';
import { interpreters } from './interpreters.ts';
import { brokers } from './kafka.ts';
import { kubectl } from './kubectl.ts';
import { migrators } from './migrators.ts';
import { mongo } from './mongo.ts';
import { network } from './network.ts';
import { observability } from './observability.ts';
import { packages } from './packages.ts';
import { pm2 } from './pm2.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { remote } from './remote.ts';
import { secretStores } from './secretStores.ts';
import { sessions } from './sessions.ts';
import { shells } from './shells.ts';
import { system } from './system.ts';
import { systemd } from './systemd.ts';
import type { Tool } from './table.ts';
import { terraform } from './terraform.ts';
import { text } from './text.ts';
import { virtual } from './virtual.ts';
import { webServers } from './webServers.ts';
import { wrappers } from './wrappers.ts';

/** Every table; one line a file. */
export const TOOLS: readonly Tool[] = [
  ...ansible,
  ...aws,
  ...azure,
  ...brokers,
  ...builtins,
  ...ceph,
  ...certificates,
  ...coreutils,
  ...databases,
  ...disks,
  ...docker,
  ...find,
  ...firewall,
  ...git,
  ...googleCloud,
  ...helm,
  ...hosting,
  ...httpTools,
  ...interpreters,
  ...kubectl,
  ...migrators,
  ...mongo,
  ...network,
  ...observability,
  ...packages,
  ...pm2,
  ...postgres,
  ...redis,
  ...remote,
  ...secretStores,
  ...sessions,
  ...shells,
  ...system,
  ...systemd,
  ...terraform,
  ...text,
  ...virtual,
  ...webServers,
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
