/** Characters that deceive the eye: invisible ones, ones that turn the order of reading, control characters, and look-alikes. */

import { findMisread, type Misread } from './encoding.ts';

/** A stretch of neighbouring characters of one kind, on one line. */
export interface Deceptive {
  readonly kind: 'bidi' | 'mark' | 'zero-width' | 'soft-hyphen' | 'tag' | 'control' | 'return';
  readonly start: number;
  readonly end: number;
  /** Where direction is asked for: the line has letters that are written from right to left. */
  readonly rightToLeft: boolean;
}

/** A cheap look at the whole text: most documents have none of them. A form feed is a page break of a converted PDF, and hides nothing. */
const any =
  /[\u0000-\u0008\u000b\u000d-\u001f\u007f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0]|\udb40[\udc00-\udc7f]/g;
const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\ufe0f\u20e3]/u;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Scripts in which joiners between letters belong to the spelling. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
/** Scripts without spaces, in which a zero-width space says where a line may break. */
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const hangul = /\p{Script=Hangul}/u;

/** Whether a text has a character that `findDeceptive` looks at. */
export function mayDeceive(text: string): boolean {
  return text.search(any) >= 0;
}

/** Every deceptive character of a text outside of what its script or an emoji needs. One pass. */
export function findDeceptive(text: string): Deceptive[] {
  const found: Deceptive[] = [];
  let line = { start: 0, end: -1, rightToLeft: false };
  /** The end of the emoji sequence with tags that is being passed: 🏴 and the letters of a region. */
  let flagEnd = -1;
  let misread: readonly Misread[] | undefined;
  let nextMisread = 0;
  for (const match of text.matchAll(any)) {
    const { index: start, 0: char } = match;
    if (start < flagEnd) continue;
    const end = start + char.length;
    const code = char.codePointAt(0) ?? 0;
    const before = codePointBefore(text, start);
    const after = String.fromCodePoint(text.codePointAt(end) ?? 32);
    let kind: Deceptive['kind'];
    if (code === 0x0d) {
      // Half a line end, or the line end of a document that knows no other.
      if (text[end] === '\n' || !text.includes('\n')) continue;
      kind = 'return';
    } else if (code < 0x20 || code === 0x7f) kind = 'control';
    else if (code === 0xad) {
      // A byte of mis-read text: `text/mojibake` repairs it.
      misread ??= findMisread(text);
      while ((misread[nextMisread]?.end ?? Number.MAX_SAFE_INTEGER) <= start) nextMisread++;
      if ((misread[nextMisread]?.start ?? Number.MAX_SAFE_INTEGER) <= start) continue;
      kind = 'soft-hyphen';
    } else if (code >= 0xe0000) {
      if (before === '\u{1f3f4}') {
        flagEnd = start;
        while (/^\udb40[\udc20-\udc7f]/.test(text.slice(flagEnd, flagEnd + 2))) flagEnd += 2;
        continue;
      }
      kind = 'tag';
    } else if (code === 0x200e || code === 0x200f || code === 0x061c) kind = 'mark';
    else if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) kind = 'bidi';
    else {
      if ((code === 0xfeff && start === 0) || isSpelling(code, before, after)) continue;
      kind = 'zero-width';
    }
    const direction = kind === 'mark' || kind === 'bidi';
    if (direction) {
      if (start >= line.end) line = lineAround(text, start);
      // Marks only help a mixed line to be read; they belong where such a script is.
      if (line.rightToLeft && kind === 'mark') continue;
    }
    const last = found.at(-1);
    if (last?.end === start && last.kind === kind) found[found.length - 1] = { ...last, end };
    else found.push({ kind, start, end, rightToLeft: direction && line.rightToLeft });
  }
  return found;
}

function isSpelling(code: number, before: string, after: string): boolean {
  if (code === 0x200d)
    return (emoji.test(before) && emoji.test(after)) || joining.test(before) || joining.test(after);
  if (code === 0x200c) return joining.test(before) || joining.test(after);
  if (code === 0x200b || code === 0x2060) return unspaced.test(before) || unspaced.test(after);
  if (code === 0x180e) return joining.test(before) || joining.test(after);
  if (code === 0x115f || code === 0x1160 || code === 0x3164 || code === 0xffa0)
    return hangul.test(before) || hangul.test(after);
  return false;
}

function codePointBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return text.slice(low >= 0xdc00 && low <= 0xdfff ? at - 2 : Math.max(0, at - 1), at);
}

function lineAround(text: string, at: number): { start: number; end: number; rightToLeft: boolean } {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const found = text.indexOf('\n', at);
  const end = found < 0 ? text.length : found;
  return { start, end, rightToLeft: rightToLeft.test(text.slice(start, end)) };
}

/** Cyrillic, Greek and full-width characters that look like a Latin letter, and the letter. Signs of units and formulas (μ, Ω, ρ) are left out. */
const twins: ReadonlyMap<string, string> = new Map(
  [
    ...'аa еe оo рp сc хx уy іi јj ѕs һh ԁd ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЈJ ЅS'.split(' '),
    ...'οo ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX'.split(' '),
  ].map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** A word that mixes Latin letters with their twins of another script. */
export interface MixedWord {
  readonly start: number;
  readonly end: number;
  /** The word as it looks. */
  readonly latin: string;
  /** The first twin, and the letter that it looks like. */
  readonly twin: string;
  readonly letter: string;
}

/** Words in which every letter is Latin or looks so, and at least one of each is there: nobody spells so. */
export function findMixedWords(text: string): MixedWord[] {
  const found: MixedWord[] = [];
  if (!/[\u0370-\u052f]/.test(text)) return found;
  for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    if (!/[\u0370-\u052f]/.test(word) || !/[A-Za-z]/.test(word)) continue;
    const letters = [...word];
    const twin = letters.find((letter) => twins.has(letter));
    if (twin === undefined || letters.some((letter) => /[^\x20-\x7e]/.test(letter) && !twins.has(letter)))
      continue;
    found.push({
      start: index,
      end: index + word.length,
      latin: letters.map((letter) => twins.get(letter) ?? letter).join(''),
      twin,
      letter: twins.get(twin) ?? '',
    });
  }
  return found;
}
