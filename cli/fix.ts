/** `runline check --fix`: writes the fixes that are safe to apply unseen, and not another byte. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Finding, fixText } from '../core/rules/index.ts';
import { type InputFile, reason } from './files.ts';
import { type Io, UsageError, visible } from './io.ts';

/** Whether fixes are written, or only named on standard error. */
export type FixMode = 'write' | 'show';

/**
 * Fixes one file; answers how many findings that mends. A file whose bytes are no UTF-8 is left alone, since to write it
 * would change what is not understood.
 * @throws UsageError where the file cannot be read or written
 */
export async function fixFile(
  { path, name }: InputFile,
  mode: FixMode,
  findingsOf: (text: string) => Promise<readonly Finding[]>,
  io: Io,
): Promise<number> {
  const whole = decode(path, name);
  if (whole === null) {
    io.err(`runline: ${visible(name)} is not UTF-8 text, so nothing in it is fixed.\n`);
    return 0;
  }
  const mark = whole.startsWith('\ufeff') ? '\ufeff' : '';
  const { text, applied } = await fixText(whole.slice(mark.length), findingsOf);
  if (applied.length === 0) return 0;
  if (mode === 'show')
    for (const { finding, fix } of applied)
      io.err(`${visible(`${name}:${finding.range.start.line + 1}: ${fix.title} (${finding.rule})`)}\n`);
  else {
    try {
      writeFileSync(path, mark + text);
    } catch (error) {
      throw new UsageError(`${name} cannot be written: ${reason(error)}`);
    }
  }
  return applied.length;
}

/** The file's text with its byte order mark, or null where its bytes are not UTF-8. */
function decode(path: string, name: string): string | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${reason(error)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
