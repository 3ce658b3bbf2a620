/** gsutil and bq. From documentation: gsutil 5, bq 2.1. */
import { judgeSql } from '../sql.ts';
import { highest, unknown, type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
import { isSecretFile } from './secretFiles.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  type Tool,
  terminal,
} from './table.ts';

/** Into a bucket, onto this machine, or onto the screen. */
function copies(call: Call): Partial<Outcome> {
  const to = call.parsed.operands.at(-1);
  if (to?.value === '-')
    return call.parsed.operands.some((word) => isSecretFile(word.value)) ? { readsSecrets: true } : {};
  return to && !to.dynamic && !/^(gs|s3):/.test(to.value)
    ? { effect: 'local-write', why: `gsutil ${call.path} writes on this machine` }
    : { effect: 'mutate', why: `gsutil ${call.path} writes into a bucket` };
}

function prints(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((word) => isSecretFile(word.value))
    ? { readsSecrets: true, why: 'gsutil cat shows a secret' }
    : undefined;
}

const places = (call: Call): readonly string[] =>
  call.parsed.operands.filter((arg) => !arg.dynamic && /^(gs|s3):/.test(arg.value)).map((arg) => arg.value);
const last = (call: Call): readonly string[] =>
  call.parsed.operands.at(-1)?.value === '-' ? [] : places(call).slice(-1);

function bqQuery(call: Call): Verdict {
  const text = call.parsed.operands[0];
  const sql =
    text ??
    (call.stdin.kind === 'text' && !call.stdin.opaque
      ? { value: call.stdin.text, dynamic: false, text: '' }
      : undefined);
  if (hasFlag(call.parsed, '--dry_run')) return verdict('read', 'bq query --dry_run only estimates');
  let result =
    !sql || isOpaque(sql) ? unknown('bq query runs text that is not in the command') : judgeSql(sql.value);
  if (hasFlag(call.parsed, '--replace'))
    result = highest(
      verdict('destroy', 'bq query --replace overwrites the table', { targets: tables(call) }),
      result,
    );
  else if (hasFlag(call.parsed, '--destination_table --append_table'))
    result = highest(result, verdict('mutate', 'bq query writes a table', { targets: tables(call) }));
  else if (hasFlag(call.parsed, '--schedule'))
    result = highest(result, verdict('mutate', 'bq query --schedule makes a scheduled query'));
  return { ...result, preview: result.risk === 'read-only' ? null : 'bq query --dry_run', tool: call.name };
}

function tables(call: Call): { kind: string; value: string }[] {
  const table = flagValue(call.parsed, '--destination_table');
  return table && !table.dynamic ? [{ kind: 'resource', value: table.value }] : [];
}

const AT_HOME = { network: false };
const REPLACES = { '--replace': { effect: 'destroy' as const, why: 'bq --replace overwrites the table' } };

