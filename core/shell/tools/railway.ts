/** Railway's command line. From documentation: Railway CLI 4. */
import { hasFlag } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const AT_HOME = { network: false };
const YES = '-y --yes';

/** Logs follow by themselves unless a number of lines or a span of time is asked for. */
const follows = (call: Call) =>
  hasFlag(call.parsed, '-f --follow') ||
  !hasFlag(call.parsed, '--tail -n --lines --since -S --until -U --filter --http')
    ? stream
    : undefined;

/** It sets variables where one is given, and prints all of them where none is. */
const variables = (call: Call) =>
  hasFlag(call.parsed, '--set --set-from-stdin')
    ? { effect: 'mutate' as const, why: `railway ${call.path} sets variables and deploys again` }
    : { readsSecrets: true, why: `railway ${call.path} prints secret values` };

const ofOptions =
  (names: string) =>
  (call: Call): readonly string[] => {
    const wanted = names.split(' ');
    const named = call.parsed.flags.filter(
      (flag) => wanted.includes(flag.name) && flag.value && !flag.value.dynamic,
    );
    const operands = call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value);
    return operands.length > 0 ? operands : named.map((flag) => flag.value?.value ?? '');
  };
const service = ofOptions('-s --service -p --project');
const NOTED = {
  captureFirst: 'railway variables with the same words (it shows secrets)',
  inverse: 'the variable set to the value from before',
};

export const railway: Tool = {
  names: 'railway',
  source: 'from documentation: Railway CLI 4',
  values:
    '--tail -n --lines --since --until -S -U --to-version --older-than --filter --replicas --memory --set -d --deployment --path -m --message --database --image --repo --domain --port -i --ids --region',
  switches:
    '--json -y --yes --detach --follow -f --fast --to-previous --ci -c -b --build -k --kv --skip-deploys --set-from-stdin --http --new --no-gitignore --path-as-root --verbose --browserless',
  targets: { environment: '-e --environment', service: '-s --service', project: '-p --project' },
  network: true,
  ambient: { project: 'railway status', environment: 'railway status', service: 'railway status' },
  commands: {
    ...each(
      read(),
      'status, list, whoami, deployment list, deployments, ps, domain list, env list, environment list, volume list, functions list, metrics, project list, service list, service status, regions list',
    ),
    ...each(read(AT_HOME), 'docs, help, version, completion, open'),
    logs: read({ decide: follows, why: 'railway logs reads' }),
    'logs cleanup': mutate({ why: 'railway logs cleanup is in no version of its documentation' }),
    'service logs': read({ decide: follows }),
    'deployment logs': read({ decide: follows }),
    ...each(read({ decide: variables }), 'variables, variable, vars'),
    ...each(read({ readsSecrets: true, why: 'prints secret values' }), 'variables list, variable list, env'),
    ...each(
      mutate({ resources: 'all', ...NOTED, why: 'sets variables of the service and deploys again' }),
      'variables set, variable set, env set',
    ),
    ...each(
      destroy({ resources: 'all', ...NOTED }),
      'variable delete, variable rm, variables delete, variables unset, variables remove, env unset',
    ),
    ...each(
      local({ ...AT_HOME, captureFirst: 'railway status' }),
      'link, unlink, init, service, environment, service link, environment link, project link',
    ),
    'environment new': mutate({ resources: 'first', inverse: 'railway environment delete' }),
    login: local(terminal),
    logout: local(),
    up: mutate({
      why: 'railway up deploys',
      inverse: 'railway redeploy of the deployment from before, from its page',
      captureFirst: 'railway deployment list',
      // It follows the build, unless told not to.
      decide: (call) => (hasFlag(call.parsed, '-d --detach -c --ci') ? undefined : stream),
      resources: service,
    }),
    'deployment up': mutate({
      decide: (call) => (hasFlag(call.parsed, '-d --detach -c --ci') ? undefined : stream),
    }),
    ...each(
      mutate({ asks: YES, resources: service }),
      'redeploy, restart, deployment redeploy, deployment restart, service redeploy, service restart',
    ),
    ...each(
      mutate(),
      'deploy, domain, add, scale, service scale, volume add, volume attach, volume update, db create, lb set-weight, connect-repo, functions new, functions push, functions link, rollback, project create',
    ),
    'volume detach': destroy({ asks: YES, inverse: 'railway volume attach' }),
    ...each(
      destroy({ asks: YES, resources: service }),
      'down, deployment remove, deployment rm, delete, environment delete, environment remove, environment rm, env remove, env delete, volume delete, volume remove, volume rm, service delete, remove, db delete, functions delete, functions rm, domain delete, domain rm, project delete',
    ),
    run: read({
      why: 'railway run gives the command the variables of the service',
      runs: (call) =>
        call.judge.words(commandAfter(call, '-s --service -e --environment -p --project', 0), call.stdin),
    }),
    shell: opensSession('railway opens a shell with the variables of the service'),
    ssh: opensSession('railway opens a shell in the service', {
      mode: 'terminal',
      values: '-s --service -e --environment -p --project -d --deployment-instance',
      switches: '--session',
    }),
    connect: runs('railway connect opens a database prompt', terminal),
    dev: runs('railway dev runs the services here', stream),
  },
};
