/** `runline list`: what Runline understood of one runbook. */
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseRunbook, type Runbook, type Step } from '../../core/runbook/index.ts';
import type { Range } from '../../core/text.ts';
import { ownersOf } from '../../server/owners.ts';
import { readText, slashed, workspaceOf } from '../files.ts';
import { type Command, type Io, oneOf, paint, UsageError, visible } from '../io.ts';
import { describeBlock, describeNames } from './listBlocks.ts';
import { describeFacts } from './listFacts.ts';

export const list: Command = async (args, io) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'pretty' } },
  });
  const format = oneOf('format', values.format, ['pretty', 'json']);
  const [given, ...rest] = positionals;
  if (given === undefined || rest.length > 0) throw new UsageError('runline list takes one file.');
  const path = resolve(io.cwd, given);
  const runbook = parseRunbook(readText(path, given), { path });
  if (format === 'json') {
    const owners = ownersOf(path, workspaceOf(dirname(path)));
    io.out(`${JSON.stringify({ ...describe(runbook, slashed(given)), owners }, null, 2)}\n`);
  } else pretty(runbook, io);
  return 0;
};

const firstLine = (range: Range): number => range.start.line + 1;
const lastLine = (range: Range): number => range.end.line + 1;

/** The JSON form: a contract, see docs/cli.md. */
function describe(runbook: Runbook, file: string): object {
  return {
    file,
    title: runbook.title,
    steps: runbook.steps.map((step) => describeStep(step, runbook)),
    severityScales: runbook.severityScales.map((scale) => ({
      line: firstLine(scale.range),
      source: scale.source,
      levels: scale.levels.map(({ id, name, definition, response, examples }) => ({
        id,
        name,
        definition,
        response: response === null ? null : { text: response.text, seconds: response.seconds },
        examples,
      })),
    })),
    escalation: runbook.escalation.map(({ range, kind, after, severity, action }) => ({
      line: firstLine(range),
      kind,
      after: { text: after?.text ?? '', seconds: after?.seconds ?? null },
      severity,
      action,
    })),
    contacts: runbook.contacts.map(({ range, role, name, phone, email, channel, empty }) => ({
      line: firstLine(range),
      role,
      name,
      phone,
      email,
      channel,
      empty,
    })),
    templates: runbook.templates.map(({ kind, range, fields, columns, listStyle, samples }) => ({
      kind,
      line: firstLine(range),
      endLine: lastLine(range),
      fields: fields.map(({ name, sample, range: at }) => ({ name, sample, line: firstLine(at) })),
      columns,
      listStyle,
      samples: samples.map(firstLine),
    })),
    alerts: runbook.alerts.map(({ name, severity, response, range }) => ({
      name,
      severity,
      response: response === null ? null : { text: response.text, seconds: response.seconds },
      line: firstLine(range),
    })),
    ...describeFacts(runbook),
    ...describeNames(runbook),
  };
}

function describeStep(step: Step, runbook: Runbook): object {
  const common = {
    id: step.id,
    line: firstLine(step.range),
    endLine: lastLine(step.range),
    kind: step.kind,
    section: step.sectionPath,
  };
  if (step.kind !== 'block') {
    return {
      ...common,
      text: step.text,
      language: null,
      effectiveLanguage: null,
      runnable: false,
      risk: 'read-only',
      mode: 'capture',
      commands: step.inlineCommands.map(({ range, text, tool, classification }) => ({
        line: firstLine(range),
        endLine: lastLine(range),
        text,
        tool,
        risk: classification.risk,
        mode: classification.mode,
      })),
      placeholders: step.inlineCommands.flatMap(({ placeholders }) =>
        placeholders.map(({ name, text, range }) => ({
          name,
          text,
          line: firstLine(range),
          column: range.start.character + 1,
        })),
      ),
      variables: [],
      ...(step.kind === 'checklist' ? { checked: step.checked } : {}),
    };
  }
  return {
    ...common,
    language: step.language,
    effectiveLanguage: step.effectiveLanguage,
    runnable: step.runnable,
    risk: step.risk,
    mode: step.mode,
    commands: step.commands.map((command) => ({
      line: firstLine(command.range),
      endLine: lastLine(command.range),
      text: command.text,
      tool: command.tool,
      risk: command.classification.risk,
      mode: command.classification.mode,
    })),
    placeholders: step.placeholders.map(({ name, text, range }) => ({
      name,
      text,
      line: firstLine(range),
      column: range.start.character + 1,
    })),
    variables: step.variables,
    ...describeBlock(step, runbook),
  };
}

function pretty(runbook: Runbook, io: Io): void {
  io.out(`${paint(io, 'bold', runbook.title ?? '(untitled)')}\n`);
  let path = '';
  for (const step of runbook.steps) {
    const section = step.sectionPath.slice(1).join(' › ') || (step.sectionPath[0] ?? '');
    if (section !== path) {
      io.out(`\n${paint(io, 'cyan', section)}\n`);
      path = section;
    }
    io.out(`  ${String(firstLine(step.range)).padStart(5)}  ${prettyStep(step, io)}\n`);
  }
  for (const scale of runbook.severityScales) {
    io.out(`\n${paint(io, 'cyan', `Severities (line ${firstLine(scale.range)})`)}\n`);
    for (const level of scale.levels) {
      const name = level.name === null ? level.id : `${level.id} ${level.name}`;
      io.out(
        `  ${visible(`${name.padEnd(14)} ${(level.response?.text ?? '').padEnd(20)} ${level.definition}`)}\n`,
      );
    }
  }
  if (runbook.escalation.length > 0) {
    io.out(`\n${paint(io, 'cyan', 'Escalation')}\n`);
    for (const entry of runbook.escalation) {
      io.out(`  ${visible(`${(entry.after?.text ?? '').padEnd(14)} ${entry.action}`)}\n`);
    }
  }
}

function prettyStep(step: Step, io: Io): string {
  if (step.kind === 'checklist') return `[${step.checked ? 'x' : ' '}] ${visible(step.text)}`;
  if (step.kind === 'instruction') return `${step.number}. ${visible(step.text)}`;
  const first = step.commands[0]?.text.split('\n')[0] ?? step.content.split('\n')[0] ?? '';
  if (!step.runnable) return paint(io, 'dim', `◇ ${step.effectiveLanguage}  ${first}`);
  const risk =
    step.risk === 'destructive'
      ? paint(io, 'red', '⚠ destroys')
      : step.risk === 'mutating'
        ? paint(io, 'yellow', '• changes state')
        : '';
  const more = step.commands.length > 1 ? paint(io, 'dim', ` (+${step.commands.length - 1})`) : '';
  return `▷ ${paint(io, 'bold', step.id)}  ${visible(first)}${more}  ${risk}`.trimEnd();
}
