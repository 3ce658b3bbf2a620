/** All tools that have a table, by name. */
import { accounts } from './accounts.ts';
import { ansible } from './ansible.ts';
import { archives } from './archives.ts';
import { argo } from './argocd.ts';
import { aws } from './aws.ts';
import { azure } from './az.ts';
import { backups } from './backups.ts';
import { blockDevices } from './blockDevices.ts';
import { buildTools } from './buildTools.ts';
import { builtins } from './builtins.ts';
import { cassandra } from './cassandra.ts';
import { ceph } from './ceph.ts';
import { certificates } from './certificates.ts';
import { clock } from './clock.ts';
import { cluster } from './cluster.ts';
import { clusterAddons } from './clusterAddons.ts';
import { clusterSetup } from './clusterSetup.ts';
import { compose } from './compose.ts';
import { coreutils } from './coreutils.ts';
import { crictl } from './crictl.ts';
import { httpTools } from './curl.ts';
import { databases } from './databases.ts';
import { disks } from './disks.ts';
import { docker } from './docker.ts';
import { esxi } from './esxi.ts';
import { fileChanges } from './fileChanges.ts';
import { find } from './find.ts';
import { firewall } from './firewall.ts';
import { flux } from './flux.ts';
import { frameworks } from './frameworks.ts';
import { googleCloud } from './gcloud.ts';
import { git } from './git.ts';
import { github } from './github.ts';
import { hadoop } from './hadoop.ts';
import { helm } from './helm.ts';
import { hosting } from './hosting.ts';
import { identity } from './identity.ts';
import { incus } from './incus.ts';
import { interpreters } from './interpreters.ts';
import { kafkaTools } from './kafka.ts';
import { kernel } from './kernel.ts';
import { keys } from './keys.ts';
import { kubeClients } from './kubeClients.ts';
import { kubectl } from './kubectl.ts';
import { languagePackages } from './languagePackages.ts';
import { mail } from './mail.ts';
import { migrationTools } from './migrationTools.ts';
import { migrators } from './migrators.ts';
import { minio } from './minio.ts';
import { mongo } from './mongo.ts';
import { mysql } from './mysql.ts';
import { nameServers } from './nameServers.ts';
import { nats } from './nats.ts';
import { network } from './network.ts';
import { networkDevices } from './networkDevices.ts';
import { nodePackages } from './nodePackages.ts';
import { observability } from './observability.ts';
import { openshiftClients } from './openshift.ts';
import { otherPackages } from './otherPackages.ts';
import { packages } from './packages.ts';
import { pm2 } from './pm2.ts';
import { podman } from './podman.ts';
import { postgres } from './postgres.ts';
import { postgresFleet } from './postgresFleet.ts';
import { postgresServer } from './postgresServer.ts';
import { power } from './power.ts';
import { processes } from './processes.ts';
import { proxmox } from './proxmox.ts';
import { rabbit } from './rabbit.ts';
import { redis } from './redis.ts';
import { registries } from './registries.ts';
import { remote } from './remote.ts';
import { routing } from './routing.ts';
import { runners } from './runners.ts';
import { schedule } from './schedule.ts';
import { secretStores } from './secretStores.ts';
import { security } from './security.ts';
import { sessions } from './sessions.ts';
import { shells } from './shells.ts';
import { systemd } from './systemd.ts';
import type { Tool } from './table.ts';
import { terraform } from './terraform.ts';
import { text } from './text.ts';
import { tracing } from './tracing.ts';
import { viewers } from './viewers.ts';
import { virtual } from './virtual.ts';
import { volumes } from './volumes.ts';
import { webServers } from './webServers.ts';
import { wrappers } from './wrappers.ts';

/** Every table; one line a file. */
export const TOOLS: readonly Tool[] = [
  ...accounts,
  ...ansible,
  ...archives,
  ...argo,
  ...aws,
  ...azure,
  ...backups,
  ...blockDevices,
  ...buildTools,
  ...builtins,
  ...cassandra,
  ...ceph,
  ...certificates,
  ...clock,
  ...cluster,
  ...clusterAddons,
  ...clusterSetup,
  ...compose,
  ...coreutils,
  ...crictl,
  ...databases,
  ...disks,
  ...docker,
  ...esxi,
  ...fileChanges,
  ...find,
  ...firewall,
  ...flux,
  ...frameworks,
  ...git,
  ...github,
  ...googleCloud,
  ...hadoop,
  ...helm,
  ...hosting,
  ...httpTools,
  ...identity,
  ...incus,
  ...interpreters,
  ...kafkaTools,
  ...kernel,
  ...keys,
  ...kubeClients,
  ...kubectl,
  ...languagePackages,
  ...mail,
  ...migrationTools,
  ...migrators,
  ...minio,
  ...mongo,
  ...mysql,
  ...nameServers,
  ...nats,
  ...network,
  ...networkDevices,
  ...nodePackages,
  ...observability,
  ...openshiftClients,
  ...otherPackages,
  ...packages,
  ...pm2,
  ...podman,
  ...postgres,
  ...postgresFleet,
  ...postgresServer,
  ...power,
  ...processes,
  ...proxmox,
  ...rabbit,
  ...redis,
  ...registries,
  ...remote,
  ...routing,
  ...runners,
  ...schedule,
  ...secretStores,
  ...security,
  ...sessions,
  ...shells,
  ...systemd,
  ...terraform,
  ...text,
  ...tracing,
  ...viewers,
  ...virtual,
  ...volumes,
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
  // `kafka-topics.sh` is a program; `restart.sh` or `watch.sh` is a script of somebody's.
  if (!tool && name.length <= 100 && /-[\w-]+\.sh$/.test(name)) {
    name = name.slice(0, -3);
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
