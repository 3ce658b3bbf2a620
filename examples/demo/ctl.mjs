/**
 * Controls the checkout service of the demo. Plain Node, version 20 or later.
 *
 * Everything that it writes stays in one private folder under the system's temporary folder, so the demo also
 * works in a read-only checkout, and two checkouts do not meet. `CHECKOUT_STATE` names another folder.
 * Exit status: 0 fine, 1 it is not so or did not work, 2 bad usage.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const USAGE = `Usage: node ctl.mjs COMMAND

  start                     start the service in the background and wait until it answers
  stop [--purge]            stop it; with --purge, also delete its state folder
  restart [--reason TEXT]   stop and start it; the reason goes to its log
  status                    print where it runs and where its state is
  health [--wait SECONDS]   print the health check's answer; exit status 1 unless it is 200
  logs [LINES]              print the end of the log (default: 20 lines)
  break                     send the orders that exhaust its connection pool
  replay                    send the parked orders once more
  state                     print the state folder
`;
const START_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 5_000;
const demoFolder = dirname(fileURLToPath(import.meta.url));

/** A fault with a message for people; anything else is a defect and keeps its stack. */
class Failure extends Error {}

/** The state folder, made if it is not there: private to this user. */
function stateFolder() {
  const user = process.getuid?.();
  const key = createHash('sha256').update(demoFolder).digest('hex').slice(0, 8);
  const folder = resolve(
    process.env.CHECKOUT_STATE || join(tmpdir(), `checkout-demo-${user ?? 'user'}-${key}`),
  );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A shared temporary folder can hold someone else's folder, or a link, under our name.
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || (user !== undefined && stat.uid !== user)) {
    throw new Failure(`${folder} is not a folder of yours. Set CHECKOUT_STATE to one that is.`);
  }
  return folder;
}

/** What the service wrote about itself, or null. */
function recorded(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'service.json'), 'utf8'));
  } catch {
    return null;
  }
}

async function request(port, path, options = {}) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    ...options,
    signal: AbortSignal.timeout(3_000),
  });
  return { status: response.status, body: await response.json() };
}

/** The running service: `{pid, port, status, body}` of its health check, or null if none of ours answers. */
async function running(folder) {
  const record = recorded(folder);
  if (!record) return null;
  try {
    const { status, body } = await request(record.port, '/health');
    // A process number and a port can be used again by others; only ours knows both.
    return body.service === 'checkout-demo' && body.pid === record.pid ? { ...record, status, body } : null;
  } catch {
    return null;
  }
}

async function mustRun(folder) {
  const service = await running(folder);
  if (!service) throw new Failure('The checkout service is not running. Start it with: node ctl.mjs start');
  return service;
}

