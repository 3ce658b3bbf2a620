/** Tasks of web frameworks that reach a database: Rails and rake, Django, Laravel. From documentation: Rails 8, Django 5, Laravel 11. */
import { maxEffect } from '../verdict.ts';
import { hasFlag, wordSet } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const RAILS_READS = wordSet(
  `db:migrate:status db:version db:abort_if_pending_migrations routes about stats notes time:zones middleware initializers secret
  db:encryption:init zeitwerk:check help version db:migrate:status:primary`,
);
const RAILS_LOCAL = wordSet(
  `generate g new plugin app:update app:template assets:precompile assets:clean tmp:clear tmp:cache:clear log:clear db:schema:dump
  db:schema:cache:dump db:structure:dump db:system:change yarn:install webpacker:compile javascript:build css:build devcontainer encrypted:show`,
);
const RAILS_CHANGES = wordSet(
  `db:migrate db:migrate:up db:forward db:seed db:create db:create:all db:prepare db:environment:set db:charset active_storage:install
  action_text:install action_mailbox:install railties:install:migrations restart`,
);
const RAILS_DESTROYS = wordSet(
  `db:rollback db:drop db:drop:all db:reset db:setup db:schema:load db:schema:load:primary db:structure:load db:migrate:down db:migrate:redo
  db:migrate:reset db:purge db:purge:all db:truncate_all db:seed:replant db:fixtures:load db:drop:_unsafe assets:clobber destroy d
  db:test:prepare db:test:load db:test:purge credentials:diff:disenroll`,
);
const RAILS_PROMPTS = wordSet('console c dbconsole db');
const RAILS_SERVERS = wordSet(
  'server s jobs:work jobs:workoff resque:work resque:workers sidekiq solid_queue:start tailwindcss:watch',
);

/** What one task does; undefined for the project's own. */
function task(word: string, words: readonly string[]): Outcome | undefined {
  if (word === 'db:migrate' && words.includes('VERSION=0'))
    return destroy({ why: 'db:migrate VERSION=0 takes every migration back', scope: 'all' });
  if (RAILS_READS.has(word)) return read();
  if (word === 'db:migrate' || word === 'db:migrate:up')
    return mutate({
      captureFirst: 'rails db:version, and a dump of the database',
      inverse: 'rails db:migrate VERSION=… with the version from before (may drop columns)',
      preview: 'rails db:migrate:status',
    });
  if (RAILS_CHANGES.has(word)) return mutate();
  if (RAILS_DESTROYS.has(word))
    return destroy({
      why: `${word} drops data, or takes migrations back`,
      captureFirst: 'a dump of the database',
      inverse:
        word === 'db:rollback' || word === 'db:migrate:down'
          ? 'rails db:migrate; dropped data comes back only from the dump'
          : 'restore that dump',
    });
  if (RAILS_LOCAL.has(word)) return local({ network: false });
  if (RAILS_PROMPTS.has(word)) return opensSession('it opens a prompt');
  if (RAILS_SERVERS.has(word)) return runs('it runs a server', stream);
  if (/^(credentials|secrets|encrypted):show$/.test(word))
    return read({ readsSecrets: true, network: false });
  if (/^(credentials|secrets|encrypted):(edit|setup)$/.test(word))
    return local({ ...terminal, network: false });
  return undefined;
}

/** Several tasks may stand behind each other: `rake db:drop db:create`. The weightiest one counts. */
function tasks(call: Call): Outcome {
  const words = names(call);
  if (hasFlag(call.parsed, '-T --tasks -P --prereqs -D --describe -W --where -n --dry-run -N -V --version'))
    return read({ why: `${call.name} lists or traces its tasks` });
  let result: Outcome | undefined;
  for (const word of words) {
    if (/^\w+=/.test(word)) continue;
    const bare = word.replace(/\[.*\]$/, '');
    const found = task(bare, words) ?? runs(`${call.name} ${bare} is a task of the project`);
    if (result === undefined || maxEffect(result.effect, found.effect) !== result.effect) result = found;
    // What stands behind these is theirs.
    if (/^(g|generate|new|d|destroy|runner|console|c|server|s)$/.test(bare)) break;
  }
  return result ?? runs(`${call.name} runs the default task of the project`);
}

