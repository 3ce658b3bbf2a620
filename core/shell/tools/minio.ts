/** The client of MinIO, which shares its name with a file manager. From documentation: mc RELEASE.2025. */
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const follow = { when: { '-w --watch -f --follow': stream } };

/** Files of this machine have a path; `play/bucket` is an alias and a bucket. */
const onThisMachine = (word: string | undefined): boolean =>
  word !== undefined && /^([./~]|[A-Za-z]:)/.test(word);

const copies: Outcome = mutate({
  switches: '-r --recursive -q --json --quiet -a --preserve',
  values: '--attr --older-than --newer-than --storage-class -sc --tags --rewind --version-id',
  decide: (call) => (onThisMachine(names(call).at(-1)) ? { why: 'copies to this machine' } : undefined),
});

export const minio: readonly Tool[] = [
  {
    names: 'mc mcli minio-mc',
    source: 'from documentation: mc RELEASE.2025; Midnight Commander 4.8',
    network: true,
    values: '-C --config-dir --limit-upload --limit-download --resolve',
    switches: '--json --debug --insecure --quiet -q --no-color --disable-pager',
    bare: read({ ...terminal, network: false, why: 'opens a file manager' }),
    otherwise: (call) =>
      onThisMachine(call.args.find((arg) => !arg.value.startsWith('-'))?.value)
        ? read({ ...terminal, network: false, why: 'opens a file manager' })
        : undefined,
    commands: {
      ...each(
        read(),
        'ls, cat, head, stat, tree, du, diff, find, ping, ready, version info, tag list, ilm rule list|ls|export, ilm tier list|ls|info, event list|ls, anonymous get|get-json|list|links, policy get|list, retention info, legalhold info, encrypt info, quota info, replicate ls|list|status|export, admin info, admin user list|ls|info, admin group list|ls|info, admin policy list|ls|info|entities, admin config get|export|history, admin service status, admin prometheus metrics, admin top locks|api, admin bucket info, admin kms key status|list, admin decommission status, admin replicate info|status, batch list|ls|status|describe|generate, support top api|locks|drive|net|rpc, license info, idp ldap policy entities',
      ),
      find: read({
        values:
          '--name --path --regex --older-than --newer-than --larger --smaller --exec --print --maxdepth --metadata --tags --ignore --versions',
        when: { '--watch': stream },
        runs: (call) => {
          const command = call.parsed.flags.find((flag) => flag.name === '--exec')?.value;
          return command ? call.judge.script(command.value) : undefined;
        },
      }),
      sql: read({ why: 'selects from objects' }),
      ...each(read(stream), 'watch, admin trace, admin console'),
      'admin logs': read(follow),
      'admin heal': mutate(),
      'alias list|ls': read({ readsSecrets: true, network: false }),
      'share download|upload|list|ls': read({ readsSecrets: true }),
      ...each(
        local(),
        'alias set|import|export, admin cluster bucket export, admin cluster iam export, update',
      ),
      'alias remove|rm': destroy({ network: false, resources: 'first', inverse: 'mc alias set again' }),
      'cp|put|pipe|get': copies,
      mv: destroy({ why: 'mc mv deletes what it has copied' }),
      mb: mutate({ resources: 'first', inverse: 'mc rb' }),
      mirror: mutate({
        dryRun: '--dry-run',
        switches: '--overwrite --remove --watch -w --dry-run --json',
        when: {
          '--remove --overwrite': {
            effect: 'destroy',
            why: 'mc mirror removes or replaces what the source has not',
          },
          '-w --watch': stream,
        },
      }),
      rm: destroy({
        resources: 'all',
        dryRun: '--fake --dry-run',
        switches:
          '-r --recursive --force --dangerous --incomplete -I --versions --stdin --dry-run --fake --bypass --purge',
        when: { '-r --recursive --stdin': { scope: 'many' } },
      }),
      'rb|undo': destroy({ resources: 'first', when: { '--force': { scope: 'all' } } }),
      ...each(
        mutate(),
        'tag set, version enable, ilm rule add|edit|import, ilm tier add|update, ilm restore, event add, anonymous set|set-json, policy set, retention set, legalhold set, encrypt set, quota set, replicate add|update|resync|import, admin user add|enable, admin group add|enable, admin policy create|attach, admin config set|import, admin rebalance start, admin replicate add, admin accesskey create, admin user svcacct add, batch start, admin kms key create, license register',
      ),
      ...each(mutate({ readsSecrets: true }), 'admin accesskey create, admin user svcacct add'),
      'admin service restart|unfreeze': mutate(),
      ...each(
        destroy(),
        'tag remove, version suspend, ilm rule remove|rm, ilm tier remove|rm, event remove|rm, anonymous set-none, retention clear, legalhold clear, encrypt clear, quota clear, replicate rm|remove, admin user remove|rm|disable, admin group remove|rm|disable, admin policy remove|rm|detach, admin config reset|restore, admin service stop|freeze, admin decommission start|cancel, admin rebalance stop, admin accesskey rm|disable, admin user svcacct rm|disable, admin replicate rm, batch cancel, admin cluster bucket import, admin cluster iam import',
      ),
      'admin update': runs('it replaces the servers', {
        decide: (call) => (hasFlag(call.parsed, '-y --yes') ? undefined : terminal),
      }),
    },
  },
];
