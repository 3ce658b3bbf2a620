/** Interpreters, test runners and build tools: they run code that no table can see into. From their --help. */
import { unknown, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { type Call, local, type Outcome, read, runs, stream, type Tool, terminal } from './table.ts';

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

const server = /^(http\.server|uvicorn|gunicorn|flask|celery|streamlit|runserver)$/;

export const interpreters: readonly Tool[] = [
  {
    names: 'python python2 python3 pypy3',
    source: 'python3 --help (3.11)',
    values: '-c -m -W -X',
    switches: '-u -B -E -I -O -s -S -v -q -i',
    stopAtOperand: true,
    judge: (call) => {
      const version = asksVersion(call);
      if (version !== undefined) return version;
      const at = call.args.findIndex((arg) => arg.value === '-m');
      const module = at >= 0 ? call.args[at + 1]?.value : undefined;
      // `python -m pip …` is pip.
      if (module !== undefined && /^(pip|pip3|pytest|alembic|django|ansible|venv|json\.tool)$/.test(module)) {
        if (module === 'json.tool') return undefined;
        if (module === 'venv') return undefined;
        return call.judge.words(call.args.slice(at + 1), call.stdin);
      }
      if (module !== undefined && server.test(module))
        return unknown(`python runs the server ${module}`, { mode: 'stream' });
      return undefined;
    },
    bare: runs('python runs code that no table can see into', {
      decide: (call) => {
        const at = call.args.findIndex((arg) => arg.value === '-m');
        const module = at >= 0 ? call.args[at + 1]?.value : undefined;
        if (module === 'json.tool')
          return { effect: 'unknown', why: 'unknown: python -m json.tool may write a file' };
        if (/\b(manage\.py)\b/.test(call.parsed.operands[0]?.value ?? '')) {
          const command = call.parsed.operands[1]?.value ?? '';
          if (command === 'runserver') return stream;
          if (/^(shell|dbshell|shell_plus|createsuperuser|changepassword)$/.test(command)) return terminal;
          if (/^(flush|sqlflush|reset_db)$/.test(command))
            return { effect: 'destroy', why: `manage.py ${command} empties the database` };
        }
        return interpreter('-c -m')(call);
      },
    }),
  },
  {
    names: 'node nodejs deno bun',
    judge: asksVersion,
    source: 'node --help (20)',
    values: '-e --eval -p --print -r --require --import --env-file --max-old-space-size --loader',
    switches: '--inspect --inspect-brk --trace-gc -i --interactive --experimental-strip-types --no-warnings',
    stopAtOperand: true,
    bare: runs('node runs code that no table can see into', {
      decide: (call) => {
        if (hasFlag(call.parsed, '-c --check')) return undefined;
        if (hasFlag(call.parsed, '--watch')) return stream;
        return interpreter('-e --eval -p --print')(call);
      },
    }),
  },
  {
    names: 'ruby perl php lua Rscript',
    judge: asksVersion,
    source: 'their --help',
    values: '-e -r -I -E -d -f -F -S',
    switches: '-n -p -w -i -l -a -v',
    stopAtOperand: true,
    bare: runs('it runs code that no table can see into', { decide: interpreter('-e -r -v') }),
  },
  {
    names: 'irb ipython bpython pry julia R ghci iex erl',
    source: 'from documentation',
    bare: runs('it opens a prompt', terminal),
  },
  {
    names: 'java',
    source: 'java --help',
    judge: asksVersion,
    values: '-cp -classpath -jar',
    bare: runs('java runs a program'),
  },
  { names: 'jps jstat jinfo jmap jstack', source: 'from documentation: JDK 17 tools', bare: read() },
  {
    names:
      'pytest py.test tox nox jest vitest mocha ava cypress playwright phpunit rspec ctest newman k6 locust wrk ab hey artillery jmeter vegeta siege bats',
    source: 'from documentation',
    values: '-t -c -d -s -n -k -m --script --base-url --host -u -r --vus --duration',
    bare: runs('tests and load generators run the code of the project or put load on a system'),
  },
  {
    names:
      'make gmake just task rake invoke gradle gradlew mvn mvnw ant bazel cargo dotnet go mix sbt lein composer cmake ninja meson',
    source: 'from documentation',
    values: '-C -f -j -p --manifest-path --target',
    bare: runs('build tools run what the project defines', {
      decide: (call) =>
        call.name === 'go' && call.parsed.operands[0]?.value === 'version'
          ? { effect: 'unknown' }
          : undefined,
    }),
  },
  {
    names: 'gcc g++ cc clang rustc javac tsc esbuild webpack vite',
    source: 'from documentation',
    bare: local(),
  },
  {
    names: 'pre-commit',
    source: 'from documentation',
    commands: {
      autoupdate: local(),
      install: local(),
      uninstall: local(),
      run: runs('pre-commit runs the hooks of the project'),
    },
  },
  {
    names:
      'gitleaks trufflehog detect-secrets trivy grype syft hadolint shellcheck yamllint eslint pylint flake8 mypy bandit semgrep checkov tflint snyk',
    source: 'from documentation',
    bare: read(),
  },
  {
    names: 'uvicorn gunicorn flask celery streamlit nodemon',
    source: 'from documentation',
    values: '-b --bind -w --workers -A --app -p --port --host',
    bare: runs('it runs a server of the project', stream),
  },
];
