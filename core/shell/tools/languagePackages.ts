/** Package managers of Python, Ruby, PHP, Perl and Lua. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
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
  session,
  type Tool,
  terminal,
} from './table.ts';

const nested = (call: Call) => {
  const words = commandAfter(
    call,
    '-n --name -p --prefix --python --with --from --env-file --package',
    0,
    '-v --live-stream --no-capture-output -q --isolated',
  );
  return words.length === 0 ? undefined : call.judge.words(words, call.stdin);
};

const INSTALLS = 'it installs packages, whose own code runs';
const FROZEN = { captureFirst: 'pip freeze, into a file', inverse: 'pip install -r of that file' };
const PUBLISHED = 'publishes a version, which can hardly be taken back';

export const languagePackages: readonly Tool[] = [
  {
    names: 'pip pip3 uv pipenv poetry pipx pip-sync',
    source: 'help text or man page (Debian 12), and documentation: pip 24, uv 0.4, pipx 1.6',
    values:
      '-r --requirement -c --constraint -i --index-url --extra-index-url -e --editable -n --name --python -p -t --target --prefix --group --extra --path --format',
    switches:
      '-U --upgrade -q -y --yes --user --outdated -o --no-deps --pre --dry-run --no-cache-dir --force-reinstall --system --frozen --locked -v --quiet --verbose --disable-pip-version-check --no-input --isolated --no-color --require-virtualenv --no-build-isolation',
    network: true,
    commands: {
      ...each(
        read({ network: false }),
        'list, show, freeze, check, config list|get|debug, help, info, env list, tree, graph, pip list|show|freeze|check|tree, debug, inspect, hash, cache list|info|dir, python list|find|dir, tool list|dir, version, environment, export, verify',
      ),
      ...each(read(), 'search, index versions, audit, outdated'),
      ...each(
        local({ ...FROZEN, why: INSTALLS, dryRun: '--dry-run', resources: names }),
        'install, download, wheel, add, sync, lock, update, upgrade, create, pip install|sync|compile, env create, self update, upgrade-all, reinstall, reinstall-all, inject, ensurepath, tool install|upgrade, python install|pin, build, pin, unpin',
      ),
      ...each(
        local({ network: false }),
        'init, config set|unset, venv, cache prune, version bump, completion',
      ),
      'config edit': local({ network: false, ...terminal }),
      ...each(
        destroy({ ...FROZEN, asks: '-y --yes', network: false, resources: names, why: 'removes packages' }),
        'uninstall',
      ),
      ...each(
        destroy({
          ...FROZEN,
          network: false,
          resources: names,
          why: 'removes packages',
          dryRun: '--dry-run',
        }),
        'remove, pip uninstall, tool uninstall, uninstall-all, uninject, python uninstall, env remove',
      ),
      ...each(destroy({ network: false, why: 'empties a cache', scope: 'all' }), 'cache purge|remove|clean'),
      ...each(runs('it runs a program', { runs: nested }), 'run, x, tool run'),
      shell: opensSession('it opens a shell'),
      publish: destroy({ why: PUBLISHED, dryRun: '--dry-run' }),
    },
    bare: read({ network: false }),
  },
  {
    names: 'uvx',
    source: 'from documentation: uv 0.4',
    network: true,
    stopAtOperand: true,
    values: '--from --with --python -p',
    bare: runs('uvx runs a program of a package'),
  },
  {
    names: 'pip-compile pip-audit pipdeptree safety',
    source: 'help text or man page (Debian 12), and documentation',
    network: true,
    values: '-o --output-file -r -f',
    bare: read({
      decide: (call) =>
        call.name === 'pip-compile' && !hasFlag(call.parsed, '--dry-run -n')
          ? { effect: 'local-write' }
          : hasFlag(call.parsed, '--fix') && !hasFlag(call.parsed, '--dry-run')
            ? { effect: 'local-write', why: 'pip-audit --fix installs other versions' }
            : undefined,
    }),
  },
  {
    names: 'virtualenv pyvenv easy_install',
    source: 'help text or man page (Debian 12), and documentation',
    network: true,
    bare: local(),
  },
  {
    names: 'twine flit',
    source: 'help text or man page (Debian 12), and documentation: twine 5',
    values: '-r --repository --repository-url -u -p -c --config-file',
    network: true,
    commands: {
      check: read({ network: false }),
      ...each(local({ network: false }), 'build, init, install'),
      ...each(destroy({ why: PUBLISHED, leavesOpen: {} }), 'upload, publish'),
      register: mutate(),
    },
  },
  {
    names: 'conda mamba micromamba',
    source: 'from documentation: conda 24',
    values: '-n --name -p --prefix -c --channel -f --file',
    switches: '-y --yes -q -d --dry-run --json -a --all --force --override-channels',
    network: true,
    commands: {
      ...each(
        read({ network: false }),
        'list, info, env list|export|config, config --show, doctor, compare, package, notices, env config vars list',
      ),
      search: read(),
      config: local({
        network: false,
        decide: (call) =>
          hasFlag(call.parsed, '--show --show-sources --get --validate')
            ? verdict('read', 'conda config --show reads')
            : undefined,
      }),
      ...each(
        local({
          asks: '-y --yes',
          dryRun: '-d --dry-run',
          why: INSTALLS,
          captureFirst: 'conda list --export, into a file',
          inverse: 'conda install --revision of the one from before',
        }),
        'install, create, update, upgrade, env create, env update',
      ),
      ...each(
        destroy({
          asks: '-y --yes',
          dryRun: '-d --dry-run',
          network: false,
          resources: names,
          captureFirst: 'conda list --export, into a file',
        }),
        'remove, uninstall, clean, env remove',
      ),
      ...each(local({ network: false }), 'init, rename, env config vars set, build'),
      run: runs('conda run runs a program', { runs: nested }),
      ...each(session({ network: false }), 'activate, deactivate'),
    },
  },
  {
    names: 'gem bundle bundler',
    source: 'help text or man page (Debian 12), and documentation: RubyGems 3.5',
    values: '-v --version -s --source -i --install-dir --platform -P --host',
    network: true,
    commands: {
      ...each(
        read({ network: false }),
        'list, show, info, check, env, environment, help, which, contents, dependency, specification, sources --list, stale, platform, licenses, doctor, help',
      ),
      ...each(read(), 'outdated, search, query, owner, rdoc'),
      sources: read({
        when: { '-a --add -r --remove -c --clear-all -u --update': { effect: 'local-write' } },
      }),
      owner: read({ when: { '-a --add': { effect: 'mutate' }, '-r --remove': { effect: 'destroy' } } }),
      ...each(
        local({
          why: INSTALLS,
          resources: names,
          captureFirst: 'gem list of the packages',
          inverse: 'gem uninstall of what is new',
        }),
        'install, update, add, fetch, pristine, rebuild',
      ),
      ...each(
        local({ network: false }),
        'lock, package, config, build, unpack, init, generate_index, binstubs, cert',
      ),
      ...each(
        destroy({
          network: false,
          resources: names,
          captureFirst: 'gem list of the packages',
          inverse: 'gem install of the same versions',
          switches: '-a -x -I -n -d --dryrun',
          dryRun: '--dryrun --dry-run',
        }),
        'uninstall, cleanup, clean, remove',
      ),
      exec: runs('bundle exec runs a program', { runs: nested }),
      push: destroy({ why: PUBLISHED, inverse: 'gem yank of the version' }),
      yank: destroy({ resources: names, why: 'takes a version away from everybody who uses it' }),
      signin: local(terminal),
      signout: local(),
    },
  },
  {
    names: 'composer',
    source: 'help text or man page (Debian 12), and documentation: Composer 2',
    values: '-d --working-dir --format',
    switches: '--dry-run --dev --no-dev -n -q -v -o -W -w',
    targets: { folder: '-d --working-dir' },
    network: true,
    commands: {
      ...each(
        read({ network: false }),
        'show, info, validate, why, depends, why-not, prohibits, licenses, check-platform-reqs, status, about, diagnose, list, help, suggests, fund, browse, home',
      ),
      ...each(read(), 'outdated, audit, search'),
      config: local({
        network: false,
        decide: (call) =>
          hasFlag(call.parsed, '-l --list') || call.parsed.operands.length === 1
            ? hasFlag(call.parsed, '--unset -e --editor')
              ? undefined
              : verdict('read', 'composer config reads')
            : undefined,
      }),
      ...each(
        local({
          why: 'it installs packages, whose own scripts run',
          dryRun: '--dry-run',
          resources: names,
          captureFirst: 'git status of composer.lock',
          inverse: 'git restore of it, and composer install',
        }),
        'install, i, update, u, upgrade, require, r, reinstall, create-project, self-update, bump',
      ),
      ...each(local({ network: false }), 'dump-autoload, dumpautoload, init, archive'),
      ...each(
        destroy({
          dryRun: '--dry-run',
          network: false,
          resources: names,
          captureFirst: 'composer show of the packages',
          inverse: 'composer require of the same versions',
        }),
        'remove, rm, uninstall',
      ),
      ...each(destroy({ network: false, why: 'empties a cache' }), 'clear-cache, clearcache, cc'),
      ...each(runs('it runs a script of the project'), 'run-script, run, exec, test, global'),
    },
    otherwise: () => runs('it may be a script of the project'),
  },
  {
    names: 'cpan cpanm luarocks pecl pear cabal stack opam rvm ghcup rustup sdk',
    source: 'help text or man page (Debian 12), and documentation',
    network: true,
    bare: local({
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        if (
          /^(list|info|show|search|list-upgrades|channel-info|current|version|toolchain-list|doc|which|outdated|check)$/.test(
            word,
          )
        )
          return verdict('read', `${call.name} ${word} reads`);
        if (word === 'toolchain' || word === 'target' || word === 'component')
          return /^list$/.test(call.parsed.operands[1]?.value ?? '')
            ? verdict('read', `${call.name} ${word} list reads`)
            : undefined;
        if (/^(remove|uninstall|purge|rm|implode|self-uninstall|cleanup)$/.test(word))
          return { effect: 'destroy', why: `${call.name} ${word} removes what is installed` };
        if (/^(upload|publish)$/.test(word)) return { effect: 'destroy', why: PUBLISHED };
        return /^(run|exec|build|test|do|repl|ghci)$/.test(word)
          ? { effect: 'unknown', why: `unknown: ${call.name} ${word} runs code` }
          : undefined;
      },
    }),
  },
];
