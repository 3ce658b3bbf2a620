/**
 * A step from click to end. Every route comes through here, and each gate stands in this order: trust, file, still there,
 * inputs, consent, and trust and text once more right before the process starts.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ulid } from 'ulid';
import type { TextDocument, Uri } from 'vscode';
import {
  type EventSink,
  isSecretName,
  type LogEvent,
  readSessionVariables,
  type StepFinishedData,
  type StepRequest,
  sessionId,
  skippedDraft,
  startStep,
  stateFolder,
  substitute,
} from '../../core/execution/index.ts';
import { type EventLog, markActive, openLog, tellingLine, unmarkActive } from '../../core/incident/index.ts';
import type { Runline } from '../context.ts';
import { pickIncident } from '../incident/prompts.ts';
import { eventSource } from '../incident/service.ts';
import { Refusal, showError } from '../messages.ts';
import { pathInWorkspace, requireFile } from '../places.ts';
import type { CurrentIncident } from '../state.ts';
import { requireTrust } from '../trust.ts';
import { askConsent } from './consent.ts';
import { askInputs, inputsOf } from './inputs.ts';
import { judgeFilled } from './judge.ts';
import { variablesRead } from './previewText.ts';
import { redactText } from './redact.ts';
import { outcomeText, type StepResult } from './resultText.ts';
import { findBlock, type Selection, selectBlock, selectCommands, shortened } from './selection.ts';
import { openStepTerminal } from './terminal.ts';

/** What stands for a secret's value wherever people look. */
const mask = '••••••';

/** Steps between click and process: a second click is not a second run. */
const underway = new Set<string>();

export async function runSelection(
  ctx: Runline,
  document: TextDocument,
  selection: Selection,
): Promise<void> {
  const key = `${document.uri.toString()} ${selection.id}`;
  if (underway.has(key)) return;
  underway.add(key);
  try {
    await askAndStart(ctx, document, selection, key);
  } finally {
    underway.delete(key);
  }
}

async function askAndStart(
  ctx: Runline,
  document: TextDocument,
  chosen: Selection,
  key: string,
): Promise<void> {
  const sqlClient = chosen.language === 'sql' ? ctx.config.sqlClient() : undefined;
  // Where SQL goes is decided by its client alone, so the client is what people must see.
  const selection =
    sqlClient === undefined
      ? chosen
      : {
          ...chosen,
          classification: {
            ...chosen.classification,
            targets: [...chosen.classification.targets, { kind: 'client', value: sqlClient }],
          },
        };
  const { uri, version } = document;
  requireTrust('Running a step');
  requireFile(uri);
  if (ctx.runs.isRunning(key)) {
    throw new Refusal(`${selection.title} is running already.`, [
      { title: 'Cancel It', command: 'runline.cancel' },
    ]);
  }

  const incident = await incidentFor(ctx);
  if (incident === 'none-chosen') return;
  const { env } = process;
  const state = stateFolder(env);
  const session = sessionId(uri.fsPath, incident?.id ?? null);
  const cwd = dirname(uri.fsPath);
  const sha256 = createHash('sha256').update(document.getText()).digest('hex');
  const source: StepRequest['source'] = {
    path: pathInWorkspace(uri),
    sha256,
    stepId: selection.id,
    // It goes into the log as it is, and a command can hold a secret.
    title: await titleForLog(selection),
    line: selection.line,
    endLine: selection.endLine,
  };
  const run = ulid();

  const sessionVariables = await readSessionVariables(state, session);
  const inputs = inputsOf(selection, { env, sessionVariables });
  const values = await askInputs(ctx, selection, inputs);
  if (values === undefined) return;
  const secretInputs = inputs.filter(({ secret }) => secret).map(({ name }) => name);
  const dialect = selection.language;
  const script = substitute(selection.content, selection.placeholders, values, dialect);
  const masked = { ...values, ...Object.fromEntries(secretInputs.map((name) => [name, mask])) };
  const shown = substitute(selection.content, selection.placeholders, masked, dialect);

  const final = judgeFilled(selection, script, shown);
  const variables = knownVariables(script, { ...env, ...sessionVariables, ...masked });
  const consent = await askConsent(ctx, final, { script: shown, cwd, variables });
  requireTrust('Running a step');
  const sink = await sinkFor(ctx, incident, state, session);
  if ('refused' in consent) {
    await sink.append(skippedDraft(source, consent.refused, new Date()));
    return;
  }
  await requireUnchanged(ctx, document, version, selection);
  requireTrust('Running a step');

  await start(
    ctx,
    uri,
    selection,
    incident,
    { sink, state, env, sqlClient },
    {
      run,
      source,
      language: selection.language,
      script,
      mode: selection.classification.mode,
      risk: final.classification.risk,
      targets: final.classification.targets,
      cwd,
      inputs: values,
      variables: inputs.filter(({ kind }) => kind === 'variable').map(({ name }) => name),
      secretInputs,
      session,
      consent: consent.given,
    },
  );
}

/** Redacted before it is shortened: half a secret is not recognised as one. */
async function titleForLog(selection: Selection): Promise<string> {
  return selection.title === shortened(selection.content)
    ? shortened(await redactText(selection.content))
    : redactText(selection.title);
}

interface Surroundings {
  readonly sink: EventSink;
  readonly state: string;
  readonly env: NodeJS.ProcessEnv;
  readonly sqlClient: string | undefined;
}

