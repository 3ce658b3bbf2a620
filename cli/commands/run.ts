/** `runline run`: runs steps in order, stops at the first failure, and logs each before it is shown. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ulid } from 'ulid';
import {
  consentNeeded,
  type EventSink,
  isSecretName,
  type LogEvent,
  neededInputs,
  type RunHandle,
  readSessionVariables,
  type StepFinishedData,
  type StepRequest,
  sessionId,
  startStep,
  substitute,
  terminalStep,
  typedWord,
} from '../../core/execution/index.ts';
import { formatDuration, markActive, openLog, unmarkActive } from '../../core/incident/index.ts';
import {
  type BlockCommand,
  type BlockStep,
  findStep,
  parseRunbook,
  type Runbook,
} from '../../core/runbook/index.ts';
import { dialectOf, readScript } from '../../core/shell/index.ts';
import { ask } from '../ask.ts';
import { readText, slashed, workspaceOf } from '../files.ts';
import { type Command, type Io, oneOf, paint, UsageError } from '../io.ts';
import { incidentsIn, privateState, runlineFolder } from '../workspace.ts';

/** A block, or one command of it, ready to be asked about. */
interface Chosen {
  readonly id: string;
  readonly step: BlockStep;
  readonly command: BlockCommand | null;
}

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      set: { type: 'string', multiple: true, default: [] },
      incident: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      format: { type: 'string', default: 'pretty' },
      dir: { type: 'string' },
    },
  });
  const format = oneOf('format', values.format, ['pretty', 'json']);
  const [file, ...ids] = positionals;
  if (file === undefined || ids.length === 0)
    throw new UsageError('runline run takes a file and at least one step.');

  const path = resolve(io.cwd, file);
  const text = readText(path, file);
  const runbook = parseRunbook(text, { path });
  const chosen = ids.map((id) => choose(runbook, id, file));
  const given = readSet(values.set);
  const folder = runlineFolder(io, values.dir, dirname(path));
  const incidents = values.incident === undefined ? null : incidentsIn(folder, io);
  if (incidents !== null && values.incident !== undefined) await incidents.get(values.incident);

  const state = privateState(io);
  const session = sessionId(path, values.incident ?? null);
  const base: Base = {
    path: slashed(relativeToWorkspace(path)),
    sha256: createHash('sha256').update(text).digest('hex'),
    cwd: dirname(path),
    session,
  };

  // Everything that can be refused is refused before anything runs.
  for (const one of chosen) {
    const missing = placeholdersOf(one).filter((name) => lookUp(given, name) === undefined);
    if (missing.length > 0 && (values['dry-run'] || !io.interactive))
      throw unfilled(one, missing, 'placeholder');
    const risk = verdict(one).risk;
    if (!values['dry-run'] && consentNeeded(risk) !== 'none' && !values.yes && !io.interactive)
      throw new UsageError(
        `${one.id} is ${risk} and nobody can be asked. Look at it with --dry-run, then add --yes.`,
      );
    if (!values['dry-run'] && verdict(one).mode === 'terminal' && !io.interactive)
      throw new UsageError(
        `${one.id} needs a terminal (${verdict(one).reasons[0] ?? 'it is interactive'}). Run it from one.`,
      );
  }

  if (values['dry-run']) {
    for (const one of chosen) dryRun(one, given, base, format, io);
    return 0;
  }

  mkdirSync(join(state, 'logs'), { recursive: true, mode: 0o700 });
  const subject = values.incident ?? session;
  const log: EventSink =
    incidents !== null && values.incident !== undefined
      ? incidents.sink(values.incident)
      : await openLog(join(state, 'logs', `${session}.jsonl`), {
          subject,
          source: 'runline://cli',
          mode: 0o600,
        });
  const sink: EventSink = {
    async append(draft) {
      const event = await log.append(draft);
      if (format === 'json') io.out(`${JSON.stringify(event)}\n`);
      return event;
    },
  };

  for (const one of chosen) {
    const request = await prepare(one, given, base, { state, yes: values.yes }, io);
    if (request === null) return 1;
    if (format === 'pretty')
      io.out(`${paint(io, 'bold', `▷ ${request.source.title}`)} ${paint(io, 'dim', one.id)}\n`);
    const key = `step-${request.run}`;
    if (incidents !== null) await markActive(folder, key);
    try {
      const data = (await execute(request, sink, state, format, io)).data as unknown as StepFinishedData;
      if (format === 'pretty') io.out(`${ending(data, io)}\n`);
      if (data.outcome !== 'succeeded') return 1;
    } finally {
      if (incidents !== null) await unmarkActive(folder, key);
    }
  }
  return 0;
};

