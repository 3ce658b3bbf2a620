/** Commands of gcloud that their verb does not tell about. From documentation: Google Cloud CLI reference, and the command tree of 528. */
import { judgeSql } from '../sql.ts';
import { sessionOpened, unknown, type Verdict, withDetails } from '../verdict.ts';
import { flagValue, isOpaque, wordSet } from '../words.ts';
import { valuesOf } from './common.ts';
import { isSecretFile } from './secretFiles.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  terminal,
} from './table.ts';

/** The groups of gcloud: a word that is not among them is no command. */
export const GROUPS =
  wordSet(`access-approval access-context-manager active-directory ai ai-platform alloydb anthos api-gateway apigee app apphub
  artifacts asset assured audit-manager auth backup-dr batch beyondcorp bigtable billing blockchain-node-engine blockchain-validator bms bq
  builds certificate-manager cloud-shell cloudlocationfinder code colab components composer compute config container data-catalog
  data-fusion database-migration dataflow datapipelines dataplex dataproc datastore datastream deploy deployment-manager developer-connect
  dialogflow dlp dns docker domains edge-cache edge-cloud emulators endpoints error-reporting essential-contacts eventarc filestore firebase
  firestore functions gemini gemini-cloud-assist genomics healthcare iam iap identity ids immersive-stream infra-manager kms lifesciences
  logging looker lustre managed-flink managed-kafka media memcache memorystore metastore migration ml ml-engine model-armor monitoring mps
  netapp network-connectivity network-management network-security network-services notebooks observability oracle-database org-policies
  organizations pam parametermanager policy-intelligence policy-troubleshoot privateca projects publicca pubsub quotas recaptcha recommender
  redis resource-config resource-manager run runtime-config saas-runtime scc scheduler secrets service-directory service-extensions services
  source source-manager spanner sql storage tasks telco-automation terraform trace transcoder transfer vmware web-security-scanner workbench
  workflows workspace-add-ons workstations`);

/** Deletions that go ahead; all others ask unless `--quiet` stands there. */
const SILENT =
  /^(access-approval settings|access-context-manager perimeters dry-run|ai (models|persistent-resources|tensorboards)|ai-platform models|alloydb operations|apigee products|apphub .+|asset [\w-]+|batch jobs|bms nfs-shares|builds (triggers|worker-pools)|colab .+|compute (network-)?firewall-policies.*|compute instance-groups managed [\w-]+-configs?|compute instances ops-agents policies|compute networks peerings|compute os-config patch-deployments|compute resource-policies|container fleet( memberships bindings| scopes .+| identity-service)?|container binauthz attestors.*|dataflow snapshots|deploy( targets)?|dns (managed-zones|record-sets|response-policies.*)|essential-contacts|eventarc triggers|firestore backups.*|iam (policies|roles)|iap tcp .+|ids .+|logging (links|views)|network-security (firewall-endpoint|intercept|mirroring)[\w-]*|notebooks .+|org-policies|pubsub (snapshots|subscriptions|topics)|resource-manager .+|run domain-mappings|service-directory .+|services .+|spanner (rows|databases sessions)|storage .+|tasks|transfer .+|vmware .+|workbench .+|config configurations) delete$/;
