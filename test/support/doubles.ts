/**
 * A machine on which real runbooks can run without reaching anything: cloud tools and clients are doubles that only record
 * how they were called, and curl's every address is a server of ours on this machine.
 */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Tools that must never run for real in a test. */
const DOUBLES = [
  'aws',
  'kubectl',
  'railway',
  'docker',
  'docker-compose',
  'psql',
  'redis-cli',
  'npm',
  'alembic',
  'git',
];

/** Programs of the machine that blocks, the wrapper and VS Code may use. */
const REAL =
  'bash sh cat head tail date grep awk sed sort uniq sleep script curl env seq true false ps node ls mkdir rm dirname basename readlink uname tr wc id stty which getconf ldd'.split(
    ' ',
  );

export interface Machine {
  /** The only folder of the PATH. */
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
  /** Every call of a double: its name and its words. */
  calls(): string[];
  /** What the loopback server was asked: host and path. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** @param folder An empty folder that is removed by the caller. */
export async function makeMachine(folder: string): Promise<Machine> {
  const bin = join(folder, 'bin');
  const record = join(folder, 'calls.txt');
  mkdirSync(bin, { recursive: true });
  for (const name of DOUBLES) {
    const answer = name === 'aws' ? 'available' : 'ok';
    const lines = [
      '#!/bin/sh',
      `{ printf '%s' "${name}"; for a in "$@"; do printf ' %s' "$a"; done; echo; } >> "${record}"`,
      `echo ${answer}`,
    ];
    writeFileSync(join(bin, name), `${lines.join('\n')}\n`, { mode: 0o755 });
  }
  for (const name of REAL) {
    const found = (process.env.PATH ?? '')
      .split(':')
      .map((part) => join(part, name))
      .find((path) => existsSync(path));
    if (found !== undefined) symlinkSync(found, join(bin, name));
  }
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.headers.host}${request.url}`);
    response.end('{"status":"ok"}\n');
  });
  // A handshake that is not HTTP is hung up on at once, so that curl does not wait.
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  writeFileSync(
    join(folder, '.curlrc'),
    `connect-to = "::127.0.0.1:${port}"\ninsecure\nsilent\nmax-time = 5\n`,
  );
  // A login shell sets its own PATH; an editor asks one for the user's environment.
  for (const name of ['.profile', '.bash_profile', '.bashrc'])
    writeFileSync(join(folder, name), `export PATH="${bin}"\n`);
  return {
    bin,
    env: {
      HOME: folder,
      PATH: bin,
      CURL_HOME: folder,
      PGHOST: '127.0.0.1',
      DATABASE_HOST: '127.0.0.1',
      DATABASE_USER: 'reader',
      DATABASE_NAME: 'store',
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: '1',
    },
    calls: () => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : []),
    requests,
    close: () => new Promise((done) => void server.close(() => done())),
  };
}
