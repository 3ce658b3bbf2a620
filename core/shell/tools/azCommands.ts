/** Commands of the Azure CLI that their verb does not tell about. From documentation: Azure CLI reference 2.60, and the source of 2.45. */
import { judgeHttp } from '../http.ts';
import { judgeSql } from '../sql.ts';
import { highest, sessionOpened, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, isOpaque, plain, wordSet } from '../words.ts';
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

/** The groups of the Azure CLI and its extensions: a word that is not among them is no command. */
export const GROUPS =
  wordSet(`account acr ad advisor afd aks alerts-management alias ams apim appconfig appservice arcappliance arcdata aro
  artifacts attestation automanage automation aosm backup batch batchai bicep billing blueprint boards bot cache capacity cdn change-analysis
  cloud cloud-service cognitiveservices communication compute-recommender confcom config configure confidentialledger confluent connectedk8s
  connectedmachine connectedvmware connection consumption container containerapp cosmosdb costmanagement custom-providers customlocation
  data-boundary databox databoxedge databricks datadog datafactory datamigration dataprotection datashare dedicated-hsm demo deployment
  deployment-scripts deploymentmanager desktopvirtualization devcenter devops disk disk-access disk-encryption-set dla dls dms dns-resolver
  dnc dt durabletask dynatrace edgeorder elastic elastic-san eventgrid eventhubs extension feature feedback find fleet fluid-relay
  functionapp grafana graph graph-services group guestconfig hanainstance hdinsight healthcareapis hpc-cache identity image import-export
  informatica init internet-analyzer interactive iot k8s-configuration k8s-extension k8s-runtime k8sconfiguration keyvault kusto lab load
  lock logic logicapp login logout logz maintenance managed-cassandra managedapp managedcleanroom managedservices managementpartner maps
  mariadb mdp mesh ml mobile-network monitor mysql netappfiles network networkcloud networkfabric new-relic next nginx notification-hub
  offazure openshift orbital palo-alto partnercenter peering pipelines playwright-testing policy portal postgres powerbi ppg private-link
  provider providerhub purview quantum qumulo quota redis redisenterprise relay remote-rendering-account repos reservations resource
  resource-mover resourcemanagement rest restore-point role sapmonitor scenario scvmm search security self-help self-test sentinel
  serial-console servicebus sf sig signalr site-recovery snapshot spatial-anchors-account sphere spring spring-cloud sql ssh sshkey
  stack stack-hci stack-hci-vm standby-container-group-pool standby-vm-pool staticwebapp storage storage-mover storagesync
  stream-analytics support survey synapse tag term timeseriesinsights traffic-collector trustedsigning ts tsi upgrade version
  virtualnetworks vm vmss vmware voice-service webapp webpubsub workload-identity workloads zones`);

/** Commands that print a credential, by the end of their words. */
const SECRETS = new RegExp(
  [
    '(^| )(list-(keys|connection-strings?|credentials|auth-keys?|read-only-keys|content-keys|publishing-(credentials|profiles)|key)|get-(shared-keys|sas-urls|access-token|encryption-key)|show-(connection-string|secret)|generate-sas|byo-access-token)$',
    '(storage account|cosmosdb|authorization-rule|functionapp|function|namespace|signalr|webpubsub|maps account|cognitiveservices account|batch account|hyco|wcfrelay|search query-key|search admin-key|communication|redisenterprise database|iot hub policy|iot dps policy) keys? (list|show|renew|regenerate)$',
    '^search (admin-key show|query-key list)$',
    '^(signalr|webpubsub) key (list|show)$',
    '^(acr (credential|token credential) (show|generate|renew)|appconfig credential list|iot (hub|dps) connection-string show)$',
    '^(webapp|functionapp|logicapp|staticwebapp) (config )?(appsettings|connection-string) list$',
    '^(staticwebapp secrets list|containerapp secret show|network (vpn-connection|vnet-gateway) shared-key show|keyvault secret (show|download))$',
    '^(ad (sp create-for-rbac|app credential reset|sp credential reset)|storage account keys renew|keyvault key random)$',
    '^(spring (test-endpoint|app deployment) list|databricks workspace pat|grafana (api-key|service-account token) create)$',
  ].join('|'),
);

