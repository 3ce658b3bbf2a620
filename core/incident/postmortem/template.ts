/**
 * Fills a runbook's own template. Its headings, field names, columns, order and list style stay; each of its sample
 * values becomes a fact from the log, or a prompt that quotes the sample. Nothing else of it stands as a statement.
 */
import type { IncidentState } from '../types.ts';
import { type Block, blocksOf, plainText } from './blocks.ts';
import type { Fact, Facts } from './facts.ts';
import { fillHeading, takesTitle } from './heading.ts';
import { cell, prompt, trace } from './markdown.ts';
import { questionFor } from './questions.ts';
import { bulletStyle, bulletTimeline, isTimelineHeader, PLAIN_BULLET, tableTimeline } from './timeline.ts';

type Item = Extract<Block, { kind: 'item' }>;
type Table = Extract<Block, { kind: 'table' }>;

/** Sections in which bullets are free sentences: `Monitoring: alert was late` names no field there. */
const FREE =
  /went|didn.?t|did not|luck|lesson|learn|action|follow.?up|prevent|improve|next step|recommend|takeaway|factor|why/i;
const TIMELINE = /timeline|time line|chronolog|sequence of events|event log/i;
const ACTIONS = /action|follow.?up|prevent|next step|remediation|task/i;
const FIELD_TABLE = /^(field|item|attribute|property|detail|details|key|info|metric|question|information|)$/i;

/** Draws the draft. */
export function fillTemplate(template: string, facts: Facts): string {
  const blocks = blocksOf(template);
  const out = createOutput();
  const filler = createFiller(facts, out);
  const named = hasTitleSlot(blocks);
  for (let at = 0, first = true; at < blocks.length; ) {
    const block = blocks[at] as Block;
    if (block.kind === 'heading') {
      filler.heading(block, first);
      if (first && !named) out.line(`\n**Title**: ${facts.title.text}${trace(facts.title.events)}\n`);
      first = false;
      at++;
    } else if (block.kind === 'item') {
      let end = at;
      while (blocks[end]?.kind === 'item') end++;
      filler.list(blocks.slice(at, end) as Item[]);
      at = end;
    } else if (block.kind === 'prose' || block.kind === 'table') {
      let next = at + 1;
      while (blocks[next]?.kind === 'blank') next++;
      if (block.kind === 'table') filler.table(block);
      else filler.prose(block.text, blocks[next]);
      at++;
    } else {
      if (block.kind === 'blank') out.blank();
      else if (block.kind === 'rule') out.line(block.raw);
      else if (block.kind === 'metaRule') out.line('---');
      else filler.meta(block.key, block.value);
      at++;
    }
  }
  return out.text();
}

