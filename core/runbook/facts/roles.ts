/**
 * Roles of an incident and teams on call, with what they do. Shapes: `| Role | Responsibility |` and rotations
 * (`| Team | Schedule | Primary |`) below a heading about roles; items and bold lines that begin with the name of a role
 * (`- **Incident Commander**: …`, `**Scribe** responsibilities:` above a list); headings below "Roles", or `## Role: Scribe`;
 * YAML (`crisis_team: {structure: {incident_commander: {primary: CTO}}}`). Names: PagerDuty's roles and those of the incident
 * command system. How to reach somebody is no role: tables and lists of contacts belong to contacts.ts.
 */
import type { Range } from '../../text.ts';
import type { Role, Table } from '../types.ts';
import type { FactLine, Facts } from './facts.ts';
import { isSeverityName } from './severity.ts';
import { headingWords, isFilled, readPairs, rowRange, says } from './words.ts';
import { type YamlNode, yamlTree } from './yamlTree.ts';

const CONTEXT =
  /\broles?\b|\bresponsibilit|\bon-?call\b|\brota\b|\brotation\b|\bcrisis\b|\b(?:response|incident|emergency|recovery) team\b|\bincident command\b|\bcommand structure\b|\bwar ?room\b|\braci\b|\bteam structure\b/i;
/** Roles of a machine, and rotations of keys and logs. */
const OTHER_CONTEXT =
  /\b(?:iam|rbac|cluster|database|db|user|access|permissions?|service account|aws|node) roles?\b|\brolebinding|\b(?:key|log|token|secrets?|certificate|credentials?|password|node|backup) rotation\b|\bcontacts?\b|\bescalation\b|\bcommunication channels?\b/i;

const NAME =
  /^(?:(?:deputy|acting|backup|primary|secondary|tertiary|internal|external|customer|executive|security|technical|engineering|operations|ops|communications?|platform|infrastructure|database|network|business|incident|major incident|crisis|response|recovery|dr|on-?call|duty|shift|planning|logistics|legal|product|sre|devops|dba|support|first|second|subject matter|team|site reliability|service)[ /-]+)*(?:commander|scribe|liaison|lead(?:er)?|manager|coordinator|responder|engineer|officer|deputy|facilitator|on-?call|expert|spokesperson|note ?taker|resolver|owner|team|sponsor|handler|analyst|dba|sre)s?(?:\s*\([^()]{1,40}\))?$/i;
/** Short forms that stand alone. */
const SHORT_NAME =
  /^(?:(?:primary|secondary|tertiary|backup)(?: on-?call)?|ic|sme|dba|sre|cto|ciso|all participants)$/i;
const INTRODUCED =
  /^(.{2,60}?)(?:\s*\(([^()]{1,80})\))?(?:\s+(?:responsibilities|duties|tasks|role|does|is responsible for))?$/i;