interface Base {
  readonly path: string;
  readonly sha256: string;
  readonly cwd: string;
  readonly session: string;
}

const verdict = (one: Chosen) => one.command?.classification ?? one.step.classification;

/** What would run, before substitution. */
const scriptOf = ({ step, command }: Chosen): string =>
  command === null ? step.script : step.script.slice(command.start, command.end);

/** The variables that it reads and does not set itself. */
function variablesOf(one: Chosen): readonly string[] {
  const dialect = dialectOf(one.step.effectiveLanguage);
  if (one.command === null || dialect === null) return one.step.unsetVariables;
  return readScript(scriptOf(one), { dialect, masks: inside(one) }).unsetVariables;
}

function choose(runbook: Runbook, id: string, file: string): Chosen {
  const found = findStep(runbook, id);
  if (found === undefined) {
    const near = runbook.steps
      .filter((step) => step.kind === 'block' && step.runnable)
      .map((step) => step.id);
    throw new UsageError(
      `${file} has no step "${id}". It has: ${near.slice(0, 20).join(', ')}${near.length > 20 ? ', …' : ''}.`,
    );
  }
  if (found.step.kind !== 'block')
    throw new UsageError(
      `${id} is ${found.step.kind === 'checklist' ? 'a checklist item' : 'an instruction'}: a person does it, nothing runs.`,
    );
  if (!found.step.runnable)
    throw new UsageError(`${id} cannot be run: it is ${found.step.effectiveLanguage} with no command in it.`);
  return { id, step: found.step, command: found.command ?? null };
}

/** The placeholders that stand in what would run, each once. */
function placeholdersOf(one: Chosen): string[] {
  return [...new Set(inside(one).map((placeholder) => placeholder.name))];
}

function inside(one: Chosen): { name: string; text: string; start: number; end: number }[] {
  const { command, step } = one;
  const from = command?.start ?? 0;
  const to = command?.end ?? step.script.length;
  return step.placeholders
    .filter((placeholder) => placeholder.start >= from && placeholder.end <= to)
    .map(({ name, text, start, end }) => ({ name, text, start: start - from, end: end - from }));
}

