/** Backups of files: restic, Borg, duplicity, rsnapshot, kopia, Snapper. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import { destroy, each, local, mutate, read, runs, stream, type Tool, terminal } from './table.ts';

const EXPIRES = 'removes backups';
const RESTORES = 'writes what the backup holds over what is there';

export const backups: readonly Tool[] = [
  {
    names: 'restic rustic',
    source: 'help text or man page (Debian 12), and documentation: restic 0.16',
    values:
      '-r --repo --repository-file -p --password-file --password-command --cache-dir -o --option --limit-upload --limit-download --tag --host -H --path --keep-last --keep-daily --keep-weekly --keep-monthly --keep-yearly --keep-hourly --keep-within --keep-tag -t --target -i --include -e --exclude --files-from --exclude-file --group-by -g --read-data-subset --max-unused --parent -c',
    switches: '-n --dry-run -q -v --verbose --json --no-lock --no-cache --prune --latest',
    targets: { repository: '-r --repo' },
    network: true,
    ambient: { repository: 'restic snapshots --latest 1' },
    commands: {
      ...each(
        read({
          when: {
            '--password-command': {
              effect: 'unknown',
              why: 'unknown: restic runs a command for the password',
            },
          },
        }),
        'snapshots, ls, find, diff, stats, check, list, version, cat, key list, dump, features, help',
      ),
      cache: read({ network: false, when: { '--cleanup': { effect: 'local-write' } } }),
      ...each(mutate({ dryRun: '-n --dry-run' }), 'backup, copy, tag, migrate, recover, rewrite'),
      ...each(mutate(), 'init, rebuild-index, repair index, key add, generate'),
      rewrite: mutate({ dryRun: '-n --dry-run', when: { '--forget': { effect: 'destroy', why: EXPIRES } } }),
      restore: local({
        why: RESTORES,
        dryRun: '--dry-run',
        when: {
          '--delete': {
            effect: 'destroy',
            why: 'restic restore --delete removes what the backup does not have',
          },
        },
      }),
      mount: read(stream),
      unlock: mutate({
        when: { '--remove-all': { effect: 'destroy', why: 'takes locks away that others may hold' } },
      }),
      'self-update': local(),
      ...each(
        destroy({
          why: EXPIRES,
          dryRun: '-n --dry-run',
          resources: names,
          preview: 'restic forget --dry-run',
          captureFirst: 'restic snapshots, into a file',
        }),
        'forget, prune, repair snapshots',
      ),
      ...each(destroy({ resources: names }), 'key remove, key passwd'),
    },
  },
  {
    names: 'borg borgmatic',
    source: 'help text or man page (Debian 12), and documentation: Borg 1.2, borgmatic 1.8',
    values:
      '-r --repo -C --compression -e --exclude --exclude-from --patterns-from -P --prefix -a --glob-archives --keep-daily -d --keep-weekly -w --keep-monthly -m --keep-yearly -y --keep-last --keep-within --rsh --remote-path -c --config --archive --repository --format --first --last',
    switches:
      '-n --dry-run -v --verbose --info -p --progress -s --stats --list --json --force --lock-wait --show-rc --bypass-lock',
    targets: { repository: '-r --repo --repository' },
    network: true,
    commands: {
      ...each(read(), 'list, info, diff, version, help, rlist, rinfo, repo-list, repo-info, config show'),
      check: read({
        when: { '--repair': { effect: 'destroy', why: 'borg check --repair may remove what is damaged' } },
      }),
      'key export': local({ readsSecrets: true, why: 'borg key export writes the key' }),
      ...each(mutate({ dryRun: '-n --dry-run' }), 'create, transfer'),
      ...each(mutate(), 'init, rcreate, repo-create, upgrade, compact, config, import-tar'),
      rename: mutate({ inverse: 'borg rename back' }),
      mount: mutate({ inverse: 'borg umount of the same path', when: { '-f --foreground': stream } }),
      umount: mutate(),
      'break-lock': destroy({ why: 'takes a lock away that another may hold' }),
      ...each(local({ why: RESTORES, dryRun: '-n --dry-run' }), 'extract, restore, export-tar'),
      ...each(
        destroy({
          why: EXPIRES,
          dryRun: '-n --dry-run',
          resources: 'all',
          captureFirst: 'borg list, into a file',
        }),
        'delete, prune, recreate, rdelete, repo-delete',
      ),
      ...each(destroy(terminal), 'key change-passphrase'),
      'with-lock': read({
        runs: (call) => {
          const words = call.parsed.rest ?? call.parsed.operands.slice(1);
          return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
        },
      }),
      serve: mutate(stream),
    },
    bare: mutate({
      why: 'borgmatic makes backups, and removes old ones as it is configured',
      decide: (call) => (call.name === 'borgmatic' ? { effect: 'destroy' } : undefined),
      dryRun: '-n --dry-run',
    }),
  },
  {
    names: 'duplicity duply',
    source: 'help text or man page (Debian 12), and documentation: duplicity 1.2',
    values:
      '--include --exclude --full-if-older-than --encrypt-key --sign-key --file-to-restore --path-to-restore -t --time --name --archive-dir --volsize',
    switches: '--dry-run --force --no-encryption --progress -v',
    network: true,
    bare: mutate({ dryRun: '--dry-run', why: 'makes a backup' }),
    otherwise: (call) => {
      const words = names(call);
      if (
        words.some((word) =>
          /^(collection-status|list-current-files|list|verify|status|cleanup-status|compare)$/.test(word),
        )
      )
        return read();
      if (words.some((word) => /^(remove-\S+|purge\S*|cleanup)$/.test(word)))
        // Without --force they only list what they would remove.
        return hasFlag(call.parsed, '--force') ? destroy({ why: EXPIRES, dryRun: '--dry-run' }) : read();
      return words.some((word) => /^(restore|fetch)$/.test(word))
        ? local({ why: RESTORES, dryRun: '--dry-run' })
        : mutate({ dryRun: '--dry-run' });
    },
    commands: { 'collection-status': read() },
  },
  {
    names: 'rsnapshot rdiff-backup dirvish timeshift',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-c -r --snapshot --target --comments --tags --remove-older-than -l',
    switches: '-t -v -V --check --list --yes --scripted',
    bare: mutate({
      why: 'makes a backup, and drops the oldest',
      decide: (call) => {
        const words = names(call);
        if (call.name === 'timeshift') {
          if (hasFlag(call.parsed, '--list --list-devices --list-snapshots --check'))
            return verdict('read', 'timeshift lists');
          if (hasFlag(call.parsed, '--delete --delete-all --restore'))
            return {
              effect: 'destroy',
              why: 'timeshift removes or restores a snapshot',
              ...(hasFlag(call.parsed, '--yes --scripted') ? {} : terminal),
            };
          return undefined;
        }
        if (call.name === 'rsnapshot')
          return hasFlag(call.parsed, '-t') || /^(configtest|du|diff|rsnapshot-diff)$/.test(words[0] ?? '')
            ? verdict('read', 'rsnapshot only looks')
            : undefined;
        if (hasFlag(call.parsed, '--remove-older-than') || words[0] === 'remove')
          return { effect: 'destroy', why: EXPIRES };
        return hasFlag(call.parsed, '-l --list-increments --list-changed-since --verify --compare') ||
          /^(list|verify|compare|info)$/.test(words[0] ?? '')
          ? verdict('read', `${call.name} lists`)
          : undefined;
      },
    }),
  },
  {
    names: 'kopia',
    source: 'from documentation: Kopia 0.17',
    values: '--config-file --password -p --log-dir --endpoint --bucket --tags',
    network: true,
    commands: {
      ...each(
        read(),
        'snapshot list|verify|estimate, repository status|validate-provider, policy show|list|export, ls, list, diff, show, content list|stats|verify, blob list|stats, maintenance info, server status, cache info, manifest list|show, user list, acl list, index inspect, benchmark',
      ),
      ...each(
        mutate(),
        'snapshot create|copy-history|pin, repository connect|create|sync-to|set-parameters|set-client|upgrade|throttle, policy set|edit|import, maintenance set, server refresh|flush, user add|set, acl add|enable, notification',
      ),
      ...each(local({ why: RESTORES }), 'restore, snapshot restore'),
      ...each(
        destroy({ resources: names }),
        'snapshot delete|expire|migrate|fix, policy delete, blob delete, content delete|rewrite, maintenance run, cache clear, user delete, acl delete, manifest delete, server shutdown',
      ),
      'repository disconnect': local({ inverse: 'kopia repository connect' }),
      mount: read(stream),
      'server start': mutate(stream),
    },
  },
  {
    names: 'snapper',
    source: 'help text or man page (Debian 12), and documentation: Snapper 0.10',
    values: '-c --config -t --type --pre-number -d --description -u --userdata --command --cleanup-algorithm',
    commands: {
      ...each(read(), 'list, ls, list-configs, get-config, status, diff, xadiff'),
      create: mutate({
        inverse: 'snapper delete of the number',
        when: { '--command': { effect: 'unknown', why: 'unknown: snapper runs a command' } },
      }),
      ...each(mutate(), 'modify, mount, umount, create-config, setup-quota'),
      'set-config': mutate({
        captureFirst: 'snapper get-config',
        inverse: 'snapper set-config with the values from before',
      }),
      ...each(
        destroy({ resources: names, why: 'removes snapshots' }),
        'delete, rm, remove, cleanup, delete-config',
      ),
      undochange: destroy({
        why: 'puts files back as they were, over what is there',
        preview: 'snapper diff of the same numbers',
      }),
      rollback: destroy({ why: 'makes an older snapshot the system at the next start' }),
    },
  },
  {
    names: 'bconsole',
    source: 'help text or man page (Debian 12), and documentation: Bareos 23',
    values: '-c -d',
    bare: runs('bconsole runs what it is told', {
      decide: (call) => {
        if (call.stdin.kind === 'inherited') return terminal;
        if (call.stdin.kind !== 'text' || call.stdin.opaque) return undefined;
        const lines = call.stdin.text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
        if (lines.some((line) => /^(delete|purge|prune|truncate|cancel|disable)\b/.test(line)))
          return { effect: 'destroy', why: EXPIRES };
        return lines.every((line) =>
          /^(status|list|llist|show|version|help|quit|exit|messages|time)\b/.test(line),
        )
          ? verdict('read', 'bconsole lists')
          : undefined;
      },
    }),
  },
  {
    names: 'tmutil',
    source: 'from documentation: the man page of macOS',
    commands: {
      ...each(
        read(),
        'listbackups, latestbackup, status, destinationinfo, listlocalsnapshots, listlocalsnapshotdates, isexcluded, compare, verifychecksums, version, machinedirectory, uniquesize, calculatedrift',
      ),
      ...each(
        mutate(),
        'startbackup, localsnapshot, enable, addexclusion, setdestination, inheritbackup, associatedisk, restore, setquota',
      ),
      ...each(
        destroy({ resources: names }),
        'delete, deletelocalsnapshots, thinlocalsnapshots, disable, stopbackup, removedestination, removeexclusion, deleteinprogress',
      ),
    },
  },
];
