/** Firebase, and the proxies to Google's databases. From documentation: Firebase CLI 13. */
import { hasFlag } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const AT_HOME = { network: false };

/** A path without which the command would act on all there is. */
const everything = (call: Call) =>
  hasFlag(call.parsed, '--all-collections') || call.parsed.operands[0]?.value === '/'
    ? { scope: 'all' as const }
    : undefined;

export const firebase: readonly Tool[] = [
  {
    names: 'firebase',
    source: 'from documentation: Firebase CLI 13',
    values:
      '--only --except --config --token -m --message --limit -n --lines --region --instance -d --data --expires -s --site --account',
    switches:
      '-f --force -y --yes --json --debug --non-interactive -r --recursive --shallow --disable-watches',
    targets: { project: '-P --project' },
    network: true,
    ambient: { project: 'firebase use' },
    commands: {
      ...each(
        read(),
        'projects:list, apps:list, functions:list, functions:log, functions:config:get, hosting:sites:list, hosting:sites:get, hosting:channel:list, firestore:indexes, firestore:databases:list, firestore:databases:get, firestore:backups:list, firestore:backups:get, firestore:locations, database:get, database:instances:list, remoteconfig:get, remoteconfig:versions:list, ext:list, ext:info, login:list, apps:sdkconfig, appdistribution:testers:list, apphosting:backends:list, apphosting:backends:get, database:profile, dataconnect:services:list',
      ),
      ...each(read(AT_HOME), 'target, help, login:list, use'),
      ...each(
        read({ readsSecrets: true, why: 'prints secret values' }),
        'functions:secrets:access, apphosting:secrets:describe, auth:export',
      ),
      'functions:secrets:get': read(),
      'auth:export': local({ readsSecrets: true, why: 'writes accounts with their password hashes' }),
      'functions:config:export': local({ readsSecrets: true }),
      use: local({
        ...AT_HOME,
        why: 'firebase use changes the project of this folder',
        captureFirst: 'firebase use',
        inverse: 'firebase use with the project from before',
      }),
      ...each(
        local(AT_HOME),
        'logout, target:apply, target:clear, target:remove, functions:config:clone, experiments:enable, experiments:disable, setup:emulators:firestore, login:use',
      ),
      ...each(local(terminal), 'login, init, login:ci, login:add'),
      deploy: mutate({
        resources: (call) =>
          call.parsed.flags
            .filter((flag) => flag.name === '--only' && flag.value)
            .map((flag) => flag.value?.value ?? ''),
        captureFirst: 'firebase hosting:channel:list, and the revision of the sources that is live',
        preview: 'firebase hosting:channel:deploy to a preview channel',
      }),
      ...each(
        mutate({ resources: 'first' }),
        'functions:config:set, hosting:clone, hosting:channel:create, hosting:channel:deploy, hosting:channel:open, firestore:databases:create, firestore:databases:update, apps:create, projects:create, projects:addfirebase, auth:import, ext:install, ext:update, ext:configure, hosting:sites:create, database:instances:create, database:push, database:import, appdistribution:distribute, appdistribution:testers:add, apphosting:backends:create, apphosting:rollouts:create, apphosting:secrets:set, apphosting:secrets:grantaccess, crashlytics:symbols:upload, dataconnect:sql:migrate, database:settings:set, functions:secrets:set',
      ),
      // They overwrite what stands there, and ask.
      ...each(
        destroy({
          asks: '-f --force -y --confirm',
          resources: 'first',
          captureFirst: 'firebase database:get of the same path',
        }),
        'database:set, database:update',
      ),
      'functions:secrets:set': mutate({ ...terminal, resources: 'first' }),
      'remoteconfig:rollback': mutate({
        asks: '-f --force',
        captureFirst: 'firebase remoteconfig:versions:list',
      }),
      ...each(
        destroy({ asks: '-f --force', resources: 'all' }),
        'functions:delete, functions:secrets:destroy, functions:secrets:prune, hosting:disable, hosting:channel:delete, hosting:sites:delete, firestore:databases:delete, firestore:backups:delete, firestore:backups:schedules:delete, database:remove, ext:uninstall, apphosting:backends:delete, functions:artifacts:setpolicy',
      ),
      'firestore:databases:restore': mutate(),
      'firestore:delete': destroy({
        asks: '-f --force -y --yes',
        resources: 'first',
        decide: everything,
        captureFirst: 'an export: gcloud firestore export',
      }),
      ...each(
        destroy({ resources: 'all' }),
        'functions:config:unset, appdistribution:testers:remove, apps:android:sha:delete',
      ),
      ...each(local({ ...stream, ...AT_HOME }), 'serve, emulators:start'),
      'emulators:export': local(AT_HOME),
      'functions:shell': opensSession('opens a prompt'),
      'emulators:exec': {
        effect: 'unknown',
        why: 'unknown: runs a script beside the emulators',
        network: false,
        runs: (call) => {
          const text = call.parsed.operands[0];
          return text && !text.dynamic ? call.judge.script(text.value) : undefined;
        },
      },
    },
  },
  {
    names: 'cloud-sql-proxy cloud_sql_proxy alloydb-auth-proxy',
    source: 'from documentation: Cloud SQL Auth Proxy 2',
    style: 'long',
    network: true,
    values: '-instances --port --address -p -a -c --credentials-file -dir -credential_file --unix-socket',
    bare: read({ mode: 'stream', why: 'opens a local port until it is stopped' }),
  },
];
