/** The words by which documents name what they say about themselves. */
import type { MetadataEntry } from '../types.ts';

/** What an entry says, whatever word the document has for it. */
export type MetadataKey = MetadataEntry['key'];

interface Names {
  readonly key: MetadataKey;
  /** Can only be about a document. */
  readonly certain: RegExp;
  /** Can be about a service, an incident or a file as well. */
  readonly other: RegExp | null;
}

const DOCUMENT = '(?:document|doc|runbook|page|playbook|procedure|sop)';

const NAMES: readonly Names[] = [
  {
    key: 'owner',
    certain: new RegExp(`^${DOCUMENT} owners?$`, 'i'),
    other:
      /^(?:(?:primary|process|business|technical|service|team) )?owners?$|^owner\(s\)$|^owned by$|^owning team$|^(?:responsible|accountable)(?: (?:team|party|person))?$|^team$/i,
  },
  {
    key: 'maintained-by',
    certain: new RegExp(`^maintained by$|^${DOCUMENT} maintainers?$`, 'i'),
    other: /^maintainers?$|^maintainer\(s\)$|^maintained$/i,
  },
  {
    key: 'last-updated',
    certain:
      /^(?:date |document |doc |runbook )?last[ -](?:updated?|modified|revised|revision|reviewed?|edited)(?: on| date)?$|^date (?:last )?(?:modified|updated|revised|reviewed)$/i,
    other: /^(?:updated|revised|modified|reviewed)(?: on| at)?$|^revision date$|^lastmod$/i,
  },
  {
    key: 'next-review',
    certain:
      /^next (?:scheduled |planned )?review(?: date| due| on)?$|^review (?:due|by|before)(?: date)?$|^(?:due for|to be) review(?:ed)?(?: on| by)?$/i,
    other: /^review date$/i,
  },
  {
    key: 'review-cycle',
    certain: /^review (?:cycle|frequency|cadence|interval|period|schedule)$|^reviewed every$|^review in$/i,
    other: null,
  },
  {
    key: 'version',
    certain: new RegExp(`^${DOCUMENT} (?:version|revision|rev\\.?)$`, 'i'),
    other: /^(?:version|revision)$/i,
  },
  { key: 'status', certain: new RegExp(`^${DOCUMENT} status$`, 'i'), other: /^status$/i },
  {
    key: 'created',
    certain: new RegExp(`^${DOCUMENT} created(?: on)?$`, 'i'),
    other:
      /^created(?: on| at| date)?$|^(?:creation|publication|effective) date$|^date created$|^published(?: on)?$/i,
  },
  {
    key: 'contact',
    certain: new RegExp(`^${DOCUMENT} contacts?$`, 'i'),
    other:
      /^contacts?(?: e-?mail| person)?$|^point of contact$|^poc$|^(?:owner|team) (?:slack|contact|e-?mail|channel)$/i,
  },
  {
    key: 'id',
    certain: new RegExp(`^${DOCUMENT} (?:id|identifier|no\\.?|number|#)$`, 'i'),
    other: /^(?:id|identifier)$/i,
  },
];

/** What a key names; null where it is none of a document's own. Blanks, dashes and underscores count alike. */
export function metadataKey(
  written: string,
): { readonly key: MetadataKey; readonly certain: boolean } | null {
  if (written.length > 60) return null;
  const name = written
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[_\s]+/g, ' ')
    .replace(/[\s:]+$/, '');
  for (const { key, certain, other } of NAMES) {
    if (certain.test(name)) return { key, certain: true };
    if (other?.test(name)) return { key, certain: false };
  }
  return null;
}
