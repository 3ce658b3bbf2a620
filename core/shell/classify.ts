/** Judges statements of the bash grammar: pipelines, lists, loops, functions, redirections, and the commands in them. */
import type { Assignment, Command, CommandNode, Pipeline, Redirected, Statement, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import { judgeCmd } from './cmd.ts';
import { codeIn } from './environmentCode.ts';
import { environmentTargets } from './environmentTargets.ts';
import { judgeFish } from './fish.ts';
import { isEndless, leaves, onlyFeeds, takesSome } from './loops.ts';
import { argsOf, hasGlob, nestedScripts, parseScript } from './parse.ts';
import { judgePowershell } from './powershell.ts';
import { judgeRedirects, outputOf, printsNothing, stdinOf, swallows } from './redirect.ts';
import { rememberText, savedAmong } from './savedText.ts';
import { classifySql, startsLikeSql } from './sql.ts';
import { applyTool } from './tools/apply.ts';
import { findTool } from './tools/index.ts';
import type { Judge, Stdin } from './tools/table.ts';
import { filledIn, printsSecret, rememberValues, type Values } from './values.ts';
import {
  asNested,
  atLeast,
  highest,
  NOTHING,
  opaque,
  unknown,
  type Verdict,
  verdict,
  withDetails,
} from './verdict.ts';
import { type Arg, joined, plain } from './words.ts';

/** Nesting of shells in shells, functions in functions. */
const MAX_DEPTH = 12;
const INHERITED: Stdin = { kind: 'inherited' };
const NO_BODIES: ReadonlySet<SyntaxNode> = new Set();

/** What a script has defined so far. */
export interface Scope {
  /** Every body that a name was given: which one counts is only known when it runs. */
  readonly functions: Map<string, readonly SyntaxNode[]>;
  /** Functions that the script defines somewhere, which a trap may call before they stand there. */
  readonly announced: Map<string, readonly SyntaxNode[]>;
  /** Bodies being run: inside one, its own name means the program, so that recursion ends. */
  readonly calling: ReadonlySet<SyntaxNode>;
  readonly aliases: Map<string, string>;
  /** Plain values that variables were given; they may only tell that a secret is read, or something destroyed. */
  readonly values: Values;
  /** What was put into files, plans and scripts, and destroys once it is carried out: a file outlives the shell that wrote it. */
  readonly saved: Map<string, string>;
  /** How deep the judge is inside scripts in scripts; it gives up rather than hang. */
  readonly depth: number;
  /** Work left; shared by everything nested in one script, so that no input takes more than linear time. */
  readonly fuel: { left: number };
}

/** An empty scope, for a script of its own. */
export function newScope(): Scope {
  return {
    functions: new Map(),
    announced: new Map(),
    calling: NO_BODIES,
    aliases: new Map(),
    values: new Map(),
    saved: new Map(),
    depth: 0,
    fuel: { left: 200_000 },
  };
}

/** Judges one statement. Functions and aliases that it defines are remembered in the scope. */
export function judgeStatement(statement: Statement, scope: Scope, stdin: Stdin = INHERITED): Verdict {
  const result = judgeNode(statement.command, scope, stdin);
  // What runs in the background holds nothing up, and has no terminal.
  return statement.background && result.mode !== 'capture' ? { ...result, mode: 'capture' } : result;
}

/** Tells a scope of the functions that a script will define. */
export function announce(statements: readonly Statement[], scope: Scope): void {
  for (const { command } of statements)
    if (command.type === 'Function') add(scope.announced, command.name.value, command.body);
}

function add(map: Map<string, readonly SyntaxNode[]>, name: string, body: SyntaxNode): void {
  const before = map.get(name);
  if (!before?.includes(body)) map.set(name, before ? [...before, body] : [body]);
}

/** Judges text that a shell would run; `here` says that this very shell runs it, and keeps what it defines. */
function judgeScript(text: string, scope: Scope, stdin: Stdin = INHERITED, here = false): Verdict {
  if (scope.depth > MAX_DEPTH) return unknown('the nesting is too deep to read');
  const { script, error } = parseScript(text);
  const inner = here ? { ...scope, depth: scope.depth + 1 } : deeper(scope);
  announce(script.commands, inner);
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
    announced: new Map(scope.announced),
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
    case 'Function':
      return judgeFunction(node.name.value, node.body, scope);
    case 'Subshell':
      return judgeChildren(node, deeper(scope), stdin);
    case 'While': {
      const body = judgeChildren(node, scope, stdin);
      const endless = isEndless(node.kind, node.clause.commands, node.body.commands) && !leaves(node.body);
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

/** Defining runs nothing; only under the name of a program does the body count from here on, whoever calls it. */
function judgeFunction(name: string, body: SyntaxNode, scope: Scope): Verdict {
  add(scope.functions, name, body);
  const program = findTool(name) && judgeWords([plain(name)], newScope(), INHERITED);
  if (!program || program.effect === 'destroy') return verdict('session', `defines the function ${name}`);
  const inner = judgeNode(body, deeper(calling(scope, body)), { kind: 'piped', from: 'the caller' });
  return { ...inner, mode: 'capture' };
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
  announce(script.commands, inner);
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
  const last = node.commands.at(-1);
  for (const command of node.commands) {
    members.push(
      command.type === 'Command'
        ? judgeCommand(command, scope, input, command !== last)
        : judgeNode(command, scope, input),
    );
    input = outputOf(command, input);
  }
  let result = NOTHING;
  for (const [i, member] of members.entries()) {
    const after = member.mode === 'stream' ? node.commands.slice(i + 1) : [];
    const ended = after.some(takesSome) || (after.length > 0 && onlyFeeds(node.commands[i] as CommandNode));
    const shown = node.commands.slice(i + 1).every((next) => !swallows(next));
    const told = shown ? member : { ...member, readsSecrets: false };
    result = highest(result, ended ? { ...told, mode: 'capture' } : told);
  }
  return result;
}

/** `piped`: another command of a pipeline reads what it prints. */
function judgeCommand(node: Command, scope: Scope, stdin: Stdin, piped = false): Verdict {
  const redirects = node.redirects;
  const input = redirects.length > 0 ? stdinOf(redirects, stdin) : stdin;
  let result: Verdict;
  if (!node.name) {
    rememberValues(node, scope.values);
    result = node.prefix.some((part) => part.type === 'Assignment')
      ? verdict('session', 'sets a variable of the session')
      : NOTHING;
  } else if (hasGlob(node.name)) {
    result = opaque(`the command word ${node.name.text} is a pattern`);
  } else {
    const args = argsOf(node);
    result = judgeWords(args, scope, input);
    const filled = scope.values.size > 0 ? filledIn(args, scope.values) : undefined;
    if (filled && (result.risk !== 'destructive' || !result.readsSecrets)) {
      const known = judgeWords(filled, scope, input);
      if (known.risk === 'destructive' && result.risk !== 'destructive') result = highest(known, result);
      if (known.readsSecrets) result = withDetails(result, { readsSecrets: true });
    } else if (!result.readsSecrets && !piped && printsSecret(args)) {
      result = withDetails(result, { readsSecrets: true });
    }
    if (result.effect === 'unknown') result = judgeSaved(args, scope, input, result);
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
  rememberText(node, input, () => outputOf(node, input), scope.saved);
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

/** Raises what is unknown where it runs a file that the script has written, and that destroys. */
function judgeSaved(args: readonly Arg[], scope: Scope, stdin: Stdin, result: Verdict): Verdict {
  const key = savedAmong(args, stdin, scope.saved);
  const text = key === undefined ? undefined : scope.saved.get(key);
  if (key === undefined || text === undefined) return result;
  // While it runs, its name means nothing, so that recursion ends.
  scope.saved.delete(key);
  const sql = startsLikeSql(/\w+/.exec(text)?.[0] ?? '');
  const known = sql ? { ...classifySql(text), tool: result.tool } : asNested(judgeScript(text, scope));
  scope.saved.set(key, text);
  return known.risk === 'destructive' ? highest(known, result) : result;
}

/** Judges words run as a command: functions and aliases first, then the tables. */
function judgeWords(args: readonly Arg[], scope: Scope, stdin: Stdin): Verdict {
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
  if (first.dynamic) return opaque(`the command word ${first.text} is only known when it runs`);
  // A script of System V does what `service` does.
  const script = /^\/etc\/(?:rc\.d\/)?init\.d\/([\w.@-]+)$/.exec(name)?.[1];
  if (script) return judgeWords([plain('service'), plain(script), ...args.slice(1)], scope, stdin);
  const alias = scope.aliases.get(name);
  let defined = callFunction(name, scope, stdin);
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
    // A path names a script of somebody's; a mere name may be any program.
    const what = (name.includes('/') ? opaque : unknown)(`${name} is in no table`, { tool: name });
    return startsLikeSql(name) ? highest(what, { ...classifySql(joined(args)), tool: name }) : what;
  }
  if (name === 'alias') rememberAliases(args, scope);
  let result = applyTool(found.tool, found.name, args.slice(1), stdin, judge);
  // A program given by a relative path belongs to the folder, whatever its name.
  if (found.foreign) {
    result = atLeast(result, 'unknown', `unknown: ${name} is a program of the folder`);
    result = { ...result, nesting: 'opaque' };
  }
  return defined ? highest(result, defined) : result;
}

/** Builtins whose words may be assignments. */
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
    words: (args, stdin = INHERITED) =>
      asNested(judgeWords(args, { ...scope, depth: scope.depth + 1 }, stdin)),
    script: (text, stdin) =>
      asNested(
        judgeScript(text, scope, stdin ?? (own.kind === 'text' && own.text === text ? REST_OF_SCRIPT : own)),
      ),
    foreign: (text, dialect) => asNested(judgeForeign(text, dialect, scope)),
    here: (text) => asNested(judgeScript(text, scope, own, true)),
    saved: scope.saved,
  };
}

function judgeForeign(text: string, dialect: 'powershell' | 'cmd' | 'fish', scope: Scope): Verdict {
  if (scope.depth > MAX_DEPTH) return unknown('the nesting is too deep to read');
  const judge = judgeIn({ ...scope, depth: scope.depth + 1 }, INHERITED);
  if (dialect === 'powershell') return judgePowershell(text, judge);
  return dialect === 'cmd' ? judgeCmd(text, judge) : judgeFish(text, judge);
}

/** What a function does when it is called; undefined where none has that name. */
function callFunction(name: string, scope: Scope, stdin: Stdin): Verdict | undefined {
  if (scope.functions.size === 0 && scope.announced.size === 0) return undefined;
  const defined = scope.functions.get(name);
  const bodies = (defined ?? scope.announced.get(name))?.filter((body) => !scope.calling.has(body));
  if (!bodies || bodies.length === 0) return undefined;
  // What it defines stays, so the scope is the caller's own.
  const result = bodies.reduce(
    (sum, body) => highest(sum, judgeNode(body, calling(scope, body), stdin)),
    NOTHING,
  );
  return defined ? result : atLeast(result, 'unknown', `unknown: ${name} is not defined yet`);
}

function calling(scope: Scope, body: SyntaxNode): Scope {
  return { ...scope, calling: new Set([...scope.calling, body]), depth: scope.depth + 1 };
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

function loop(body: Verdict): Verdict {
  return body.risk === 'read-only' || body.scope !== 'one' ? body : { ...body, scope: 'many' };
}

function atMode(body: Verdict, reason: string): Verdict {
  return highest(body, verdict('read', reason, { mode: 'stream' }));
}

/** Judges for dialects that are read without the bash grammar: what it is given is no more nested than they are. */
export function plainJudge(): Judge {
  const scope = newScope();
  return {
    ...judgeIn(scope, INHERITED),
    words: (args, stdin = INHERITED) => judgeWords(args, scope, stdin),
    script: (text, stdin = INHERITED) => judgeScript(text, scope, stdin),
  };
}
