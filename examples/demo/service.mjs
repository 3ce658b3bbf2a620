/**
 * The checkout service of the demo: a small HTTP service on 127.0.0.1 that really breaks.
 *
 * Each order borrows one of eight connections and gives it back. Gift-wrapped orders forget to give theirs
 * back, so after eight of them the pool is empty: further orders are parked in files, and `/health` answers
 * 503 until the service is restarted.
 *
 * Usage: node service.mjs STATE_FOLDER [PORT]. Started by ctl.mjs; writes only into the state folder.
 */
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const POOL_SIZE = 8;
const BODY_LIMIT = 16 * 1024;
const IDLE_LIMIT_MS = 2 * 60 * 60 * 1000;

const [stateFolder, wantedPort = '0'] = process.argv.slice(2);
if (!stateFolder) {
  console.error('service.mjs needs a state folder. Start it with: node ctl.mjs start');
  process.exit(2);
}
const parkedFolder = join(stateFolder, 'parked');

/** Who holds a connection, oldest first. */
const borrowed = [];
let lastRequest = Date.now();

function log(level, message) {
  const line = `${new Date().toISOString()} ${level.padEnd(5)} ${message}\n`;
  appendFileSync(join(stateFolder, 'checkout.log'), line, { mode: 0o600 });
}

function inUse() {
  return `${borrowed.length} of ${POOL_SIZE} connections in use`;
}

/** Files of orders that found no connection, in order of their numbers. */
function parkedOrders() {
  try {
    return readdirSync(parkedFolder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}

/** Takes one order; the answer's status says what became of it. */
function takeOrder(order) {
  if (borrowed.length === POOL_SIZE) {
    mkdirSync(parkedFolder, { recursive: true, mode: 0o700 });
    writeFileSync(join(parkedFolder, `${order.id}.json`), JSON.stringify(order), { mode: 0o600 });
    log('ERROR', `pool exhausted: ${inUse()}; order ${order.id} is parked`);
    return 503;
  }
  borrowed.push(order);
  if (order.giftWrap) {
    // The defect of this demo: this way out skips giving the connection back.
    log('INFO', `order ${order.id} paid, gift-wrapped`);
    if (borrowed.length > POOL_SIZE / 2) {
      const [oldest] = borrowed;
      log('WARN', `pool nearly empty: ${inUse()}; the oldest is held by order ${oldest.id} (gift wrap)`);
    }
    return 201;
  }
  borrowed.pop();
  log('INFO', `order ${order.id} paid`);
  return 201;
}

/** Takes the parked orders once more; one whose card has expired stays parked. */
function replay() {
  const result = { replayed: [], refused: [] };
  for (const name of parkedOrders()) {
    const order = JSON.parse(readFileSync(join(parkedFolder, name), 'utf8'));
    if (order.card === 'expired') {
      log('WARN', `order ${order.id} refused on replay: its card has expired`);
      result.refused.push(order.id);
    } else if (takeOrder({ ...order, giftWrap: false }) === 201) {
      rmSync(join(parkedFolder, name));
      result.replayed.push(order.id);
    } else {
      result.refused.push(order.id);
    }
  }
  return result;
}

function health() {
  const failing = borrowed.length === POOL_SIZE;
  const body = {
    service: 'checkout-demo',
    status: failing ? 'failing' : 'ok',
    pool: { size: POOL_SIZE, inUse: borrowed.length },
    parkedOrders: parkedOrders().length,
    pid: process.pid,
  };
  return { status: failing ? 503 : 200, body };
}

/** Answers one request: `{status, body}`. */
function answer(method, path, body) {
  if (method === 'GET' && path === '/health') return health();
  if (method === 'POST' && path === '/replay') return { status: 200, body: replay() };
  if (method === 'POST' && path === '/orders') {
    const order = parse(body);
    if (!/^ord-\d{1,9}$/.test(order?.id))
      return { status: 400, body: { error: 'An order needs an id like ord-1001.' } };
    const status = takeOrder(order);
    return { status, body: { id: order.id, state: status === 201 ? 'paid' : 'parked' } };
  }
  return { status: 404, body: { error: `Nothing answers ${method} ${path}.` } };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const server = createServer((request, response) => {
  lastRequest = Date.now();
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
    if (body.length > BODY_LIMIT) request.destroy();
  });
  request.on('end', () => {
    const { status, body: reply } = answer(request.method, request.url, body);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(`${JSON.stringify(reply)}\n`);
  });
});

function stop(why) {
  log('INFO', `stopped: ${why}`);
  process.exit(0);
}

/** Tells ctl.mjs where the service is, in files that are whole or not there. */
function announce() {
  const { port } = server.address();
  const write = (name, text) => {
    writeFileSync(join(stateFolder, `${name}.new`), text, { mode: 0o600 });
    renameSync(join(stateFolder, `${name}.new`), join(stateFolder, name));
  };
  log('INFO', `listening on 127.0.0.1:${port}, ${POOL_SIZE} connections`);
  write('url', `http://127.0.0.1:${port}\n`);
  write('service.json', `${JSON.stringify({ pid: process.pid, port })}\n`);
}

server.on('error', (error) => {
  // After a restart the old port can be taken by someone else; any other will do.
  if (error.code === 'EADDRINUSE' && wantedPort !== '0') server.listen(0, '127.0.0.1');
  else {
    log('ERROR', `cannot listen: ${error.message}`);
    process.exit(1);
  }
});
server.on('listening', announce);
process.on('SIGTERM', () => stop('asked to'));
// A demo that was left running ends by itself.
setInterval(() => {
  if (Date.now() - lastRequest > IDLE_LIMIT_MS) stop('no request for two hours');
}, 60_000).unref();
server.listen(Number(wantedPort), '127.0.0.1');
