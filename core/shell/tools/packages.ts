/** Package managers of systems: apt, dpkg, rpm, dnf, zypper, apk, pacman, brew, snap and others. */
import { type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, names } from './common.ts';
import { manager } from './packageManager.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, type Tool, terminal } from './table.ts';

/** dpkg's action is one of its options. */
function dpkg(call: Call): Partial<Outcome> | Verdict {
  const { parsed } = call;
  const has = (list: string) => hasFlag(parsed, list);
  if (has('--dry-run --no-act --simulate')) return verdict('read', 'dpkg only rehearses (dry run)');
  if (has('-r --remove -P --purge'))
    return {
      effect: 'destroy',
      why: 'it removes packages',
      preview: 'dpkg --dry-run',
      captureFirst: 'dpkg -l of the packages',
      inverse: 'apt-get install of the same packages',
    };
  if (has('--remove-architecture --forget-old-unavail --clear-avail --clear-selections'))
    return { effect: 'destroy' };
  if (
    has(
      '-i --install --unpack --configure --triggers-only --set-selections --add-architecture --update-avail --merge-avail -A',
    )
  )
    return {
      effect: 'mutate',
      why: 'dpkg installs or sets up packages',
      preview: 'dpkg --dry-run',
      captureFirst: 'dpkg -l',
      inverse: 'apt-get install of the versions from before',
    };
  return has(
    '-l --list -L --listfiles -S --search -s --status -p --print-avail --get-selections -V --verify -c --contents -I --info -C --audit -f --field --print-architecture --print-foreign-architectures --compare-versions --version --help --predep-package --yet-to-unpack -W --assert-multi-arch',
  )
    ? verdict('read', 'dpkg lists or checks')
    : /^--(build|extract|control|vextract)$/.test(parsed.flags[0]?.name ?? '') || has('-b -x -X -e -R')
      ? { effect: 'local-write' }
      : { effect: 'unknown', why: 'unknown: dpkg with these options is in no table' };
}

function rpm(call: Call): Partial<Outcome> | Verdict {
  const { parsed } = call;
  const has = (list: string) => hasFlag(parsed, list);
  if (has('-q --query -V --verify -K --checksig --eval -E --showrc --querytags --version --verifydb')) {
    // `-qa`, `-ql`; with `-e` in a cluster it would be a query still.
    return verdict('read', 'rpm -q reads');
  }
  if (has('--test')) return verdict('read', 'rpm --test only rehearses (dry run)');
  if (has('-e --erase'))
    return {
      effect: 'destroy',
      why: 'it removes packages',
      preview: 'rpm -e --test',
      captureFirst: 'rpm -q of the packages',
      inverse: 'dnf install of the same packages',
    };
  return has(
    '-i --install -U --upgrade -F --freshen --reinstall --import --rebuilddb --initdb --setperms --setugids --restore',
  )
    ? {
        effect: 'mutate',
        why: 'rpm installs packages or changes its data base',
        preview: 'rpm --test',
        captureFirst: 'rpm -qa',
      }
    : { effect: 'unknown', why: 'unknown: rpm with these options is in no table' };
}

/** pacman's letters: `-Q` asks, `-S` installs, `-R` removes, each with more letters. */
function pacman(call: Call): Partial<Outcome> | Verdict {
  const { parsed } = call;
  const has = (list: string) => hasFlag(parsed, list);
  const asks = has('--noconfirm') || call.stdin.kind !== 'inherited' ? {} : terminal;
  if (has('-p --print')) return verdict('read', 'pacman -p only prints');
  if (has('-R --remove'))
    return {
      effect: 'destroy',
      why: 'it removes packages',
      inverse: 'pacman -S of the same packages',
      ...asks,
    };
  if (has('-S --sync')) {
    if (has('-c --clean')) return { effect: 'destroy', why: 'pacman -Sc empties the cache', ...asks };
    if (has('-s --search -i --info -l --list -g --groups') && !has('-u --sysupgrade'))
      return verdict('read', 'pacman -Ss looks');
    return { effect: 'mutate', why: 'pacman -S installs packages', captureFirst: 'pacman -Q', ...asks };
  }
  if (has('-U --upgrade'))
    return { effect: 'mutate', why: 'pacman -U installs a package', captureFirst: 'pacman -Q', ...asks };
  if (has('-D --database')) return { effect: 'mutate' };
  if (has('-F --files') && has('-y --refresh')) return { effect: 'mutate' };
  return has('-Q --query -F --files -T --deptest -V --version')
    ? verdict('read', 'pacman -Q reads')
    : { effect: 'unknown', why: 'unknown: pacman without an action' };
}

const APT_DRY = '-s --print-uris --just-print --recon --no-act --dry-run --simulate';

