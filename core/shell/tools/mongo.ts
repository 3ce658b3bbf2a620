/** MongoDB's shell and tools. From documentation: mongosh 2, Database Tools 100. */
import { judgeMongo } from '../mongo.ts';
import { highest, NOTHING, sessionOpened, unknown, type Verdict, verdict } from '../verdict.ts';
import { hasFlag, isOpaque, plain } from '../words.ts';
import { applyTool } from './apply.ts';
import { names, valuesOf } from './common.ts';
import { connectionTargets } from './connection.ts';
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
  host: '-h --host',
  database: '-d --db',
  collection: '-c --collection',
  user: '-u --username',
};
const VALUES =
  '--uri --port -p --password --authenticationDatabase --authenticationMechanism --tlsCAFile --tlsCertificateKeyFile --sslCAFile --readPreference -q --query --queryFile -j --numParallelCollections --nsInclude --nsExclude --nsFrom --nsTo --config';
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

/** `-p` without a password asks for it, and so does a user without one. */
function asksPassword(call: Call): boolean {
  const { parsed } = call;
  const given = parsed.flags.findLast((flag) => /^(-p|--password)$/.test(flag.name));
  if (given) return given.value === undefined || given.value.value === ASKED;
  if (
    !hasFlag(parsed, '-u --username') ||
    parsed.operands.some((arg) => /:\/\/[^/@]+:[^/@]+@/.test(arg.value))
  )
    return false;
  return !hasFlag(
    parsed,
    '--authenticationMechanism --awsIamSessionToken --tlsCertificateKeyFile --sslPEMKeyFile',
  );
}

const ASKED = '(asked)';

/** `-p --eval …`: what begins with a dash is no password. */
function withPassword(tool: Tool): Tool {
  return {
    ...tool,
    judge: (call) => {
      const alone = (at: number): boolean => {
        const next = call.args[at + 1]?.value;
        return (
          /^(-p|--password)$/.test(call.args[at]?.value ?? '') && (next === undefined || next.startsWith('-'))
        );
      };
      if (!call.args.some((_, i) => alone(i))) return undefined;
      const args = call.args.map((arg, i) => (alone(i) ? plain(`--password=${ASKED}`) : arg));
      return applyTool(tool, call.name, args, call.stdin, call.judge);
    },
  };
}

/** The tools ask as the shell does. */
function asks(call: Call): Partial<Outcome> | undefined {
  return asksPassword(call) ? terminal : undefined;
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
      return sessionOpened(`${call.name} opens a prompt`);
  }
}

/** `mongostat --rowcount 5` ends; an interval may stand as the operand. */
function counted(call: Call): Partial<Outcome> {
  return asks(call) ?? (hasFlag(call.parsed, '-n --rowcount') ? {} : stream);
}

/** A connection string in `--uri`, or the first operand. */
function connection(call: Call): { kind: string; value: string }[] {
  return call.parsed.flags.flatMap((flag) =>
    flag.name === '--uri' && flag.value ? connectionTargets(flag.value) : [],
  );
}

const SERVER = { 'host|url': "mongosh --quiet --eval 'db.serverStatus().host'" };

export const mongo: readonly Tool[] = [
  withPassword({
    names: 'mongosh mongo',
    source: 'from documentation: mongosh 2',
    values: `${VALUES} --eval -f --file --apiVersion --awsIamSessionToken --tlsCertificateKeyFilePassword`,
    switches: `${SWITCHES} --shell --nodb`,
    targets: { host: '-h --host', user: '-u --username' },
    network: true,
    ambient: { ...SERVER, 'database|url': "mongosh --quiet --eval 'db.getName()'" },
    findTargets: (call) => {
      const first = call.parsed.operands[0];
      return first === undefined || /\.(js|mongodb)$/.test(first.value) ? [] : connectionTargets(first);
    },
    bare: read({ decide: shell }),
  }),
  withPassword({
    names: 'mongodump',
    source: TOOLS_SOURCE,
    values: `${VALUES} -o --out`,
    switches: `${SWITCHES} --archive`,
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    findTargets: connection,
    bare: local({ why: 'mongodump writes files', decide: asks }),
  }),
  withPassword({
    names: 'mongoexport bsondump',
    source: TOOLS_SOURCE,
    values: `${VALUES} -o --out --outFile --type --fields -f --sort --limit --skip --bsonFile`,
    switches: SWITCHES,
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    findTargets: connection,
    bare: read({
      when: { '-o --out --outFile': { effect: 'local-write', why: 'writes a file' } },
      decide: asks,
    }),
  }),
  withPassword({
    names: 'mongoimport',
    source: TOOLS_SOURCE,
    values: `${VALUES} --file --type --fields -f --mode --upsertFields`,
    switches: SWITCHES,
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    findTargets: connection,
    bare: mutate({
      decide: asks,
      resources: valuesOf('-c --collection'),
      when: {
        '--drop': { effect: 'destroy', why: 'mongoimport --drop drops the collection first' },
        '--mode=delete': { effect: 'destroy' },
      },
    }),
  }),
  withPassword({
    names: 'mongorestore',
    source: TOOLS_SOURCE,
    values: `${VALUES} --dir --oplogFile`,
    switches: `${SWITCHES} --archive`,
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    findTargets: connection,
    bare: mutate({
      dryRun: '--dryRun',
      decide: asks,
      resources: valuesOf('-d --db -c --collection --nsInclude'),
      captureFirst: 'mongodump of what is there',
      when: { '--drop': { effect: 'destroy', why: 'mongorestore --drop drops each collection first' } },
    }),
  }),
  withPassword({
    names: 'mongostat',
    source: TOOLS_SOURCE,
    values: `${VALUES} -n --rowcount -o -O`,
    switches: `${SWITCHES} --discover --all --noheaders`,
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    findTargets: connection,
    bare: read({ decide: counted }),
  }),
  withPassword({
    names: 'mongotop',
    source: TOOLS_SOURCE,
    values: `${VALUES} -n --rowcount`,
    switches: `${SWITCHES} --locks`,
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    findTargets: connection,
    bare: read({ decide: counted }),
  }),
  withPassword({
    names: 'mongofiles',
    source: TOOLS_SOURCE,
    values: `${VALUES} -l --local --prefix -t --type`,
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    findTargets: connection,
    commands: {
      list: read(),
      search: read(),
      get: local(),
      get_id: local(),
      put: mutate(),
      put_id: mutate(),
      delete: destroy({ resources: (call) => names(call) }),
      delete_id: destroy(),
    },
  }),
  {
    names: 'mongod mongos',
    source: 'from documentation: MongoDB 7',
    values: '-f --config --dbpath --port --bind_ip --logpath --replSet --configdb --pidfilepath',
    switches: '--fork --shutdown --repair --auth --quiet --shardsvr --configsvr',
    bare: mutate({
      why: 'starts a server',
      when: {
        '--shutdown': {
          effect: 'destroy',
          why: 'mongod --shutdown stops the server',
          inverse: 'start it again',
        },
        '--repair': { effect: 'destroy', why: 'mongod --repair drops what it cannot read' },
      },
      decide: (call) => (hasFlag(call.parsed, '--fork --shutdown --repair --version') ? undefined : stream),
    }),
  },
];