export const googleStorage: readonly Tool[] = [
  {
    names: 'gsutil',
    source: 'from documentation: gsutil 5',
    values: '-o -h -i -u -s -c -b -l -t -x -p -j -k',
    switches: '-m -q -D -DD -r -R -n -d -a -L -z -v -P',
    network: true,
    ambient: { project: 'gcloud config get-value project' },
    commands: {
      ...each(
        read(),
        'ls, stat, du, hash, versioning get, lifecycle get, iam get, acl get, cors get, label get, logging get, retention get, bucketpolicyonly get, ubla get, pap get, rpo get, autoclass get, notification list, notification watchbucket, defacl get, defstorageclass get, web get, requesterpays get, hmac list, hmac get, perfdiag, kms encryption, rewrite-status',
      ),
      ...each(read(AT_HOME), 'version, help, test'),
      cat: read({ decide: prints }),
      cp: read({ switches: '-n -r -R -c -p -e -I', decide: copies, resources: last }),
      mv: destroy({ why: 'gsutil mv removes the source', resources: places }),
      rsync: read({
        switches: '-d -n -r -c -C -e -i -u -p -P -U -J',
        values: '-x -y -j',
        dryRun: '-n',
        decide: copies,
        resources: last,
        when: {
          '-d': {
            effect: 'destroy',
            scope: 'many',
            why: 'gsutil rsync -d deletes what only the destination holds',
          },
        },
      }),
      ...each(
        mutate({ resources: places }),
        'mb, setmeta, rewrite, compose, versioning set, acl ch, iam ch, cors set, label set|ch, logging set, defacl set|ch, defstorageclass set, notification create, web set, requesterpays set, ubla set, bucketpolicyonly set, pap set, rpo set, autoclass set, retention set, retention event, retention temp, kms authorize, kms encryption, hmac update',
      ),
      mb: mutate({ resources: places, inverse: 'gsutil rb' }),
      'hmac create': mutate({ readsSecrets: true, why: 'prints a new key' }),
      'iam set': destroy({
        why: 'gsutil iam set replaces every binding',
        resources: places,
        captureFirst: 'gsutil iam get of the same bucket',
        inverse: 'gsutil iam set with the policy from before',
      }),
      'acl set': destroy({
        why: 'gsutil acl set replaces who may read',
        resources: places,
        captureFirst: 'gsutil acl get of the same bucket',
        inverse: 'gsutil acl set with the list from before',
      }),
      'lifecycle set': destroy({
        why: 'a lifecycle rule may delete objects later',
        resources: places,
        captureFirst: 'gsutil lifecycle get of the same bucket',
        inverse: 'gsutil lifecycle set with the rules from before',
      }),
      rm: destroy({
        why: 'gsutil rm deletes objects',
        resources: places,
        when: { '-r -R': { scope: 'many' } },
        captureFirst: 'the versions, where the bucket keeps them: gsutil ls -a',
      }),
      rb: destroy({ why: 'gsutil rb deletes the bucket', resources: places }),
      ...each(
        destroy({ resources: places }),
        'notification delete, notification stopchannel, retention clear, retention lock, hmac delete',
      ),
      config: local({ ...terminal, ...AT_HOME }),
      update: local(),
      signurl: read({ readsSecrets: true, why: 'gsutil signurl grants access' }),
    },
  },
  {
    names: 'bq',
    source: 'from documentation: bq 2.1',
    style: 'long',
    values: `--project_id --location --format --dataset_id --destination_table --max_rows -n --schema --source_format --table
      --skip_leading_rows --field_delimiter --time_partitioning_field --expiration --default_table_expiration --description --label
      --set_label --max_results --parameter --view --connection --external_table_definition --display_name --target_dataset --schedule
      --destination_format --compression --write_disposition --selected_fields`,
    switches: `-f -r -q --dry_run --replace --append_table --use_legacy_sql --nouse_legacy_sql --apilog --quiet --force --recursive -d -t
      -m -j -a --dataset --headless --sync --nosync --autodetect --snapshot --clone --routine --transfer_config --reservation`,
    targets: { project: '--project_id', location: '--location' },
    network: true,
    ambient: { project: 'gcloud config get-value project' },
    commands: {
      ...each(read(), 'ls, show, head, wait, info, get-iam-policy'),
      ...each(read(AT_HOME), 'version, help, mkdef'),
      query: read({ decide: bqQuery }),
      ...each(
        mutate({ resources: 'first', when: REPLACES }),
        'load, mk, update, insert, undelete, partition',
      ),
      update: mutate({ resources: 'first', captureFirst: 'bq show --format=prettyjson of the same table' }),
      cp: mutate({
        resources: (call) =>
          call.parsed.operands
            .slice(1, 2)
            .filter((arg) => !arg.dynamic)
            .map((arg) => arg.value),
        when: {
          '-f --force': { effect: 'destroy', why: 'bq cp -f overwrites the table' },
        },
        switches: '-n -f -a',
        asks: '-f --force -n --no_clobber -a --append_table --snapshot --clone --restore',
      }),
      extract: mutate(),
      'add-iam-policy-binding': mutate({ resources: 'first', inverse: 'bq remove-iam-policy-binding' }),
      rm: destroy({
        asks: '-f --force',
        resources: 'all',
        captureFirst: 'bq show --format=prettyjson, and bq cp --snapshot',
        inverse: 'bq cp TABLE@TIME within seven days, for a table',
        when: { '-r --recursive': { scope: 'all', why: 'bq rm -r deletes the dataset with all its tables' } },
      }),
      ...each(destroy({ resources: 'first' }), 'cancel, truncate, set-iam-policy, remove-iam-policy-binding'),
      init: local(terminal),
      shell: opensSession('bq shell opens a prompt'),
    },
  },
];
