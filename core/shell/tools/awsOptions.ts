/** The options of the AWS command line: how their values are read, and what they decide. */
import { judgeSql } from '../sql.ts';
import { highest, sessionOpened, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { type Arg, hasFlag, isOpaque, tail } from '../words.ts';
import type { Call, Outcome } from './table.ts';

/** The words behind an option; an option of the AWS command line may take several. */
function optionWords(call: Call, name: string): readonly Arg[] {
  const at = call.args.findLastIndex((arg) => arg.value === name || arg.value.startsWith(`${name}=`));
  const arg = call.args[at];
  if (!arg) return [];
  if (arg.value !== name) return [tail(arg, name.length + 1)];
  const rest = call.args.slice(at + 1);
  const end = rest.findIndex((next) => next.value.startsWith('--'));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The first word behind an option. */
export function optionWord(call: Call, name: string): string | undefined {
  return optionWords(call, name)[0]?.value;
}

/** Options that say where or how, and never what. */
const NO_NAMES =
  /^--(profile|region|output|query|endpoint-url|cli-input-json|cli-input-yaml|ca-bundle|color|cluster|cluster-name|user-pool-id|hosted-zone-id|detector-id|analyzer-arn|client-token|client-request-token|role-arn|resource-arn|secret-arn|source-arn|request-token|max-items|page-size|starting-token|cli-read-timeout|cli-connect-timeout|instance-type|image-id|engine|description)$/;
const NAMES = /(identifiers?|names?|ids?|arns?|url|bucket|key|service|task|stack|topic|queue)$/;

/**
 * What an operation names: `delete-db-instance` acts on `--db-instance-identifier`. The option that its own words begin with comes
 * first, then any that ends like a name.
 */
export function named(call: Call): readonly string[] {
  const words = [...call.path.split(' '), ...call.parsed.operands.map((arg) => arg.value)].filter(Boolean);
  const noun = (words[1] ?? '')
    .replace(/^(batch-|admin-)?[a-z]+-/, '')
    .replace(/-(deletion|value|config|configuration|code)$/, '');
  const singular = noun.replace(/s$/, '');
  const options = call.args
    .map((arg) => arg.value.split('=', 1)[0] ?? '')
    .filter((name) => name.startsWith('--') && !NO_NAMES.test(name));
  const own = options.find((name) => name.startsWith(`--${singular}`) && NAMES.test(name));
  const best =
    own ?? options.find((name) => NAMES.test(name)) ?? (hasOwn(call, '--cluster') ? '--cluster' : undefined);
  if (best === undefined) return [];
  return optionWords(call, best)
    .filter((arg) => !arg.dynamic && !/^(file|fileb):/.test(arg.value))
    .map((arg) => arg.value);
}

function hasOwn(call: Call, name: string): boolean {
  return call.args.some((arg) => arg.value === name || arg.value.startsWith(`${name}=`));
}

/** One of some options says `0`. */
export function zero(names: string, why: string): (call: Call) => Partial<Outcome> | undefined {
  return (call) =>
    names.split(' ').some((name) => optionWord(call, name) === '0') ? { effect: 'destroy', why } : undefined;
}

/** A failover that may lose what was not replicated. */
export function failsOver(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--switchover')
    ? undefined
    : { effect: 'destroy', why: 'a failover of a global cluster may lose what was not replicated' };
}

/** `aws s3 cp` and `sync`: to a bucket, or to this machine. */
export function copies(call: Call): Partial<Outcome> {
  const to = call.parsed.operands[1];
  return to === undefined || to.dynamic || to.value.startsWith('s3://')
    ? { effect: 'mutate', why: `aws ${call.path} writes to a bucket` }
    : { effect: 'local-write', why: `aws ${call.path} writes files here` };
}

/** Whether a key, with a value where one is asked for, stands in JSON or in the shorthand of the command line. */
export function jsonHas(text: string | undefined, key: string, value?: string): boolean {
  if (text === undefined) return false;
  try {
    return found(JSON.parse(text) as unknown, key, value);
  } catch {
    // `Changes=[{Action=DELETE,…}]`
    const words = text.split(/[={},[\]:"\s]+/);
    return words.some((word, i) => word === key && (value === undefined || words[i + 1] === value));
  }
}

function found(node: unknown, key: string, value: string | undefined): boolean {
  if (Array.isArray(node)) return node.some((item) => found(item, key, value));
  if (node === null || typeof node !== 'object') return false;
  return Object.entries(node).some(
    ([name, inner]) => (name === key && (value === undefined || inner === value)) || found(inner, key, value),
  );
}

/** The SQL of one of some options: plain, several words, or JSON with a `Statement` each. */
export function sqlOf(names: string): (call: Call) => Verdict | undefined {
  return (call) => {
    const words = names.split(' ').flatMap((name) => optionWords(call, name));
    if (words.length === 0) return undefined;
    let result: Verdict | undefined;
    for (const word of words) {
      if (isOpaque(word) || /^file:/.test(word.value))
        return unknown(`aws ${call.path} runs text that is not in the command`);
      for (const text of statements(word.value)) {
        const next = judgeSql(text);
        result = result ? highest(result, next) : next;
      }
    }
    return result;
  };
}

function statements(text: string): readonly string[] {
  try {
    const node = JSON.parse(text) as unknown;
    if (Array.isArray(node))
      return node.map((item) =>
        typeof item === 'string' ? item : String((item as { Statement?: unknown }).Statement ?? ''),
      );
  } catch {
    const shorthand = /^Statement=(.*)$/s.exec(text)?.[1];
    if (shorthand !== undefined) return [shorthand.replace(/^(['"])(.*)\1$/s, '$2')];
  }
  return [text];
}

/** `aws ssm send-command` with one of AWS's own documents runs the text of its parameters. */
export function ssmCommand(call: Call): Verdict {
  const document = optionWord(call, '--document-name') ?? '';
  const text = commandsIn(optionWords(call, '--parameters')[0]);
  const scope = hasOwn(call, '--targets') ? 'many' : 'one';
  if (text === undefined || !/^AWS-Run(Shell|PowerShell)Script$/.test(document))
    return unknown('aws ssm send-command runs what is not in the command', { scope });
  const judged = /PowerShell/.test(document)
    ? call.judge.foreign(text, 'powershell')
    : call.judge.script(text, { kind: 'piped', from: 'an empty input' });
  // It starts there and answers at once.
  return withDetails(judged, {
    mode: 'capture',
    scope: judged.risk === 'read-only' ? judged.scope : scope,
    reason: 'aws ssm send-command runs it on machines',
  });
}

/** `commands=["uptime"]`, `commands=uptime`, `{"commands":["uptime"]}`. */
function commandsIn(word: Arg | undefined): string | undefined {
  if (!word || isOpaque(word)) return undefined;
  const text = word.value.trim();
  const list = text.startsWith('{') ? member(text) : /^commands=(.*)$/s.exec(text)?.[1];
  if (list === undefined) return undefined;
  if (!list.startsWith('[')) return list.replace(/^(['"])(.*)\1$/s, '$2');
  try {
    return (JSON.parse(list.slice(0, list.lastIndexOf(']') + 1)) as unknown[]).map(String).join('\n');
  } catch {
    return list.slice(1, -1);
  }
}

function member(text: string): string | undefined {
  try {
    return JSON.stringify((JSON.parse(text) as { commands?: unknown }).commands);
  } catch {
    return undefined;
  }
}

/** `aws ecs execute-command`: a shell is a session, everything else is judged. */
export function ecsCommand(call: Call): Verdict {
  const mode = hasFlag(call.parsed, '--interactive') ? 'terminal' : 'capture';
  const text = optionWords(call, '--command')[0];
  if (!text || isOpaque(text))
    return unknown('aws ecs execute-command runs what is not in the command', { mode });
  if (/^(.*\/)?((ba|z|da|a)?sh|powershell(\.exe)?)$/.test(text.value))
    return sessionOpened('aws ecs execute-command opens a shell', { mode });
  return withDetails(
    highest(
      call.judge.script(text.value),
      verdict('read', 'aws ecs execute-command runs it in the container'),
    ),
    { mode },
  );
}
