import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRunning, runFolder } from '../../../core/execution/index.ts';

const RUN = '01JD0000000000000000000000';
let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'runline-alive-'));
  mkdirSync(runFolder(state, RUN).folder, { recursive: true });
});
afterEach(() => rmSync(state, { recursive: true }));

describe('a run that somebody else started', () => {
  test('goes on while its process lives and has written no end', async () => {
    const child = spawn('sleep', ['30'], { detached: true, stdio: 'ignore' });
    try {
      const folder = runFolder(state, RUN);
      expect(await isRunning(state, RUN)).toBe(false);
      writeFileSync(folder.pid, `${readFileSync(`/proc/${child.pid}/stat`, 'latin1').trim()}\n`);
      expect(await isRunning(state, RUN)).toBe(true);
      writeFileSync(folder.exit, '0\n');
      expect(await isRunning(state, RUN)).toBe(false);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  test('is over where the process is gone, or its id is another process’s now', async () => {
    const child = spawn('true', { stdio: 'ignore' });
    await once(child, 'exit');
    const folder = runFolder(state, RUN);
    writeFileSync(folder.pid, `${child.pid}\n`);
    expect(await isRunning(state, RUN)).toBe(false);
    const own = readFileSync('/proc/self/stat', 'latin1').trim();
    const fields = own
      .slice(own.lastIndexOf(')') + 1)
      .trim()
      .split(' ');
    fields[19] = '1';
    writeFileSync(folder.pid, `${process.pid} (node) ${fields.join(' ')}\n`);
    expect(await isRunning(state, RUN)).toBe(false);
  });

  test('an id that is none is no path', async () => {
    expect(await isRunning(state, '../../etc')).toBe(false);
  });
});