/** Starts the process and returns; the end is shown when it comes. */
async function start(
  ctx: Runline,
  uri: Uri,
  selection: Selection,
  incident: CurrentIncident | undefined,
  { sink, state, env, sqlClient }: Surroundings,
  request: StepRequest,
): Promise<void> {
  const startedAt = Date.now();
  const mark = `step-${request.run}`;
  if (incident !== undefined) await markActive(incident.dir, mark);
  const done = async (): Promise<void> => {
    if (incident !== undefined) await unmarkActive(incident.dir, mark);
  };
  const deps = { sink, stateFolder: state, env, ...(sqlClient === undefined ? {} : { sqlClient }) };
  let cancel = (): void => undefined;
  let outputFile = '';
  try {
    const terminal = request.mode === 'terminal';
    const output = terminal
      ? undefined
      : ctx.output.begin(
          uri,
          selection.title,
          () => outputFile,
          () => cancel(),
        );
    const handle = terminal
      ? await openStepTerminal(request, selection.title, deps)
      : await startStep(request, { ...deps, onOutput: (chunk) => output?.write(chunk) });
    cancel = () => handle.cancel();
    outputFile = handle.outputFile;
    ctx.results.set(uri, selection.id, running(startedAt, selection.content));
    ctx.runs.add({ key: `${uri.toString()} ${selection.id}`, title: selection.title, handle, startedAt });
    void handle.finished
      .then((event) => {
        const result = resultOf(event, selection.content);
        ctx.results.set(uri, selection.id, result);
        output?.end(outcomeText(result), toneOf(result), result.notes);
        ctx.log.info(`${request.source.path} ${selection.id}: ${outcomeText(result)}`);
      })
      .catch((error) => {
        ctx.results.set(uri, selection.id, { ...running(startedAt, selection.content), outcome: 'unknown' });
        output?.end('? the end could not be recorded', 'bad', []);
        return showError(ctx.log, `record the end of ${selection.title}`, error);
      })
      .finally(() => done().catch((error) => ctx.log.warn('Clearing the mark of a step failed.', error)));
  } catch (error) {
    await done();
    throw error;
  }
}

/** The incident that this step belongs to: the current one, or the one that is picked where several are open. */
async function incidentFor(ctx: Runline): Promise<CurrentIncident | undefined | 'none-chosen'> {
  const current = ctx.incidents.current();
  if (current !== undefined) return current;
  const open = ctx.incidents.open();
  if (open.length === 0) return undefined;
  const picked = await pickIncident(open, 'Several incidents are open. Record this step in which?');
  if (picked === undefined) return 'none-chosen';
  ctx.incidents.makeCurrent(picked);
  return picked;
}

const privateLogs = new Map<string, Promise<EventLog>>();

/** The incident's log, or the session's private one in the state folder. */
async function sinkFor(
  ctx: Runline,
  incident: CurrentIncident | undefined,
  state: string,
  session: string,
): Promise<EventSink> {
  if (incident !== undefined) return ctx.incidents.sink(incident);
  const file = join(state, 'logs', `${session}.jsonl`);
  let log = privateLogs.get(file);
  if (log === undefined) {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    log = openLog(file, { subject: session, source: eventSource, mode: 0o600 });
    privateLogs.set(file, log);
  }
  return log;
}

/** What runs is what was shown: an edit elsewhere in the document is fine, one of the block is not. */
async function requireUnchanged(
  ctx: Runline,
  document: TextDocument,
  version: number,
  selection: Selection,
): Promise<void> {
  if (document.version === version && !document.isClosed) return;
  const runbook = document.isClosed ? null : await ctx.runbooks.get(document);
  const block = runbook === null ? undefined : findBlock(runbook, selection.stepId);
  const now =
    runbook === null || block === undefined
      ? []
      : [
          selectBlock(runbook, block),
          ...block.block.commands.map((_, index) => selectCommands(runbook, block, [index])),
          ...block.block.alternatives.map(({ commands }) => selectCommands(runbook, block, commands)),
        ];
  const same = now.some((other) => other?.id === selection.id && other.content === selection.content);
  if (!same) {
    throw new Refusal(
      `Nothing was run: ${selection.title} was edited after it was shown. Run it again to see it as it is now.`,
    );
  }
}

function toneOf({ outcome }: StepResult): 'good' | 'bad' | 'quiet' {
  if (outcome === 'succeeded') return 'good';
  return outcome === 'cancelled' ? 'quiet' : 'bad';
}

/** The values that a script will read, as far as they are known before it runs. */
function knownVariables(
  script: string,
  known: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const pairs = variablesRead(script).flatMap((name) => {
    const value = known[name];
    return value === undefined ? [] : [[name, isSecretName(name) ? mask : value] as const];
  });
  return Object.fromEntries(pairs);
}

function running(at: number, content: string): StepResult {
  return {
    outcome: 'running',
    exitCode: null,
    signal: null,
    durationMs: null,
    at,
    line: null,
    notes: [],
    excerpt: '',
    content,
  };
}

function resultOf(event: LogEvent, content: string): StepResult {
  // The log's own writer made this event; its shape is that of `StepFinishedData`.
  const data = event.data as unknown as StepFinishedData;
  return {
    outcome: data.outcome,
    exitCode: data.exitCode,
    signal: data.signal,
    durationMs: data.durationMs,
    at: Date.parse(event.time),
    line: tellingLine(data.output, data.outcome === 'failed'),
    notes: data.notes,
    excerpt: [data.output.head, data.output.tail].filter(Boolean).join('\n…\n'),
    content,
  };
}
