import type { Contact, Runbook } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';
import { blocksOf } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** Contacts that reach nobody. */
export const emptyContact: Rule = {
  id: 'contact/empty',
  title: 'A contact reaches nobody',
  severity: 'warning',
  docs: {
    what: 'Reports a contact without a name, phone, address or channel, and one whose only number is a dummy (`+1-xxx-xxx-xxxx`). Where nobody in a table can be reached, the table is reported once.',
    why: 'The contact is looked up when everything else has failed.',
    wrong: '| Role | Name | Phone |\n|---|---|---|\n| Primary on-call | | |',
    right:
      '| Role | Name | Phone |\n|---|---|---|\n| Primary on-call | rota “web” in the pager | +44 20 7946 0018 |',
    source:
      'Google, Site Reliability Engineering, ch. 14, "Managing Incidents": everybody must know whom to ask.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const group of groups(runbook)) {
      const empty = group.contacts.filter((contact) => contact.empty);
      if (empty.length > 1 && empty.length === group.contacts.length)
        yield {
          range: group.heading,
          message: `None of these ${empty.length} contacts can be reached: ${roles(empty)}. Fill in a name and a way to reach them.`,
        };
      else
        for (const contact of empty)
          yield {
            range: contact.range,
            message: `${contact.role || 'This contact'} cannot be reached: no phone, address or channel given here works.`,
          };
    }
  },
};

interface Group {
  /** Where a finding about the whole group stands. */
  readonly heading: Range;
  readonly contacts: Contact[];
}

/** Contacts by the table or block that they stand in; others each by themselves. */
function groups(runbook: Runbook): Iterable<Group> {
  const { source } = runbook;
  const blocks = blocksOf(runbook);
  const byPlace = new Map<number, Group>();
  for (const contact of runbook.contacts) {
    const { offset } = contact.range.start;
    const place = (at(runbook.tables, offset) ?? at(blocks, offset) ?? contact).range;
    const known = byPlace.get(place.start.offset);
    if (known) known.contacts.push(contact);
    else {
      const end = Math.min(place.end.offset, source.lineEnd(place.start.line));
      const heading = source.range(place.start.offset, end);
      byPlace.set(place.start.offset, { heading, contacts: [contact] });
    }
  }
  return byPlace.values();
}

/** The part that an offset stands in, of parts in document order that do not overlap; a search by halves. */
function at<T extends { readonly range: Range }>(parts: readonly T[], offset: number): T | undefined {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.range.end.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const part = parts[low];
  return part !== undefined && part.range.start.offset <= offset ? part : undefined;
}

function roles(contacts: readonly Contact[]): string {
  const names = contacts.map(({ role }) => role).filter((role) => role !== '');
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