/** Whether what a command prints is a credential. */
export function printsSecret(path: string): boolean {
  return SECRETS.test(path);
}

/** Groups whose deletion asks unless `--yes` stands there: the others go ahead. */
const ASKING_DELETES = `group, vm, vm run-command, vm host, vm host group, vmss run-command, disk, sshkey, restore-point( collection)?, aks, acr,
  acr repository, acr manifest, sql (db|dw|server|mi|midb|vm|vm group|vm group ag-listener|instance-pool|stg), sql (db|midb) ltr-backup,
  sql mi (link|partner-cert), storage (account|container-rm|share-rm|fs|fs directory|fs file), storage account [\\w-]+-(policy|connection),
  (webapp|functionapp|appservice) plan, appservice ase, staticwebapp( environment| hostname)?, logicapp, webapp config backup, container,
  containerapp( env| job| hostname| auth| env storage| env certificate)?, spring app, redis, redisenterprise( database)?,
  (mysql|postgres|mariadb) (server|db|server firewall-rule|server key|server ad-admin),
  (mysql|postgres) flexible-server( db| firewall-rule| ad-admin| replica)?, network (dns|private-dns) zone, network private-dns link vnet,
  network (dns|private-dns) record-set \\w+, network routeserver( peering)?, network profile, network virtual-appliance( site)?,
  network private-endpoint-connection, network front-door, network bastion, (\\w+ )?connection, identity federated-credential,
  eventgrid (topic|domain|domain topic|partner topic) event-subscription, eventgrid system-topic( event-subscription)?,
  eventgrid partner [\\w -]+, eventhubs cluster, (eventhubs|servicebus) namespace private-endpoint-connection,
  cdn (origin|origin-group), cdn waf policy[\\w -]*, afd (endpoint|origin|origin-group|route|rule|rule-set|secret|security-policy|custom-domain),
  kusto (cluster|database), tag, ts, deployment-scripts, stack (group|sub|mg), search (service|[\\w-]+-(connection|resource)),
  databoxedge [\\w-]+, appconfig( replica)?, apim( product| nv| api| api schema)?,
  synapse (?!spark-job-definition|sql-script|link-connection|sql pool classification)[\\w -]+, dms( project| project task)?,
  monitor log-analytics [\\w -]+, monitor private-link-scope[\\w -]*, monitor diagnostic-settings subscription,
  monitor app-insights component, monitor account, hdinsight( application| autoscale| autoscale condition)?,
  netappfiles (account|pool|volume|snapshot|subvolume|volume-group|volume backup|account backup|volume quota-rule),
  backup vault( resource-guard-mapping)?, cosmosdb, cosmosdb (table|service), cosmosdb (sql|mongodb|cassandra|gremlin) [\\w -]+,
  managed-cassandra (cluster|datacenter), batch (account|application|application package|certificate), maps creator,
  sig gallery-application( version)?, capacity reservation( group)?, billing role-assignment, aro, k8s-extension,
  k8s-configuration( flux)?, connectedk8s, databricks workspace, datafactory, devops [\\w -]+, pipelines[\\w -]*, repos[\\w -]*,
  boards work-item, ml (workspace|compute|online-endpoint|online-deployment|batch-endpoint), fleet( member)?, grafana, load,
  confluent organization, dataprotection backup-[\\w-]+, iot central app[\\w -]*`;
/** What else asks. */
const ASKING_OTHERS = `appconfig (purge|recover), storage account failover, aks (upgrade|rotate-certs|nodepool upgrade),
  aks oidc-issuer rotate-signing-keys, sql db replica delete-link, sql midb log-replay stop, (mysql|postgres|mariadb) server replica stop,
  (mysql|postgres) flexible-server replica (stop-replication|promote), backup protection disable,
  backup container (unregister|re-register), cdn waf policy managed-rule-set remove, appservice ase upgrade,
  synapse (integration-runtime stop|pipeline-run cancel|spark (job|session|statement) cancel)`;
const ASKS = new RegExp(`^((${alternatives(ASKING_DELETES)}) delete|${alternatives(ASKING_OTHERS)})$`);

