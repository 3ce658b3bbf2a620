/** What a cmdlet, a function or a program called from PowerShell would do. From documentation: the cmdlets' reference. */
import { asksFirst, effectOf, effectOfMethod, fullName, needsTerminal, signsIn, verbOf } from './cmdlets.ts';
import { judgeHttp } from './http.ts';
import { type PsStatement, type PsWord, parsePowershell } from './powershellSyntax.ts';
import { has, option, positional, switchedOn } from './powershellWords.ts';
import { judgeSql } from './sql.ts';
import { isSecretFile } from './tools/secretFiles.ts';
import type { Judge } from './tools/table.ts';
import type { Effect, TargetWord } from './types.ts';
import {
  asNested,
  highest,
  maxNesting,
  NOTHING,
  sessionOpened,
  unknown,
  type Verdict,
  verdict,
  withDetails,
} from './verdict.ts';
import { judgeWindowsProgram } from './windows.ts';
import { type Arg, plain, unknownWord } from './words.ts';

/** What a PowerShell script has defined so far, and how its code is judged. */
export interface Context {
  readonly judge: Judge;
  readonly functions: Map<string, readonly PsStatement[]>;
  readonly depth: number;
  /** Inside a `switch`, what stands in front of a block is a pattern. */
  readonly patterns: boolean;
  /** Judges statements; what a script block or a text to run holds. */
  readonly run: (statements: readonly PsStatement[], context: Context) => Verdict;
}

/** Deeper calls than this are not followed. */
export const MAX_DEPTH = 12;

/** The context inside a function or a block that is run. */
export function deeper(context: Context): Context {
  return { ...context, depth: context.depth + 1, patterns: false };
}

/** A function, a cmdlet or a program by its name. */
export function judgeNamed(words: readonly PsWord[], context: Context, piped: boolean): Verdict {
  const written = words[0] as PsWord;
  const name = fullName(written.value).replace(/^microsoft\.[\w.]+\\/, '');
  const body = context.functions.get(name) ?? context.functions.get(written.value.toLowerCase());
  if (body) {
    const inner = context.run(body, deeper(context));
    return { ...inner, nesting: maxNesting(inner.nesting, 'read') };
  }
  const rest = words.slice(1);
  if (
    name === 'set-content' &&
    /^(query|queryex|qc|stop|start|config|delete|create|failure|pause|continue)$/i.test(rest[0]?.value ?? '')
  )
    return judgeWindowsProgram(words.map((word) => word.value)) ?? NOTHING;
  const special = SPECIAL[name];
  if (special) return special(rest, context, name);
  const effect = effectOf(name);
  if (effect === undefined) return judgeProgram(words, context, piped);
  return judgeCmdlet(name, written.value, effect, rest);
}

function judgeCmdlet(name: string, written: string, effect: Effect, rest: readonly PsWord[]): Verdict {
  if (effect === 'unknown')
    return unknown(`${written} runs or compiles code`, { tool: name, nesting: 'opaque' });
  if (effect !== 'read' && switchedOn(rest, 'whatif|wi'))
    return verdict('read', `${written} -WhatIf only rehearses`, { tool: name });
  const path = option(rest, 'path|literalpath|filepath') ?? positional(rest)[0];
  const drive = /^(env|variable|alias|function):/i.test(path?.value ?? '');
  const real: Effect = drive && effect !== 'read' ? 'session' : effect;
  const asks =
    (asksFirst(name) && !has(rest, 'force') && !/^\$false$/i.test(option(rest, 'confirm')?.value ?? '')) ||
    switchedOn(rest, 'confirm|cf') ||
    (signsIn(name) &&
      !has(
        rest,
        'identity|serviceprincipal|credential|accesstoken|certificatethumbprint|password|managedidentity',
      ));
  const follows = has(rest, 'wait|continuous') && verbOf(name) === 'get';
  const endless = name === 'test-connection' && has(rest, 'continuous|repeat');
  const hosts = option(rest, 'computername|cn|vmname|cimsession');
  const targets: TargetWord[] = [];
  if (hosts && !hosts.dynamic) targets.push({ kind: 'host', value: hosts.value });
  const resource = option(rest, 'name|identity|resourcegroupname|vmname|inputobject') ?? path;
  if (real === 'destroy' || real === 'mutate')
    if (resource && !resource.dynamic && !resource.value.includes(','))
      targets.push({ kind: 'resource', value: resource.value });
  return verdict(real, `${written}: ${SAYS[real]}`, {
    mode: asks || needsTerminal(name) ? 'terminal' : follows || endless ? 'stream' : 'capture',
    tool: name,
    targets,
    network:
      hosts !== undefined ||
      /-(az|ad|mg|aws|ec2|s3)[a-z]/.test(name) ||
      /^(test-(net)?connection|resolve-dnsname)$/.test(name),
    preview: real === 'mutate' || real === 'destroy' ? `${written} -WhatIf` : null,
    inverse:
      INVERSE[name] === undefined || !resource || resource.dynamic
        ? null
        : `${INVERSE[name]} ${resource.value}`,
    scope: rest.some((word) => /^-recurse$/i.test(word.value) || /[*?]/.test(word.value)) ? 'many' : 'one',
    readsSecrets: showsSecrets(name, rest, path),
  });
}

