/** Judges statements of the bash grammar: pipelines, lists, loops, functions, redirections, and the commands in them. */
import type { Assignment, Command, CommandNode, Pipeline, Redirected, Statement, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import { codeIn } from './environmentCode.ts';
import { argsOf, hasGlob, nestedScripts, parseScript } from './parse.ts';
import { judgeRedirects, stdinOf } from './redirect.ts';
import { classifySql, startsLikeSql } from './sql.ts';
import { applyTool } from './tools/apply.ts';
import { findTool } from './tools/index.ts';
import type { Judge, Stdin } from './tools/table.ts';
import type { Nesting, TargetWord } from './types.ts';
import {
  atLeast,
  highest,
  maxNesting,
  NOTHING,
  unknown,
  type Verdict,
  verdict,
  withDetails,
} from './verdict.ts';
import { type Arg, joined, plain, wordSet } from './words.ts';

/** Nesting of shells in shells, functions in functions. */
const MAX_DEPTH = 12;
const INHERITED: Stdin = { kind: 'inherited' };

/** What a script has defined so far. */
export interface Scope {
  readonly functions: Map<string, SyntaxNode>;
  readonly aliases: Map<string, string>;
  /** How deep the judge is inside scripts in scripts; it gives up rather than hang. */
  readonly depth: number;
  /** Work left; shared by everything nested in one script, so that no input takes more than linear time. */
  readonly fuel: { left: number };
}

/** An empty scope, for a script of its own. */
export function newScope(): Scope {
  return { functions: new Map(), aliases: new Map(), depth: 0, fuel: { left: 200_000 } };
}

/** Judges one statement. Functions and aliases that it defines are remembered in the scope. */
export function judgeStatement(statement: Statement, scope: Scope, stdin: Stdin = INHERITED): Verdict {
  return judgeNode(statement.command, scope, stdin);
}

/** Judges text that a shell would run. */
export function judgeScript(text: string, scope: Scope, stdin: Stdin = INHERITED): Verdict {
  if (scope.depth > MAX_DEPTH) return unknown('the nesting is too deep to read');
  const { script, error } = parseScript(text);
  const inner = deeper(scope);
  let result = NOTHING;
  for (const statement of script.commands) {
    if (error && statement.pos > error.offset) break;
    result = highest(result, judgeStatement(statement, inner, stdin));
  }
  if (error) result = highest(result, unknown(`the shell text is not understood (${error.message})`));
  return result;
}

function deeper(scope: Scope): Scope {
  return {
    ...scope,
    functions: new Map(scope.functions),
    aliases: new Map(scope.aliases),
    depth: scope.depth + 1,
  };
}

function judgeNode(node: SyntaxNode, scope: Scope, stdin: Stdin): Verdict {
  if (scope.depth > MAX_DEPTH || --scope.fuel.left < 0) return unknown('the nesting is too deep to read');
  switch (node.type) {
    case 'Command':
      return judgeCommand(node, scope, stdin);
    case 'Pipeline':
      return judgePipeline(node, scope, stdin);
    case 'Redirected':
      return judgeRedirected(node, scope, stdin);
    case 'Function': {
      scope.functions.set(node.name.value, node.body);
      // Defining runs nothing, but the block exists to be run: it carries what its body would do.
      const body = judgeNode(node.body, deeper(scope), { kind: 'piped', from: 'the caller' });
      return { ...body, mode: 'capture' };
    }
    case 'While': {
      const body = judgeChildren(node, scope, stdin);
      const endless = isEndless(node.kind, node.clause.commands) && !leaves(node.body);
      return loop(endless ? atMode(body, 'a loop that never ends') : body);
    }
    case 'ArithmeticFor': {
      const body = judgeChildren(node, scope, stdin);
      return loop(!node.test && !leaves(node.body) ? atMode(body, 'a loop that never ends') : body);
    }
    case 'For':
      return loop(judgeChildren(node, scope, stdin));
    case 'Select':
      return { ...judgeChildren(node, scope, stdin), mode: 'terminal' };
    case 'Coproc':
      return judgeChildren(node, scope, { kind: 'piped', from: 'the coprocess' });
    default:
      return judgeChildren(node, scope, stdin);
  }
}

/** The highest over everything inside a node. */
function judgeChildren(node: SyntaxNode, scope: Scope, stdin: Stdin): Verdict {
  let result = NOTHING;
  forEachChild(node, (child) => {
    result = highest(
      result,
      child.type === 'Script' ? judgeNested(child, scope) : judgeNode(child, scope, stdin),
    );
  });
  return result;
}

function judgeNested(script: SyntaxNode & { type: 'Script' }, scope: Scope): Verdict {
  if (scope.depth > MAX_DEPTH || --scope.fuel.left < 0) return unknown('the nesting is too deep to read');
  const inner = deeper(scope);
  let result = NOTHING;
  for (const statement of script.commands) result = highest(result, judgeStatement(statement, inner));
  if (script.errors?.length) result = highest(result, unknown('a substitution is not understood'));
  return result;
}

function judgeSubstitutions(node: SyntaxNode, scope: Scope): Verdict {
  let result = NOTHING;
  for (const script of nestedScripts(node)) {
    result = highest(result, judgeNested(script as SyntaxNode & { type: 'Script' }, scope));
  }
  return result;
}

function judgeRedirected(node: Redirected, scope: Scope, stdin: Stdin): Verdict {
  let result = judgeNode(node.command, scope, stdinOf(node.redirects, stdin));
  result = highest(result, judgeRedirects(node.redirects, false));
  for (const redirect of node.redirects) result = highest(result, judgeSubstitutions(redirect, scope));
  return result;
}

function judgePipeline(node: Pipeline, scope: Scope, stdin: Stdin): Verdict {
  const members: Verdict[] = [];
  let input = stdin;
  for (const command of node.commands) {
    members.push(judgeNode(command, scope, input));
    input = outputOf(command, input);
  }
  let result = NOTHING;
  for (const [i, member] of members.entries()) {
    const ended = member.mode === 'stream' && node.commands.slice(i + 1).some(takesSome);
    result = highest(result, ended ? { ...member, mode: 'capture' } : member);
  }
  return result;
}

/** What a member of a pipeline hands to the next one. */
function outputOf(node: CommandNode, input: Stdin): Stdin {
  if (node.type !== 'Command' || !node.name) return { kind: 'piped', from: 'a compound command' };
  const args = argsOf(node);
  const name = node.name.value;
  if (name === 'echo' || name === 'printf') {
    const words = args.slice(1).filter((arg, i) => i > 0 || !/^-[neE]+$/.test(arg.value));
    const text = joined(words).replace(/\\n/g, '\n');
    const opaque = words.some((arg) => arg.dynamic && /^\$|^`/.test(arg.value)) || /\\[0x]/.test(text);
    return { kind: 'text', text: name === 'printf' ? text.replace(/%s/g, ' ') : text, opaque };
  }
  if (name === 'cat' && args.every((arg, i) => i === 0 || arg.value === '-'))
    return stdinOf(node.redirects, input);
  return { kind: 'piped', from: name };
}

/** Ends its input early, and with it an endless writer. */
function takesSome(node: CommandNode): boolean {
  if (node.type !== 'Command') return false;
  const args = argsOf(node);
  const name = args[0]?.value;
  const first = args[1]?.value ?? '';
  if (name === 'head') return !args.some((arg) => /^(-n|-c|--lines=|--bytes=)-/.test(arg.value));
  if (name === 'grep')
    return args.some((arg) => /^(-[a-zA-Z]*[qm]\d*|--quiet|--silent|--max-count(=.*)?)$/.test(arg.value));
  return name === 'sed' && /^\d*q$/.test(first);
}

function judgeCommand(node: Command, scope: Scope, stdin: Stdin): Verdict {
  const redirects = node.redirects;
  const input = redirects.length > 0 ? stdinOf(redirects, stdin) : stdin;
  let result: Verdict;
  if (!node.name) {
    result = node.prefix.some((part) => part.type === 'Assignment')
      ? verdict('session', 'sets a variable of the session')
      : NOTHING;
  } else if (hasGlob(node.name)) {
    result = unknown(`the command word ${node.name.text} is a pattern`);
  } else {
    result = judgeWords(argsOf(node), scope, input);
    const targets = environmentTargets(node);
    if (targets.length > 0) {
      const named = new Set(targets.map((target) => target.kind));
      result = withDetails(result, {
        targets,
        ambient: result.ambient.filter(
          ({ kind }) => !named.has(kind) && !(kind === 'context' && named.has('kubeconfig')),
        ),
      });
    }
  }
  if (redirects.length > 0) result = highest(result, judgeRedirects(redirects, printsNothing(node)));
  for (const part of node.prefix) {
    result = highest(result, judgeSubstitutions(part, scope));
    if (part.type === 'Assignment') result = highest(result, codeInAssignment(part, scope));
  }
  if (node.name) result = highest(result, judgeSubstitutions(node.name, scope));
  for (const part of node.suffix) {
    result = highest(result, judgeSubstitutions(part, scope));
    if (part.type === 'Assignment' && DECLARES.test(node.name?.value ?? '')) {
      result = highest(result, codeInAssignment(part, scope));
    }
  }
  return result;
}

/** Judges words run as a command: functions and aliases first, then the tables. */
export function judgeWords(args: readonly Arg[], scope: Scope, stdin: Stdin): Verdict {
  const first = args[0];
  if (!first) return NOTHING;
  if (scope.depth > MAX_DEPTH || --scope.fuel.left < 0) return unknown('the nesting is too deep to read');
  const name = first.value;
  const judge = judgeIn(scope, stdin);
  const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(name);
  if (assigned && !first.text.startsWith('$')) {
    const code = codeIn(assigned[1] ?? '', assigned[2] ?? '', judge);
    return highest(judgeWords(args.slice(1), scope, stdin), code);
  }
  if (first.dynamic) return unknown(`the command word ${first.text} is only known when it runs`);
  // A script of System V does what `service` does.
  const script = /^\/etc\/(?:rc\.d\/)?init\.d\/([\w.@-]+)$/.exec(name)?.[1];
  if (script) return judgeWords([plain('service'), plain(script), ...args.slice(1)], scope, stdin);
  const alias = scope.aliases.get(name);
  const body = scope.functions.get(name);
  let defined: Verdict | undefined;
  if (body) defined = judgeNode(body, callScope(scope, name), stdin);
  if (alias !== undefined) {
    const text = `${alias} ${joined(args.slice(1))}`;
    const judged = judgeScript(text, withoutAlias(scope, name), stdin);
    defined = defined ? highest(defined, judged) : judged;
  }
  const found = findTool(name);
  if (!found) {
    if (defined) return defined;
    if (args.length === 2 && /^[\w.-]+$/.test(name) && /^--(version|help)$/.test(args[1]?.value ?? '')) {
      return verdict('read', `${name} ${args[1]?.value} prints about itself`, { tool: name });
    }
    const what = unknown(`${name} is in no table`, { tool: name });
    return startsLikeSql(name) ? highest(what, { ...classifySql(joined(args)), tool: name }) : what;
  }
  if (name === 'alias') rememberAliases(args, scope);
  let result = applyTool(found.tool, found.name, args.slice(1), stdin, judge);
  // A program given by a relative path belongs to the folder, whatever its name.
  if (found.foreign) result = atLeast(result, 'unknown', `unknown: ${name} is a program of the folder`);
  return defined ? highest(result, defined) : result;
}

const DECLARES = /^(export|declare|typeset|readonly|local)$/;

function codeInAssignment(part: Assignment, scope: Scope): Verdict {
  return part.value?.type === 'Word'
    ? codeIn(part.name, part.value.value, judgeIn(scope, INHERITED))
    : NOTHING;
}

/** A script that comes by standard input leaves what stands behind each command for that command to read. */
const REST_OF_SCRIPT: Stdin = { kind: 'piped', from: 'the rest of the script' };

function judgeIn(scope: Scope, own: Stdin): Judge {
  return {
    words: (args, stdin = INHERITED) => nested(judgeWords(args, { ...scope, depth: scope.depth + 1 }, stdin)),
    script: (text, stdin) =>
      nested(
        judgeScript(text, scope, stdin ?? (own.kind === 'text' && own.text === text ? REST_OF_SCRIPT : own)),
      ),
  };
}

function nested(inner: Verdict): Verdict {
  const nesting: Nesting = inner.effect === 'unknown' ? 'opaque' : 'read';
  return { ...inner, nesting: maxNesting(inner.nesting, nesting) };
}

/** Inside a function its own name means the program: recursion ends here. */
function callScope(scope: Scope, name: string): Scope {
  const inner = deeper(scope);
  inner.functions.delete(name);
  return inner;
}

function withoutAlias(scope: Scope, name: string): Scope {
  const inner = deeper(scope);
  inner.aliases.delete(name);
  return inner;
}

function rememberAliases(args: readonly Arg[], scope: Scope): void {
  for (const arg of args.slice(1)) {
    const equals = arg.value.indexOf('=');
    if (equals > 0) scope.aliases.set(arg.value.slice(0, equals), arg.value.slice(equals + 1));
  }
}

/** Variables in front of a command that name where it goes. */
const ENVIRONMENT_TARGETS: Readonly<Record<string, string>> = {
  AWS_PROFILE: 'profile',
  AWS_REGION: 'region',
  AWS_DEFAULT_REGION: 'region',
  KUBECONFIG: 'kubeconfig',
  HELM_NAMESPACE: 'namespace',
  HELM_KUBECONTEXT: 'context',
  PGHOST: 'host',
  PGDATABASE: 'database',
  PGPORT: 'port',
  DATABASE_URL: 'database',
  DOCKER_HOST: 'host',
  DOCKER_CONTEXT: 'context',
  VAULT_ADDR: 'host',
  VAULT_NAMESPACE: 'namespace',
  CONSUL_HTTP_ADDR: 'host',
  ETCDCTL_ENDPOINTS: 'host',
  CLOUDSDK_CORE_PROJECT: 'project',
  TF_WORKSPACE: 'workspace',
  GH_REPO: 'repository',
  MYSQL_HOST: 'host',
  RAILS_ENV: 'environment',
  NODE_ENV: 'environment',
};

function environmentTargets(node: Command): TargetWord[] {
  const targets: TargetWord[] = [];
  for (const part of node.prefix) {
    if (part.type !== 'Assignment' || part.value.type !== 'Word') continue;
    const kind = ENVIRONMENT_TARGETS[part.name];
    if (kind) targets.push({ kind, value: part.value.value });
  }
  return targets;
}

/** Programs behind which the one that prints may stand. */
const PASSES_ON = wordSet(
  'sudo doas env command builtin exec nohup setsid nice ionice time timeout stdbuf chronic',
);

/** The command prints nothing (`:`, `true`, `cat /dev/null`), so that a redirection only empties its file. */
function printsNothing(node: Command): boolean {
  if (!node.name) return true;
  let args = argsOf(node).map((arg) => arg.value.replace(/^(\/usr)?\/bin\//, ''));
  if (PASSES_ON.has(args[0] ?? '')) {
    if (args.length === 1) return true;
    const inner = args.findIndex((arg, i) => i > 0 && /^(:|true|false|cat|cp|printf|echo)$/.test(arg));
    if (inner > 0) args = args.slice(inner);
  }
  const [name, ...words] = args;
  if (name === ':' || name === 'true' || name === 'false') return true;
  if (name === 'cat' || name === 'cp') return words.length > 0 && words.every((word) => word === '/dev/null');
  if (name === 'printf') return words.length === 1 && words[0] === '';
  return (
    name === 'echo' && words.some((w) => w === '-n' || w === '') && words.every((w) => w === '-n' || w === '')
  );
}

function loop(body: Verdict): Verdict {
  return body.risk === 'read-only' || body.scope !== 'one' ? body : { ...body, scope: 'many' };
}

function atMode(body: Verdict, reason: string): Verdict {
  return highest(body, verdict('read', reason, { mode: 'stream' }));
}

/** `while true`, `while :`, `while sleep 5`, `until false`. */
function isEndless(kind: 'while' | 'until', clause: readonly Statement[]): boolean {
  const last = clause.at(-1)?.command;
  if (last?.type === 'ArithmeticCommand') return kind === 'while' && last.body.trim() === '1';
  if (last?.type !== 'Command' || !last.name) return false;
  const words = argsOf(last).map((arg) => arg.value);
  const name = words[0] ?? '';
  if (kind === 'until') return name === 'false';
  if (name === '[' || name === 'test') return words[1] === '1' || words[1] === 'true';
  return name === 'true' || name === ':' || name === 'sleep';
}

/** Whether a loop's body can leave it. */
function leaves(body: SyntaxNode): boolean {
  let found = false;
  forEachChild(body, (child) => {
    if (found) return;
    if (child.type === 'Command') found = /^(break|exit|return)$/.test(child.name?.value ?? '');
    else found = leaves(child);
  });
  return found;
}

/** A verdict on plain words, for dialects that are read without a grammar. */
export function judgePlainWords(words: readonly string[], stdin: Stdin = INHERITED): Verdict {
  return judgeWords(words.map(plain), newScope(), stdin);
}