function lastLines(folder, count) {
  try {
    return readFileSync(join(folder, 'checkout.log'), 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    throw new Failure(`There is no log in ${folder} yet. Start the service with: node ctl.mjs start`);
  }
}

async function start(folder, port = 0) {
  const already = await running(folder);
  if (already) return `The checkout service already runs at http://127.0.0.1:${already.port}`;
  rmSync(join(folder, 'service.json'), { force: true });
  const log = openSync(join(folder, 'checkout.log'), 'a', 0o600);
  // Detached and without our pipes: it outlives the step that starts it, and that step can end.
  const child = spawn(process.execPath, [join(demoFolder, 'service.mjs'), folder, String(port)], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
    windowsHide: true,
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit && !ended; await sleep(50)) {
    const service = await running(folder);
    if (service)
      return `The checkout service runs at http://127.0.0.1:${service.port} (process ${service.pid})`;
  }
  throw new Failure(`The checkout service did not start. The end of its log:\n${lastLines(folder, 5)}`);
}

async function stop(folder) {
  const service = await running(folder);
  if (!service) return 'The checkout service is not running';
  process.kill(service.pid, 'SIGTERM');
  for (const limit = Date.now() + STOP_LIMIT_MS; Date.now() < limit; await sleep(50)) {
    if (!(await running(folder))) return 'The checkout service has stopped';
  }
  throw new Failure(`Process ${service.pid} does not stop. End it by hand, then go on.`);
}

async function restart(folder, reason) {
  // The old port again, so that an address kept by a shell session stays right.
  const port = recorded(folder)?.port ?? 0;
  const stopped = await stop(folder);
  if (reason) {
    const line = `${new Date().toISOString()} INFO  restarted by hand: ${reason.replace(/\s+/g, ' ')}\n`;
    appendFileSync(join(folder, 'checkout.log'), line, { mode: 0o600 });
  }
  return `${stopped}\n${await start(folder, port)}`;
}

/** Deletes what the demo wrote, by name, and then the folder if nothing else is in it. */
function purge(folder) {
  for (const name of ['service.json', 'url', 'checkout.log', 'parked']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  try {
    rmdirSync(folder);
  } catch {
    return `${folder} holds files that are not the demo's; they are still there`;
  }
  return `Deleted ${folder}`;
}

function describe({ status, body }) {
  const orders = body.parkedOrders === 1 ? '1 order parked' : `${body.parkedOrders} orders parked`;
  return `${status} ${body.status}: ${body.pool.inUse} of ${body.pool.size} connections in use, ${orders}`;
}

async function health(folder, waitSeconds) {
  for (const limit = Date.now() + waitSeconds * 1000; ; await sleep(200)) {
    const service = await running(folder);
    if (service?.status === 200) return describe(service);
    if (Date.now() >= limit) throw new Failure(describe(await mustRun(folder)));
  }
}

/** A quiet morning, then a gift-wrap campaign: 3 orders that are fine, 8 that leak, 5 that find no connection. */
async function breakIt(folder) {
  const { port } = await mustRun(folder);
  const count = { paid: 0, parked: 0 };
  for (let number = 1001; number <= 1016; number++) {
    const order = {
      id: `ord-${number}`,
      giftWrap: number > 1003,
      card: number === 1014 ? 'expired' : 'valid',
    };
    const { body } = await request(port, '/orders', { method: 'POST', body: JSON.stringify(order) });
    count[body.state]++;
  }
  return `Sent 16 orders: ${count.paid} paid, ${count.parked} parked`;
}

async function replay(folder) {
  const { port } = await mustRun(folder);
  const { body } = await request(port, '/replay', { method: 'POST' });
  const refused = body.refused.length ? `, ${body.refused.length} refused: ${body.refused.join(' ')}` : '';
  return `${body.replayed.length} replayed${refused}`;
}

/** The value after an option, or the fallback; a number where the fallback is one. */
function option(args, name, fallback) {
  const index = args.indexOf(name);
  const value = index < 0 ? fallback : args[index + 1];
  const wrong = typeof fallback === 'number' ? !(Number(value) >= 0) : value === undefined;
  if (wrong) throw new Failure(`${name} needs a value.`);
  return typeof fallback === 'number' ? Number(value) : value;
}

async function main([command, ...args]) {
  const folder = stateFolder();
  switch (command) {
    case 'start':
      return start(folder);
    case 'stop': {
      const stopped = await stop(folder);
      return args.includes('--purge') ? `${stopped}\n${purge(folder)}` : stopped;
    }
    case 'restart':
      return restart(folder, option(args, '--reason', ''));
    case 'status': {
      const service = await mustRun(folder);
      return `Process ${service.pid} at http://127.0.0.1:${service.port}, state in ${folder}`;
    }
    case 'health':
      return health(folder, option(args, '--wait', 0));
    case 'logs':
      return lastLines(folder, Number(args[0]) || 20);
    case 'break':
      return breakIt(folder);
    case 'replay':
      return replay(folder);
    case 'state':
      return folder;
    default:
      process.exitCode = 2;
      return USAGE;
  }
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