const SAYS: Readonly<Record<Effect, string>> = {
  read: "PowerShell's verb reads",
  session: 'changes only the session',
  'local-write': 'writes on this machine',
  mutate: "PowerShell's verb changes state",
  destroy: "PowerShell's verb destroys or takes out of service",
  unknown: '',
};
const INVERSE: Readonly<Record<string, string>> = {
  'stop-service': 'Start-Service',
  'start-service': 'Stop-Service',
  'suspend-service': 'Resume-Service',
  'stop-vm': 'Start-VM',
  'start-vm': 'Stop-VM',
  'disable-adaccount': 'Enable-ADAccount',
  'enable-adaccount': 'Disable-ADAccount',
  'disable-netadapter': 'Enable-NetAdapter',
  'stop-website': 'Start-Website',
  'stop-webapppool': 'Start-WebAppPool',
  'disable-scheduledtask': 'Enable-ScheduledTask -TaskName',
  'stop-azvm': 'Start-AzVM',
};
const SECRET_COMMANDS =
  /^(get-(azkeyvaultsecret|secret|secsecretvalue|storageaccountkey|azstorageaccountkey|azstorageaccountsastoken|azaccesstoken|azwebapppublishingprofile|azcontainerregistrycredential|adserviceaccountpassword|lapsadpassword|admpwdpassword)|new-azstorage\w*sastoken)$/;

function showsSecrets(name: string, rest: readonly PsWord[], path: PsWord | undefined): boolean {
  if (SECRET_COMMANDS.test(name)) return true;
  if (name === 'convertfrom-securestring') return has(rest, 'asplaintext');
  const file = (path?.value ?? '').replaceAll('\\', '/');
  if (/^get-(childitem|item)$/.test(name)) return /^env:/i.test(file);
  return (
    /^(get-content|select-string)$/.test(name) &&
    rest.some((word) => isSecretFile(word.value.replaceAll('\\', '/')))
  );
}

type Special = (rest: readonly PsWord[], context: Context, name: string) => Verdict;

const SPECIAL: Readonly<Record<string, Special>> = {
  'invoke-expression': (rest, context) => {
    const text = option(rest, 'command') ?? positional(rest)[0];
    if (!text || text.dynamic || text.blocks.length > 0)
      return unknown('Invoke-Expression runs text that is only known when it runs', OPAQUE);
    if (context.depth >= MAX_DEPTH) return unknown('the nesting is too deep to read');
    return asNested(context.run(parsePowershell(text.value).statements, deeper(context)));
  },
  'invoke-command': remote,
  'start-job': (rest, context, name) => ({ ...remote(rest, context, name), mode: 'capture' }),
  'start-threadjob': (rest, context, name) => ({ ...remote(rest, context, name), mode: 'capture' }),
  'enter-pssession': (rest) =>
    sessionOpened('Enter-PSSession opens a session', {
      mode: 'terminal',
      tool: 'enter-pssession',
      network: true,
      nesting: 'opaque',
      targets: hostTargets(rest),
    }),
  'start-process': (rest, context) => {
    const program = option(rest, 'filepath') ?? positional(rest)[0];
    if (!program || program.dynamic)
      return unknown('Start-Process runs a program that is a variable', OPAQUE);
    const list = option(rest, 'argumentlist|args') ?? positional(rest)[1];
    const given =
      list === undefined
        ? []
        : list.value.split(/[,\s]+/).map((word) => (list.dynamic ? unknownWord(word) : plain(word)));
    const inner = asNested(
      judgeProgram([{ ...program, quoted: false }, ...given.map(asWord)], context, false),
    );
    return highest(inner, verdict('mutate', 'Start-Process starts a program', { tool: inner.tool }));
  },
  'invoke-webrequest': request,
  'invoke-restmethod': request,
  'invoke-sqlcmd': (rest, _, name) => {
    const query = option(rest, 'query|q') ?? (has(rest, 'inputfile') ? undefined : positional(rest)[0]);
    const server = option(rest, 'serverinstance');
    const database = option(rest, 'database');
    const targets = [
      ...(server && !server.dynamic ? [{ kind: 'host', value: server.value }] : []),
      ...(database && !database.dynamic ? [{ kind: 'database', value: database.value }] : []),
    ];
    return !query || /^\$/.test(query.value)
      ? unknown('Invoke-Sqlcmd runs text that is not in the command', { tool: name, targets, network: true })
      : withDetails(judgeSql(query.value), { tool: name, targets, network: true });
  },
  'invoke-cimmethod': method,
  'invoke-wmimethod': method,
  'foreach-object': (rest) => {
    // `ForEach-Object Delete` calls a method by its name.
    const member = option(rest, 'membername') ?? positional(rest)[0];
    if (!member || member.blocks.length > 0 || member.subs.length > 0 || member.dynamic)
      return verdict('read', '');
    const effect = effectOfMethod(member.value);
    return effect === 'destroy'
      ? verdict('destroy', `the method ${member.value}() destroys or ends it`)
      : verdict('read', '');
  },
  'tee-object': (rest) =>
    has(rest, 'variable')
      ? verdict('session', 'Tee-Object sets a variable')
      : verdict('local-write', 'Tee-Object writes a file'),
  pause: () => verdict('read', 'pause waits for a key', { mode: 'terminal' }),
  default: (rest, context) => (rest[0]?.blocks.length ? NOTHING : judgeProgram(rest, context, false)),
};

