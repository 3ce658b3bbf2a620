/** Vercel and Netlify. From documentation: Vercel CLI 41, Netlify CLI 17. */
import { hasFlag } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const AT_HOME = { network: false };
const YES = '-y --yes';

const LIVE: Partial<Outcome> = {
  captureFirst: 'vercel ls --prod: the deployment that is live',
  inverse: 'vercel rollback to the deployment from before',
};

/** The value comes by the terminal unless it is piped in. */
const entered = { ...mutate({ asks: '' }) };

export const vercel: Tool = {
  names: 'vercel now',
  source: 'from documentation: Vercel CLI 41',
  values:
    '-t --token -S --scope -A --local-config -Q --global-config -n --name --since --until -m --message -e --env -b --build-env --target --timeout --cwd --limit --project --regions --meta --archive --listen -l --status --level --deployment --query --next',
  switches:
    '-y --yes -f --follow --prod -d --debug --force --json -j --prebuilt --no-wait --public --no-color --safe -s --skip-domain --git-branch --wait --sensitive',
  targets: { scope: '-S --scope', environment: '--environment --target', project: '--project' },
  network: true,
  ambient: { scope: 'vercel whoami', project: 'vercel project inspect' },
  commands: {
    ...each(
      read(),
      'list, ls, inspect, whoami, project ls, project list, project inspect, projects ls, domains ls, domains list, domains inspect, domains price, alias ls, alias list, dns ls, dns list, teams ls, teams list, certs ls, certs list, env ls, env list, rollback status, promote status, rolling-release fetch, integration list, bisect, blob list, target ls, target list, cache, httpstat, telemetry status',
    ),
    ...each(read(AT_HOME), 'help, version'),
    'env pull': local({ readsSecrets: true, why: 'vercel env pull writes secret values into a file' }),
    'env run': read({
      why: 'vercel env run gives the command the variables of the project',
      runs: (call) => call.judge.words(commandAfter(call, '-e --environment --git-branch', 0), call.stdin),
    }),
    pull: local({ readsSecrets: true, why: 'vercel pull writes secret values into a file' }),
    logs: read({
      switches: '-f',
      decide: (call) => (hasFlag(call.parsed, '-f --follow') ? stream : undefined),
    }),
    ...each(local(AT_HOME), 'link, init, logout, switch, build, telemetry'),
    ...each(local(), 'git connect, git disconnect'),
    login: local(terminal),
    deploy: mutate({ ...LIVE, resources: 'first' }),
    promote: mutate({ asks: YES, ...LIVE, resources: 'first' }),
    rollback: mutate({ ...LIVE, resources: 'first' }),
    redeploy: mutate({ resources: 'first' }),
    ...each(
      mutate({ resources: 'first' }),
      'alias, alias set, domains add, domains buy, domains move, domains transfer-in, dns add, dns import, project add, certs issue, certs renew, teams invite, teams add, teams switch, rolling-release configure, rolling-release start, rolling-release approve, rolling-release complete, integration add, blob put, blob copy, blob store add, microfrontends pull, cache invalidate',
    ),
    ...each(entered, 'env add, env update'),
    ...each(
      destroy({ asks: YES, resources: 'all' }),
      'remove, rm, env rm, env remove, domains rm, domains remove, alias rm, alias remove, rolling-release abort, cache purge, cache dangerously-delete',
    ),
    ...each(
      destroy({ asks: YES, resources: 'first' }),
      'project rm, project remove, projects rm, dns rm, dns remove, certs rm, certs remove, integration remove, integration-resource remove, integration-resource disconnect, target rm',
    ),
    'rolling-release disable': destroy(),
    ...each(destroy({ resources: 'all' }), 'blob del, blob store remove'),
    dev: runs('vercel dev runs the project', { ...stream, ...AT_HOME }),
  },
  bare: mutate({ why: 'vercel deploys', ...LIVE }),
};

const FORCE = '-f --force';
/** A function of the API of Netlify, by its verb. */
function apiMethod(call: Call): Partial<Outcome> {
  const method = call.parsed.operands[0];
  if (method?.dynamic) return { effect: 'unknown', why: 'unknown: the method of netlify api is a variable' };
  if (hasFlag(call.parsed, '--list') || /^(list|get|show|search)/.test(method?.value ?? ''))
    return { why: `netlify api ${method?.value ?? '--list'} reads` };
  return /^(delete|remove|purge|disable|unlink|cancel|lock|revoke)/.test(method?.value ?? '')
    ? { effect: 'destroy', why: `netlify api ${method?.value} removes` }
    : { effect: 'mutate', why: `netlify api ${method?.value} changes state` };
}

export const netlify: Tool = {
  names: 'netlify ntl',
  source: 'from documentation: Netlify CLI 17',
  values:
    '-d --dir -m --message --auth --filter --alias --scope -f --functions --data -D --timeout --http-proxy --level -p --payload --name --id -a --account-slug',
  switches:
    '--json --prod -p --force --plain --verbose --trigger --open -o --build --skip-functions-cache --secret',
  targets: { site: '-s --site', context: '--context -c' },
  network: true,
  ambient: { site: 'netlify status' },
  commands: {
    ...each(
      read(),
      'status, sites:list, sites:search, functions:list, blobs:get, blobs:list, integration list, logs:list, recipes:list, addons:list, db:status',
    ),
    ...each(read(AT_HOME), 'help, version, completion, recipes'),
    api: read({ decide: apiMethod, switches: '--list' }),
    ...each(read({ readsSecrets: true, why: 'netlify prints the values of variables' }), 'env:list, env:get'),
    watch: read(stream),
    ...each(read(stream), 'logs:function, logs:functions, logs:deploy, logs:edge-functions, logs'),
    ...each(local(AT_HOME), 'unlink, logout, switch, functions:create, open, open:site, open:admin'),
    link: local(),
    build: runs('netlify build runs the project', {}),
    login: local(terminal),
    init: mutate(terminal),
    deploy: mutate({
      captureFirst: 'netlify api listSiteDeploys: the deploy that is published',
      inverse: 'netlify api restoreSiteDeploy of the deploy from before',
      switches: '-p',
    }),
    ...each(
      mutate({ resources: 'first' }),
      'env:set, env:import, env:clone, sites:create, blobs:set, functions:invoke, db:init, addons:create, addons:config, sites:create-template',
    ),
    ...each(
      destroy({ resources: 'first', asks: FORCE, switches: '-f' }),
      'sites:delete, addons:delete, blobs:delete',
    ),
    ...each(destroy({ resources: 'first' }), 'env:unset'),
    ...each(runs('netlify runs the project', { ...stream, ...AT_HOME }), 'dev, serve, functions:serve'),
    'dev:exec': read({
      why: 'netlify dev:exec gives the command the variables of the site',
      runs: (call) => call.judge.words(commandAfter(call, '--context', 0), call.stdin),
    }),
  },
};
