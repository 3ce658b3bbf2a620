/** Hosting platforms' command lines: railway, vercel, netlify, fly, heroku, wrangler, supabase. From documentation. */
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

/** Logs follow by themselves unless a number of lines or a span of time is asked for. */
const follows =
  (bounds: string) =>
  (call: Call): Partial<Outcome> | undefined =>
    hasFlag(call.parsed, '-f --follow') || !hasFlag(call.parsed, bounds) ? stream : undefined;

const nested = (call: Call) =>
  call.judge.words(commandAfter(call, '-s --service -e --environment -a --app', 0), call.stdin);

export const hosting: readonly Tool[] = [
  {
    names: 'railway',
    source: 'from documentation: Railway CLI 4',
    values:
      '--tail -n --lines --since --to-version --older-than --filter --replicas --memory --set -d --deployment',
    switches: '--json -y --yes --detach --follow -f --fast --to-previous --ci -b --build -k --kv',
    targets: { environment: '-e --environment', service: '-s --service', project: '-p --project' },
    commands: {
      ...each(
        read(),
        'status, list, whoami, deployment list, deployments, ps, db status, domain list, env list, environment list, volume list, docs, help, version',
      ),
      logs: read({
        decide: follows('--tail -n --lines --since --until --filter'),
        why: 'railway logs reads',
      }),
      'logs cleanup': destroy({ why: 'railway logs cleanup deletes logs' }),
      ...each(
        read({ readsSecrets: true, why: 'railway variables prints secret values' }),
        'variables, variable list, env',
      ),
      'env set': mutate({ why: 'railway env set changes variables of the service' }),
      'variables set': mutate(),
      ...each(local(), 'link, unlink, init, environment, service'),
      login: local(terminal),
      logout: local(),
      up: mutate({
        why: 'railway up deploys',
        inverse: 'railway rollback',
        decide: () => ({ mode: 'capture' }),
      }),
      ...each(
        mutate(),
        'redeploy, restart, deploy, domain, add, scale, volume add, db create, lb set-weight, connect-repo',
      ),
      rollback: mutate({ why: 'railway rollback deploys an earlier version' }),
      ...each(
        destroy(),
        'down, delete, environment delete, env remove, env delete, volume delete, service delete, remove, db delete',
      ),
      run: runs('railway run gives the command the variables of the service', {
        decide: () => ({ effect: 'read', why: 'railway run gives the command the variables of the service' }),
        runs: nested,
      }),
      ...each(runs('railway opens a shell', terminal), 'shell, ssh'),
      connect: runs('railway connect opens a database prompt', terminal),
      open: read(),
    },
  },
  {
    names: 'vercel now',
    source: 'from documentation: Vercel CLI 41',
    values:
      '-t --token -S --scope -A --local-config -n --name --since --until -m --message -e --env -b --build-env --target --timeout',
    switches: '-y --yes -f --follow --prod -d --debug --force --json --prebuilt',
    targets: { scope: '-S --scope', environment: '--environment --target' },
    commands: {
      ...each(
        read(),
        'list, ls, inspect, whoami, project ls|list, domains ls|list|inspect, alias ls|list, dns ls|list, teams ls, certs ls, help',
      ),
      'env ls|list': read(),
      'env pull': local({ readsSecrets: true }),
      logs: read({ decide: (call) => (hasFlag(call.parsed, '-f --follow') ? stream : undefined) }),
      ...each(local(), 'link, pull, build, init, login, logout, switch, git'),
      ...each(
        mutate(),
        'deploy, promote, alias, alias set, domains add|move|transfer-in, dns add, env add|update, redeploy, project add, certs issue, cache',
      ),
      rollback: mutate(),
      ...each(
        destroy(),
        'remove, rm, env rm|remove, domains rm|remove, dns rm|remove, alias rm|remove, project rm|remove, certs rm',
      ),
      dev: runs('vercel dev runs the project', stream),
    },
    bare: mutate({ why: 'vercel deploys' }),
  },
  {
    names: 'netlify ntl',
    source: 'from documentation: Netlify CLI',
    values: '-s --site -d --dir -m --message --auth --context',
    targets: { site: '-s --site' },
    commands: {
      ...each(read(), 'status, sites:list, api, env:list, env:get, logs:deploy, functions:list, watch'),
      ...each(local(), 'link, unlink, init, login, logout, build'),
      ...each(mutate(), 'deploy, env:set, env:import, sites:create'),
      ...each(destroy(), 'sites:delete, env:unset'),
      dev: runs('netlify dev runs the project', stream),
    },
  },
  {
    names: 'fly flyctl',
    source: 'from documentation: flyctl',
    values:
      '-c --config -t --access-token -o --org -r --region --image -n --count --vm-size --vm-memory -C --command',
    switches: '-y --yes -j --json --now --detach',
    targets: { app: '-a --app', region: '-r --region', organization: '-o --org' },
    commands: {
      ...each(
        read(),
        'status, apps list, releases, info, version, regions list, scale show, checks list, ips list, certs list|show|check, volumes list|show, machine list|status, machines list|status, postgres list, secrets list, config show|validate, auth whoami, orgs list, doctor, image show, platform status',
      ),
      logs: read({ decide: (call) => (hasFlag(call.parsed, '-n --no-tail') ? undefined : stream) }),
      ...each(local(), 'auth login|logout, config save, launch'),
      ...each(
        mutate(),
        'deploy, apps create|restart|open, scale count|vm|memory, secrets set|import|deploy, machine start|restart|clone|update|run, machines start|restart, volumes create|extend, ips allocate-v4|allocate-v6, certs add, postgres create|attach, regions add|set',
      ),
      ...each(
        destroy(),
        'apps destroy|suspend, destroy, machine destroy|stop|kill, machines destroy|stop, volumes destroy|delete, secrets unset, ips release, certs remove, postgres detach|failover, suspend',
      ),
      ...each(runs('fly opens a shell or runs a command on a machine', terminal), 'ssh console, console'),
      ...each(runs('fly forwards a port', stream), 'proxy'),
      'postgres connect': runs('fly postgres connect opens a prompt', terminal),
    },
  },
  {
    names: 'heroku',
    source: 'from documentation: Heroku CLI',
    values: '-n --num -s --source -d --dyno -c --command -p --process-type',
    switches: '-t --tail --json',
    targets: { app: '-a --app', remote: '-r --remote' },
    commands: {
      ...each(
        read(),
        'apps, apps:info, info, ps, releases, releases:info, addons, pg:info, pg:ps, pg:diagnose, pg:backups, pg:locks, pg:outliers, domains, status, auth:whoami, features, access, certs, pipelines, redis:info, maintenance',
      ),
      ...each(read({ readsSecrets: true }), 'config, config:get, pg:credentials:url'),
      logs: read({ when: { '-t --tail': stream } }),
      ...each(
        mutate(),
        'config:set, ps:scale, ps:restart, restart, scale, ps:type, maintenance:on, maintenance:off, releases:rollback, rollback, addons:create, addons:attach, pg:backups:capture, pg:promote, domains:add, create, apps:create, pipelines:promote, deploy, pg:maintenance:run, features:enable',
      ),
      ...each(
        destroy(),
        'config:unset, ps:stop, ps:kill, addons:destroy, apps:destroy, pg:reset, pg:kill, pg:killall, pg:backups:restore, pg:backups:delete, domains:remove, pg:unfollow, features:disable',
      ),
      ...each(runs('heroku runs a command on a dyno', terminal), 'run, run:inside, ps:exec, console'),
      'run:detached': runs('heroku runs a command on a dyno'),
      'pg:psql': {
        effect: 'unknown',
        why: 'unknown: heroku pg:psql opens a prompt',
        decide: (call) => (hasFlag(call.parsed, '-c --command') ? undefined : terminal),
      },
      ...each(local(terminal), 'login'),
      'pg:backups:download': local(),
    },
  },
  {
    names: 'wrangler',
    source: 'from documentation: Wrangler 3',
    values: '-c --config -e --env --binding --namespace-id --name',
    targets: { environment: '-e --env' },
    commands: {
      ...each(
        read(),
        'whoami, deployments list|status|view, versions list|view, secret list, kv namespace list, kv key list|get, r2 bucket list, d1 list|info, queues list, pages project list, pages deployment list',
      ),
      tail: read(stream),
      ...each(
        mutate(),
        'deploy, publish, rollback, secret put|bulk, kv namespace create, kv key put, r2 bucket create, d1 create, versions upload|deploy, pages deploy, queues create, triggers deploy',
      ),
      ...each(
        destroy(),
        'delete, secret delete, kv namespace delete, kv key delete, r2 bucket delete, r2 object delete, d1 delete, queues delete, pages project delete',
      ),
      ...each(runs('d1 runs SQL'), 'd1 execute, d1 migrations apply'),
      dev: runs('wrangler dev runs the project', stream),
      login: local(terminal),
    },
  },
  {
    names: 'supabase',
    source: 'from documentation: Supabase CLI',
    values: '--project-ref --db-url -f --file -p --password',
    targets: { project: '--project-ref' },
    commands: {
      ...each(
        read(),
        'status, projects list, migration list, db diff|lint, secrets list, functions list, orgs list',
      ),
      ...each(local(), 'init, link, unlink, gen types, migration new, db pull|dump, start'),
      ...each(mutate(), 'db push, migration up|repair, functions deploy, secrets set, projects create, seed'),
      ...each(destroy(), 'db reset, secrets unset, functions delete, projects delete, stop'),
      login: local(terminal),
    },
  },
];
