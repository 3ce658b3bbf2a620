/** PowerShell: what its statements, cmdlets and script blocks would do. From documentation: about_* and the cmdlets' reference. */
import { effectOf, effectOfMethod, fullName, verbOf } from './cmdlets.ts';
import { namesIn, type Piece, scriptOf } from './lexical.ts';
import { type Context, deeper, judgeNamed, MAX_DEPTH } from './powershellCommands.ts';
import { type PsElement, type PsStatement, type PsWord, parsePowershell } from './powershellSyntax.ts';
import { has } from './powershellWords.ts';
import { judgeFile } from './redirect.ts';
import type { Judge } from './tools/table.ts';
import type { ShellScript } from './types.ts';
import { highest, NOTHING, opaque, unknown, type Verdict, verdict, withDetails } from './verdict.ts';

/** @param judge Judges the programs that are not PowerShell's own. */
export function readPowershell(script: string, masked: string, judge: Judge): ShellScript {
  const { statements, fault } = parsePowershell(masked);
  const context = newContext(judge);
  const pieces: Piece[] = statements.map((statement) => ({
    start: statement.start,
    end: statement.end,
    verdict: judgeStatement(statement, context),
  }));
  return scriptOf(
    script,
    masked,
    pieces,
    (text) => ({
      reads: namesIn(text, /\$env:([A-Za-z_]\w*)(?!\s*=[^=])/gi),
      sets: namesIn(text, /\$(?:env:)?([A-Za-z_]\w*)\s*=(?!=)/gi),
    }),
    fault ? 'a bracket or quote is left open' : undefined,
  );
}

/** The verdict over text that PowerShell runs. */
export function judgePowershell(text: string, judge: Judge): Verdict {
  const { statements, fault } = parsePowershell(text);
  const result = judgeAll(statements, newContext(judge));
  return fault ? highest(result, unknown('a bracket or quote of the PowerShell text is left open')) : result;
}

function newContext(judge: Judge): Context {
  return { judge, functions: new Map(), depth: 0, patterns: false, run: judgeAll };
}

function judgeAll(statements: readonly PsStatement[], context: Context): Verdict {
  let result = NOTHING;
  for (const statement of statements) result = highest(result, judgeStatement(statement, context));
  return result;
}

function judgeStatement(statement: PsStatement, context: Context): Verdict {
  let result = NOTHING;
  const first = statement.elements[0]?.words.find((word) => word.value !== '&');
  for (const [i, element] of statement.elements.entries()) {
    let one = judgeElement(element, context, i > 0);
    // What ends its input early ends an endless writer.
    if (one.mode === 'stream' && statement.elements.slice(i + 1).some(takesSome))
      one = { ...one, mode: 'capture' };
    result = highest(result, one);
  }
  if (first === undefined) return result;
  return statement.background && result.mode !== 'capture' ? { ...result, mode: 'capture' } : result;
}

function takesSome({ words }: PsElement): boolean {
  return fullName(words[0]?.value ?? '') === 'select-object' && has(words, 'first');
}

function judgeElement(element: PsElement, context: Context, piped: boolean): Verdict {
  let result = judgeCommand(element.words, context, piped);
  for (const { path, append } of element.writes)
    result = highest(result, judgeFile(path.replaceAll('\\', '/'), append, false));
  return result;
}

/** What the code inside words does: sub-expressions, methods, and script blocks unless `blocks` is false. */
function judgeInside(words: readonly PsWord[], context: Context, blocks = true): Verdict {
  let result = NOTHING;
  for (const word of words) {
    for (const { statements, hash } of word.subs) {
      for (const statement of statements)
        result = highest(result, hash ? judgeEntry(statement, context) : judgeStatement(statement, context));
    }
    if (blocks)
      for (const block of word.blocks)
        result = highest(result, judgeAll(block, { ...context, patterns: false }));
    // Methods run anywhere in a line, and only a few of them are known to look.
    for (const method of word.methods) {
      const effect = effectOfMethod(method);
      if (effect === 'destroy')
        result = highest(result, verdict('destroy', `the method ${method}() destroys or ends it`));
      else if (effect === 'unknown')
        result = highest(result, unknown(`the method ${method}() is in no table`));
    }
  }
  return result;
}

/** `name = value` of a hash table. */
function judgeEntry(statement: PsStatement, context: Context): Verdict {
  let result = NOTHING;
  for (const [i, element] of statement.elements.entries()) {
    const words = i === 0 ? withoutName(element.words) : element.words;
    result = highest(result, judgeElement({ ...element, words }, context, i > 0));
  }
  return result;
}