/** What else asks. */
const ASKS = new RegExp(
  `^(${`active-directory domains reset-admin-password, ai model-monitoring-jobs (pause|resume), app deploy,
  app instances (disable|enable)-debug, app services set-traffic, app versions (migrate|start|stop), components (update|remove|install|reinstall),
  compute disks (resize|convert), compute networks subnets expand-ip-range, compute reset-windows-password, compute os-login remove-profile,
  compute tpus queued-resources reset, container clusters (resize|upgrade), container node-pools rollback, container images (add-tag|untag),
  [\\w-]+ operations cancel, dataflow jobs cancel, dataproc (jobs kill|batches cancel|workflow-templates remove-job),
  datastore indexes (cleanup|create), deploy releases (abandon|promote), deploy rollouts (advance|approve|reject),
  deploy targets (redeploy|rollback), filestore instances (restore|revert|promote-replica), firestore bulk-delete, functions detach,
  memcache instances (apply-parameters|upgrade), netapp volumes revert, privateca certificates revoke, privateca (roots|subordinates) disable,
  redis instances (failover|upgrade), run jobs executions cancel, secrets versions destroy, sql backups restore,
  sql import (sql|csv|bak|tde), sql instances (failover|import|promote-replica|reencrypt|reset-ssl-config|restart|restore-backup|switchover),
  storage buckets relocate, tasks queues purge, workflows executions cancel, iam (service-accounts|oauth-clients|workforce-pools .+|workforce-pools|workload-identity-pools.*) undelete,
  workspace-add-ons deployments uninstall`
    .split(/,\s+/)
    .map((item) => item.trim())
    .join('|')})$`,
);

/** Whether a command asks before it goes on. */
export function asksFirst(path: string): boolean {
  return / delete$/.test(path) ? !SILENT.test(path) : ASKS.test(path);
}

/** Commands that print a credential, by the end of their words. */
const SECRETS =
  /(^|\s)(generate-login-token|get-auth-string|get-key-string|retrieve-legacy-secret-key|fetch-read(-write)?-token|(asymmetric-|raw-)?decrypt|config-helper|sign-url|sign-jwt)$|^(secrets versions access|iam service-accounts keys create|compute reset-windows-password|parametermanager parameters versions render|sql ssl client-certs create|iap oauth-clients (create|describe|list|reset-secret))$/;

/** Whether what a command prints is a credential. */
export function printsSecret(path: string): boolean {
  return SECRETS.test(path);
}

const session: Outcome = opensSession('opens a session');
const AT_HOME = { network: false };
const project = {
  captureFirst: 'gcloud config list',
  inverse: 'gcloud config set with the value from before',
};

/** `compute ssh`: what runs on the instance, else a session or a tunnel. */
function ssh(call: Call): Verdict {
  const command = flagValue(call.parsed, '--command');
  if (command)
    return isOpaque(command)
      ? unknown(`gcloud ${call.path} runs text that is only known when it runs`)
      : withDetails(call.judge.script(command.value), {
          reason: `gcloud ${call.path} runs it on the instance`,
        });
  const rest = call.parsed.rest ?? [];
  if (rest[0] && !rest[0].value.startsWith('-')) return call.judge.words(rest);
  return rest.some((arg) => /^-f?N/.test(arg.value))
    ? unknown(`gcloud ${call.path} opens a tunnel`, { mode: 'stream' })
    : sessionOpened(`gcloud ${call.path} opens a session`);
}

/** The SQL of one of some options. */
const sqlOf =
  (names: string) =>
  (call: Call): Verdict | undefined => {
    const text = flagValue(call.parsed, names);
    return text && !isOpaque(text) ? judgeSql(text.value) : undefined;
  };

/** Into a bucket, onto this machine, or onto the screen. */
function copies(call: Call): Partial<Outcome> {
  const words = call.parsed.operands;
  const to = words.at(-1);
  if (to?.value === '-') return words.some((word) => isSecretFile(word.value)) ? { readsSecrets: true } : {};
  return to && !to.dynamic && !/^(gs|s3):/.test(to.value)
    ? { effect: 'local-write', why: `gcloud ${call.path} writes on this machine` }
    : { effect: 'mutate', why: `gcloud ${call.path} writes into a bucket` };
}

function prints(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((word) => isSecretFile(word.value))
    ? { readsSecrets: true, why: `gcloud ${call.path} shows a secret` }
    : undefined;
}

const intoFile =
  (flags: string) =>
  (call: Call): Partial<Outcome> | undefined => {
    const file = flagValue(call.parsed, flags)?.value;
    return file !== undefined && file !== '-'
      ? { effect: 'local-write', why: `gcloud ${call.path} writes a secret into a file` }
      : undefined;
  };