/** Lines of the draft. Keeps a paragraph from running on into the quotation above it. */
function createOutput() {
  const lines: string[] = [];
  let quoted = false;
  return {
    line(text: string) {
      if (quoted && !/^\s*([-*+#]|\d+[.)]|$)/.test(text)) lines.push('');
      lines.push(text);
      quoted = /^\s*>/.test(text);
    },
    blank() {
      lines.push('');
      quoted = false;
    },
    text: () =>
      `${lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim()}\n`,
  };
}

type Output = ReturnType<typeof createOutput>;

function createFiller(facts: Facts, out: Output) {
  const state: IncidentState = facts.state;
  /** Headings around the current place, outermost first; a bold label that ends in a colon counts as one. */
  let path: { level: number; title: string }[] = [];
  let timelineDone = false;

  const section = () => path.at(-1)?.title ?? '';
  const inTimeline = () => path.some(({ title }) => TIMELINE.test(title));
  const enter = (level: number, title: string) => {
    path = [...path.filter((outer) => outer.level < level), { level, title }];
  };

  function field(prefix: string, name: string, value: string, indent: string, hasChildren: boolean): void {
    const fact = facts.forField(name, value);
    const kept = prefix.trimEnd();
    if (fact !== null) out.line(`${kept} ${fact.text}${trace(fact.events)}`);
    else {
      out.line(kept);
      if (value !== '' || !hasChildren) out.line(`${indent}${prompt(questionFor(name), value)}`);
    }
  }

  /** Whether the timeline was written here: the first place for it gets all of it. */
  function timeline(draw: () => readonly string[], samples: readonly string[]): void {
    if (timelineDone) {
      out.line(
        prompt('what belongs here? All recorded events stand in the timeline above.', samples.join(' / ')),
      );
      return;
    }
    timelineDone = true;
    for (const line of draw()) out.line(line);
  }

  return {
    heading(block: Extract<Block, { kind: 'heading' }>, first: boolean): void {
      const level =
        block.underline === null ? block.open.trim().length : block.underline.trim().startsWith('=') ? 1 : 2;
      enter(level, plainText(block.text));
      const filled = fillHeading(block.text, facts, first);
      out.line(`${block.open}${filled.text}${trace(filled.events)}`);
      if (block.underline !== null) out.line(block.underline);
    },

    list(items: readonly Item[]): void {
      const timed = items.map((item) => bulletStyle(item.marker, item.text));
      const isTimeline = inTimeline() || timed.filter((style) => style !== null).length > items.length / 2;
      if (
        isTimeline &&
        !items.every((item) => splitField(item.text)?.bold === true && bulletStyle('', item.text) === null)
      ) {
        const style = timed.find((found) => found !== null) ?? {
          ...PLAIN_BULLET,
          marker: items[0]?.marker ?? '- ',
        };
        const unsaid = style.zone === '' && !/utc/i.test(section());
        timeline(
          () => [...(unsaid ? ['Times are UTC.', ''] : []), ...numbered(bulletTimeline(state, style))],
          items.map((item) => item.text),
        );
        return;
      }
      const free = FREE.test(section());
      /** The field that the current items hang under, and how deep they hang. */
      let label: { name: string; indent: number; asked: boolean } | null = null;
      items.forEach((item, index) => {
        if (label !== null && item.indent <= label.indent) label = null;
        const named = splitField(item.text);
        const indent = ' '.repeat(item.indent + 2);
        const hasChildren = (items[index + 1]?.indent ?? 0) > item.indent;
        const known = named !== null && facts.forField(named.name, named.value) !== null;
        if (named !== null && !item.checkbox && (!free || known)) {
          field(`${item.marker}${named.prefix}`, named.name, named.value, indent, hasChildren);
          label = { name: named.name, indent: item.indent, asked: false };
        } else {
          const about = label !== null && !label.asked ? label.name : index === 0 ? section() : null;
          const question = about === null ? 'another one?' : questionFor(about);
          if (label !== null) label.asked = true;
          out.line(`${item.marker}${prompt(question, item.text)}`);
        }
      });
    },

    table(block: Table): void {
      const { header, head, rows } = block;
      if (
        inTimeline() ||
        (isTimelineHeader(header) && rows.some((row) => bulletStyle('', row[0] ?? '') !== null))
      ) {
        const zoned = /utc|gmt/i.test(`${section()} ${header.join(' ')}`);
        timeline(
          () => [...head, ...tableTimeline(state, header, zoned)],
          [header.join(' | '), ...block.rawRows],
        );
        return;
      }
      const isFact = (name: string | undefined) =>
        name !== undefined && facts.forField(plainText(name), '') !== null;
      const labels = header.length === 2 && (FIELD_TABLE.test(header[0] ?? '') || isFact(header[0]));
      if (labels) {
        // Without a header of its own, such a table has its first field there.
        if (isFact(header[0])) out.line(fieldRow(header[0] ?? '', header[1] ?? ''));
        else out.line(head[0] ?? '');
        out.line(head[1] ?? '');
        for (const row of rows) out.line(fieldRow(row[0] ?? '', row[1] ?? ''));
        return;
      }
      for (const line of head) out.line(line);
      out.line(`|${'  |'.repeat(Math.max(1, header.length))}`);
      out.blank();
      const question = ACTIONS.test(section()) ? questionFor('action items') : questionFor(section());
      block.rawRows.forEach((row, index) => {
        out.line(
          prompt(
            index === 0 ? `one row each: ${question}` : 'another row?',
            row
              .trim()
              .replace(/^\||\|$/g, '')
              .trim(),
          ),
        );
      });
      if (block.rawRows.length === 0) out.line(prompt(`one row each: ${question}`, null));
    },

    prose(text: string, next: Block | undefined): void {
      const parts = fieldsOf(text);
      if (parts !== null) {
        for (const { prefix, name, value } of parts) {
          const opens =
            value === '' && (next?.kind === 'item' || next?.kind === 'table' || next?.kind === 'prose');
          if (opens && facts.forField(name, value) === null && next?.kind !== 'prose') {
            out.line(prefix.trimEnd());
            enter(7, name);
          } else field(prefix, name, value, '', false);
        }
        return;
      }
      if (inTimeline() && !timelineDone && next?.kind !== 'item' && next?.kind !== 'table') {
        timeline(() => ['Times are UTC.', '', ...bulletTimeline(state, PLAIN_BULLET)], []);
        return;
      }
      out.line(prompt(questionFor(section()), text));
    },

    meta(key: string, value: string): void {
      const fact = facts.forField(key, value);
      // YAML has no place for Markdown: a comment carries the prompt.
      if (fact === null) out.line(`${key}: # ${prompt(questionFor(key), value)}`);
      else out.line(`${key}: ${JSON.stringify(fact.text)} #${trace(fact.events)}`.replace(/ #$/, ''));
    },
  };

  function fieldRow(label: string, value: string): string {
    const fact: Fact = facts.forField(plainText(label), value) ?? {
      text: prompt(questionFor(plainText(label)), value),
      events: [],
    };
    return `| ${label} | ${cell(fact.text + trace(fact.events))} |`;
  }
}

/** Numbers a list on where its marker is a number. */
function numbered(lines: readonly string[]): string[] {
  return lines.map((line, index) =>
    line.replace(/^(\s*)\d+([.)])/, (_, indent, dot) => `${indent}${index + 1}${dot}`),
  );
}

interface Field {
  /** The name with its marks and colon, as written. */
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
  readonly bold: boolean;
}

/** `**Name**: value`, `**Name:** value` or `Name: value`; null for anything else. */
function splitField(text: string): Field | null {
  const bold = /^(\*\*|__)([^*_:]{1,60}?)(:?)\1(\s*:?)\s*(.*)$/.exec(text);
  if (bold !== null && (bold[3] === ':' || bold[4]?.trim() === ':' || bold[5] === '')) {
    const [, mark = '', name = '', colon = '', after = '', value = ''] = bold;
    return {
      prefix: `${mark}${name}${colon}${mark}${after.trimEnd()}`,
      name: name.trim(),
      value: value.trim(),
      bold: true,
    };
  }
  const plain = /^([A-Z][\w '()/&-]{0,40}):(?:\s+(.*))?$/.exec(text);
  if (plain === null || (plain[1] ?? '').split(' ').length > 5) return null;
  return { prefix: `${plain[1]}:`, name: plain[1] ?? '', value: (plain[2] ?? '').trim(), bold: false };
}

/** The fields of a line of prose: one, or several bold ones side by side; null where it is a sentence. */
function fieldsOf(text: string): Field[] | null {
  const starts = [...text.matchAll(/(?:\*\*|__)[^*_:]{1,60}(?::(?:\*\*|__)|(?:\*\*|__)\s*:)/g)].map(
    (match) => match.index,
  );
  if (starts.length > 1 && starts[0] === 0) {
    const pieces = starts.map((start, index) => withoutSeparator(text.slice(start, starts[index + 1])));
    const fields = pieces.map(splitField);
    if (fields.every((field) => field !== null)) return fields;
  }
  const one = splitField(text);
  return one === null ? null : [one];
}

/** `**Date**: x | ` → `**Date**: x`. */
function withoutSeparator(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t|·•,;/'.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

/** Whether the template itself has a place for the title: a slot in a heading, or a field. */
function hasTitleSlot(blocks: readonly Block[]): boolean {
  const headings = blocks.filter((block) => block.kind === 'heading');
  if (headings.some((block, index) => takesTitle(block.text, index === 0))) return true;
  const isTitle = (name: string) => /^(incident )?(title|name)$/i.test(name.trim());
  return blocks.some((block) => {
    if (block.kind === 'meta') return isTitle(block.key);
    if (block.kind === 'table') return block.rows.some((row) => isTitle(plainText(row[0] ?? '')));
    if (block.kind === 'item' || block.kind === 'prose')
      return fieldsOf(block.text)?.some((field) => isTitle(field.name)) === true;
    return false;
  });
}
