/** Output as people read it: what a terminal would have left standing, without what could act on one. */
import { open } from 'node:fs/promises';
import type { OutputExcerpt } from './types.ts';

/** Bytes of UTF-8 that head and tail may each have. */
export const EXCERPT_BYTES = 4096;

/** Read from either end of an output file: enough for an excerpt even where most of it is colour. */
const WINDOW_BYTES = 65_536;

/**
 * Escape sequences of ECMA-48 in their 7-bit and 8-bit forms. Each alternative begins differently and repeats one class alone,
 * so it is linear. A string sequence (OSC, DCS, SOS, PM, APC) that never ends is cut at the line's end.
 */
const SEQUENCES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/** Other controls but tab and line break; marks that turn or hide text (Trojan Source, CVE-2021-42574). */
const CONTROLS =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/**
 * Decodes UTF-8 (faults become U+FFFD), takes out escape sequences and controls, and folds progress lines: of text that
 * was written over after a carriage return, what was written last stays.
 */
export function cleanOutput(bytes: Uint8Array | string): string {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  const plain = text.includes('\x1b') || /[\x80-\x9f]/.test(text) ? text.replace(SEQUENCES, '') : text;
  const folded = /[\r\b]/.test(plain) ? plain.split('\n').map(foldLine).join('\n') : plain;
  return folded.replace(CONTROLS, '');
}

function foldLine(line: string): string {
  const parts = line.split(/\r+/).filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  return last.includes('\b') ? rubOut(last) : last;
}

/** `^H` as overstriking printers and spinners use it: the next character takes the place of the one before. */
function rubOut(line: string): string {
  const out: string[] = [];
  for (const char of line) {
    if (char === '\b') out.pop();
    else out.push(char);
  }
  return out.join('');
}

/** Cuts text to a number of UTF-8 bytes, never within a character; from the end if `fromEnd`. */
export function cutBytes(text: string, limit: number, fromEnd = false): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  if (fromEnd) {
    let start = bytes.length - limit;
    while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
    return bytes.toString('utf8', start);
  }
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

/**
 * Head and tail of an output file. Never reads more than two windows, however long the file or its lines are.
 * @param redact Takes secrets out; it sees clean text, before anything is cut off.
 * @param prepare A first look at the decoded text (`script` adds lines of its own).
 */
export async function excerpt(
  path: string,
  redact: (text: string) => Promise<string>,
  prepare: (text: string) => string = (text) => text,
): Promise<OutputExcerpt> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return { bytes: 0, truncated: false, head: '', tail: '' };
  try {
    const { size } = await file.stat();
    const first = await read(file, 0, Math.min(size, 2 * WINDOW_BYTES));
    if (size <= 2 * WINDOW_BYTES) {
      const text = await redact(cleanOutput(prepare(decode(first))));
      const head = cutBytes(text, EXCERPT_BYTES);
      const rest = text.slice(head.length);
      const tail = cutBytes(rest, EXCERPT_BYTES, true);
      return { bytes: size, truncated: tail.length < rest.length, head, tail };
    }
    const last = await read(file, size - WINDOW_BYTES, WINDOW_BYTES);
    // A window's first and last kilobyte may hold half a sequence or half a secret; the excerpt lies well inside.
    const head = await redact(cleanOutput(prepare(decode(first.subarray(0, WINDOW_BYTES)))));
    const tail = await redact(cleanOutput(prepare(decode(last))));
    return {
      bytes: size,
      truncated: true,
      head: cutBytes(dropEnd(head), EXCERPT_BYTES),
      tail: cutBytes(dropStart(tail), EXCERPT_BYTES, true),
    };
  } finally {
    await file.close();
  }
}

/** Where most of a window was colour, little text is left, and what was cut in two could reach the excerpt. */
const EDGE = 1024;
const dropEnd = (text: string): string =>
  text.length > EXCERPT_BYTES + EDGE ? text : text.slice(0, Math.max(0, text.length - EDGE));
const dropStart = (text: string): string => (text.length > EXCERPT_BYTES + EDGE ? text : text.slice(EDGE));

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function read(
  file: Awaited<ReturnType<typeof open>>,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