function withoutName(words: readonly PsWord[]): readonly PsWord[] {
  const at = words.findIndex((word) => /^=/.test(word.value));
  if (at >= 0 && words[at]?.value === '=') return words.slice(at + 1);
  const [first, ...rest] = words;
  if (!first) return words;
  const value = first.value.replace(/^[^=]*=/, '');
  const quoted = /=\s*["']/.test(first.text);
  return value === '' ? rest : [{ ...first, value, quoted }, ...rest];
}

const EXPRESSION = /^([$([@"'!+-]|\d[\d.,]*([kmgtp]b)?$)/i;
/** Words behind which the code of a block runs when the statement does. */
const KEYWORD =
  /^(if|elseif|else|while|until|for|foreach|switch|do|try|catch|finally|trap|begin|process|end|clean|data|parallel|sequence|return|throw|exit|break|continue|param|using|class|enum|function|filter|in)$/i;

function judgeCommand(words: readonly PsWord[], context: Context, piped: boolean): Verdict {
  const first = words[0];
  if (!first) return NOTHING;
  if (context.depth > MAX_DEPTH) return unknown('the nesting is too deep to read');
  const name = first.value;
  // `$x = …`, `[int]$x = …`, `$a, $b = …`
  const at = /^[$[]/.test(name) ? words.findIndex((word) => /^[-+*/%?]{0,2}=$/.test(word.value)) : -1;
  if (at > 0) {
    const inner = judgeCommand(words.slice(at + 1), context, piped);
    const sets = verdict('session', 'sets a variable of the session');
    return highest(highest(inner, sets), judgeInside(words.slice(0, at), context));
  }
  if (first.quoted || (EXPRESSION.test(name) && name !== '%') || first.blocks.length > 0) {
    if (context.patterns) return judgeInside(words, context);
    const inside = judgeInside(words, context);
    const shown = words.find((word) => SECRET_VARIABLE.test(word.value) && !word.quoted);
    return shown ? withDetails(inside, { readsSecrets: true, reason: `shows ${shown.value}` }) : inside;
  }
  if (context.patterns && words.some((word) => word.blocks.length > 0)) return judgeInside(words, context);
  if (KEYWORD.test(name)) {
    const isLoop = name.toLowerCase() === 'foreach' && piped;
    if (!isLoop) return judgeKeyword(name.toLowerCase(), words, context);
  }
  if (name === '&' || name === '.') return judgeCall(words.slice(1), context, name);
  return highest(judgeNamed(words, context, piped), judgeInside(words, context));
}

/** `$env:DB_PASSWORD` by itself prints it. */
const SECRET_VARIABLE =
  /^\$\{?env:\w*(password|passwd|secret|token|api_?key|access_?key|private_?key)\w*\}?$/i;

function judgeKeyword(name: string, words: readonly PsWord[], context: Context): Verdict {
  const rest = words.slice(1);
  switch (name) {
    case 'function':
    case 'filter': {
      const body = rest.find((word) => word.blocks.length > 0)?.blocks[0] ?? [];
      const called = (rest[0]?.value ?? '').replace(/^(global|script):/i, '').toLowerCase();
      const before = context.functions.get(called) ?? [];
      context.functions.set(called, [...before, ...body]);
      const defines = verdict('session', `defines the function ${called}`);
      // Under the name of a command, the body counts from here on, whoever calls it.
      return effectOf(fullName(called)) === undefined || verbOf(called) !== undefined
        ? defines
        : judgeAll(body, deeper(context));
    }
    case 'class':
    case 'enum':
      return verdict('session', `defines the ${name} ${rest[0]?.value ?? ''}`);
    case 'switch': {
      let result = judgeInside(rest, context, false);
      for (const word of rest)
        for (const block of word.blocks)
          result = highest(result, judgeAll(block, { ...context, patterns: true }));
      return result;
    }
    case 'return':
    case 'throw':
      return judgeCommand(rest, context, false);
    case 'foreach': {
      // `foreach ($x in Get-Y)`: what stands behind `in` runs.
      let result = judgeInside(rest, context);
      for (const { statements } of rest[0]?.subs ?? []) {
        const list = statements[0]?.elements[0]?.words ?? [];
        if (list[1]?.value.toLowerCase() === 'in')
          result = highest(result, judgeCommand(list.slice(2), context, false));
      }
      return result.risk === 'read-only' || result.scope !== 'one' ? result : { ...result, scope: 'many' };
    }
    case 'while':
    case 'until':
    case 'for': {
      const inside = judgeInside(rest, context);
      if (!endless(name, rest)) return inside;
      return highest(inside, verdict('read', 'a loop that may never end', { mode: 'stream' }));
    }
    default:
      return judgeInside(rest, context);
  }
}

/** `while ($true)`, and loops that wait for an answer; `do { … } until (…)` is read from `until` on. */
function endless(name: string, rest: readonly PsWord[]): boolean {
  const condition = (rest[0]?.value ?? '').toLowerCase();
  const body = rest.flatMap((word) => word.blocks);
  if (body.some(leaves)) return false;
  if (/^\((\$true|1|;;.*)\)$/.test(condition.replace(/\s/g, ''))) return true;
  if (name === 'for' || /-(lt|le|gt|ge)\s+\$?\w+\s*\)$/.test(condition)) return false;
  return body.length === 0 || body.some(sleeps);
}

function sleeps(statements: readonly PsStatement[]): boolean {
  return statements.some(({ elements }) =>
    elements.some(({ words }) => fullName(words[0]?.value ?? '') === 'start-sleep'),
  );
}

/** Whether a loop's body can leave it. */
function leaves(statements: readonly PsStatement[]): boolean {
  return statements.some(({ elements }) =>
    elements.some(
      ({ words }) =>
        /^(break|return|exit|throw)$/i.test(words[0]?.value ?? '') ||
        words.some((word) => word.blocks.some(leaves)),
    ),
  );
}

/** `& command`, `. file`: a block, a program, or whatever a variable holds. */
function judgeCall(words: readonly PsWord[], context: Context, operator: string): Verdict {
  const first = words[0];
  if (!first) return NOTHING;
  if (first.blocks.length > 0) return judgeInside(words, context);
  if (first.dynamic) return highest(opaque(`${operator} runs ${first.text}`), judgeInside(words, context));
  if (operator === '.' && /[\\/.]/.test(first.value))
    return highest(opaque(`. runs ${first.value}`), judgeInside(words, context));
  return judgeCommand([{ ...first, quoted: false }, ...words.slice(1)], context, false);
}