/** Roles in document order. */
export function readRoles(facts: Facts): Role[] {
  const roles = [
    ...facts.tables.flatMap((table) => fromTable(table, facts)),
    ...fromLines(facts),
    ...fromHeadings(facts),
    ...fromYaml(facts),
  ];
  return roles.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

function isRole(text: string): boolean {
  return text.length <= 80 && (NAME.test(text) || SHORT_NAME.test(text));
}

/** Whether one of the two nearest headings is about roles, and the nearest about nothing else. */
function inContext(facts: Facts, section: number | null): boolean {
  const [nearest = '', outer = ''] = facts.titles(section);
  if (OTHER_CONTEXT.test(nearest)) return false;
  return CONTEXT.test(nearest) || (CONTEXT.test(outer) && !OTHER_CONTEXT.test(outer));
}

const COLUMN = {
  name: /^(?:(?:incident |response |on-?call |team )?roles?|teams?|position|rotation|tier|responder|function|on-?call(?: role)?|title)$/i,
  holder:
    /^(?:primary|holder|names?|person|people|assigned(?: to)?|who|assignee|current|filled by|lead|members?)(?: on-?call)?$/i,
  duty: /^(?:(?:key |main |primary )?responsibilit(?:y|ies)|dut(?:y|ies)|(?:role )?description|what (?:they|it) do(?:es)?|does|coverage|schedule|purpose|tasks?|focus|scope|actions?|accountable for)$/i,
  reach: /phone|mobile|e-?mail|contact|slack|channel|pager(?! ?duty rotation)/i,
};

function fromTable(table: Table, facts: Facts): Role[] {
  const at = (pattern: RegExp, not = -1) =>
    table.header.findIndex((cell, index) => index !== not && pattern.test(cell.text));
  const name = at(COLUMN.name);
  if (name === -1 || at(COLUMN.reach) !== -1 || !inContext(facts, table.section)) return [];
  const holder = at(COLUMN.holder, name);
  const duty = at(COLUMN.duty, name);
  if (holder === -1 && duty === -1) return [];
  return table.rows.flatMap((row) => {
    const text = row[name]?.text ?? '';
    const range = rowRange(row);
    if (!isFilled(text) || range === null || isSeverityName(text)) return [];
    const who = row[holder]?.text ?? '';
    return [{ name: text, holder: isFilled(who) ? who : null, duty: row[duty]?.text ?? '', range }];
  });
}

/** Items and bold lines; of a bold line that introduces a list, the items are the duty. */
function fromLines(facts: Facts): Role[] {
  const roles: Role[] = [];
  for (const [index, line] of facts.lines.entries()) {
    const marked = /^(?:\*\*|__)/.test(line.raw);
    if (!marked || line.text.length > 600) continue;
    const items = line.list === null && line.text.endsWith(':') ? itemsBelow(facts.lines, index) : [];
    if (items.length > 0) {
      const match = INTRODUCED.exec(line.text.slice(0, -1).trim());
      if (
        match?.[1] === undefined ||
        !isRole(match[1]) ||
        OTHER_CONTEXT.test(facts.titles(line.section)[0] ?? '')
      )
        continue;
      roles.push({ name: match[1], holder: null, duty: items.join('; '), range: line.range });
    } else if (line.list !== null && inContext(facts, line.section)) {
      const [pair] = readPairs(line);
      if (pair === undefined || pair.value === '' || !isRole(pair.key)) continue;
      roles.push({ name: pair.key, holder: null, duty: pair.value, range: line.range });
    }
  }
  return roles;
}

/** The items of the list that begins right below a line. */
function itemsBelow(lines: readonly FactLine[], index: number): string[] {
  const list = lines[index + 1]?.list ?? null;
  if (list === null || lines[index + 1]?.section !== lines[index]?.section) return [];
  const items: string[] = [];
  for (let at = index + 1; lines[at]?.list === list; at++) items.push(lines[at]?.text ?? '');
  return items;
}

const ROLES_TITLE =
  /^(?:(?:incident|response|on-?call|team|key|crisis)\s+)*roles?(?:\s+(?:and|&)\s+responsibilities)?$|^structure of roles$/i;

/** `## Role: Scribe`, `## Scribe Responsibilities`, and `### Incident Commander` below "Roles". */
function fromHeadings(facts: Facts): Role[] {
  const roles: Role[] = [];
  for (const section of facts.sections) {
    const [words = ''] = headingWords(section.title);
    const said = /^role\s*:\s*(\S.{0,80})$/i.exec(words)?.[1];
    const parent = facts.sections[section.parent ?? -1]?.title ?? '';
    const below = isRole(words) && says(parent, ROLES_TITLE) ? words : undefined;
    const duties = /^(.{2,60}?)\s+(?:responsibilities|duties|expectations)$/i.exec(words)?.[1];
    // "On-call responsibilities" are those of everybody who is.
    const own = duties !== undefined && isRole(duties) && !/^on-?call$/i.test(duties) ? duties : undefined;
    const name = said ?? own ?? below;
    if (name === undefined) continue;
    roles.push({ name, holder: null, duty: firstText(facts, section.range), range: section.headingRange });
  }
  return roles;
}

/** The first line of a section; lines are in document order. */
function firstText({ lines }: Facts, range: Range): string {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.range.start.offset ?? 0) < range.start.offset) low = middle + 1;
    else high = middle;
  }
  const line = lines[low];
  return line !== undefined && line.range.start.offset < range.end.offset ? line.text : '';
}

const TEAM_KEY =
  /^(?:(?:crisis|incident|emergency|response|disaster|dr|recovery|war_room)_?(?:[a-z]+_){0,3}(?:team|command|roles|structure)|on_?call(?:_(?:rotation|team|schedule|roles?))?)$/i;
const WRAPPER_KEY = /^(?:structure|members|roles|positions|team)$/i;
const MEMBER_FIELD = {
  name: /^(?:role|title|position|name)$/i,
  holder: /^(?:primary|name|person|holder|assigned(?:_to)?|lead|who)$/i,
  duty: /^(?:role|responsibilit(?:y|ies)|dut(?:y|ies)|description|purpose)$/i,
};
const MAX_YAML_ROLES = 200;

/** Teams and their members in YAML; what stands below contacts is whom to call. */
function fromYaml(facts: Facts): Role[] {
  const roles: Role[] = [];
  for (const step of facts.steps) {
    if (step.kind !== 'block' || step.effectiveLanguage !== 'yaml') continue;
    if (!/team|command|roles|structure|on_?-?call/i.test(step.content)) continue;
    const add = (node: YamlNode, name: string, holder: string | null, duty: string) => {
      const range = facts.source.range(step.toSource(node.start), step.toSource(node.end));
      if (roles.length < MAX_YAML_ROLES) roles.push({ name, holder, duty, range });
    };
    const visit = (node: YamlNode): void => {
      const key = (node.key ?? '').replaceAll('-', '_');
      if (/contacts?$/i.test(key)) return;
      if (TEAM_KEY.test(key) && (node.entries.length > 0 || node.items.length > 0)) {
        add(node, node.key ?? '', null, '');
        members(node, add);
        return;
      }
      for (const child of [...node.entries, ...node.items]) visit(child);
    };
    for (const root of yamlTree(step.content)) visit(root);
  }
  return roles;
}

function members(
  team: YamlNode,
  add: (node: YamlNode, name: string, holder: string | null, duty: string) => void,
): void {
  for (const node of [...team.entries, ...team.items]) {
    if (WRAPPER_KEY.test(node.key ?? '')) {
      members(node, add);
      continue;
    }
    const valueAt = (pattern: RegExp, not: string | null) =>
      node.entries.find(
        ({ key, text }) => pattern.test(key ?? '') && isFilled(text ?? '') && (not === null || text !== not),
      )?.text ?? null;
    const name = node.key ?? valueAt(MEMBER_FIELD.name, null);
    if (name === null || !isRole(name.replace(/[_-]/g, ' '))) continue;
    const holder = valueAt(MEMBER_FIELD.holder, name);
    const duty = valueAt(MEMBER_FIELD.duty, name);
    if (holder !== null || duty !== null) add(node, name, holder, duty ?? '');
  }
}