const last = (call: Call): readonly string[] =>
  call.parsed.operands
    .slice(-1)
    .filter((arg) => !arg.dynamic && /^(gs|s3):/.test(arg.value))
    .map((arg) => arg.value);
const places = (call: Call): readonly string[] =>
  call.parsed.operands.filter((arg) => !arg.dynamic && /^(gs|s3):/.test(arg.value)).map((arg) => arg.value);

const TRAFFIC = {
  captureFirst: 'gcloud run services describe with the same words: status.traffic',
  inverse: 'gcloud run services update-traffic --to-revisions with the revision from before',
};

/** Without their release track (`beta`, `alpha`). */
export const COMMANDS: Readonly<Record<string, Outcome>> = {
  ...each(
    read(AT_HOME),
    'info, version, topic, help, cheat-sheet, feedback, survey, config list, config get, config get-value, config configurations list, config configurations describe, components list, emulators list, emulators datastore env-init, emulators pubsub env-init, emulators spanner env-init',
  ),
  'auth list': read(AT_HOME),
  ...each(local({ ...AT_HOME, ...project }), 'config set, config unset, config configurations activate'),
  ...each(
    local(AT_HOME),
    'config configurations create, config configurations delete, config configurations rename, auth configure-docker, auth application-default set-quota-project, auth activate-service-account, iam workload-identity-pools create-cred-config, iam workforce-pools create-cred-config, iam workforce-pools create-login-config',
  ),
  ...each(
    local(),
    'components update, components install, components remove, components reinstall, auth revoke, auth application-default revoke, compute config-ssh, source repos clone, topic export, app gen-config',
  ),
  ...each(local({ ...terminal, leavesOpen: {} }), 'auth login, auth application-default login, init'),
  'container clusters get-credentials': local({
    readsSecrets: true,
    why: 'stores cluster credentials on this machine',
    captureFirst: 'kubectl config current-context',
    inverse: 'kubectl config use-context with the context from before',
  }),
  ...each(
    local({ readsSecrets: true, why: 'stores cluster credentials on this machine' }),
    'container fleet memberships get-credentials, container attached clusters get-credentials, container aws clusters get-credentials, container azure clusters get-credentials, container bare-metal clusters get-credentials, container hub memberships get-credentials, edge-cloud container clusters get-credentials',
  ),

  // Sessions, streams, and text for others to run.
  ...each(
    session,
    'sql connect, compute connect-to-serial-port, interactive, app instances ssh, alloydb instances connect',
  ),
  ...each(
    read({ decide: ssh }),
    'compute ssh, cloud-shell ssh, compute tpus tpu-vm ssh, compute tpus queued-resources ssh, workstations ssh',
  ),
  ...each(
    read(stream),
    'logging tail, run services logs tail, run jobs logs tail, app logs tail, functions logs tail, run services proxy, compute start-iap-tunnel, cloud-shell ssh-tunnel, workstations start-tcp-tunnel, compute instances tail-serial-port-output, transfer jobs monitor, transfer operations monitor, ai custom-jobs stream-logs, ai-platform jobs stream-logs, ai hp-tuning-jobs stream-logs',
  ),
  ...each(
    local({ ...stream, ...AT_HOME }),
    'emulators bigtable start, emulators datastore start, emulators firestore start, emulators pubsub start, emulators spanner start, code dev',
  ),
  ...each(
    { effect: 'unknown', why: 'unknown: starts something that no table sees' },
    'functions call, run jobs execute, scheduler jobs run, workflows run, workflows execute, builds triggers run, dataflow jobs run, dataflow flex-template run, dataproc jobs submit, dataproc batches submit, builds submit, composer environments run, dataproc workflow-templates instantiate, docker, transfer jobs run, ai custom-jobs local-run, dataplex tasks run',
  ),
  'builds log': read({ when: { '--stream': stream } }),
  ...each(
    { effect: 'unknown', why: 'unknown: gcloud runs SQL that is not in the command', decide: sqlOf('--sql') },
    'spanner databases execute-sql, alloydb instances execute-sql, sql instances execute-sql',
  ),
  ...each(
    { effect: 'unknown', why: 'unknown: gcloud runs DDL that is not in the command', decide: sqlOf('--ddl') },
    'spanner databases ddl update',
  ),
  ...each(mutate(terminal), 'compute url-maps edit, compute backend-services edit'),

  // Credentials.
  'secrets versions access': read({
    readsSecrets: true,
    why: 'prints a secret',
    decide: intoFile('--out-file'),
  }),
  ...each(
    read({ readsSecrets: true, why: 'prints what was encrypted', decide: intoFile('--plaintext-file') }),
    'kms decrypt, kms asymmetric-decrypt, kms raw-decrypt',
  ),
  ...each(
    local({ why: 'writes a file here' }),
    'kms encrypt, kms asymmetric-sign, iam service-accounts sign-blob, iam service-accounts sign-jwt',
  ),
  'iam service-accounts keys create': mutate({
    why: 'creates a credential and writes it to a file',
    inverse: 'gcloud iam service-accounts keys delete',
  }),
  'compute reset-windows-password': destroy({ why: 'the password from before is gone' }),
  'sql users set-password': mutate({ when: { '--prompt-for-password': terminal } }),
  ...each(
    read(),
    'storage sign-url, compute sign-url, sql generate-login-token, iam service-accounts keys get-public-key',
  ),

  // Buckets.
  'storage cat': read({ decide: prints }),
  'storage cp': read({ decide: copies, resources: last }),
  'storage mv': destroy({ why: 'gcloud storage mv removes the source', resources: places }),
  'storage rsync': mutate({
    dryRun: '--dry-run',
    resources: last,
    when: {
      '--delete-unmatched-destination-objects': {
        effect: 'destroy',
        scope: 'many',
        why: 'gcloud storage rsync deletes what only the destination holds',
      },
    },
  }),
  'storage rm': destroy({
    why: 'gcloud storage rm deletes objects',
    resources: places,
    when: { '-r -R --recursive': { scope: 'many' } },
    inverse: 'gcloud storage restore, where the bucket keeps what was deleted',
  }),
  'storage buckets update': mutate({
    when: {
      '--lifecycle-file': { effect: 'destroy', why: 'a lifecycle rule may delete objects later' },
      '--clear-soft-delete': { effect: 'destroy', why: 'what is deleted can no longer be restored' },
    },
    resources: last,
    captureFirst: 'gcloud storage buckets describe with the same name',
  }),

  // What verbs do not say, or not all.
  ...each(
    mutate(),
    'compute instances simulate-maintenance-event, kms keys versions restore, storage restore, spanner databases restore, firestore databases restore, alloydb clusters restore, bigtable instances tables restore, bigtable tables restore, looker instances export, compute images deprecate, sql instances clone',
  ),
  ...each(
    read(),
    'compute instance-groups managed wait-until, compute diagnose routes, container binauthz policy export',
  ),
  ...each(
    destroy(),
    'compute instance-groups managed rolling-action replace, sql instances promote-replica, sql instances restore-backup, filestore instances promote-replica, access-context-manager perimeters replace-all, access-context-manager levels replace-all',
  ),
  'compute instances set-disk-auto-delete': mutate(),
  'compute diagnose export-logs': mutate(),
  ...each(
    destroy({
      why: 'takes it out of service',
      inverse: 'gcloud compute instances start, or resume, with the same words',
    }),
    'compute instances stop, compute instances suspend',
  ),
  'compute instances start': mutate({ inverse: 'gcloud compute instances stop with the same words' }),
  'compute instances resume': mutate({ inverse: 'gcloud compute instances suspend with the same words' }),
  'sql backups restore': destroy({
    why: 'gcloud sql backups restore overwrites the instance',
    captureFirst: 'a backup of today: gcloud sql backups create',
    inverse: 'gcloud sql backups restore of that backup',
  }),
  'run deploy': mutate(TRAFFIC),
  'run services update-traffic': mutate(TRAFFIC),
  'run services update': mutate(TRAFFIC),
  'app deploy': mutate({
    captureFirst: 'gcloud app versions list: which one has the traffic',
    inverse: 'gcloud app services set-traffic --splits with the version from before',
  }),
  'projects delete': destroy({
    scope: 'all',
    why: 'gcloud projects delete shuts down all that is in the project',
    inverse: 'gcloud projects undelete within 30 days',
  }),
  'projects undelete': mutate({ inverse: 'gcloud projects delete' }),
  'services enable': mutate({ inverse: 'gcloud services disable' }),
  'services disable': destroy({
    inverse: 'gcloud services enable',
    when: { '--force': { scope: 'many', why: 'disables the services that depend on it as well' } },
  }),
  'secrets versions add': mutate({ inverse: 'gcloud secrets versions disable of the new version' }),
  'secrets versions disable': destroy({ inverse: 'gcloud secrets versions enable with the same words' }),
  'secrets versions enable': mutate({ inverse: 'gcloud secrets versions disable with the same words' }),
  'tasks queues pause': destroy({ inverse: 'gcloud tasks queues resume' }),
  'tasks queues resume': mutate({ inverse: 'gcloud tasks queues pause' }),
  'scheduler jobs pause': destroy({ inverse: 'gcloud scheduler jobs resume' }),
  'scheduler jobs resume': mutate({ inverse: 'gcloud scheduler jobs pause' }),
  'kms keys versions destroy': destroy({
    inverse: 'gcloud kms keys versions restore, while it is scheduled',
  }),
  'pubsub subscriptions pull': mutate({
    when: {
      '--auto-ack': {
        effect: 'destroy',
        why: 'gcloud pubsub subscriptions pull --auto-ack takes messages away',
      },
    },
  }),
  'pubsub subscriptions ack': destroy({ why: 'acknowledged messages are gone' }),
  'dns record-sets import': mutate({
    when: {
      '--delete-all-existing': {
        effect: 'destroy',
        scope: 'all',
        why: 'deletes every record of the zone first',
      },
    },
    captureFirst: 'gcloud dns record-sets export of the same zone',
    resources: valuesOf('-z --zone'),
  }),
  'dns record-sets update': mutate({
    captureFirst: 'gcloud dns record-sets describe with the same words',
    inverse: 'gcloud dns record-sets update with the data from before',
  }),
  'dns record-sets delete': destroy({
    captureFirst: 'gcloud dns record-sets describe with the same words',
    inverse: 'gcloud dns record-sets create with the data from before',
  }),
  'logging write': mutate(),
  ...each(
    mutate(),
    'sql import sql, sql import csv, sql import bak, sql export sql, sql export csv, sql export bak',
  ),
  ...each(
    mutate(),
    'firebase test android run, firebase test ios run, anthos config controller create, artifacts docker upgrade migrate',
  ),
  ...each(
    read(),
    'firebase test network-profiles list, artifacts print-settings, policy-intelligence troubleshoot-policy iam, policy-troubleshoot iam',
  ),
  ...each(
    read({ readsSecrets: true }),
    'config config-helper, auth print-access-token, auth print-identity-token, auth application-default print-access-token',
  ),
  ...each(local({ why: 'stores a login on this machine' }), 'anthos auth login, artifacts go auth'),
};

/** Whether it scales to nothing. */
export function toNothing(path: string, call: Call): Partial<Outcome> | undefined {
  const size = flagValue(call.parsed, '--size --num-nodes --node-count')?.value;
  return /(resize|update)$/.test(path) && size === '0'
    ? { effect: 'destroy', why: `gcloud ${path} to 0 takes it out of service` }
    : undefined;
}
