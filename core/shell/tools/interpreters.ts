/** Interpreters, test runners, linters and servers: they run code that no table can see into. */
import { unknown, type Verdict, verdict } from '../verdict.ts';
import { hasFlag, plain } from '../words.ts';
import { removal } from './codeRemoval.ts';
import { embedded } from './embedded.ts';
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

/** Bare, an interpreter is a prompt; with a file, text or input it runs that. */
function interpreter(eval_: string): (call: Call) => Partial<Outcome> | undefined {
  return (call) => {
    if (hasFlag(call.parsed, eval_) || call.parsed.operands.length > 0) return undefined;
    return call.stdin.kind === 'inherited' ? terminal : undefined;
  };
}

/** `-v`, `-V` and `--version` alone print and end. */
const asksVersion = (call: Pick<Call, 'args' | 'name'>) =>
  call.args.length === 1 && /^(-[vV]|-?-version)$/.test(call.args[0]?.value ?? '')
    ? verdict('read', `${call.name} ${call.args[0]?.value} prints its version`, { tool: call.name })
    : undefined;

/** `python manage.py migrate`, `php artisan migrate`: the task decides; one that nobody knows is code of the project. */
function framework(
  call: Pick<Call, 'args' | 'stdin' | 'judge'>,
  file: RegExp,
  tool: string,
): Verdict | undefined {
  const at = call.args.findIndex((arg) => !arg.value.startsWith('-'));
  if (at < 0 || !file.test(call.args[at]?.value ?? '')) return undefined;
  return call.judge.words([plain(tool), ...call.args.slice(at + 1)], call.stdin);
}

const server = /^(http\.server|uvicorn|gunicorn|flask|celery|streamlit|runserver)$/;

