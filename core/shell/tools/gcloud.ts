/** gcloud. From documentation: Google Cloud CLI reference, and the command tree of 528. */
import { verdict } from '../verdict.ts';
import { type Arg, wordSet } from '../words.ts';
import { isVerb, leadingWords, names, outcomeOf } from './cloudVerbs.ts';
import { firebase } from './firebase.ts';
import { asksFirst, COMMANDS, GROUPS, printsSecret, toNothing } from './gcloudCommands.ts';
import { googleStorage } from './gsutil.ts';
import { type Call, destroy, type Outcome, read, type Tool } from './table.ts';

const SWITCHES = `-q --quiet -h --log-http --no-log-http --user-output-enabled --no-user-output-enabled --async --no-async --global --preemptible
  --spot --all --allow-unauthenticated --no-allow-unauthenticated --tunnel-through-iap --internal-ip --recursive -r -R --force --promote
  --no-promote --no-traffic --to-latest --uri --dry-run --validate-only --delete-unmatched-destination-objects --auto-ack --wait
  --stop-previous-version --all-versions --discard-local-ssd --offload --follow --stream`;
const VALUES = `--billing-project --flags-file --flatten --format --verbosity --access-token-file --impersonate-service-account --trace-token
  --filter --limit --page-size --sort-by --command --size --num-nodes --node-count --node-pool --min-instances --max-instances --network
  --keep-disks --delete-disks --snapshot-names --metadata --keys --labels --machine-type --image --image-family --image-project --member
  --role --secret --service --database --type --rrdatas --ttl --sql --ddl --query-mode --out-file --plaintext-file --ciphertext-file
  --keyring --key --location --locations --topic --subscription --queue --data-file --user --host --instance-group --iam-account
  --to-revisions --to-tags --splits --member --description --restore-instance --backup-instance --resource-group --message --data
  --freshness --order --membership --version --job --schedule --uri-pattern --delivery-pipeline --release`;
const KNOWN = wordSet(SWITCHES);

/** The longest beginning of the words that a command has: everything up to the first verb. */
function commandOf(words: readonly Arg[]): { words: readonly string[]; outcome: Outcome } | undefined {
  const plain = words.findIndex((word) => word.dynamic);
  const literal = words.slice(0, plain < 0 ? words.length : plain).map((word) => word.value);
  if (/^(beta|alpha|preview)$/.test(literal[0] ?? '')) literal.shift();
  if (!GROUPS.has(literal[0] ?? '')) return undefined;
  for (let at = 1; at < literal.length && at < 8; at++) {
    const word = literal[at] ?? '';
    if (!isVerb(word)) continue;
    const outcome = outcomeOf(word);
    return outcome && { words: literal.slice(0, at + 1), outcome };
  }
  return undefined;
}

/** What a command names: its operands; a bare number with what it is a number of. */
function named(call: Call, skip = 0): readonly string[] {
  const parent = call.parsed.flags.findLast((flag) => /^--(secret|service|key|job)$/.test(flag.name))?.value;
  const found = names(call, KNOWN).slice(skip);
  // `create http NAME`: the kind stands in front of the name.
  return (found.length > 1 && KINDS.test(found[0] ?? '') ? found.slice(1) : found).map((name) =>
    /^\d+$/.test(name) && parent && !parent.dynamic ? `${parent.value}/${name}` : name,
  );
}

const KINDS =
  /^(http|https|http2|tcp|ssl|grpc|udp|pubsub|app-engine|github|github-enterprise|gitlab|webhook|manual|gcs|bq|mysql|postgresql|sqlserver|oracle|bitbucket[\w-]*|cloud-source-repositories)$/;

