/** Output as people read it, cut to size, with nothing secret in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { cleanOutput, isSecretName, redactor } from '../../../core/execution/index.ts';
import { cutBytes, EXCERPT_BYTES, excerpt } from '../../../core/execution/output.ts';
import { secretValues } from '../../../core/execution/redaction.ts';

describe('cleanOutput', () => {
  const table: [what: string, raw: string, clean: string][] = [
    ['plain text with tabs', 'a\tb\nc\n', 'a\tb\nc\n'],
    ['colour', '\x1b[1;31merror\x1b[0m: no', 'error: no'],
    ['8-bit CSI', 'a\x9b31mb', 'ab'],
    ['a title', '\x1b]0;pwned\x07text', 'text'],
    ['a link, ended by ST', '\x1b]8;;https://x.example\x1b\\link\x1b]8;;\x1b\\', 'link'],
    ['the clipboard', 'a\x1b]52;c;aGVsbG8=\x07b', 'ab'],
    ['shell integration', '\x1b]633;D;0\x07ok', 'ok'],
    ['device control and APC', '\x1bPq#0\x1b\\a\x1b_x\x1b\\b', 'ab'],
    ['a string that never ends', 'a\x1b]0;never\nnext', 'a\nnext'],
    ['cursor moves and the other screen', '\x1b[?1049h\x1b[2J\x1b[Htop\x1b[?1049l', 'top'],
    ['charset and keypad', '\x1b(B\x1b=a\x1b>\x1b7', 'a'],
    ['an escape at the end', 'a\x1b', 'a'],
    ['CRLF', 'a\r\nb\r\n', 'a\nb\n'],
    ['a progress line', '10%\r50%\r100%\ndone\n', '100%\ndone\n'],
    ['a spinner', '|\b/\b-\bok\n', 'ok\n'],
    ['bold by overstriking', 'N\bNA\bA\n', 'NA\n'],
    ['bells, NUL, DEL', 'a\x07\0\x7fb', 'ab'],
    ['text turned around or hidden', 'a\u202eb\u2066c\u200bd\ufeffe\u2028f', 'abcdef'],
    ['letters of the world and emoji with joiners', 'é 漢字 👩\u200d💻', 'é 漢字 👩\u200d💻'],
  ];
  test.each(table)('%s', (_, raw, clean) => {
    expect(cleanOutput(raw)).toBe(clean);
    expect(cleanOutput(Buffer.from(raw))).toBe(clean);
  });

  test('leaves no control character of any input, and is done the second time', () => {
    const unit = fc.constantFrom(
      '\x1b',
      '[',
      ']',
      '\x07',
      '\r',
      '\n',
      '\b',
      '\x9b',
      'P',
      '\\',
      ';',
      '3',
      'm',
      'é',
      '\0',
      '\x9c',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (raw) => {
        const clean = cleanOutput(raw);
        expect(clean).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
        expect(cleanOutput(clean)).toBe(clean);
      }),
    );
  });

  test.each(['\x1b[', '\x1b]', '\x1b[1;', '\r', '\b', 'a\b', '\x1b'])(
    'is linear: a megabyte of %j',
    (unit) => {
      const begun = performance.now();
      cleanOutput(unit.repeat(1_000_000 / unit.length));
      expect(performance.now() - begun).toBeLessThan(1500);
    },
  );
});

test('cutBytes never cuts a character', () => {
  expect(cutBytes('aéb', 2)).toBe('a');
  expect(cutBytes('aéb', 3)).toBe('aé');
  expect(cutBytes('aéb', 2, true)).toBe('b');
  expect(cutBytes('a🚨b', 4)).toBe('a');
  expect(cutBytes('a🚨b', 5, true)).toBe('🚨b');
  expect(cutBytes('abc', 3)).toBe('abc');
});

describe('excerpt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runline-excerpt-'));
  const file = join(folder, 'output');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const of = async (content: string | Buffer, redact = async (text: string) => text) => {
    writeFileSync(file, content);
    return await excerpt(file, redact);
  };

  test('short output is whole, and all in the head', async () => {
    expect(await of('a\nb\n')).toEqual({ bytes: 4, truncated: false, head: 'a\nb\n', tail: '' });
    expect(await of('')).toEqual({ bytes: 0, truncated: false, head: '', tail: '' });
  });

  test('what head and tail hold together is not cut', async () => {
    const text = 'é'.repeat(4000);
    const { head, tail, truncated } = await of(text);
    expect(head + tail).toBe(text);
    expect(truncated).toBe(false);
  });

  test.each([9000, 130_000, 140_000, 1_000_000])('%i bytes keep both ends', async (size) => {
    const text = Array.from({ length: size / 10 }, (_, i) => `${String(i).padStart(9, '0')}\n`).join('');
    const { bytes, head, tail, truncated } = await of(text);
    expect({ bytes, truncated }).toEqual({ bytes: size, truncated: true });
    expect(head).toBe(text.slice(0, EXCERPT_BYTES));
    expect(tail).toBe(text.slice(-EXCERPT_BYTES));
  });

  test('a secret at the edge of what is read does not show in part', async () => {
    const secret = 'correct-horse-battery-staple';
    const { redact } = redactor([secret]);
    // Colour all through, so that little text is left of each window, with the secret across the window's edge.
    const noise = '\x1b[0m'.repeat(16_384).slice(0, 65_526);
    const { head, tail } = await of(
      `${noise}${secret}${'\x1b[0m'.repeat(20_000)}${secret}${noise.slice(0, 65_520)}`,
      redact,
    );
    for (const part of [head, tail]) expect(part).not.toMatch(/correct|staple|horse/);
  });

  test('a missing file is empty', async () => {
    expect(await excerpt(join(folder, 'none'), async (text) => text)).toEqual({
      bytes: 0,
      truncated: false,
      head: '',
      tail: '',
    });
  });
});

describe('redaction', () => {
  const secret = 'pä$$ w/rd+"1"&<x>';
  const forms: [what: string, text: string][] = [
    ['plain', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in a form', encodeURIComponent(secret).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in XML', 'pä$$ w/rd+&quot;1&quot;&amp;&lt;x&gt;'],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in Base64 by itself', Buffer.from(secret).toString('base64')],
    ['in Base64 after one byte', Buffer.from(`:${secret}`).toString('base64')],
    ['in Base64 after two bytes', Buffer.from(`u:${secret}`).toString('base64')],
    ['in Base64 within more', Buffer.from(`user:${secret}@host`).toString('base64')],
    ['in URL-safe Base64', Buffer.from(secret).toString('base64url')],
  ];
  test.each(forms)('finds a secret %s', async (_, text) => {
    const redacted = await redactor([secret]).redact(`before ${text} after`);
    expect(redacted).toMatch(/^before .{0,12}\[redacted\].{0,12} after$/);
    // At most the few characters of Base64 that its neighbours share in are left.
    expect(redacted.length).toBeLessThan('before [redacted] after'.length + 18);
  });

  test('finds each line of a secret of several, and the longer of two first', async () => {
    const { redact } = redactor(['first line!\nsecond line!', 'secret', 'secret-and-more']);
    expect(await redact('x second line! y secret-and-more z')).toBe('x [redacted] y [redacted] z');
  });

  test('finds what no one told it of', async () => {
    const text = await redactor([]).redact('postgres://app:hunter2hunter2@db.internal/app');
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('hunter2');
  });

  test('leaves short values alone: they would blot out words', async () => {
    expect(await redactor(['a', 'on', '']).redact('on a plain day')).toBe('on a plain day');
  });

  test.each([
    ['DB_PASSWORD', true],
    ['api-key', true],
    ['AwsSecretAccessKey', true],
    ['GITHUB_TOKEN', true],
    ['credentials', true],
    ['DATABASE_HOST', false],
    ['task-id', false],
  ])('%s is secret by name: %s', (name, secretName) => {
    expect(isSecretName(name)).toBe(secretName);
  });

  test('of an environment, values that are secret by name count, not paths and switches', () => {
    const env = {
      TOKEN: 'abcdefgh',
      SSH_KEY: '/home/ada/.ssh/id',
      USE_TOKEN: 'true',
      PASSES: '12345678',
      HOME: '/home/ada',
      KEY: 'us',
    };
    expect(secretValues(env)).toEqual(['abcdefgh']);
  });
});