export const interpreters: readonly Tool[] = [
  {
    names: 'python python2 python3 pypy3',
    source: 'help text or man page (Debian 12), and documentation: python3 --help (3.11)',
    values: '-c -m -W -X',
    switches: '-u -B -E -I -O -s -S -v -q -i',
    stopAtOperand: true,
    judge: (call) => {
      const version = asksVersion(call);
      if (version !== undefined) return version;
      const project = framework(call, /(^|\/)manage\.py$/, 'manage.py');
      if (project !== undefined) return project;
      const at = call.args.findIndex((arg) => arg.value === '-m');
      const module = at >= 0 ? call.args[at + 1]?.value : undefined;
      // `python -m pip …` is pip.
      if (module !== undefined && /^(pip|pip3|pytest|alembic|django|ansible|venv|json\.tool)$/.test(module)) {
        if (module === 'json.tool') {
          // A second file is written.
          const files = call.args.slice(at + 2).filter((arg) => !arg.value.startsWith('-'));
          return files.length < 2
            ? verdict('read', 'python -m json.tool formats', { tool: 'python' })
            : verdict('local-write', `python -m json.tool writes ${files[1]?.value}`, { tool: 'python' });
        }
        if (module === 'venv') return undefined;
        return call.judge.words(call.args.slice(at + 1), call.stdin);
      }
      if (module !== undefined && server.test(module))
        return unknown(`python runs the server ${module}`, { mode: 'stream' });
      return undefined;
    },
    bare: runs('python runs code that no table can see into', {
      runs: embedded('-c'),
      decide: (call) => ({ ...interpreter('-c -m')(call), ...removal('-c')(call) }),
    }),
  },
  {
    names: 'node nodejs deno',
    judge: (call) => asksVersion(call) ?? checks(call),
    source: 'from documentation: node --help (20)',
    values: '-e --eval -p --print -r --require --import --env-file --max-old-space-size --loader',
    switches: '--inspect --inspect-brk --trace-gc -i --interactive --experimental-strip-types --no-warnings',
    stopAtOperand: true,
    bare: runs('node runs code that no table can see into', {
      runs: embedded('-e --eval -p --print'),
      decide: (call) => {
        if (hasFlag(call.parsed, '--watch')) return stream;
        return { ...interpreter('-e --eval -p --print')(call), ...removal('-e --eval -p --print')(call) };
      },
    }),
  },
  {
    names: 'ruby perl php lua Rscript',
    judge: (call) => asksVersion(call) ?? checks(call) ?? framework(call, /(^|\/)artisan$/, 'artisan'),
    source: 'help text or man page (Debian 12), and documentation: their --help',
    values: '-e -r -I -E -d -f -F -S',
    switches: '-n -p -w -i -l -a -v',
    stopAtOperand: true,
    bare: runs('it runs code that no table can see into', {
      runs: embedded('-e -E -r'),
      decide: (call) => ({ ...interpreter('-e -r -v')(call), ...removal('-e -E -r')(call) }),
    }),
  },
  {
    names: 'irb ipython bpython pry julia R ghci iex erl',
    source: 'help text or man page (Debian 12), and documentation',
    bare: opensSession('it opens a prompt'),
  },
  {
    names: 'java',
    source: 'from documentation: java --help',
    judge: asksVersion,
    values: '-cp -classpath -jar',
    bare: runs('java runs a program'),
  },
  {
    names:
      'pytest py.test tox nox jest vitest mocha ava cypress playwright phpunit rspec ctest newman k6 locust wrk ab hey artillery jmeter vegeta siege bats',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-t -c -d -s -n -k -m --script --base-url --host -u -r --vus --duration',
    bare: runs('tests and load generators run the code of the project or put load on a system'),
  },
  {
    names: 'gcc g++ cc clang rustc javac tsc esbuild webpack vite',
    source: 'help text or man page (Debian 12), and documentation',
    bare: local(),
  },
  {
    names:
      'gitleaks trufflehog detect-secrets trivy grype syft hadolint shellcheck yamllint eslint pylint flake8 mypy bandit semgrep checkov snyk actionlint markdownlint osv-scanner kics pyright staticcheck golangci-lint stylelint',
    source: 'help text or man page (Debian 12), and documentation',
    style: 'long',
    bare: read({
      when: {
        '--fix --autofix --write': { effect: 'local-write', why: 'it rewrites its files' },
        '-o --output --output-file --report-path': { effect: 'local-write', why: 'it writes a report' },
      },
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        if (call.name === 'snyk' && /^(monitor|fix|ignore|auth)$/.test(word))
          return { effect: 'mutate', network: true };
        return call.name === 'trivy' && (word === 'clean' || hasFlag(call.parsed, '--reset'))
          ? { effect: 'destroy', why: 'empties a cache' }
          : undefined;
      },
    }),
  },
  {
    names: 'celery',
    source: 'help text or man page (Debian 12), and documentation: Celery 5.4',
    values:
      '-A --app -b --broker -d --destination -t --timeout -Q --queues -n --hostname -c --concurrency -l --loglevel',
    network: true,
    commands: {
      ...each(read(), 'inspect, status, report, list, result'),
      events: read(terminal),
      purge: destroy({
        why: 'celery purge throws waiting tasks away',
        scope: 'all',
        asks: '-f --force',
        switches: '-f --force',
        preview: 'celery inspect reserved',
      }),
      control: mutate({
        decide: (call) =>
          /^(shutdown|cancel_consumer|revoke|terminate|revoke_by_stamped_headers|pool_shrink)$/.test(
            call.parsed.operands[0]?.value ?? '',
          )
            ? { effect: 'destroy', why: 'celery control takes workers or tasks out of service' }
            : undefined,
      }),
      ...each(runs('it runs a task of the project'), 'call, migrate, upgrade'),
      shell: opensSession('it opens a prompt'),
      ...each(runs('it runs a worker of the project', stream), 'worker, beat, multi'),
      multi: runs('it starts workers of the project'),
    },
  },
  {
    names:
      'uvicorn gunicorn flask streamlit nodemon puma unicorn hypercorn daphne rackup sidekiq resque passenger foreman honcho overmind hivemind goreman',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-b --bind -w --workers -A --app -p --port --host -c --config -C -e -f --procfile',
    bare: runs('it runs a server of the project', {
      ...stream,
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        if (
          hasFlag(call.parsed, '-D --daemon --daemonize -d --check-config --print-config') &&
          !/^(overmind|foreman)$/.test(call.name)
        )
          return { mode: 'capture' };
        if (call.name === 'flask')
          return word === 'run' ? undefined : /^shell$/.test(word) ? terminal : { mode: 'capture' };
        if (
          /^(overmind|foreman|honcho|passenger)$/.test(call.name) &&
          word !== 'start' &&
          word !== '' &&
          word !== 's'
        )
          return { mode: word === 'connect' ? 'terminal' : 'capture' };
        return undefined;
      },
    }),
  },
  {
    names: 'passenger-status passenger-memory-stats',
    source: 'help text or man page (Debian 12), and documentation: Passenger 6',
    bare: read(),
  },
];

/** `node --check file` only reads it. Perl's `-c` is left out: its BEGIN blocks run. */
function checks(call: Pick<Call, 'args' | 'name'>): Verdict | undefined {
  const option = call.args[0]?.value ?? '';
  const only = /^node/.test(call.name)
    ? /^(-c|--check)$/
    : call.name === 'php'
      ? /^(-l|-i|-m)$/
      : call.name === 'ruby'
        ? /^-w?c$/
        : null;
  return only?.test(option)
    ? verdict('read', `${call.name} ${option} only checks`, { tool: call.name })
    : undefined;
}
