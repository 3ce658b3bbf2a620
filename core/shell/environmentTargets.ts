/** Variables in front of a command that name where it goes. From the manuals of the programs that read them. */
import type { Command } from 'unbash';
import type { TargetWord } from './types.ts';

const KINDS: Readonly<Record<string, string>> = {
  AWS_PROFILE: 'profile',
  AWS_REGION: 'region',
  AWS_DEFAULT_REGION: 'region',
  KUBECONFIG: 'kubeconfig',
  HELM_NAMESPACE: 'namespace',
  HELM_KUBECONTEXT: 'context',
  PGHOST: 'host',
  PGDATABASE: 'database',
  PGPORT: 'port',
  PGSERVICE: 'service',
  PGUSER: 'user',
  NATS_URL: 'host',
  NATS_CONTEXT: 'context',
  COCKROACH_HOST: 'host',
  LOKI_ADDR: 'host',
  INFLUX_HOST: 'host',
  FLYWAY_URL: 'database',
  DJANGO_SETTINGS_MODULE: 'settings',
  DATABASE_URL: 'database',
  DOCKER_HOST: 'host',
  DOCKER_CONTEXT: 'context',
  VAULT_ADDR: 'host',
  VAULT_NAMESPACE: 'namespace',
  CONSUL_HTTP_ADDR: 'host',
  ETCDCTL_ENDPOINTS: 'host',
  CLOUDSDK_CORE_PROJECT: 'project',
  CLOUDSDK_CORE_ACCOUNT: 'account',
  CLOUDSDK_ACTIVE_CONFIG_NAME: 'configuration',
  NOMAD_ADDR: 'host',
  NOMAD_NAMESPACE: 'namespace',
  BAO_ADDR: 'host',
  OS_CLOUD: 'cloud',
  OS_PROJECT_NAME: 'project',
  FLY_APP: 'app',
  HEROKU_APP: 'app',
  PULUMI_STACK: 'stack',
  DOPPLER_PROJECT: 'project',
  ANSIBLE_INVENTORY: 'inventory',
  TF_WORKSPACE: 'workspace',
  GH_REPO: 'repository',
  MYSQL_HOST: 'host',
  RAILS_ENV: 'environment',
  NODE_ENV: 'environment',
};

/** The targets that the assignments in front of a command name. */
export function environmentTargets(node: Command): TargetWord[] {
  const targets: TargetWord[] = [];
  for (const part of node.prefix) {
    if (part.type !== 'Assignment' || part.value.type !== 'Word') continue;
    const kind = KINDS[part.name];
    if (kind) targets.push({ kind, value: part.value.value });
  }
  return targets;
}
