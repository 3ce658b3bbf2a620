/** Package managers of desktops and other systems: Homebrew, snap, Flatpak, Chocolatey, Nix and others. */

import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import { manager } from './packageManager.ts';
import {
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

export const otherPackages: readonly Tool[] = [
  manager(
    {
      names: 'brew',
      source: 'from documentation: Homebrew 4',
      values: '--file --appdir',
      switches: '-q -v -f --force --cask --formula --formulae --casks -g --greedy --zap --all',
    },
    {
      read: 'list, ls, info, abv, search, deps, uses, outdated, doctor, dr, config, leaves, services list|info, services, version, desc, home, homepage, log, cat, commands, options, missing, tap-info, bundle check|list, analytics state, fetch, formulae, casks, readall, audit, style, help, shellenv, --version, --prefix, --cellar, --cache, --config, livecheck',
      quiet: 'update, link, ln, pin, tap, unpin, bundle dump, migrate, completions',
      changes:
        'install, upgrade, reinstall, postinstall, bundle install, bundle, services start|restart|run|reload',
      removes:
        'uninstall, remove, rm, autoremove, cleanup, unlink, untap, bundle cleanup, services stop|kill|cleanup, update-reset',
    },
    {
      dry: '-n --dry-run',
      versions: 'brew list --versions, into a file',
      install: 'brew install',
      more: {
        edit: local(terminal),
        'services start|run|restart|reload': mutate({
          resources: names,
          network: false,
          inverse: 'brew services stop of the same',
        }),
        'services stop|kill': destroy({
          resources: names,
          network: false,
          why: 'takes the service out of service',
          inverse: 'brew services start of the same',
        }),
        sh: opensSession('brew sh opens a shell'),
      },
    },
  ),
  {
    names: 'snap',
    source: 'help text or man page (Debian 12), and documentation: snapd 2.60',
    values: '--channel --revision -n --color --unicode',
    switches: '--classic --devmode --dangerous --purge --list -f --all -y',
    network: true,
    commands: {
      ...each(
        read({ network: false }),
        'list, info, changes, tasks, connections, interfaces, interface, version, services, warnings, known, saved, model, aliases, get, connectivity-check, debug, help, whoami, refresh --list, export-snapshot, check-snapshot, validate',
      ),
      find: read(),
      logs: read({ network: false, switches: '-f', when: { '-f': stream } }),
      watch: read({ network: false }),
      refresh: mutate({
        resources: names,
        captureFirst: 'snap list',
        inverse: 'snap revert of the same',
        decide: (call) =>
          hasFlag(call.parsed, '--list --time') ? verdict('read', 'snap refresh --list lists') : undefined,
      }),
      install: mutate({ resources: names, inverse: 'snap remove of the same' }),
      ...each(
        mutate({ network: false, resources: names }),
        'connect, alias, prefer, switch, save, ack, okay, start, restart, try, import-snapshot, run-hook',
      ),
      enable: mutate({ network: false, resources: names, inverse: 'snap disable of the same' }),
      set: mutate({
        network: false,
        resources: 'first',
        captureFirst: 'snap get of the same',
        inverse: 'snap set with the value from before',
      }),
      download: local(),
      run: runs('snap run starts a program'),
      revert: destroy({
        network: false,
        resources: names,
        why: 'snap revert puts the revision from before in its place',
        inverse: 'snap refresh of the same',
      }),
      remove: destroy({
        network: false,
        resources: names,
        captureFirst: 'snap list, and snap save of the same',
        inverse: 'snap install of the same, and snap restore',
        when: { '--purge': { why: 'snap remove --purge removes the data too' } },
      }),
      stop: destroy({ network: false, resources: names, inverse: 'snap start of the same' }),
      disable: destroy({ network: false, resources: names, inverse: 'snap enable of the same' }),
      ...each(
        destroy({ network: false, resources: names }),
        'disconnect, unset, forget, restore, abort, unalias',
      ),
      ...each(local(terminal), 'login'),
      logout: local(),
    },
  },
  manager(
    {
      names: 'flatpak',
      source: 'help text or man page (Debian 12), and documentation: Flatpak 1.14',
      values: '--arch --branch',
      switches: '--user --system --unused --delete-data -v',
    },
    {
      read: 'list, info, search, remotes, remote-ls, remote-info, history, ps, permissions, permission-show, document-list, config',
      quiet: 'override, remote-add, remote-modify, mask, pin, repair, make-current',
      changes: 'install, update, upgrade',
      removes: 'uninstall, remove, remote-delete, permission-reset, kill',
    },
    {
      yes: '-y --assumeyes --noninteractive',
      versions: 'flatpak list',
      install: 'flatpak install',
      more: { run: runs('flatpak starts a program'), enter: opensSession('it opens a shell') },
    },
  ),
  manager(
    {
      names: 'choco winget scoop',
      source: 'from documentation: Chocolatey 2, winget 1.7',
      values: '--version -v --source -s --id --scope',
      switches: '-e --exact --silent -h --accept-package-agreements --accept-source-agreements -f --force',
    },
    {
      read: 'list, search, info, outdated, show, source list, pin list, features, features list, settings, status, find, help, checkup, which, home',
      quiet:
        'pin add, source add|update, bucket add, hold, unhold, export, pack, feature enable|disable, cache',
      changes: 'install, upgrade, update, import, repair, configure, reset',
      removes: 'uninstall, remove, source remove|reset, pin remove, bucket rm, cleanup, push',
    },
    {
      yes: '-y --yes --confirm --disable-interactivity --silent -h',
      dry: '--noop --what-if',
      versions: 'choco list',
      install: 'choco install',
    },
  ),
  manager(
    {
      names: 'pkg port',
      source: 'from documentation: FreeBSD pkg 1.20, MacPorts 2',
      values: '-r -o -j -c -R',
      switches: '-q -f -x -a',
    },
    {
      read: 'info, query, search, version, audit, which, stats, check, rquery, shell, updating, annotate, alias, help, list, installed, outdated, contents, provides, deps, variants, echo, dependents, leaves, selected, config',
      quiet:
        'update, lock, unlock, set, fetch, create, register, add, selfupdate, sync, select, activate, rev-upgrade',
      changes: 'install, upgrade, bootstrap',
      removes: 'delete, remove, autoremove, clean, uninstall, deactivate, reclaim',
    },
    { yes: '-y --yes', dry: '-n --dry-run', versions: 'pkg info, into a file', install: 'pkg install' },
  ),
  {
    names: 'softwareupdate mas',
    source: 'from documentation: the man page of macOS',
    network: true,
    style: 'long',
    commands: {
      ...each(read(), 'list, outdated, search, info, account, version'),
      ...each(mutate(), 'install, upgrade, purchase, lucky'),
      ...each(destroy(), 'uninstall, signout'),
    },
    bare: mutate({
      decide: (call) =>
        hasFlag(call.parsed, '-l --list --history --list-full-installers --schedule')
          ? verdict('read', 'lists updates')
          : undefined,
    }),
  },
  {
    names: 'nix-env nix-channel nix-store nix-build nixos-rebuild nix-collect-garbage home-manager',
    source: 'from documentation: Nix 2.18',
    style: 'long',
    bare: runs('nix builds what its expressions say', {
      decide: (call) => {
        const words = call.args.map((arg) => arg.value);
        const has = (pattern: RegExp) => words.some((word) => pattern.test(word));
        if (call.name === 'nix-collect-garbage')
          return has(/^--dry-run$/)
            ? verdict('read', 'only rehearses')
            : {
                effect: 'destroy',
                why: 'removes what nothing holds, and with -d the generations to go back to',
              };
        if (call.name === 'nix-env') {
          if (has(/^(-q\w*|--query|--list-generations|--version)$/))
            return verdict('read', 'nix-env -q lists');
          if (has(/^(-e|--uninstall|--delete-generations)$/))
            return { effect: 'destroy', inverse: 'nix-env --rollback' };
          return { effect: 'mutate', why: 'nix-env installs packages', inverse: 'nix-env --rollback' };
        }
        if (call.name === 'nix-channel')
          return has(/^--list/)
            ? verdict('read', 'lists channels')
            : has(/^--remove$/)
              ? { effect: 'destroy' }
              : { effect: 'mutate', inverse: 'nix-channel --rollback' };
        if (call.name === 'nix-store')
          return has(/^(-q|--query|--verify|--print-env|--read-log|-l)$/)
            ? verdict('read', 'nix-store -q reads')
            : has(/^(--gc|--delete)$/) && !has(/^--dry-run$/)
              ? { effect: 'destroy' }
              : undefined;
        if (call.name === 'nixos-rebuild')
          return has(/^(list-generations)$/)
            ? verdict('read', 'lists generations')
            : {
                why: `unknown: nixos-rebuild builds what its configuration says`,
                inverse: 'nixos-rebuild switch --rollback',
                preview: 'nixos-rebuild dry-activate',
              };
        return undefined;
      },
    }),
  },
  {
    names: 'emerge equery xbps-install xbps-remove xbps-query opkg',
    source: 'from documentation',
    network: true,
    bare: mutate({
      dryRun: '-p --pretend -n --dry-run',
      resources: names,
      decide: (call) => {
        const { name, parsed } = call;
        const word = parsed.operands[0]?.value ?? '';
        if (name === 'equery' || name === 'xbps-query') return verdict('read', `${name} asks`);
        if (
          name === 'xbps-remove' ||
          (name === 'emerge' && hasFlag(parsed, '-C --unmerge --depclean -c --prune -P'))
        )
          return {
            effect: 'destroy',
            why: 'it removes packages',
            ...(hasFlag(parsed, '-a --ask') ? terminal : {}),
          };
        if (name === 'emerge' && hasFlag(parsed, '-s --search -S --searchdesc --info -V'))
          return verdict('read', 'emerge looks');
        if (name === 'opkg')
          return /^(list\S*|info|status|files|search|find|depends|whatdepends|print-architecture|compare-versions)$/.test(
            word,
          )
            ? verdict('read', `opkg ${word} reads`)
            : word === 'remove'
              ? { effect: 'destroy' }
              : undefined;
        return hasFlag(parsed, '-a --ask') ? terminal : undefined;
      },
    }),
  },
];