function readSet(pairs: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--set takes NAME=VALUE; it was given "${pair}".`);
    given.set(pair.slice(0, at).toLowerCase(), pair.slice(at + 1));
  }
  return given;
}

const lookUp = (given: ReadonlyMap<string, string>, name: string): string | undefined =>
  given.get(name.toLowerCase());

function unfilled(one: Chosen, names: readonly string[], what: 'placeholder' | 'variable'): UsageError {
  const list = names.map((name) => (what === 'variable' ? `$${name}` : name)).join(', ');
  const example = names.map((name) => `--set ${name}=…`).join(' ');
  return new UsageError(
    `${one.id} has ${what === 'variable' ? 'unset variables' : 'unfilled placeholders'}: ${list}. Give ${names.length === 1 ? 'it' : 'them'} with ${example}.`,
  );
}

/** Asks for what is missing, shows what needs consent; null where the person refused. */
async function prepare(
  one: Chosen,
  given: ReadonlyMap<string, string>,
  base: Base,
  options: { state: string; yes: boolean },
  io: Io,
): Promise<StepRequest | null> {
  const known = { env: io.env, sessionVariables: await readSessionVariables(options.state, base.session) };
  const variables = variablesOf(one);
  const needed = neededInputs({ placeholders: inside(one), variables }, known);
  const inputs: Record<string, string> = {};
  const missing: { name: string; what: 'placeholder' | 'variable' }[] = [];
  for (const name of needed.placeholders) missing.push({ name, what: 'placeholder' });
  for (const name of needed.variables) missing.push({ name, what: 'variable' });
  // A variable that the environment holds may still be set for this run.
  for (const name of variables) {
    const value = lookUp(given, name);
    if (value !== undefined) inputs[name] = value;
  }
  for (const { name, what } of missing) {
    const value = lookUp(given, name);
    if (value !== undefined) inputs[name] = value;
    else if (!io.interactive)
      throw unfilled(
        one,
        missing
          .filter((other) => other.what === what && lookUp(given, other.name) === undefined)
          .map((other) => other.name),
        what,
      );
    else inputs[name] = await ask(io, `${name}: `, isSecretName(name));
  }

  const { risk, mode, targets, reasons } = verdict(one);
  const language = one.step.effectiveLanguage;
  const script = substitute(scriptOf(one), inside(one), inputs, language);
  const wanted = consentNeeded(risk);
  let consent: StepRequest['consent'] = 'none-needed';
  if (wanted !== 'none') {
    if (options.yes) consent = 'yes-flag';
    else {
      io.err(`${script}\n\n${risk}: ${reasons.join('; ')}\n`);
      if (targets.length > 0)
        io.err(`target: ${targets.map((target) => `${target.kind} ${target.value}`).join(', ')}\n`);
      const word = wanted === 'type' ? typedWord(targets, one.id) : 'y';
      const answer = await ask(io, wanted === 'type' ? `Type ${word} to run it: ` : 'Run it? [y/N] ');
      if (answer.trim().toLowerCase() !== word.toLowerCase()) {
        io.err(`${one.id} was not run.\n`);
        return null;
      }
      consent = wanted === 'type' ? 'typed' : 'confirmed';
    }
  }
  const range = one.command?.range ?? one.step.range;
  return {
    run: ulid(),
    source: {
      path: base.path,
      sha256: base.sha256,
      stepId: one.id,
      title: one.step.title,
      line: range.start.line + 1,
      endLine: range.end.line + 1,
    },
    language,
    script,
    mode,
    risk,
    targets,
    cwd: base.cwd,
    inputs,
    variables,
    secretInputs: Object.keys(inputs).filter(isSecretName),
    session: base.session,
    consent,
  };
}

async function execute(
  request: StepRequest,
  sink: EventSink,
  state: string,
  format: string,
  io: Io,
): Promise<LogEvent> {
  const deps = { sink, stateFolder: state, env: io.env };
  let handle: RunHandle;
  if (request.mode === 'terminal') {
    const terminal = await terminalStep(request, deps);
    handle = terminal.handle;
    spawn(terminal.shellPath, terminal.shellArgs, {
      cwd: terminal.cwd,
      env: definedOnly({ ...io.env, ...terminal.env }),
      stdio: 'inherit',
    }).on('close', () => terminal.closed());
  } else {
    handle = await startStep(request, {
      ...deps,
      ...(format === 'pretty' ? { onOutput: (chunk: Uint8Array) => void process.stdout.write(chunk) } : {}),
    });
  }
  // Interrupting the command line cancels the step, and lets its end be written.
  const cancel = () => handle.cancel();
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  try {
    return await handle.finished;
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}

function definedOnly(env: Readonly<Record<string, string | null | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function dryRun(
  one: Chosen,
  given: ReadonlyMap<string, string>,
  base: Base,
  format: 'pretty' | 'json',
  io: Io,
): void {
  const values = Object.fromEntries(placeholdersOf(one).map((name) => [name, lookUp(given, name) ?? '']));
  const language = one.step.effectiveLanguage;
  const script = substitute(scriptOf(one), inside(one), values, language);
  const { risk, mode, targets, reasons } = verdict(one);
  if (format === 'json') {
    io.out(
      `${JSON.stringify({ step: one.id, language, script, risk, mode, reasons, targets, cwd: base.cwd })}\n`,
    );
    return;
  }
  io.out(
    `${paint(io, 'bold', one.id)} would run in ${base.cwd} (${language}, ${risk}, ${mode}):\n\n${script}\n\n`,
  );
}

function ending(data: StepFinishedData, io: Io): string {
  const time = formatDuration(data.durationMs);
  if (data.outcome === 'succeeded') return paint(io, 'green', `✓ ${time}`);
  if (data.outcome === 'cancelled') return paint(io, 'yellow', `⊘ cancelled · ${time}`);
  const how = data.exitCode !== null ? `exit ${data.exitCode}` : (data.signal ?? 'unknown end');
  return [paint(io, 'red', `✗ ${how} · ${time}`), ...data.notes].join('\n  ');
}

function relativeToWorkspace(path: string): string {
  const inside = relative(workspaceOf(dirname(path)), path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