/** Any command that is not listed, by the first verb of its words. */
function byVerb(call: Call): Outcome | undefined {
  const found = commandOf(leadingWords(call, KNOWN));
  if (!found) return undefined;
  const path = found.words.join(' ');
  const before = call.path.split(' ').filter((word) => word !== '' && !/^(beta|alpha|preview)$/.test(word));
  const track =
    call.path === '' && /^(beta|alpha|preview)$/.test(call.parsed.operands[0]?.value ?? '') ? 1 : 0;
  const skip = found.words.length - before.length + track;
  return usual(path, { why: describe(path, found.outcome), ...found.outcome }, (inner) => named(inner, skip));
}

/** What is said of any command, laid under what is known of this one. */
function usual(path: string, outcome: Outcome, resources: (call: Call) => readonly string[]): Outcome {
  const secret = printsSecret(path) ? { readsSecrets: true } : {};
  if (outcome.effect === 'read') return { ...outcome, ...secret };
  const group = path.split(' ').slice(0, -1).join(' ');
  if (/ (set-iam-policy|replace-iam-policy)$/.test(path))
    return destroy({
      resources: (call) => resources(call).slice(0, 1),
      why: `gcloud ${path} replaces every binding`,
      captureFirst: `gcloud ${group} get-iam-policy with the same name`,
      inverse: `gcloud ${path} with the policy from before`,
    });
  return {
    ...(asksFirst(path) ? { asks: '-q --quiet' } : {}),
    ...secret,
    ...(outcome.effect === 'local-write' ? {} : { resources }),
    ...around(path, group),
    ...outcome,
    ...(outcome.decide ? {} : { decide: (call: Call) => toNothing(path, call) }),
  };
}

/** What to note first, and what takes it back, as the verb tells. */
function around(path: string, group: string): Partial<Outcome> {
  const verb = path.slice(group.length + 1);
  const other = OPPOSITES[verb.split('-')[0] ?? ''];
  const back = /^(add|remove)-/.test(verb) ? verb.replace(/^(add|remove)/, other ?? '') : undefined;
  return {
    ...(/^(delete|update|patch|resize|(add|remove|set)-.+)$/.test(verb)
      ? { captureFirst: `gcloud ${group} describe with the same words` }
      : {}),
    ...(back === undefined ? {} : { inverse: `gcloud ${group} ${back} with the same words` }),
    ...(/-iam-policy-binding$/.test(verb)
      ? { captureFirst: `gcloud ${group} get-iam-policy with the same name` }
      : {}),
  };
}

const OPPOSITES: Readonly<Record<string, string>> = { add: 'remove', remove: 'add' };

function describe(path: string, outcome: Outcome): string {
  if (outcome.effect === 'read') return `gcloud ${path} reads`;
  if (outcome.effect === 'destroy') return `gcloud ${path} destroys or takes out of service`;
  return outcome.effect === 'local-write'
    ? `gcloud ${path} writes on this machine`
    : `gcloud ${path} changes state`;
}

const commands = Object.fromEntries(
  Object.entries(COMMANDS).flatMap(([key, outcome]) => {
    const laid = usual(key, outcome, (call) => named(call));
    return [
      [key, laid],
      [`beta|alpha|preview ${key}`, laid],
    ];
  }),
);

export const googleCloud: readonly Tool[] = [
  {
    names: 'gcloud',
    source: 'from documentation: Google Cloud CLI reference, and the command tree of 528',
    values: VALUES,
    switches: SWITCHES,
    targets: {
      project: '--project',
      zone: '--zone',
      region: '--region',
      account: '--account',
      configuration: '--configuration',
      cluster: '--cluster',
      instance: '--instance',
    },
    network: true,
    ambient: {
      'project|configuration': 'gcloud config get-value project',
      'account|configuration': 'gcloud config get-value account',
    },
    bare: read({ network: false, why: 'gcloud without a command prints help' }),
    commands,
    judge: (call) =>
      call.args.some((arg) => arg.value === '-h')
        ? verdict('read', 'gcloud -h prints help', { tool: 'gcloud' })
        : undefined,
    otherwise: byVerb,
  },
  ...firebase,
  ...googleStorage,
];