const OPAQUE = { nesting: 'opaque' } as const;

function hostTargets(rest: readonly PsWord[]): TargetWord[] {
  const host = option(rest, 'computername|cn|vmname') ?? positional(rest)[0];
  return host && !host.dynamic && host.blocks.length === 0
    ? host.value
        .split(',')
        .slice(0, 5)
        .map((value) => ({ kind: 'host', value: value.trim() }))
    : [];
}

/** A script block run elsewhere: its code is judged with the other words, here only what cannot be read. */
function remote(rest: readonly PsWord[], context: Context, name: string): Verdict {
  const targets = name === 'invoke-command' ? hostTargets(rest) : [];
  const details = { tool: name, targets, network: targets.length > 0 };
  const blocks = rest.flatMap((word) => word.blocks);
  if (blocks.length === 0 || has(rest, 'filepath|f'))
    return unknown(`${name} runs what is not in the command`, { ...details, nesting: 'opaque' });
  const inner = blocks.reduce((sum, block) => highest(sum, context.run(block, deeper(context))), NOTHING);
  return withDetails(asNested(inner), {
    targets,
    network: inner.network || details.network,
    tool: inner.tool ?? name,
  });
}

function method(rest: readonly PsWord[], _: Context, name: string): Verdict {
  const called = option(rest, 'methodname|name|n')?.value ?? positional(rest)[1]?.value ?? '';
  return effectOfMethod(called) === 'destroy'
    ? verdict('destroy', `the method ${called}() destroys or ends it`, { tool: name })
    : verdict('mutate', `${name} calls ${called}`, { tool: name });
}

function request(rest: readonly PsWord[], _: Context, name: string): Verdict {
  const given = option(rest, 'method|custommethod|me');
  const http = given === undefined ? plain('GET') : arg(given);
  const url = (option(rest, 'uri|u') ?? positional(rest)[0])?.value ?? '';
  const judged = { ...judgeHttp({ method: http, url }), tool: name, network: true };
  return has(rest, 'outfile|outf')
    ? highest(judged, verdict('local-write', 'writes what it fetches', { tool: name }))
    : judged;
}

/** A program of Windows or of any system. */
function judgeProgram(words: readonly PsWord[], context: Context, piped: boolean): Verdict {
  const [first, ...rest] = words;
  if (!first) return NOTHING;
  const name = first.value.replaceAll('\\', '/');
  const program = name.replace(/\.exe$/i, '');
  const known = judgeWindowsProgram([program.replace(/^.*\//, ''), ...rest.map((word) => word.value)]);
  if (known && (!name.includes('/') || /^[A-Za-z]:\/windows\//i.test(name))) return known;
  const args: Arg[] = [plain(name), ...rest.map(arg)];
  const judged = context.judge.words(args, piped ? { kind: 'piped', from: 'the pipeline' } : undefined);
  return judged.effect === 'unknown' && verbOf(name.toLowerCase()) !== undefined
    ? unknown(`the verb of ${name} is in no table`, { tool: name.toLowerCase() })
    : judged;
}

function arg(word: PsWord): Arg {
  return { text: word.text, value: word.value, dynamic: word.dynamic };
}

function asWord(given: Arg): PsWord {
  return { ...given, quoted: true, blocks: [], subs: [], methods: [] };
}
