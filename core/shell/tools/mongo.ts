/** MongoDB's shell and tools. From documentation: mongosh 2, Database Tools 100. */
import { judgeMongo } from '../mongo.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
import {
  type Call,
  destroy,
  local,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const TOOLS_SOURCE = 'from documentation: MongoDB Database Tools 100';
const CONNECTION = {
  host: '-h --host --uri',
  database: '-d --db',
  collection: '-c --collection',
  user: '-u --username',
};
const VALUES =
  '--port -p --password --authenticationDatabase --authenticationMechanism --tlsCAFile --tlsCertificateKeyFile --sslCAFile --readPreference -q --query --queryFile -j --numParallelCollections --nsInclude --nsExclude --nsFrom --nsTo --config';
const SWITCHES =
  '--quiet --gzip --oplog --ssl --tls --tlsAllowInvalidCertificates --drop --dryRun --noIndexRestore --oplogReplay --norc --json --jsonArray --pretty --retryWrites --stopOnError --headerline --upsert -v --verbose --ipv6';

function shell(call: Call): Verdict {
  let result: Verdict = NOTHING;
  let asked = false;
  for (const flag of call.parsed.flags) {
    if (flag.name === '--eval') {
      asked = true;
      const text = flag.value;
      result = highest(
        result,
        !text || isOpaque(text)
          ? unknown(`${call.name} runs text that is a variable`)
          : judgeMongo(text.value),
      );
    } else if (/^(-f|--file)$/.test(flag.name)) {
      asked = true;
      result = highest(result, unknown(`${call.name} runs the file ${flag.value?.text ?? ''}`));
    }
  }
  const file = call.parsed.operands.find(
    (arg) => /\.(js|mongodb)$/.test(arg.value) && !arg.value.includes('://'),
  );
  if (file) {
    asked = true;
    result = highest(result, unknown(`${call.name} runs the file ${file.text}`));
  }
  if (!asked) result = fromInput(call);
  const stays = hasFlag(call.parsed, '--shell') || asksPassword(call);
  const mode = stays ? 'terminal' : result.mode;
  return {
    ...(result === NOTHING ? verdict('read', `${call.name} runs nothing`) : result),
    mode,
    tool: call.name,
  };
}

/** `-p` without a password asks for it. */
function asksPassword(call: Call): boolean {
  return call.parsed.flags.some(
    (flag) =>
      /^(-p|--password)$/.test(flag.name) && (flag.value === undefined || flag.value.value.startsWith('-')),
  );
}

function fromInput(call: Call): Verdict {
  switch (call.stdin.kind) {
    case 'text':
      return call.stdin.opaque
        ? unknown(`${call.name} runs text that is only known when it runs`)
        : judgeMongo(call.stdin.text);
    case 'piped':
      return unknown(`${call.name} runs what ${call.stdin.from} gives it`);
    default:
      return unknown(`${call.name} opens a prompt`, terminal);
  }
}

/** `mongostat --rowcount 5` ends. */
function counted(call: Call): Partial<Outcome> {
  return hasFlag(call.parsed, '-n --rowcount') ? {} : stream;
}

export const mongo: readonly Tool[] = [
  {
    names: 'mongosh mongo',
    source: 'from documentation: mongosh 2',
    values: `${VALUES} --eval -f --file --apiVersion --awsIamSessionToken --tlsCertificateKeyFilePassword`,
    switches: `${SWITCHES} --shell --nodb`,
    targets: { host: '-h --host', user: '-u --username' },
    findTargets: (call) => {
      const first = call.parsed.operands[0]?.value;
      return first === undefined || first.endsWith('.js') ? [] : [{ kind: 'database', value: first }];
    },
    bare: read({ decide: shell }),
  },
  {
    names: 'mongodump',
    source: TOOLS_SOURCE,
    values: `${VALUES} -o --out`,
    switches: `${SWITCHES} --archive`,
    targets: CONNECTION,
    bare: local({ why: 'mongodump writes files' }),
  },
  {
    names: 'mongoexport bsondump',
    source: TOOLS_SOURCE,
    values: `${VALUES} -o --out --outFile --type --fields -f --sort --limit --skip --bsonFile`,
    switches: SWITCHES,
    targets: CONNECTION,
    bare: read({ when: { '-o --out --outFile': { effect: 'local-write', why: 'writes a file' } } }),
  },
  {
    names: 'mongoimport',
    source: TOOLS_SOURCE,
    values: `${VALUES} --file --type --fields -f --mode --upsertFields`,
    switches: SWITCHES,
    targets: CONNECTION,
    bare: mutate({
      when: {
        '--drop': { effect: 'destroy', why: 'mongoimport --drop drops the collection first' },
        '--mode=delete': { effect: 'destroy' },
      },
    }),
  },
  {
    names: 'mongorestore',
    source: TOOLS_SOURCE,
    values: `${VALUES} --dir --oplogFile`,
    switches: `${SWITCHES} --archive`,
    targets: CONNECTION,
    bare: mutate({
      dryRun: '--dryRun',
      when: { '--drop': { effect: 'destroy', why: 'mongorestore --drop drops each collection first' } },
    }),
  },
  {
    names: 'mongostat',
    source: TOOLS_SOURCE,
    values: `${VALUES} -n --rowcount -o -O`,
    switches: `${SWITCHES} --discover --all --noheaders`,
    targets: CONNECTION,
    bare: read({ decide: counted }),
  },
  {
    names: 'mongotop',
    source: TOOLS_SOURCE,
    values: `${VALUES} -n --rowcount`,
    switches: `${SWITCHES} --locks`,
    targets: CONNECTION,
    bare: read({ decide: counted }),
  },
  {
    names: 'mongofiles',
    source: TOOLS_SOURCE,
    values: `${VALUES} -l --local --prefix -t --type`,
    targets: CONNECTION,
    commands: {
      list: read(),
      search: read(),
      get: local(),
      get_id: local(),
      put: mutate(),
      put_id: mutate(),
      delete: destroy(),
      delete_id: destroy(),
    },
  },
  {
    names: 'mongod mongos',
    source: 'from documentation: MongoDB 7',
    values: '-f --config --dbpath --port --bind_ip --logpath --replSet --configdb --pidfilepath',
    switches: '--fork --shutdown --repair --auth --quiet --shardsvr --configsvr',
    bare: mutate({
      why: 'starts a server',
      when: {
        '--shutdown': { effect: 'destroy', why: 'mongod --shutdown stops the server' },
        '--repair': { effect: 'destroy', why: 'mongod --repair drops what it cannot read' },
      },
      decide: (call) => (hasFlag(call.parsed, '--fork --shutdown --repair') ? undefined : stream),
    }),
  },
  {
    names: 'atlas',
    source: 'from documentation: Atlas CLI 1',
    values: '-o --output --tier --region --provider --members',
    targets: { project: '--projectId', profile: '-P --profile', cluster: '--clusterName' },
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (words.some((word) => /^(delete|pause|terminate|remove|stop|disable|revoke)$/.test(word)))
        return destroy();
      if (words.some((word) => /^(list|ls|describe|get|watch|status|whoami|version)$/.test(word)))
        return read();
      if (words[0] === 'auth' || words[0] === 'config')
        return local(flagValue(call.parsed, '--publicKey') ? {} : terminal);
      return words.some((word) =>
        /^(create|update|start|upgrade|add|enable|restore|failover|set|apply|invite|load)$/.test(word),
      )
        ? mutate()
        : undefined;
    },
    commands: { version: read() },
  },
];
