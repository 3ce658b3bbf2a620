/** Contacts: whom to reach, from tables, bullets under contact headings, and YAML. */

import type { Contact, Table } from '../types.ts';
import type { FactLine, Facts } from './facts.ts';
import type { YamlContact } from './yamlFacts.ts';

const HEADING = /contact|on-?call|escalat|support|who to (?:call|ask|reach)|phone|vendors?/i;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/;
const PHONE = /(?:\+|\b00)?\(?[\dxX]{1,4}\)?(?:[ .()/-]{1,2}[\dxX]{2,}){1,5}/;
const CHANNEL = /(?:^|[\s:(])(#[a-z][\w-]{1,79})/i;

/** `PagerDuty`, `Via Slack /incident`, `Azure Portal`, `Phone support`: short, and about nothing else. */
const SERVICE =
  /^(?:via |check |see |use |open )?(?:(?:slack|pager ?duty|opsgenie|victor ?ops|grafana on-?call|(?:ms|microsoft) teams)\b.{0,40}|(?:[\w.-]+ ){0,2}(?:(?:support |customer |service )?portal|(?:phone|chat|e-?mail) support|support (?:case|ticket|request|console)|(?:help|service) ?desk|hotline)s?)$/i;
/** `@infra-team`, `@org/storage`: somebody to mention in a chat or a ticket. */
const HANDLE = /(?:^|[\s:(,])(@[a-z][\w-]{1,60}(?:\/[\w-]{1,60})?)(?![\w.@-])/i;

interface Reach {
  name: string | null;
  phone: string | null;
  email: string | null;
  channel: string | null;
}

/** Contacts in document order. */
export function readContacts(facts: Facts): Contact[] {
  const contacts: Contact[] = [];
  for (const table of facts.tables) contacts.push(...fromTable(table, facts));
  contacts.push(...fromLists(facts));
  for (const { facts: yaml, range } of facts.yaml) {
    for (const contact of yaml.contacts)
      contacts.push({ ...fromYaml(contact), range: range(contact.start, contact.end) });
  }
  return contacts.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

function finish(role: string, reach: Reach): Omit<Contact, 'range'> {
  const empty = reach.phone === null && reach.email === null && reach.channel === null;
  return { role, ...reach, empty };
}

/** A phone number that can be called: `+44-xxx-xxx-xxxx` and `000-000-0000` cannot. */
function livePhone(text: string): string | null {
  const phone = PHONE.exec(text)?.[0].trim();
  if (phone === undefined || /x{2,}/i.test(phone)) return null;
  const digits = phone.replace(/\D/g, '');
  return digits.length < 6 || /^(\d)\1*$/.test(digits) ? null : phone;
}

/** Adds whatever a text holds to reach someone by; what is there already stays. */
function collect(text: string, reach: Reach, key = ''): void {
  const email = EMAIL.exec(text)?.[0] ?? null;
  reach.email ??= email;
  if (email === null || text.length > email.length + 5)
    reach.phone ??= livePhone(email === null ? text : text.replace(email, ''));
  reach.channel ??= CHANNEL.exec(text)?.[1] ?? HANDLE.exec(text)?.[1] ?? null;
  const named = /slack|channel|teams|pager|opsgenie/i.test(key) || SERVICE.test(text);
  if (reach.channel === null && named && isValue(text)) reach.channel = text.trim();
}

/** Whether a cell says something: not empty, a dash, `TBD` or a placeholder. */
function isValue(text: string): boolean {
  return !/^(?:|[-–—]+|n\/?a|tbd|todo|none|\?+|\[.*\]|<.*>|x+|…|\.\.\.)$/i.test(text.trim());
}

const COLUMN = {
  role: /^(?:role|team|title|position|responsib\w+|function|service|area|contact type|level|escalation level|type|vendor|who)$/i,
  name: /^(?:name|person|contact(?: name| person)?|primary|on-?call|individual|member|owner)$/i,
  phone: /phone|mobile|tel\b|number|cell/i,
  email: /e-?mail/i,
  channel: /slack|channel|teams|pager|chat|opsgenie/i,
  contact: /^contact(?: info(?:rmation)?| details?| method)?$|^(?:how to )?reach/i,
};

function fromTable(table: Table, facts: Facts): Contact[] {
  // Headers in two languages: `Vai trò / Role`.
  const has = (pattern: RegExp): number =>
    table.header.findIndex((cell) => cell.text.split(' / ').some((part) => pattern.test(part.trim())));
  const reached = [COLUMN.phone, COLUMN.email, COLUMN.channel, COLUMN.contact].map(has);
  const who = [COLUMN.role, COLUMN.name].map(has);
  const titled = /\bcontacts?\b/i.test(facts.titles(table.section)[0] ?? '');
  if ((reached.every((index) => index === -1) && !titled) || who.every((index) => index === -1)) return [];
  // An inventory of tools or alerts has a channel column too; a table of people has at least one more telling column.
  if (
    has(
      /severity|alert|metric|action|status|version|documentation|response|\bslas?\b|description|purpose/i,
    ) !== -1
  )
    return [];
  const roleAt = who[0] === -1 ? (who[1] ?? 0) : (who[0] ?? 0);
  const nameAt = table.header.findIndex((cell, index) => index !== roleAt && COLUMN.name.test(cell.text));
  const contacts: Contact[] = [];
  for (const row of table.rows) {
    const role = row[roleAt]?.text ?? '';
    const first = row[0]?.range.start;
    const last = row.at(-1)?.range.end;
    if (role === '' || first === undefined || last === undefined) continue;
    const reach: Reach = { name: null, phone: null, email: null, channel: null };
    for (const [index, cell] of row.entries()) {
      if (index !== roleAt) collect(cell.text, reach, table.header[index]?.text ?? '');
    }
    const name = row[nameAt]?.text ?? '';
    if (isValue(name) && !name.includes('@') && !PHONE.test(name) && name !== reach.channel)
      reach.name = name;
    contacts.push({ ...finish(role, reach), range: { start: first, end: last } });
  }
  return contacts;
}

/** Keys that say how to reach the one whom the line above names, and not who it is. */
const MEANS =
  /^(?:e-?mail|phone|mobile|tel|telephone|slack|channel|teams|pager ?duty|pager|chat|opsgenie|hotline)$/i;
/** Who it is, below a heading that says which role: `### Primary on-call` above `- **Name**: Ada`. */
const PERSON = /^(?:name|person|who)$/i;

function fromLists(facts: Facts): Contact[] {
  const contacts: Contact[] = [];
  let group: { label: string | null; list: number | null; lines: FactLine[]; reach: Reach } | null = null;
  const flush = () => {
    const last = group?.lines.at(-1);
    const first = group?.lines[0];
    if (group === null || first === undefined || last === undefined) return;
    const role = group.label ?? facts.titles(first.section)[0] ?? 'Contact';
    contacts.push({ ...finish(role, group.reach), range: { start: first.range.start, end: last.range.end } });
    group = null;
  };
  let person: { line: FactLine; name: string } | null = null;
  for (const line of facts.lines) {
    if (line.list === null) {
      const contact = fromParagraph(line, facts);
      if (contact !== null) contacts.push({ ...contact, range: line.range });
      continue;
    }
    if (
      !facts
        .titles(line.section)
        .slice(0, 2)
        .some((title) => HEADING.test(title))
    )
      continue;
    const pair = /^([^:]{1,60}?)\s*(?::|\s[-–—]\s)\s*(.*)$/s.exec(line.text);
    const key = pair?.[1]?.trim() ?? '';
    const value = pair?.[2]?.trim() ?? '';
    const opened: boolean = group !== null && group.list === line.list;
    const below: typeof person = !opened && person?.line.list === line.list ? person : null;
    if (MEANS.test(key) || (below !== null && /^contact$/i.test(key))) {
      if (group === null || !opened) {
        flush();
        group = {
          label: line.label,
          list: line.list,
          lines: below === null ? [] : [below.line],
          reach: { name: below?.name ?? null, phone: null, email: null, channel: null },
        };
      }
      group.lines.push(line);
      collect(value, group.reach, key);
      continue;
    }
    const contact = pair === null ? null : fromBullet(key, value, line, facts);
    if (contact !== null) contacts.push({ ...contact, range: line.range });
    else if (PERSON.test(key) && isValue(value)) person = { line, name: value };
  }
  flush();
  return contacts;
}

/** A line of a paragraph under a title about contacts that names somebody with a number or an address: `Primary: Ada (ada@…)`. */
function fromParagraph(line: FactLine, facts: Facts): Omit<Contact, 'range'> | null {
  if (line.text.length > 160 || !/\bcontacts?\b/i.test(facts.titles(line.section)[0] ?? '')) return null;
  const [, key = '', value = ''] = /^([^:.]{2,40}):\s+(\S.*)$/s.exec(line.text) ?? [];
  if (key === '' || MEANS.test(key) || key.split(/\s+/).length > 5) return null;
  if (!EMAIL.test(value) && livePhone(value) === null) return null;
  return fromBullet(key, value, line, facts);
}

/** `**Primary On-Call**: DevOps Team (+44-…)`, `Railway Support: support@…`. */
function fromBullet(key: string, value: string, line: FactLine, facts: Facts): Omit<Contact, 'range'> | null {
  const reach: Reach = { name: null, phone: null, email: null, channel: null };
  collect(value, reach);
  const dead = PHONE.test(value) && /x{2,}/i.test(PHONE.exec(value)?.[0] ?? '');
  const reachable = reach.phone !== null || reach.email !== null || reach.channel !== null;
  // "Ask `@infra` to restart it" is a step.
  if (reachable && reach.channel?.startsWith('@') && !value.startsWith('@') && !/[(:]\s*@/.test(value))
    return null;
  // An empty line of a contact list is a contact that nobody filled in; a line that introduces others is not.
  const blank =
    value === '' &&
    /^(?:\*\*|__)/.test(line.raw) &&
    /\bcontacts?\b/i.test(facts.titles(line.section)[0] ?? '');
  if (!reachable && !dead && !blank) return null;
  const name = value
    .replace(EMAIL, '')
    .replace(PHONE, '')
    .replace(CHANNEL, '')
    .replace(/\(\s*[,;|/]*\s*\)/g, '')
    .replace(/^[\s,;|/–—-]+|[\s,;|/–—-]+$/g, '')
    .trim();
  if (isValue(name) && name.length <= 80 && name !== reach.channel) reach.name = name;
  return finish(key, reach);
}

function fromYaml(contact: YamlContact): Omit<Contact, 'range'> {
  const reach: Reach = { name: null, phone: null, email: null, channel: null };
  for (const { key, value } of contact.fields) {
    collect(value, reach, key);
  }
  for (const names of [
    /^(?:name|contact|person)$/i,
    /^(?:primary|owner|lead)$/i,
    /^(?:company|firm|vendor)$/i,
  ]) {
    const value = contact.fields.find(({ key }) => names.test(key))?.value ?? '';
    if (isValue(value) && !EMAIL.test(value) && !PHONE.test(value)) reach.name ??= value;
  }
  return finish(contact.role, reach);
}
