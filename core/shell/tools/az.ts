/** Azure CLI. From documentation: Azure CLI reference 2.60. */
import { judgeHttp } from '../http.ts';
import type { TargetWord } from '../types.ts';
import { highest, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, isOpaque, type Parsed, parseArgs, plain, wordSet } from '../words.ts';
import { leadingWords, outcomeOf } from './cloudVerbs.ts';
import { destroy, each, local, mutate, type Outcome, read, stream, type Tool, terminal } from './table.ts';

const SWITCHES = wordSet('--debug --verbose --only-show-errors --help -h');
const TARGETS: Readonly<Record<string, string>> = {
  '--subscription': 'subscription',
  '-g': 'resource-group',
  '--resource-group': 'resource-group',
};
const secret = read({ readsSecrets: true, why: 'prints a credential' });

/** Commands that their verb does not tell about. */
const COMMANDS: Readonly<Record<string, Outcome>> = {
  ...each(
    secret,
    'keyvault secret show, keyvault secret download, keyvault key download, keyvault certificate download, storage account keys list, storage account show-connection-string, account get-access-token, acr credential show, webapp config appsettings list, functionapp config appsettings list, functionapp keys list, webapp config connection-string list, webapp deployment list-publishing-profiles, webapp deployment list-publishing-credentials, redis list-keys, cosmosdb keys list, cosmosdb list-keys, cosmosdb list-connection-strings, sql db show-connection-string, servicebus namespace authorization-rule keys list, eventhubs namespace authorization-rule keys list, iot hub connection-string show, containerapp secret show, search admin-key show, cognitiveservices account keys list, batch account keys list',
  ),
  'aks get-credentials': local({ readsSecrets: true, why: 'stores cluster credentials on this machine' }),
  ...each(
    mutate({ readsSecrets: true }),
    'ad sp create-for-rbac, ad app credential reset, ad sp credential reset, acr credential renew, storage account keys renew, storage container generate-sas, storage blob generate-sas, storage account generate-sas',
  ),
  login: local({ why: 'stores a login on this machine', mode: 'terminal' }),
  logout: local(),
  interactive: { effect: 'unknown', why: 'unknown: az interactive opens a prompt', ...terminal },
  ...each(
    { effect: 'unknown', why: 'unknown: opens a session', ...terminal },
    'ssh vm, ssh arc, container exec, container attach, webapp ssh, containerapp exec, network bastion ssh',
  ),
  ...each(read(stream), 'webapp log tail, spring app logs, functionapp log tail'),
  ...each(
    read(),
    'version, account show, account list-locations, feedback, find, container logs, containerapp logs show, monitor metrics list, monitor log-analytics query, graph query, deployment group what-if, deployment sub what-if, deployment mg what-if, deployment tenant what-if, bicep build, acr check-health, aks check-acr, cloud show, webapp log show, aks browse',
  ),
  ...each(
    local(),
    'account set, account clear, configure, config set, config unset, cloud set, extension add, extension remove, extension update, upgrade, acr login, aks install-cli, bicep install, bicep upgrade, bicep decompile, storage blob download, storage blob download-batch, storage file download, webapp log download, acr build-local',
  ),
  ...each(
    { effect: 'unknown', why: 'unknown: starts something that no table sees' },
    'pipelines run, acr run, containerapp job start, ml job create, batch job create',
  ),
  ...each(
    destroy(),
    'storage blob delete-batch, aks nodepool drain-node, network lb address-pool address remove, resource lock delete, vm redeploy-reset, servicebus queue purge',
  ),
  ...each(mutate({ inverse: 'az vm stop' }), 'vm start, vmss start'),
  ...each(
    destroy({ why: 'takes the machine out of service', inverse: 'start it again with the same words' }),
    'vm stop, vm deallocate, vmss stop, vmss deallocate, aks stop, webapp stop, functionapp stop, container stop, mysql flexible-server stop, postgres flexible-server stop',
  ),
  'storage copy': mutate(),
  'acr import': mutate(),
};

/** Deletions that ask, and fail without a terminal, unless `--yes` stands there. */
const ASKS =
  /^(group|vm|vmss|aks|aks nodepool|acr|acr repository|sql db|sql server|sql mi|storage account|keyvault key|webapp plan|appservice plan|container|containerapp|cosmosdb|redis|mysql server|postgres server|mysql flexible-server|postgres flexible-server|network dns zone|network dns record-set \w+|identity federated-credential|policy assignment|functionapp plan|ad app|resource group|monitor log-analytics workspace|image builder) (delete|purge)$|^keyvault purge$/;

