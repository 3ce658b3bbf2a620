/** `runline run`: runs steps in order, stops at the first failure, and logs each before it is shown. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ulid } from 'ulid';
import {
  consentNeeded,
  destroyedBy,
  type EventSink,
  isSecretName,
  type LogEvent,
  neededInputs,
  type RunHandle,
  readSessionVariables,
  type StepDeps,
  type StepFinishedData,
  type StepRequest,
  sessionId,
  startStep,
  substitute,
  terminalStep,
  typedWord,
} from '../../core/execution/index.ts';
import { formatDuration, markActive, openLog, unmarkActive } from '../../core/incident/index.ts';
import { parseRunbook } from '../../core/runbook/index.ts';
import { targetInWords } from '../../core/shell/index.ts';
import { ask } from '../ask.ts';
import { isInside, readText, reason, slashed, workspaceOf } from '../files.ts';
import { type Command, type Io, oneOf, paint, UsageError, visible } from '../io.ts';
import {
  type Chosen,
  choose,
  filledVerdict,
  type Given,
  inside,
  lookUp,
  namesRead,
  placeholdersOf,
  readSet,
  scriptOf,
  variablesOf,
  verdict,
} from '../steps.ts';
import { incidentsIn, privateState, runlineFolder } from '../workspace.ts';

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
  const given = readSet(values.set, chosen, io);
  const folder = runlineFolder(io, values.dir);
  const incidents = values.incident === undefined ? null : incidentsIn(folder, io);
  // As the log spells it: the editor's session of this incident is the same.
  const incident =
    values.incident === undefined ? null : ((await incidents?.get(values.incident))?.id ?? null);

  const state = privateState(io);
  const session = sessionId(path, incident);
  const base: Base = {
    path: slashed(relativeToWorkspace(path, io)),
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
    if (!values['dry-run'] && verdict(one).mode === 'terminal' && !values.yes && !io.interactive)
      throw new UsageError(
        `${one.id} needs a terminal: it asks for input, or takes the whole screen. Run it from one, or add --yes to run it without input.`,
      );
  }

  if (values['dry-run']) {
    const known = { ...io.env, ...(await readSessionVariables(state, session)) };
    for (const one of chosen) {
      const unset = variablesOf(one).filter(
        (name) => known[name] === undefined && lookUp(given, name) === undefined,
      );
      if (unset.length > 0)
        io.err(
          `${one.id} reads variables that are not set: ${unset.map((name) => `$${name}`).join(', ')}.\n`,
        );
      dryRun(one, given, base, format, io);
    }
    return 0;
  }

  const log =
    incidents !== null && incident !== null ? incidents.sink(incident) : await privateLog(state, session);
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

async function privateLog(state: string, session: string): Promise<EventSink> {
  const folder = join(state, 'logs');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return await openLog(join(folder, `${session}.jsonl`), {
      subject: session,
      source: 'runline://cli',
      mode: 0o600,
    });
  } catch (error) {
    throw new UsageError(
      `Nothing was run: the private log in ${folder} cannot be written: ${reason(error)} Set XDG_STATE_HOME to a folder that can.`,
    );
  }
}

interface Base {
  readonly path: string;
  readonly sha256: string;
  readonly cwd: string;
  readonly session: string;
}

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
  given: Given,
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
  // A variable that the environment holds, or that has a default, may still be set for this run.
  for (const { value, variable } of given.values()) if (variable !== null) inputs[variable] = value;
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

  // Where consent was given and no terminal is there, the step gets no input and its output is kept like any other.
  const mode = verdict(one).mode === 'terminal' && !io.interactive ? 'capture' : verdict(one).mode;
  const language = one.step.effectiveLanguage;
  const secretInputs = Object.keys(inputs).filter(isSecretName);
  const fill = (values: Readonly<Record<string, string>>) =>
    substitute(scriptOf(one), inside(one), values, language);
  const script = fill(inputs);
  const { risk, targets, reasons } = filledVerdict(one, script);
  const wanted = consentNeeded(risk);
  let consent: StepRequest['consent'] = 'none-needed';
  if (wanted !== 'none') {
    if (options.yes) consent = 'yes-flag';
    else {
      const masked = Object.fromEntries(secretInputs.map((name) => [name, '•••']));
      io.err(`${visible(fill({ ...inputs, ...masked }))}\n\n${risk}: ${visible(reasons.join('; '))}\n`);
      for (const name of new Set(namesRead(one))) {
        const value = inputs[name] ?? known.sessionVariables[name] ?? io.env[name];
        if (value !== undefined)
          io.err(`with ${name}=${isSecretName(name) ? '•••' : visible(value.replaceAll('\n', '\\n'))}\n`);
      }
      if (targets.length > 0) io.err(`target: ${visible(targets.map(targetInWords).join(', '))}\n`);
      const word =
        wanted === 'type' ? typedWord(destroyedBy(script, language, targets).targets, one.id) : 'y';
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
    variables: [...new Set([...variables, ...[...given.values()].flatMap(({ variable }) => variable ?? [])])],
    secretInputs,
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
  // Interrupting the command line cancels the step, and lets its end be written; also while it is being started.
  let handle: RunHandle | null = null;
  let interrupted = false;
  const cancel = () => {
    interrupted = true;
    handle?.cancel();
  };
  for (const signal of INTERRUPTS) process.on(signal, cancel);
  try {
    const sqlClient = io.env.RUNLINE_SQL_CLIENT;
    const deps = { sink, stateFolder: state, env: io.env, ...(sqlClient === undefined ? {} : { sqlClient }) };
    handle = await start(request, deps, format, io);
    if (interrupted) handle.cancel();
    return await handle.finished;
  } finally {
    for (const signal of INTERRUPTS) process.off(signal, cancel);
  }
}

/** SIGHUP: the terminal was closed. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function start(request: StepRequest, deps: StepDeps, format: string, io: Io): Promise<RunHandle> {
  if (request.mode !== 'terminal')
    return startStep(request, {
      ...deps,
      ...(format === 'pretty' ? { onOutput: (chunk: Uint8Array) => void process.stdout.write(chunk) } : {}),
    });
  const terminal = await terminalStep(request, deps);
  spawn(terminal.shellPath, terminal.shellArgs, {
    cwd: terminal.cwd,
    env: definedOnly({ ...io.env, ...terminal.env }),
    // Results alone go to standard output: as JSON, what the program shows goes where its questions go.
    stdio: ['inherit', format === 'json' || process.stdout.isTTY !== true ? 2 : 'inherit', 'inherit'],
  })
    .on('error', () => terminal.closed())
    .on('close', () => terminal.closed());
  return terminal.handle;
}

function definedOnly(env: Readonly<Record<string, string | null | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function dryRun(one: Chosen, given: Given, base: Base, format: 'pretty' | 'json', io: Io): void {
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
    `${paint(io, 'bold', one.id)} would run in ${base.cwd} (${language}, ${risk}, ${mode}):\n\n${visible(script)}\n\n`,
  );
}

function ending(data: StepFinishedData, io: Io): string {
  const time = formatDuration(data.durationMs);
  if (data.outcome === 'succeeded') return paint(io, 'green', `✓ ${time}`);
  if (data.outcome === 'cancelled') return paint(io, 'yellow', `⊘ cancelled · ${time}`);
  const how = data.exitCode !== null ? `exit ${data.exitCode}` : (data.signal ?? 'unknown end');
  return [paint(io, 'red', `✗ ${how} · ${time}`), ...data.notes.map(visible)].join('\n  ');
}

function relativeToWorkspace(path: string, io: Io): string {
  const root = workspaceOf(io.cwd);
  return isInside(root, path) ? relative(root, path) : path;
}
