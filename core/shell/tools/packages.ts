/** Package managers. From documentation: npm 10, pnpm 9, Yarn 4, pip 24; apt and dpkg from their --help in Debian 12. */
import { verdict } from '../verdict.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const DEV = /^(dev|serve|watch|start|start:.*|dev:.*|serve:.*|watch:.*|storybook|preview)$/;

/** A script of the project: unknown, and endless where its name says so. */
function script(call: Call) {
  const name = call.parsed.operands[0]?.value ?? '';
  return DEV.test(name) ? stream : undefined;
}

const nested = (call: Call) => {
  const words = commandAfter(call, '-p --package -c --call', 0, '-y --yes -q --quiet --no-install');
  return words.length === 0 ? undefined : call.judge.words(words, call.stdin);
};

const nodeReads =
  'ls, list, ll, outdated, audit, view, info, show, why, explain, config get|list, doctor, ping, whoami, search, fund, root, prefix, bin, help, version, licenses, docs, repo';

export const packages: readonly Tool[] = [
  {
    names: 'npm pnpm yarn',
    source: 'from documentation: npm 10, pnpm 9, Yarn 4',
    values:
      '--prefix -C --dir -w --workspace --filter -F --registry --tag --omit --include --loglevel --cwd --otp',
    switches:
      '-g --global -D --save-dev -E --save-exact -f --force --json --silent -s --production --no-save --frozen-lockfile --if-present -y --yes --ignore-scripts',
    targets: { folder: '--prefix -C --dir --cwd', workspace: '-w --workspace', registry: '--registry' },
    commands: {
      ...each(read(), nodeReads),
      'audit fix': local({
        when: { '--force': { effect: 'mutate', why: 'npm audit fix --force installs breaking versions' } },
      }),
      version: local(),
      ...each(
        local({ why: 'it installs packages, whose own scripts run' }),
        'install, i, ci, add, update, up, upgrade, dedupe, rebuild, link, install-test, import, init, create, config set, set, pack, prune, login, logout, shrinkwrap, cache add|verify',
      ),
      ...each(runs('it runs a script of the project', { decide: script }), 'run, run-script'),
      ...each(runs('it runs a script of the project'), 'test, t, tst, stop, restart, build, rushx'),
      ...each(runs('it runs a script of the project', stream), 'start, dev, serve'),
      ...each(
        runs('it runs a program of a package', {
          decide: (call) => ({ why: `unknown: ${call.name} ${call.path} runs a program of a package` }),
          runs: nested,
        }),
        'exec, x, dlx',
      ),
      ...each(mutate(), 'publish, dist-tag add, deprecate, access, owner add, team'),
      ...each(destroy(), 'uninstall, remove, rm, un, unpublish, cache clean, dist-tag rm, owner rm, unlink'),
    },
    bare: local({ why: 'it installs packages' }),
    otherwise: (call) => {
      const word = call.parsed.operands[0];
      // yarn and pnpm take a word that is no command of theirs for a script, else for a program of a package.
      if (call.name !== 'npm' && word !== undefined) {
        const inner = call.judge.words(call.args.slice(call.args.indexOf(word)), call.stdin);
        if (inner.effect !== 'unknown') return inner;
      }
      const name = word?.value ?? '';
      return runs(`${call.name} ${name} may be a script of the project`, DEV.test(name) ? stream : {});
    },
  },
  {
    names: 'npx bunx pnpx',
    source: 'from documentation: npm 10',
    values: '-p --package -c --call',
    switches: '-y --yes -q --quiet --no-install --no',
    stopAtOperand: true,
    judge: (call) => {
      let at = 0;
      while (call.args[at]?.value.startsWith('-'))
        at += /^(-p|--package)$/.test(call.args[at]?.value ?? '') ? 2 : 1;
      const words = call.args.slice(at);
      if (words.length === 0) return undefined;
      const inner = call.judge.words(words, call.stdin);
      return inner.effect === 'unknown' ? undefined : inner;
    },
    bare: runs('npx runs a program of a package, fetching it where it is missing'),
  },
  {
    names: 'pip pip3 uv pipenv poetry conda mamba pipx',
    source: 'from documentation: pip 24',
    values: '-r --requirement -c -i --index-url -e -n --name --python -p',
    switches: '-U --upgrade -q -y --yes --user --outdated -o --no-deps --pre',
    commands: {
      ...each(
        read(),
        'list, show, freeze, check, config list|get, search, help, info, env list, tree, graph, pip list|show|freeze|check',
      ),
      ...each(
        local({ why: 'it installs packages, whose own code runs' }),
        'install, download, wheel, add, sync, lock, update, upgrade, create, init, config set, venv, pip install|sync|compile, env create, self update',
      ),
      ...each(destroy(), 'uninstall, remove, env remove, cache purge|remove, pip uninstall'),
      ...each(runs('it runs a program', { runs: nested }), 'run, x'),
      shell: runs('it opens a shell', terminal),
      ...each(mutate(), 'publish'),
    },
  },
  {
    names: 'gem bundle bundler',
    source: 'from documentation',
    commands: {
      ...each(read(), 'list, outdated, show, info, check, env, search'),
      ...each(local(), 'install, update, add, lock, package, config'),
      ...each(destroy(), 'uninstall, cleanup, clean, remove'),
      exec: runs('bundle exec runs a program', { runs: nested }),
      push: mutate(),
    },
  },
  {
    names: 'apt apt-get aptitude apt-cache apt-mark apt-key',
    source: 'apt --help (Debian 12)',
    values: '-o -t --target-release -c',
    switches:
      '-y --yes --assume-yes -q -qq -f --no-install-recommends -s --simulate --dry-run --allow-downgrades --reinstall',
    commands: {
      ...each(
        read(),
        'list, show, policy, search, madison, depends, rdepends, showhold, showauto, changelog, check, download, showmanual, stats, pkgnames',
      ),
      ...each(
        mutate({ dryRun: '-s --simulate --dry-run' }),
        'update, install, upgrade, reinstall, build-dep, hold, unhold, add, adv, auto, manual, clean, autoclean',
      ),
      ...each(
        destroy({ dryRun: '-s --simulate --dry-run' }),
        'remove, purge, autoremove, full-upgrade, dist-upgrade, autopurge, del',
      ),
    },
  },
  {
    names: 'dpkg rpm',
    source: 'dpkg --help (Debian 12)',
    values: '-i --install -S -L -s -q',
    switches: '-l --list --get-selections -a',
    bare: mutate({
      when: { '-r --remove -P --purge -e --erase': { effect: 'destroy', why: 'it removes packages' } },
      decide: () => undefined,
    }),
    judge: (call) =>
      /^(-l|--list|-L|-S|-s|--status|-q\w*|--get-selections|-V|--verify|-c|-I)$/.test(
        call.args[0]?.value ?? '',
      )
        ? verdict('read', `${call.name} lists`, { tool: call.name })
        : undefined,
  },
  {
    names: 'yum dnf apk brew snap zypper pacman choco winget port',
    source: 'from documentation',
    switches: '-y --yes -q',
    commands: {
      ...each(
        read(),
        'list, info, search, check-update, repolist, history, provides, deps, outdated, doctor, config, leaves, services list, version, stats, policy',
      ),
      ...each(
        mutate(),
        'install, update, upgrade, add, reinstall, tap, refresh, services start|restart, makecache, clean, cleanup, link, set, connect',
      ),
      ...each(destroy(), 'remove, erase, del, uninstall, autoremove, rm, services stop, unlink, downgrade'),
    },
  },
];
