/** UTF-8 that was read as Windows-1252 once, and how to undo it. */

/** A stretch of mis-read text; `repaired` is null where a byte was lost and nothing certain can be said. */
export interface Misread {
  readonly start: number;
  readonly end: number;
  readonly repaired: string | null;
}

/** Windows-1252, 0x80 to 0x9F, as code points; 0 where the byte has no character. https://encoding.spec.whatwg.org/index-windows-1252.txt */
const high: readonly number[] = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];
/** The bytes that have no character there; some readers keep them as C1 controls, others drop them. */
const dropped: readonly number[] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

const byteOfChar = new Map<number, number>();
for (let byte = 0x80; byte <= 0x9f; byte++) {
  byteOfChar.set(byte, byte);
  const code = high[byte - 0x80];
  if (code) byteOfChar.set(code, byte);
}
for (let byte = 0xa0; byte <= 0xff; byte++) byteOfChar.set(byte, byte);

/** What the first byte of a sequence is read as. */
const lead = /[\u00c2-\u00f4]/g;

/** Every mis-read stretch of a text, neighbours on a line joined. One pass; the text's own accents stay untouched. */
export function findMisread(text: string): Misread[] {
  const found: Misread[] = [];
  for (const { index } of text.matchAll(lead)) {
    const last = found.at(-1);
    if (last !== undefined && index < last.end) continue;
    const next = sequenceAt(text, index, last?.end === index);
    if (next === null) continue;
    // A whole run is repaired at once; a run with a lost byte stays two findings, so that the sound part can be repaired.
    if (last?.end === next.start && (last.repaired === null) === (next.repaired === null))
      found[found.length - 1] = {
        start: last.start,
        end: next.end,
        repaired: last.repaired === null || next.repaired === null ? null : last.repaired + next.repaired,
      };
    else found.push(next);
  }
  return found;
}

function sequenceAt(text: string, start: number, follows: boolean): Misread | null {
  const lead = byteOfChar.get(text.charCodeAt(start)) ?? 0;
  const wanted = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  const bytes = [lead];
  for (let i = 1; i <= wanted; i++) {
    const byte = byteOfChar.get(text.charCodeAt(start + i)) ?? 0;
    if (byte < 0x80 || byte > 0xbf) break;
    bytes.push(byte);
  }
  if (bytes.length === wanted + 1) {
    const code = decode(bytes);
    return isPlausible(code)
      ? { start, end: start + bytes.length, repaired: String.fromCodePoint(code) }
      : null;
  }
  return bytes.length === wanted && hasLostByte(text, start, bytes, follows)
    ? { start, end: start + bytes.length, repaired: null }
    : null;
}

/**
 * Whether exactly one byte, of those that Windows-1252 drops, is missing. Letters alone prove nothing (`château…`): no
 * letter may stand before, unless it belongs to another mis-read character, and none behind. `â€` occurs in no language.
 */
function hasLostByte(text: string, start: number, bytes: readonly number[], follows: boolean): boolean {
  if (bytes.length < 2) return false;
  if (bytes[0] !== 0xe2 || bytes[1] !== 0x80) {
    if (!follows && /\p{L}/u.test(text[start - 1] ?? '')) return false;
    if (bytes.length === 2 && /[a-z]/i.test(text[start + 2] ?? '')) return false;
  }
  for (const byte of dropped)
    for (let at = 1; at <= bytes.length; at++) {
      const code = decode([...bytes.slice(0, at), byte, ...bytes.slice(at)]);
      if (code > 0xff && isPlausible(code)) return true;
    }
  return false;
}

/** The code point of a UTF-8 sequence whose bytes are in range; 0 for overlong forms. */
function decode(bytes: readonly number[]): number {
  const [lead = 0, ...rest] = bytes;
  let code = rest.length === 1 ? lead & 0x1f : rest.length === 2 ? lead & 0x0f : lead & 0x07;
  for (const byte of rest) code = (code << 6) | (byte & 0x3f);
  const least = rest.length === 1 ? 0x80 : rest.length === 2 ? 0x800 : 0x10000;
  return code < least || code > 0x10ffff ? 0 : code;
}

/** What runbooks really hold: Latin-1, punctuation, arrows, box drawing, symbols, emoji. Keeps `é` + no-break space + `«` from being read as one letter. */
function isPlausible(code: number): boolean {
  return (
    (code >= 0xa0 && code <= 0xff) ||
    (code >= 0x200b && code <= 0x206f) ||
    (code >= 0x2070 && code <= 0x2bff) ||
    (code >= 0x3000 && code <= 0x3003) ||
    code === 0xfe0e ||
    code === 0xfe0f ||
    code === 0xfeff ||
    (code >= 0x1f000 && code <= 0x1faff)
  );
}