const MANAGE_NO_INPUT = '--noinput --no-input';

/** `migrate orders zero` takes everything of an app back; a named migration may go either way. */
function djangoMigrate(call: Call): Partial<Outcome> | undefined {
  const [app, to] = names(call);
  if (to === 'zero') return { effect: 'destroy', why: `migrate ${app} zero drops the tables of ${app}` };
  return to === undefined ? undefined : { why: `migrate ${app} ${to} may take migrations back` };
}

/** A prompt, unless its code stands in an option or comes by its input. */
function shell(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-c --command') || call.stdin.kind !== 'inherited' || call.parsed.rest
    ? { mode: 'capture' }
    : terminal;
}

export const frameworks: readonly Tool[] = [
  {
    names: 'rails rake',
    source: 'help text or man page (Debian 12), and documentation: Rails 8, Rake 13',
    values:
      '-e --environment -f --rakefile -C --directory -I --libdir -r --require -R --rakelibdir -b --binding -p --port -j --jobs',
    switches:
      '-q --quiet -s --silent -v --verbose -t --trace -A --all -T --tasks -P --prereqs -D --describe -n --dry-run -N -m -X -g -d --daemon --sandbox',
    targets: { environment: '-e --environment' },
    network: true,
    ambient: { 'environment|database': 'rails about', 'database|environment': 'rails db:migrate:status' },
    otherwise: tasks,
    findTargets: (call) =>
      names(call).flatMap((word) =>
        word.startsWith('RAILS_ENV=') ? [{ kind: 'environment', value: word.slice(10) }] : [],
      ),
  },
  {
    names: 'django-admin manage.py',
    source: 'help text or man page (Debian 12), and documentation: Django 5',
    values:
      '--settings --pythonpath -v --verbosity --database -a --app --format --indent -o --output -e --exclude --fixture --traceback -c --command -n --name -t --tag -i --interface',
    switches:
      '--noinput --no-input --plan --check --fake --fake-initial --dry-run --merge --empty --deploy --list -l -p --skip-checks --no-color --force-color --clear --run-syncdb --prune',
    targets: { settings: '--settings', database: '--database' },
    network: true,
    ambient: { 'settings|database': 'printenv DJANGO_SETTINGS_MODULE' },
    commands: {
      ...each(
        read(),
        'check, showmigrations, sqlmigrate, sqlsequencereset, version, inspectdb, help, findstatic, show_urls',
      ),
      diffsettings: read({
        readsSecrets: true,
        network: false,
        why: 'diffsettings prints the settings, SECRET_KEY too',
      }),
      dumpdata: read({ when: { '-o --output': { effect: 'local-write', why: 'dumpdata writes a file' } } }),
      migrate: mutate({
        decide: djangoMigrate,
        dryRun: '--plan --check',
        preview: 'manage.py migrate --plan; manage.py sqlmigrate for the SQL of one',
        captureFirst: 'manage.py showmigrations, and a dump of the database',
        inverse: 'manage.py migrate APP with the migration from before (may drop columns)',
        resources: 'first',
      }),
      ...each(mutate(), 'createcachetable, sendtestemail, loaddata'),
      createsuperuser: mutate({ asks: MANAGE_NO_INPUT }),
      changepassword: mutate(terminal),
      collectstatic: mutate({
        asks: MANAGE_NO_INPUT,
        dryRun: '-n --dry-run',
        when: { '-c --clear': { effect: 'destroy', why: 'collectstatic --clear empties the folder first' } },
      }),
      flush: destroy({
        why: 'manage.py flush empties the database',
        scope: 'all',
        asks: MANAGE_NO_INPUT,
        captureFirst: 'manage.py dumpdata, or a dump of the database',
        inverse: 'restore that dump',
      }),
      ...each(destroy(), 'sqlflush, clearsessions'),
      ...each(
        destroy({ asks: MANAGE_NO_INPUT }),
        'reset_db, remove_stale_contenttypes, delete_squashed_migrations',
      ),
      ...each(
        local({ network: false, dryRun: '--check --dry-run' }),
        'makemigrations, squashmigrations, optimizemigration, startproject, startapp, makemessages, compilemessages, compress',
      ),
      ...each(opensSession('it opens a prompt', { decide: shell }), 'shell, shell_plus, dbshell'),
      ...each(runs('it runs a server', stream), 'runserver, runserver_plus, testserver'),
      test: runs('it runs the tests of the project'),
    },
  },
  {
    names: 'artisan',
    source: 'from documentation: Laravel 11',
    values:
      '--env --database --path --step --class --seeder --queue --connection --tries --timeout --host --port --schema-path --batch',
    switches:
      '--force -n --no-interaction --pretend --seed -v -q --json --graceful --once --stop-when-empty --isolated',
    targets: { environment: '--env', database: '--database' },
    network: true,
    ambient: { 'environment|database': 'php artisan env', 'database|environment': 'php artisan db:show' },
    commands: {
      ...each(
        read(),
        'about, list, help, env, route:list, migrate:status, queue:failed, queue:monitor, schedule:list, event:list, model:show, db:show, db:table, db:monitor, channel:list, horizon:status, horizon:list, horizon:supervisors, horizon:snapshot, inspire, lang:publish, pulse:check',
      ),
      'config:show': read({ readsSecrets: true }),
      migrate: mutate({
        dryRun: '--pretend',
        captureFirst: 'php artisan migrate:status, and a dump of the database',
        inverse: 'php artisan migrate:rollback (may drop columns)',
      }),
      ...each(
        mutate(),
        'db:seed, queue:restart, queue:retry, queue:retry-batch, schedule:run, schedule:interrupt, migrate:install, up, cache:clear, queue:table, horizon:continue, horizon:terminate, passport:install, passport:keys, scout:import, reload, schedule:clear-cache, auth:clear-resets',
      ),
      'queue:work': mutate({
        ...stream,
        when: { '--once --stop-when-empty': {} },
        decide: (call) =>
          hasFlag(call.parsed, '--once --stop-when-empty') ? { mode: 'capture' } : undefined,
      }),
      ...each(
        mutate(stream),
        'queue:listen, schedule:work, horizon, horizon:work, reverb:start, pulse:work, octane:start',
      ),
      serve: runs('it runs a server', stream),
      ...each(
        local({ network: false }),
        'config:cache, config:clear, route:cache, route:clear, view:cache, view:clear, event:cache, event:clear, optimize, optimize:clear, storage:link, storage:unlink, vendor:publish, clear-compiled, package:discover, schema:dump, stub:publish, ide-helper:generate',
      ),
      down: destroy({ why: 'php artisan down takes the site out of service', inverse: 'php artisan up' }),
      'horizon:pause': destroy({ why: 'no job is taken up', inverse: 'php artisan horizon:continue' }),
      'key:generate': destroy({
        why: 'what was encrypted with the old key cannot be read any more',
        captureFirst: 'APP_KEY as it is',
        inverse: 'put APP_KEY back',
      }),
      ...each(
        destroy({
          dryRun: '--pretend',
          captureFirst: 'php artisan migrate:status, and a dump of the database',
          inverse: 'restore that dump',
        }),
        'migrate:rollback, migrate:reset, migrate:fresh, migrate:refresh, db:wipe',
      ),
      ...each(
        destroy(),
        'queue:flush, queue:clear, queue:forget, queue:prune-failed, queue:prune-batches, model:prune, cache:forget, horizon:clear, horizon:forget, horizon:purge, telescope:clear, telescope:prune, scout:flush, scout:delete-index',
      ),
      ...each(
        opensSession('it opens a prompt', {
          decide: (call) =>
            hasFlag(call.parsed, '--execute') || call.stdin.kind !== 'inherited' ? undefined : terminal,
        }),
        'tinker, db',
      ),
    },
    otherwise: (call) => (/^make:/.test(names(call)[0] ?? '') ? local({ network: false }) : undefined),
  },
];