function alternatives(list: string): string {
  return list
    .split(/,\s+/)
    .map((item) => item.trim())
    .join('|');
}

/** Whether a command asks before it goes on. */
export function asksFirst(path: string): boolean {
  return ASKS.test(path);
}

const session: Outcome = opensSession('opens a session');
const AT_HOME = { network: false };

/** Text that another program runs. */
function onMachine(call: Call): Verdict {
  const texts = values(call, call.path === 'aks command invoke' ? '--command -c' : '--scripts --script');
  const windows = /PowerShell/i.test(flagValue(call.parsed, '--command-id')?.value ?? '');
  if (texts.length === 0 || texts.some((text) => isOpaque(text) || text.value.startsWith('@')))
    return unknown(`az ${call.path} runs text that is not in the command`);
  const text = texts.map((arg) => arg.value).join('\n');
  const judged = windows ? call.judge.foreign(text, 'powershell') : call.judge.script(text);
  return highest(
    withDetails(judged, { mode: 'capture' }),
    verdict('read', `az ${call.path} runs a command there`),
  );
}

/** The words behind an option: some options of az take several. */
export function values(call: Call, names: string): readonly Arg[] {
  const wanted = names.split(' ');
  const at = call.args.findLastIndex((arg) => wanted.includes(arg.value));
  if (at < 0)
    return call.parsed.flags.flatMap((flag) =>
      wanted.includes(flag.name) && flag.value ? [flag.value] : [],
    );
  const rest = call.args.slice(at + 1);
  const end = rest.findIndex((arg) => /^--?[a-z]/i.test(arg.value));
  return end < 0 ? rest : rest.slice(0, end);
}

/** A shell is a session; any other command in the container is judged, and has its terminal. */
function inContainer(call: Call): Verdict {
  const text = flagValue(call.parsed, '--exec-command --command');
  if (!text || isOpaque(text) || /^(.*\/)?(ba|z|da|a)?sh$/.test(text.value))
    return sessionOpened(`az ${call.path} opens a session`);
  return highest(call.judge.script(text.value), verdict('read', `az ${call.path} runs it there`, terminal));
}

function sql(call: Call): Verdict | undefined {
  const text = flagValue(call.parsed, '-q --querytext --query-text');
  return text && !isOpaque(text) ? judgeSql(text.value) : undefined;
}

/** `--mode Complete` deletes what the template does not name. */
function deployment(call: Call): Partial<Outcome> | Verdict | undefined {
  if (hasFlag(call.parsed, '--what-if -w')) return verdict('read', `az ${call.path} --what-if only compares`);
  const confirms = hasFlag(call.parsed, '--confirm-with-what-if -c') ? terminal : {};
  if (/^complete$/i.test(flagValue(call.parsed, '--mode')?.value ?? ''))
    return {
      ...confirms,
      effect: 'destroy',
      scope: 'many',
      why: 'a complete deployment deletes what the template does not name',
    };
  return confirms;
}

function deployments(...scopes: readonly string[]): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(
    scopes.map((scope) => [
      `deployment ${scope} create`,
      mutate({ decide: deployment, preview: `az deployment ${scope} what-if with the same words` }),
    ]),
  );
}

function stack(call: Call): Partial<Outcome> | undefined {
  const mode = flagValue(call.parsed, '--action-on-unmanage --aou')?.value ?? '';
  return /^delete/i.test(mode)
    ? { effect: 'destroy', scope: 'many', why: `az stack deletes what it no longer manages` }
    : undefined;
}

/** `az acr run --cmd "acr purge …"` deletes images. */
function acrRun(call: Call): Partial<Outcome> | undefined {
  const words = (flagValue(call.parsed, '--cmd')?.value ?? '').split(/\s+/);
  if (words[0] !== 'acr' || words[1] !== 'purge') return undefined;
  return words.includes('--dry-run')
    ? { why: 'unknown: acr purge --dry-run lists what it would delete, in a task' }
    : { effect: 'destroy', scope: 'many', why: 'acr purge deletes images' };
}