function az(args: readonly Arg[], judge: (text: string) => Verdict): Verdict {
  const words = leadingWords(args, SWITCHES);
  if (words.length === 0) return verdict('read', 'az without a command prints help');
  if (words.some((word) => word.dynamic && word.value.startsWith('$')))
    return unknown('az has a sub-command that is a variable');
  const path = words.map((word) => word.value).join(' ');
  const parsed = parseArgs(args, { values: VALUES, switches: SWITCHES, style: 'gnu' });
  const nested = nestedOf(path, parsed, judge);
  if (nested) return nested;
  let outcome = COMMANDS[path];
  for (let count = words.length; !outcome && count > 0; count--) {
    const start = words
      .slice(0, count)
      .map((word) => word.value)
      .join(' ');
    // Some take an operand behind their words: `az find "…"`, `az rest`.
    outcome =
      COMMANDS[start] ?? (count === words.length ? outcomeOf(words[count - 1]?.value ?? '') : undefined);
  }
  if (!outcome) return unknown(`az ${path} is in no table`);
  if (outcome.effect === 'mutate' && scalesToNothing(path, parsed))
    outcome = destroy({ why: `az ${path} scales to 0 and takes it out of service` });
  const asks = ASKS.test(path) && !hasFlag(parsed, '-y --yes');
  const loggedIn = path === 'login' && hasFlag(parsed, '--service-principal --identity -i --use-device-code');
  const follows = /\blogs?( show)?$/.test(path) && hasFlag(parsed, '--follow -f');
  return verdict(outcome.effect, outcome.why ?? describe(path, outcome), {
    mode: asks ? 'terminal' : loggedIn ? 'capture' : follows ? 'stream' : outcome.mode,
    readsSecrets: outcome.readsSecrets,
    inverse: outcome.inverse,
    scope: path === 'group delete' ? 'all' : outcome.scope,
  });
}

const VALUES = wordSet(
  '-g --resource-group -n --name --subscription -o --output --query --command-id --scripts -c --command -m --method -u --uri --url -b --body --node-count --instance-count --new-capacity --replicas -l --location --parameters -p -f --file',
);

function nestedOf(path: string, parsed: Parsed, judge: (text: string) => Verdict): Verdict | undefined {
  if (path === 'rest') {
    const url = flagValue(parsed, '-u --uri --url')?.value ?? '';
    return judgeHttp({ method: flagValue(parsed, '-m --method') ?? plain('GET'), url });
  }
  if (
    path === 'aks command invoke' ||
    path === 'vm run-command invoke' ||
    path === 'vmss run-command invoke'
  ) {
    const text = flagValue(parsed, path === 'aks command invoke' ? '-c --command' : '--scripts');
    const runs = verdict('read', `az ${path} runs a command there`);
    if (!text || isOpaque(text) || text.value.startsWith('@'))
      return unknown(`az ${path} runs text that is not in the command`);
    return highest(withDetails(judge(text.value), { mode: 'capture' }), runs);
  }
  return undefined;
}

function scalesToNothing(path: string, parsed: Parsed): boolean {
  return (
    /\bscale$/.test(path) &&
    flagValue(parsed, '--node-count --instance-count --new-capacity --replicas -c')?.value === '0'
  );
}

function describe(path: string, outcome: Outcome): string {
  if (outcome.effect === 'read') return `az ${path} reads`;
  return outcome.effect === 'destroy'
    ? `az ${path} destroys or takes out of service`
    : outcome.effect === 'local-write'
      ? `az ${path} writes on this machine`
      : `az ${path} changes state`;
}

function targets(args: readonly Arg[]): TargetWord[] {
  const found: TargetWord[] = [];
  for (const [i, arg] of args.entries()) {
    const equals = arg.value.indexOf('=');
    const kind = TARGETS[equals < 0 ? arg.value : arg.value.slice(0, equals)];
    const value = equals < 0 ? args[i + 1]?.value : arg.value.slice(equals + 1);
    if (kind && value !== undefined) found.push({ kind, value });
  }
  return found;
}

export const azure: readonly Tool[] = [
  {
    names: 'az',
    source: 'from documentation: Azure CLI reference 2.60',
    judge: (call) => {
      if (call.args.some((arg) => arg.value === '--help' || arg.value === '-h'))
        return verdict('read', 'az --help prints help');
      return withDetails(az(call.args, call.judge.script), { targets: targets(call.args) });
    },
  },
  {
    names: 'azcopy',
    source: 'from documentation: AzCopy 10',
    values:
      '--recursive --include-pattern --exclude-pattern --from-to --log-level --cap-mbps --block-size-mb',
    switches: '--dry-run',
    commands: {
      ...each(read(), 'list, jobs list|show, env, doc, bench'),
      ...each(mutate({ dryRun: '--dry-run' }), 'copy, cp, make, jobs resume'),
      sync: mutate({
        dryRun: '--dry-run',
        when: { '--delete-destination=true|prompt': { effect: 'destroy' } },
      }),
      ...each(destroy({ dryRun: '--dry-run' }), 'remove, rm, jobs clean|remove'),
      login: local(terminal),
      logout: local(),
    },
  },
];