export const packages: readonly Tool[] = [
  manager(
    {
      names: 'apt apt-get aptitude apt-cache apt-mark apt-key apt-config',
      source: `${DEBIAN}: apt 2.6`,
      values: '-o -t --target-release --default-release -c --config-file -a --host-architecture -F',
      switches:
        '-q -qq -f -d -m -u -V -b --no-install-recommends --allow-downgrades --reinstall --only-upgrade --purge --fix-broken --trivial-only --quiet --no-upgrade --no-install-suggests --install-recommends --allow-change-held-packages --allow-remove-essential --allow-unauthenticated --ignore-missing --fix-missing --download-only --ignore-hold --fix-policy --auto-remove --installed --upgradable --all-versions',
    },
    {
      read: 'list, show, policy, search, madison, depends, rdepends, showhold, showauto, showmanual, changelog, check, stats, pkgnames, showsrc, showpkg, dump, dumpavail, unmet, why, why-not, versions, indextargets, help, finger, export, shell',
      quiet:
        'update, hold, unhold, add, adv, auto, manual, clean, autoclean, minimize-manual, markauto, unmarkauto',
      changes:
        'install, upgrade, reinstall, build-dep, satisfy, safe-upgrade, dselect-upgrade, forbid-version, keep-all',
      removes: 'remove, purge, autoremove, full-upgrade, dist-upgrade, autopurge, del',
    },
    {
      yes: '-y --yes --assume-yes --force-yes',
      dry: APT_DRY,
      versions: 'dpkg -l, into a file',
      install: 'apt-get install',
      minus: true,
      more: {
        hold: mutate({
          resources: names,
          dryRun: APT_DRY,
          network: false,
          inverse: 'apt-mark unhold of the same packages',
        }),
        unhold: mutate({
          resources: names,
          dryRun: APT_DRY,
          network: false,
          inverse: 'apt-mark hold of the same packages',
        }),
        ...each(local(), 'download, source'),
        'edit-sources': local({ ...terminal, network: false }),
        del: destroy({ resources: names }),
      },
    },
  ),
  {
    names: 'add-apt-repository apt-add-repository',
    source: DEBIAN,
    switches: '-y --yes -r --remove -n --no-update -l --list -L -u --update -m -d --dry-run',
    network: true,
    bare: mutate({
      asks: '-y --yes',
      dryRun: '--dry-run',
      resources: names,
      inverse: 'add-apt-repository --remove of the same',
      when: { '-r --remove': { effect: 'destroy', inverse: 'add-apt-repository of the same' } },
      decide: (call) =>
        hasFlag(call.parsed, '-l --list -L') ? verdict('read', 'lists repositories') : undefined,
    }),
  },
  {
    names: 'apt-file debsums apt-show-versions apt-rdepends deborphan dpkg-query rpm2cpio pkgfile debdiff',
    source: DEBIAN,
    bare: read({
      decide: (call) =>
        /^(update|purge)$/.test(call.parsed.operands[0]?.value ?? '') ? { effect: 'local-write' } : undefined,
    }),
  },
  {
    names: 'unattended-upgrade unattended-upgrades',
    source: DEBIAN,
    network: true,
    bare: mutate({
      dryRun: '--dry-run',
      why: 'installs the upgrades that are configured',
      captureFirst: 'dpkg -l, into a file',
    }),
  },
  {
    names: 'needrestart',
    source: 'help text or man page (Debian 12), and documentation: needrestart 3.6',
    values: '-r -m -c -u -f',
    bare: mutate({
      why: 'needrestart restarts services',
      decide: (call) => {
        const mode = flagValue(call.parsed, '-r')?.value;
        if (hasFlag(call.parsed, '-b -p') || mode === 'l')
          return verdict('read', 'needrestart lists what should be restarted');
        return mode === 'a' ? undefined : terminal;
      },
    }),
  },
  {
    names: 'needs-restarting checkrestart debconf-show debconf-get-selections check-support-status',
    source: 'help text or man page (Debian 12), and documentation',
    bare: read(),
  },
  {
    names: 'update-alternatives alternatives',
    source: DEBIAN,
    style: 'long',
    bare: local({
      captureFirst: 'update-alternatives --query of the name',
      inverse: 'update-alternatives --set with the path from before',
      resources: 'first',
      decide: (call) =>
        hasFlag(call.parsed, '--display --list --query --get-selections')
          ? verdict('read', 'update-alternatives reads')
          : hasFlag(call.parsed, '--config --all')
            ? terminal
            : hasFlag(call.parsed, '--remove --remove-all')
              ? { effect: 'destroy', why: 'takes an alternative away' }
              : undefined,
    }),
  },
  {
    names: 'debconf-set-selections',
    source: DEBIAN,
    switches: '-c --checkonly',
    bare: mutate({ dryRun: '-c --checkonly' }),
  },
  {
    names: 'dpkg-reconfigure',
    source: DEBIAN,
    values: '-f --frontend -p --priority',
    bare: mutate({
      resources: names,
      why: 'dpkg-reconfigure asks how a package is to be set up',
      decide: (call) =>
        /^noninteractive$/i.test(flagValue(call.parsed, '-f --frontend')?.value ?? '') ? undefined : terminal,
    }),
  },
  {
    names: 'dpkg dpkg-deb',
    source: DEBIAN,
    bare: { effect: 'read', decide: dpkg, resources: names },
  },
  {
    names: 'dpkg-divert dpkg-statoverride',
    source: DEBIAN,
    values: '--divert --package',
    bare: mutate({
      when: { '--remove': { effect: 'destroy' } },
      dryRun: '--test',
      decide: (call) =>
        hasFlag(call.parsed, '--list --truename --listpackage') && !hasFlag(call.parsed, '--add --remove')
          ? verdict('read', `${call.name} lists`)
          : undefined,
    }),
  },
  {
    names: 'rpm',
    source: 'help text or man page (Debian 12), and the man page of rpm 4.18',
    values: '--root --dbpath --qf --queryformat -D --define -E --eval --prefix',
    bare: { effect: 'read', decide: rpm, resources: names },
  },
  {
    names: 'yum-config-manager createrepo createrepo_c reprepro aptly',
    source: 'help text or man page (Debian 12), and documentation',
    bare: mutate({
      when: { '--dump': {} },
      decide: (call) =>
        hasFlag(call.parsed, '--dump')
          ? verdict('read', 'prints the configuration')
          : /^(list|show|ls|check|search)$/.test(call.parsed.operands.at(-1)?.value ?? '') ||
              /^(list|show)$/.test(call.parsed.operands[1]?.value ?? '')
            ? verdict('read', 'lists')
            : call.parsed.operands.some((arg) => /^(drop|remove|delete|cleanup)$/.test(arg.value))
              ? { effect: 'destroy' }
              : undefined,
    }),
  },
  manager(
    {
      names: 'yum dnf dnf5 microdnf tdnf',
      source: 'help text or man page (Debian 12), and documentation: dnf 4',
      values:
        '-c --config --enablerepo --disablerepo --repo --releasever -x --exclude --setopt --advisory --cve --bz -e -d --installroot --comment --downloaddir',
      switches:
        '-q --quiet -v -b --best --nobest --nogpgcheck --allowerasing --skip-broken --security --bugfix -C --cacheonly --refresh --downloadonly',
    },
    {
      read: 'list, info, search, check-update, check-upgrade, repolist, repoinfo, history, history list|info|userinstalled, provides, whatprovides, deplist, repoquery, rq, updateinfo, updateinfo list|info, module list|info|provides, group list|info|summary, grouplist, groupinfo, versionlock list, check, version, help, alias, leaves, needs-restarting, changelog, copr list, offline status, repository-packages',
      quiet:
        'makecache, clean, versionlock add, versionlock, mark, mark install|remove|user|dependency, config-manager, download, copr enable|disable',
      changes:
        'install, update, upgrade, upgrade-minimal, update-minimal, localinstall, localupdate, reinstall, group install|upgrade, groupinstall, groupupdate, module install|enable|update|reset|switch-to, builddep, history redo, history replay, system-upgrade download, offline-upgrade download,  swap, environment install',
      removes:
        'remove, erase, rm, autoremove, downgrade, distro-sync, dsync, group remove, groupremove, module disable|remove, history undo|rollback, system-upgrade reboot, versionlock delete|clear, shell',
    },
    { yes: '-y --assumeyes', dry: '--assumeno', versions: 'rpm -qa, into a file', install: 'dnf install' },
  ),
  manager(
    {
      names: 'zypper',
      source: 'help text or man page (Debian 12), and documentation: zypper 1.14',
      values: '-R --root -r --repo -t --type --from -c --config -D --reposd-dir --cve',
      switches: '-q -v -l --auto-agree-with-licenses --no-recommends',
    },
    {
      read: 'lr, repos, se, search, if, info, lu, list-updates, lp, list-patches, pchk, patch-check, ps, ll, locks, pa, packages, wp, what-provides, ls, services, pt, patterns, pd, products, tos, ve, licenses, help, system-architecture, lifecycle, search-packages, needs-rebooting, versioncmp, vcmp, targetos, log',
      quiet:
        'ref, refresh, ar, addrepo, mr, modifyrepo, nr, renamerepo, al, addlock, rl, removelock, as, addservice, ms, refs, cc, clean, download, source-install',
      changes: 'in, install, up, update, patch, si, inr, install-new-recommends',
      removes:
        'rm, remove, dup, dist-upgrade, rr, removerepo, rs, removeservice, purge-kernels, cl, cleanlocks',
    },
    {
      yes: '-y --no-confirm -n --non-interactive',
      dry: '--dry-run',
      versions: 'rpm -qa, into a file',
      install: 'zypper install',
    },
  ),
  manager(
    {
      names: 'apk',
      source: 'from documentation: apk-tools 2.14',
      values: '-p --root -X --repository -t --virtual --arch',
      switches: '-q -U --no-cache -u -l -a -v -i --interactive',
    },
    {
      read: 'info, list, search, policy, stats, audit, version, dot, verify, index, manifest, query',
      quiet: 'update, cache, fetch',
      changes: 'add, upgrade, fix',
      removes: 'del',
    },
    { dry: '-s --simulate', versions: 'apk info -v, into a file', install: 'apk add' },
  ),
  {
    names: 'pacman yay paru',
    source: 'help text or man page (Debian 12), and documentation: pacman 6',
    values: '-b --dbpath -r --root --config --cachedir --ignore',
    network: true,
    bare: { effect: 'read', decide: pacman, resources: names },
  },
];