function request(call: Call): Verdict {
  const url = flagValue(call.parsed, '-u --uri --url')?.value ?? '';
  const body = flagValue(call.parsed, '-b --body')?.value;
  return judgeHttp({
    method: flagValue(call.parsed, '-m --method') ?? plain('GET'),
    url,
    ...(body === undefined ? {} : { body }),
  });
}

/** What is the command line's own, what runs text, and what verbs do not say. */
export const COMMANDS: Readonly<Record<string, Outcome>> = {
  // What az does at home.
  ...each(
    read(AT_HOME),
    'version, find, cloud show, cloud list, account list, config get, config param-persist show, extension list, extension show, extension list-available, help, survey, feedback, bicep version, bicep list-versions, bicep build, bicep lint, self-test',
  ),
  ...each(
    local(AT_HOME),
    'account clear, configure, config set, config unset, config param-persist, cloud set, cloud update, cloud register, cloud unregister, bicep decompile, bicep format, bicep generate-params, alias, init, logout',
  ),
  'account set': local({
    ...AT_HOME,
    why: 'az account set changes the subscription of this machine',
    captureFirst: 'az account show --query id',
    inverse: 'az account set with the subscription from before',
  }),
  ...each(
    local(),
    'extension add, extension remove, extension update, upgrade, aks install-cli, bicep install, bicep upgrade, bicep restore, acr helm install-cli, ssh config, ssh cert',
  ),
  login: local({
    leavesOpen: {},
    why: 'stores a login on this machine',
    decide: (call) =>
      hasFlag(call.parsed, '--service-principal --identity -i --use-device-code') ? undefined : terminal,
  }),
  'devops login': local({ asks: '', leavesOpen: {} }),
  'acr login': local({ when: { '--expose-token -t': { readsSecrets: true } } }),
  'aks get-credentials': local({
    readsSecrets: true,
    why: 'stores cluster credentials on this machine',
    captureFirst: 'kubectl config current-context',
    inverse: 'kubectl config use-context with the context from before',
  }),
  'keyvault secret download': local({ readsSecrets: true, why: 'writes a secret into a file' }),
  'storage blob download-batch': local({ dryRun: '--dryrun' }),

  // Sessions, streams, and text for others to run.
  interactive: opensSession('az interactive opens a prompt'),
  ...each(
    session,
    'ssh vm, ssh arc, container attach, webapp ssh, network bastion ssh, network bastion rdp, serial-console connect, spring app connect, containerapp debug, postgres flexible-server connect, mysql flexible-server connect',
  ),
  ...each(read({ decide: inContainer }), 'container exec, containerapp exec'),
  ...each(
    read(stream),
    'webapp log tail, functionapp log tail, aks browse, network bastion tunnel, webapp create-remote-connection, connectedk8s proxy, functionapp create-remote-connection',
  ),
  ...each(
    read({ when: { '-f --follow': stream } }),
    'container logs, containerapp logs show, containerapp env logs show, containerapp job logs show, spring app logs, acr task logs, webapp log show',
  ),
  'webapp browse': read({ when: { '--logs': stream } }),
  'webapp up': mutate({ when: { '--logs': stream } }),
  ...each(read({ decide: onMachine }), 'aks command invoke, vm run-command invoke, vmss run-command invoke'),
  ...each(mutate({ runs: onMachine }), 'vm run-command create, vmss run-command create'),
  'aks command result': read(),
  ...each(
    { effect: 'unknown', why: 'unknown: az runs SQL that is not in the command', decide: sql },
    'postgres flexible-server execute, mysql flexible-server execute',
  ),
  rest: read({ decide: request }),
  'devops invoke': read({
    decide: (call) =>
      judgeHttp({ method: flagValue(call.parsed, '--http-method') ?? plain('GET'), url: '/devops' }),
  }),
  ...each(
    { effect: 'unknown', why: 'unknown: starts something that no table sees' },
    'pipelines run, acr task run, containerapp job start, ml job create, batch job create, webapp webjob triggered run, automation runbook start, logic workflow run trigger, datafactory pipeline create-run, synapse pipeline create-run',
  ),
  'acr run': { effect: 'unknown', why: 'unknown: runs a task in the registry', decide: acrRun },

  // What verbs do not say.
  ...each(
    read(),
    'graph query, monitor log-analytics query, acr check-health, aks check-acr, acr manifest show, network watcher test-connectivity, storage account check-name',
  ),
  ...each(
    read(),
    'deployment group what-if, deployment sub what-if, deployment mg what-if, deployment tenant what-if',
  ),
  ...deployments('group', 'sub', 'mg', 'tenant'),
  ...each(mutate({ decide: deployment }), 'group deployment create, deployment create'),
  ...each(
    mutate({ decide: stack, asks: '-y --yes' }),
    'stack group create, stack sub create, stack mg create',
  ),
  ...each(
    destroy({ dryRun: '--dryrun', scope: 'many' }),
    'storage blob delete-batch, storage file delete-batch, storage remove, storage directory delete-batch',
  ),
  ...each(
    mutate({ dryRun: '--dryrun' }),
    'storage blob upload-batch, storage file upload-batch, storage blob copy start-batch, storage file copy start-batch, storage copy',
  ),
  'storage blob sync': mutate({
    when: {
      '--delete-destination=true': { effect: 'destroy', why: 'deletes what only the destination holds' },
    },
    values: '--delete-destination',
  }),
  ...each(
    destroy({ why: 'takes it out of service' }),
    'vm stop, vm deallocate, vmss stop, vmss deallocate, aks stop, webapp stop, functionapp stop, container stop, mysql flexible-server stop, postgres flexible-server stop, mysql server stop, containerapp revision deactivate, aks nodepool stop, spring app stop, synapse sql pool pause, sql dw pause, network application-gateway stop',
  ),
  ...each(
    mutate({ inverse: 'the same swap once more' }),
    'webapp deployment slot swap, functionapp deployment slot swap',
  ),
  'containerapp revision activate': mutate({ inverse: 'az containerapp revision deactivate' }),
  'containerapp update': mutate({
    captureFirst: 'az containerapp revision list with the same name',
    inverse: 'az containerapp ingress traffic set back to the revision from before',
  }),
  ...each(
    mutate({
      captureFirst: 'az webapp config appsettings list with the same words (it shows secrets)',
      inverse: 'the same command with the values from before',
    }),
    'webapp config appsettings set, functionapp config appsettings set',
  ),
  ...each(
    mutate({
      captureFirst: 'az aks nodepool show: count',
      inverse: 'az aks nodepool scale with the count from before',
    }),
    'aks nodepool scale, aks scale',
  ),
  'role assignment create': mutate({ inverse: 'az role assignment delete with the same words' }),
  'role assignment delete': destroy({
    captureFirst: 'az role assignment list with the same words',
    inverse: 'az role assignment create with the same words',
  }),
  'lock create': mutate({ inverse: 'az lock delete' }),
  'lock delete': destroy({ why: 'takes away what keeps it from being deleted', inverse: 'az lock create' }),
  'group delete': destroy({
    scope: 'all',
    why: 'az group delete deletes the group with all that is in it',
    captureFirst: 'az resource list with the same group, and az group export',
  }),
  'keyvault delete': destroy({ inverse: 'az keyvault recover, while it is kept' }),
  'keyvault secret delete': destroy({ inverse: 'az keyvault secret recover, while it is kept' }),
  'keyvault secret set': mutate({
    captureFirst: 'az keyvault secret list-versions',
    inverse: 'az keyvault secret set with the value of the version from before',
  }),
  'acr import': mutate(),
  'storage blob copy cancel': destroy(),
  'ad sp credential reset': destroy({ why: 'ends the credentials from before' }),
  'ad app credential reset': destroy({ why: 'ends the credentials from before' }),
  'network lb address-pool address remove': destroy(),
  'vm redeploy': mutate(),
  'vm simulate-eviction': destroy({ why: 'evicts the machine' }),
  'vm perform-maintenance': mutate(),
  'vm capture': mutate(),
  'vm generalize': destroy({ why: 'a generalized machine cannot be started again' }),
  'vm convert': mutate(),
  'network vnet-gateway reset': destroy({ why: 'restarts the gateway' }),
};
