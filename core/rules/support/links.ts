/** What a link of a Markdown document points at. */
import type { Link } from '../../runbook/types.ts';

/** A link into this document or to a file beside it. */
export interface LocalTarget {
  /** Decoded path as written, relative or from the root of the repository; empty for this document. */
  readonly path: string;
  /** Decoded anchor without `#`, or null. */
  readonly anchor: string | null;
  /** Offset of the anchor's first character after `#` in the target as written; -1 without one. */
  readonly anchorOffset: number;
}

/** Where a link leads in the repository; null for addresses with a scheme, mail, templates and anything that is not a path. */
export function localTarget(link: Link): LocalTarget | null {
  const { target } = link;
  if (target === '' || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return null;
  // Templates of site generators and prose placeholders lead nowhere that can be checked.
  if (/\{\{|\{%|\$\{|[<>]|\$\(/.test(target)) return null;
  const hash = target.indexOf('#');
  const beforeHash = hash < 0 ? target : target.slice(0, hash);
  const path = decode(beforeHash.replace(/\?.*$/s, ''));
  const anchor = hash < 0 ? null : decode(target.slice(hash + 1));
  if (path === null || (hash >= 0 && anchor === null)) return null;
  return { path, anchor, anchorOffset: hash < 0 ? -1 : hash + 1 };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The one anchor that differs from the wanted one in marks and case alone. */
export function sameWords(wanted: string, anchors: Iterable<string>): string | null {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const key = bare(wanted);
  const same = key === '' ? [] : [...anchors].filter((anchor) => bare(anchor) === key);
  return same.length === 1 ? (same[0] ?? null) : null;
}

/** The one anchor at most two letters away, where the anchor is long enough for that to mean something. */
export function nearest(wanted: string, anchors: Iterable<string>): string | null {
  const limit = wanted.length >= 12 ? 2 : wanted.length >= 6 ? 1 : 0;
  const near = [...anchors].filter(
    (anchor) => Math.abs(anchor.length - wanted.length) <= limit && distance(wanted, anchor, limit) <= limit,
  );
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** Levenshtein distance; stops, with a number above the limit, once it must exceed it. */
function distance(a: string, b: string, limit: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(
        Math.min(
          (previous[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    if (Math.min(...row) > limit) return limit + 1;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
