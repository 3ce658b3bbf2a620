/** Build tools and task runners: they run what the project defines, apart from the words that only look. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const DEFINED = 'build tools run what the project defines';
const PUBLISHED = 'publishes a version, which can hardly be taken back';
const project = runs(DEFINED);

/** A task named like a server stays in front. */
function serves(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((arg) =>
    /^(dev|serve|server|watch|start|run-dev|up|bootRun|quarkusDev|spring-boot:run)$/.test(arg.value),
  )
    ? stream
    : undefined;
}

const looks = (call: Call, options: string, what: string) =>
  hasFlag(call.parsed, options) ? verdict('read', `${call.name} ${what}`) : undefined;

export const buildTools: readonly Tool[] = [
  {
    names:
      'make gmake ninja bazel bazelisk buck pants gradle gradlew mvn mvnw ant sbt lein invoke inv fab cmake meson mage tusk earthly dagger msbuild cpack autoreconf xcodebuild fastlane cap',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-C -f -j -p --directory --file -l -s',
    bare: runs(DEFINED, {
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        const version = looks(call, '-v --version -V', 'tells its version');
        if (version && call.args.length === 1) return version;
        if (/^bazel/.test(call.name)) {
          if (
            /^(query|cquery|aquery|info|version|help|dump|license|analyze-profile|print_action)$/.test(word)
          )
            return verdict('read', `bazel ${word} reads`);
          if (word === 'clean') return { effect: 'destroy', why: 'bazel clean removes what was built' };
          if (word === 'shutdown') return verdict('mutate', 'bazel shutdown ends its server');
        }
        if (call.name === 'ninja' && hasFlag(call.parsed, '-n'))
          return verdict('read', 'ninja -n only rehearses');
        return serves(call);
      },
    }),
  },
  {
    names: 'just',
    source: 'from documentation: just 1.36',
    values:
      '-f --justfile -d --working-directory --set --shell --dotenv-filename --dotenv-path -s --show --color --completions --dump-format -E',
    switches:
      '-l --list --summary -n --dry-run -e --edit --choose --dump --evaluate --variables --fmt --check --init -q -v -u --unsorted -g --groups --changelog --usage',
    bare: runs(DEFINED, {
      decide: (call) =>
        looks(
          call,
          '-l --list --summary -s --show --dump --variables --groups --changelog --usage --completions --man',
          'lists',
        ) ??
        looks(call, '-n --dry-run', 'only rehearses') ??
        (hasFlag(call.parsed, '--fmt')
          ? hasFlag(call.parsed, '--check')
            ? verdict('read', 'just --fmt --check only checks')
            : verdict('local-write', 'just --fmt rewrites the justfile')
          : hasFlag(call.parsed, '--init')
            ? verdict('local-write', 'just --init writes a justfile')
            : hasFlag(call.parsed, '-e --edit --choose')
              ? terminal
              : serves(call)),
    }),
  },
  {
    names: 'task go-task',
    source: 'from documentation: Task 3',
    values: '-t --taskfile -d --dir -o --output -c -C --concurrency -I --interval --sort',
    switches:
      '-l --list -a --list-all --summary -n --dry -s --silent -f --force -w --watch -p -v -i --init -y --yes --json',
    bare: runs(DEFINED, {
      when: { '-w --watch': stream },
      decide: (call) =>
        looks(call, '-l --list -a --list-all --summary --version', 'lists') ??
        looks(call, '-n --dry', 'only rehearses') ??
        (hasFlag(call.parsed, '-i --init')
          ? verdict('local-write', 'task --init writes a Taskfile')
          : serves(call)),
    }),
  },
  {
    names: 'cargo',
    source: 'from documentation: Cargo 1.80',
    values:
      '-p --package --manifest-path --target --target-dir -F --features --profile -j --jobs --bin --example --test --color -Z --config -x --exec -w --watch -i --ignore --registry --index --token -C --version --vers --git --path --root --branch --tag --rev',
    switches:
      '-q -v --release -r --all --workspace --locked --offline --frozen --all-features --no-default-features -n --dry-run --allow-dirty --no-verify --force -f',
    commands: {
      ...each(
        read(),
        'tree, metadata, pkgid, locate-project, version, help, verify-project, read-manifest, config get, report, deny, geiger, udeps, bloat',
      ),
      ...each(read({ network: true }), 'search, info, audit, outdated'),
      ...each(
        local({ resources: names, dryRun: '-n --dry-run', network: true }),
        'add, update, generate-lockfile, fetch, vendor',
      ),
      ...each(local(), 'init, new, package'),
      fmt: local({
        decide: (call) =>
          call.args.some((arg) => arg.value === '--check')
            ? verdict('read', 'cargo fmt --check only checks')
            : undefined,
      }),
      remove: local({ resources: names, dryRun: '-n --dry-run', inverse: 'cargo add of the same' }),
      install: runs('cargo install compiles a package, whose own code runs', { network: true }),
      uninstall: destroy({ resources: names, inverse: 'cargo install of the same' }),
      clean: destroy({
        dryRun: '-n --dry-run',
        why: 'cargo clean removes what was built',
        inverse: 'cargo build',
      }),
      publish: destroy({
        why: PUBLISHED,
        dryRun: '-n --dry-run',
        network: true,
        inverse: 'cargo yank of the version',
        resources: (call) => names(call),
      }),
      yank: destroy({
        network: true,
        resources: names,
        inverse: 'cargo yank --undo of the same',
        why: 'cargo yank takes a version out of use',
      }),
      owner: read({
        network: true,
        when: { '-a --add': { effect: 'mutate' }, '-r --remove': { effect: 'destroy' } },
        values: '-a --add -r --remove',
        switches: '-l --list',
      }),
      login: local({
        network: true,
        decide: (call) =>
          call.parsed.operands.length > 0 || call.stdin.kind !== 'inherited' ? undefined : terminal,
      }),
      logout: local(),
      ...each(runs(DEFINED, stream), 'watch'),
      ...each(
        project,
        'build, b, check, c, test, t, run, r, bench, doc, d, rustc, rustdoc, clippy, fix, nextest, miri, make, llvm-cov',
      ),
    },
    otherwise: () => project,
    bare: read(),
  },
  {
    names: 'go',
    source: 'from documentation: Go 1.22',
    style: 'long',
    values: '-C -o -p -run -count -timeout -tags -ldflags -mod -f -bench -exec',
    commands: {
      ...each(
        read(),
        'version, help, list, doc, mod graph|why|verify, vet, bug, tool dist|nm|objdump|addr2line|buildid, telemetry',
      ),
      'tool pprof': read({
        decide: (call) =>
          call.args.some((arg) => /^-(top|text|list|peek|traces|raw|proto|tree|dot)/.test(arg.value))
            ? undefined
            : call.args.some((arg) => /^-http/.test(arg.value))
              ? stream
              : terminal,
      }),
      'tool trace': read(stream),
      env: read({
        when: {
          '-w -u': {
            effect: 'local-write',
            why: 'go env -w keeps a setting',
            captureFirst: 'go env of the same name',
            inverse: 'go env -u of the same name',
          },
        },
        switches: '-w -u -json -changed',
      }),
      ...each(
        local({ network: true }),
        'get, install, mod tidy|download|init|edit|vendor, work init|use|sync|edit|vendor',
      ),
      ...each(local(), 'build, fmt, fix'),
      clean: destroy({
        switches: '-n -x -i -r -cache -testcache -modcache',
        dryRun: '-n',
        why: 'go clean removes what was built or fetched',
      }),
      ...each(runs('it runs the code of the project'), 'test, run, generate, tool'),
    },
  },
  {
    names: 'gofmt goimports',
    source: 'from documentation: Go 1.22',
    switches: '-w -l -d -s -e',
    bare: read({ when: { '-w': { effect: 'local-write', why: 'gofmt -w rewrites its files' } } }),
  },
  {
    names: 'dotnet',
    source: 'from documentation: .NET 8',
    values:
      '-c --configuration -f --framework -r --runtime -o --output -p --project -s --source -k --api-key --version -v',
    switches: '--info --list-sdks --list-runtimes --no-restore --no-build --force -h',
    commands: {
      ...each(
        read(),
        'list, list package|reference, sln list, nuget list|verify|config, nuget list source, tool list|search, workload list|search, sdk check, new list|search|details, help, user-secrets list, dev-certs https, package search',
      ),
      'user-secrets list': read({ readsSecrets: true }),
      ...each(
        local({ network: true }),
        'restore, add, add package|reference, new, new install, tool install|update|restore, workload install|update|restore, nuget add|update|enable|disable, sln add, pack, format',
      ),
      ...each(local({ resources: names }), 'user-secrets set|init'),
      ...each(
        destroy({ resources: names }),
        'remove, remove package|reference, sln remove, tool uninstall, workload uninstall, nuget remove, nuget locals, clean, user-secrets remove|clear, new uninstall',
      ),
      'nuget push': destroy({ network: true, why: PUBLISHED, resources: names }),
      'nuget delete': destroy({
        network: true,
        resources: names,
        asks: '--non-interactive',
        switches: '--non-interactive',
      }),
      'ef database drop': destroy({
        why: 'dotnet ef database drop removes the database',
        switches: '-f --force --dry-run',
        asks: '-f --force',
        dryRun: '--dry-run',
      }),
      ...each(
        runs('dotnet ef runs code of the project'),
        'ef, ef database update, ef migrations add|list|remove|script|bundle',
      ),
      ...each(runs('it runs the code of the project'), 'build, test, publish, run, exec, vstest, msbuild'),
      watch: runs('it runs the code of the project', stream),
    },
    bare: read(),
    otherwise: () => runs('it runs the code of the project'),
  },
  {
    names: 'mix rebar3',
    source: 'help text or man page (Debian 12), and documentation: Mix 1.16',
    bare: runs(DEFINED, {
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        if (/^(deps|deps\.tree|help|hex\.(info|outdated|audit|search)|hex|tree|local)$/.test(word))
          return verdict('read', `mix ${word} reads`);
        if (/^ecto\.(drop|reset|rollback)$/.test(word))
          return { effect: 'destroy', why: `mix ${word} takes data away` };
        if (word === 'hex.publish')
          return { effect: 'destroy', why: PUBLISHED, ...(hasFlag(call.parsed, '--yes') ? {} : terminal) };
        if (word === 'hex.retire') return { effect: 'destroy' };
        return word === 'phx.server' ? stream : undefined;
      },
    }),
  },
  {
    names: 'pre-commit lefthook husky',
    source: 'help text or man page (Debian 12), and documentation: pre-commit 3',
    commands: {
      ...each(read(), 'sample-config, validate-config, validate-manifest, help, dump, version'),
      ...each(local(), 'autoupdate, install, migrate-config, install-hooks, init-templatedir, init, add'),
      uninstall: local({ inverse: 'pre-commit install' }),
      ...each(destroy({ why: 'empties a cache' }), 'clean, gc'),
      ...each(runs('it runs the hooks of the project'), 'run, try-repo'),
    },
  },
  {
    names:
      'prettier black isort autopep8 yapf rubocop clang-format shfmt stylua ruff biome gofumpt nixfmt alejandra',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-l --line-length --config -c -i --indent -ln --stdin-filepath --select --ignore',
    style: 'long',
    bare: read({
      decide: (call) => {
        const { name, parsed, args } = call;
        const has = (list: string) => hasFlag(parsed, list);
        const rewrites = { effect: 'local-write' as const, why: `${name} rewrites its files` };
        if (/^(black|isort|stylua|nixfmt|alejandra|gofumpt)$/.test(name)) {
          const checks =
            has('--check --diff --check-only -d --stdin') || args.some((arg) => arg.value === '-');
          return name === 'gofumpt' ? (has('-w') ? rewrites : undefined) : checks ? undefined : rewrites;
        }
        if (name === 'ruff') {
          const word = parsed.operands[0]?.value;
          if (word === 'format') return has('--check --diff') ? undefined : rewrites;
          return has('--fix --add-noqa') && !has('--diff')
            ? rewrites
            : word === 'clean'
              ? { effect: 'destroy' }
              : undefined;
        }
        return has(
          '-w --write -i --in-place --fix --apply -a -A --autocorrect --autocorrect-all --auto-correct',
        )
          ? rewrites
          : undefined;
      },
    }),
  },
];
