/** Cloudflare's command line. From documentation: Wrangler 4. */
import { judgeSql } from '../sql.ts';
import { unknown, type Verdict } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
import {
  type Call,
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

const AT_HOME = { network: false };

/** Without `--remote` the command acts on the copy of this machine. */
const where = (call: Call): Partial<Outcome> | undefined =>
  hasFlag(call.parsed, '--local') ? AT_HOME : undefined;

/** SQL in the command, or a file that nobody reads here. */
function d1(call: Call): Verdict {
  const text = flagValue(call.parsed, '--command');
  if (!text || isOpaque(text)) return unknown('wrangler d1 execute runs text that is not in the command');
  const judged = judgeSql(text.value);
  const database = call.parsed.operands[0];
  return database && !database.dynamic && judged.risk !== 'read-only'
    ? { ...judged, targets: [...judged.targets, { kind: 'database', value: database.value }] }
    : judged;
}

const LIVE = {
  captureFirst: 'wrangler deployments list',
  inverse: 'wrangler rollback to the version from before',
};
const YES = '-y --yes --force --skip-confirmation';

export const wrangler: Tool = {
  names: 'wrangler wrangler2',
  source: 'from documentation: Wrangler 4',
  values:
    '-c --config --binding --namespace-id --name --command --file --cwd --env-file --location --branch --project-name --commit-hash --commit-message --tag --message -m --version-id --output --path --ttl --expiration --metadata --format --status --method --sampling-rate --search --port --ip --prefix --jurisdiction --storage-class --content-type --cache-control --compatibility-date --route --routes --domain --var --alias --percentage --id --dimensions --metric --preset --delivery-delay-secs --timestamp --bookmark',
  switches:
    '-y --yes --remote --local --dry-run --json --force --preview --no-bundle --minify --keep-vars --skip-confirmation --latest --persist --no-schema --no-data',
  targets: { environment: '-e --env', account: '--account-id' },
  network: true,
  ambient: { account: 'wrangler whoami' },
  commands: {
    ...each(
      read({ decide: where }),
      'whoami, deployments list, deployments status, deployments view, versions list, versions view, versions secret list, secret list, kv namespace list, kv key list, r2 bucket list, r2 bucket info, r2 bucket lifecycle list, r2 bucket cors list, r2 bucket notification list, r2 bucket domain list, r2 bucket domain get, d1 list, d1 info, d1 insights, d1 migrations list, d1 time-travel info, queues list, queues info, queues consumer list, pages project list, pages deployment list, pages secret list, hyperdrive list, hyperdrive get, vectorize list, vectorize get, vectorize info, vectorize query, vectorize list-metadata-index, workflows list, workflows describe, workflows instances list, workflows instances describe, mtls-certificate list, dispatch-namespace list, dispatch-namespace get, pubsub namespace list, secrets-store store list, secrets-store secret list, secrets-store secret get, ai models, ai finetune list, cert list, containers list, containers info, containers images list, pipelines list, pipelines get, triggers list, tail list, kv key list',
    ),
    ...each(read(AT_HOME), 'docs, help, version, check, telemetry status'),
    'kv key get': read({ decide: where }),
    'r2 object get': local({ when: { '--pipe -p': {} } }),
    ...each(read(stream), 'tail, pages deployment tail'),
    ...each(
      mutate({ ...LIVE, dryRun: '--dry-run', resources: (call) => named(call, '--name') }),
      'deploy, publish',
    ),
    'versions upload': mutate({ dryRun: '--dry-run', switches: '--dry-run' }),
    ...each(mutate({ ...LIVE, asks: YES, resources: 'first' }), 'versions deploy'),
    rollback: mutate({ ...LIVE, resources: 'first', asks: YES }),
    'triggers deploy': mutate({ dryRun: '--dry-run' }),
    'pages deploy|publish': mutate({
      captureFirst: 'wrangler pages deployment list',
      resources: (call) => named(call, '--project-name'),
    }),
    // The value comes by the terminal unless it is piped in.
    ...each(
      mutate({ asks: '', resources: 'first' }),
      'secret put, pages secret put, versions secret put, secrets-store secret create, secrets-store secret update',
    ),
    ...each(mutate({ resources: 'first' }), 'secret bulk, pages secret bulk, versions secret bulk'),
    ...each(
      mutate({ resources: 'first', decide: where }),
      'kv namespace create, kv namespace rename, kv key put, kv bulk put, r2 bucket create, r2 bucket update, r2 object put, r2 bucket domain add, r2 bucket notification create, r2 bucket cors set, r2 bucket lock add, r2 bucket dev-url enable, r2 bucket sippy enable, d1 create, queues create, queues update, queues consumer add, queues resume-delivery, pages project create, hyperdrive create, hyperdrive update, vectorize create, vectorize insert, vectorize upsert, vectorize create-metadata-index, workflows trigger, workflows instances resume, workflows instances restart, mtls-certificate upload, dispatch-namespace create, dispatch-namespace rename, secrets-store store create, secrets-store secret duplicate, cert upload, containers push, containers build, pipelines create, pipelines update, ai finetune create',
    ),
    ...each(
      destroy({ resources: 'first' }),
      'r2 bucket lifecycle add, r2 bucket lifecycle set, queues pause-delivery, workflows instances pause',
    ),
    delete: destroy({ dryRun: '--dry-run', asks: '--force', resources: (call) => named(call, '--name') }),
    ...each(
      destroy({ asks: '', resources: 'first' }),
      'secret delete, pages secret delete, versions secret delete',
    ),
    ...each(
      destroy({ asks: YES, resources: 'first' }),
      'kv namespace delete, kv bulk delete, d1 delete, queues purge, pages project delete, pages deployment delete, vectorize delete, vectorize delete-vectors, mtls-certificate delete, dispatch-namespace delete, cert delete, containers delete, secrets-store store delete, secrets-store secret delete, pubsub namespace delete, pubsub broker delete',
    ),
    'd1 delete': destroy({
      asks: YES,
      resources: 'first',
      captureFirst: 'wrangler d1 export with the same name',
      inverse: 'wrangler d1 create, and wrangler d1 execute --file with the export',
    }),
    'd1 time-travel restore': destroy({
      asks: YES,
      resources: 'first',
      captureFirst: 'wrangler d1 time-travel info: the bookmark of now',
      inverse: 'wrangler d1 time-travel restore to that bookmark',
    }),
    ...each(
      destroy({ resources: 'first', decide: where }),
      'kv key delete, r2 bucket delete, r2 object delete, r2 bucket domain remove, r2 bucket notification delete, r2 bucket cors delete, r2 bucket lifecycle remove, r2 bucket lock remove, r2 bucket dev-url disable, r2 bucket sippy disable, r2 bucket catalog disable, queues delete, queues consumer remove, hyperdrive delete, workflows delete, workflows instances terminate, pipelines delete, containers images delete, vectorize delete-metadata-index',
    ),
    'd1 execute': read({ decide: d1 }),
    'd1 migrations apply': runs('wrangler d1 migrations apply runs SQL of the project', {
      resources: 'first',
      preview: 'wrangler d1 migrations list',
      captureFirst: 'wrangler d1 time-travel info: the bookmark of now',
      inverse: 'wrangler d1 time-travel restore to that bookmark',
    }),
    ...each(
      local(),
      'd1 export, d1 migrations create, init, types, generate, cloudchamber init, pages download config, logout, telemetry disable',
    ),
    'd1 export': local({ why: 'writes the database into a file' }),
    ...each(local(AT_HOME), 'init, types, logout, telemetry enable, telemetry disable'),
    ...each(runs('wrangler runs the project', { ...stream, ...AT_HOME }), 'dev, pages dev'),
    ...each(runs('wrangler builds the project', AT_HOME), 'build, pages functions build'),
    login: local(terminal),
  },
};

function named(call: Call, option: string): readonly string[] {
  const name = flagValue(call.parsed, option);
  if (name && !name.dynamic) return [name.value];
  return call.parsed.operands
    .slice(0, 1)
    .filter((arg) => !arg.dynamic)
    .map((arg) => arg.value);
}
