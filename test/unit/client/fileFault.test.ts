import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileFault } from '../../../client/fileFault.ts';

const fault = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: as the system says`), { code, path });

describe('a failed file operation', () => {
  it.each([
    ['EROFS', '/srv/x/.runline', /^\/srv\/x\/\.runline is on a file system that is read-only/],
    ['EACCES', '/srv/x', /may not be written by this user/],
    ['ENOSPC', undefined, /^A file cannot be written, because the disk is full/],
  ])('%s is said in words', (code, path, words) => {
    expect(fileFault(fault(code, path))).toMatch(words);
  });

  it('is recognised as the system makes it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'runline-fault-'));
    try {
      writeFileSync(join(folder, '.runline'), '');
      let made: unknown;
      try {
        mkdirSync(join(folder, '.runline', 'incidents'));
      } catch (error) {
        made = error;
      }
      expect(fileFault(made)).toMatch(/\.runline.incidents cannot be made, because a file stands/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([[new Error('plain')], ['text'], [fault('toString', '/x')], [fault('EIO', '/x')]])(
    'is not seen in %s',
    (error) => {
      expect(fileFault(error)).toBeUndefined();
    },
  );
});
