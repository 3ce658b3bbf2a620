/** Whether the WHERE of a statement restricts it. */
import type { SqlToken } from './sqlTokens.ts';

/** Whether a WHERE stands there that is not always true. */
export function restricts(tokens: readonly SqlToken[]): boolean {
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'symbol' && token.value === '(') depth++;
    if (token.kind === 'symbol' && token.value === ')') depth--;
    if (depth === 0 && token.kind === 'word' && token.value === 'WHERE')
      return !alwaysTrue(tokens.slice(i + 1));
  }
  return false;
}

/** `1=1`, `true`, `'a'='a'`, `x = x`, several of these behind AND, or any of these behind an OR. */
function alwaysTrue(condition: readonly SqlToken[]): boolean {
  const choices: SqlToken[][][] = [[[]]];
  let depth = 0;
  let between = false;
  for (const token of condition) {
    if (token.kind === 'symbol' && token.value === '(') depth++;
    if (token.kind === 'symbol' && token.value === ')') depth--;
    const word = token.kind === 'word' ? token.value : '';
    if (depth === 0 && /^(RETURNING|LIMIT|ORDER)$/.test(word)) break;
    if (word === 'BETWEEN') between = true;
    if (depth === 0 && word === 'OR') choices.push([[]]);
    else if (depth === 0 && word === 'AND' && !between) choices.at(-1)?.push([]);
    else {
      if (word === 'AND') between = false;
      if (token.kind !== 'symbol' || !/[()]/.test(token.value)) choices.at(-1)?.at(-1)?.push(token);
    }
  }
  return choices.some((parts) => parts.every(isTrue));
}

const COMPARES: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '<>': (a, b) => a !== b,
  '!=': (a, b) => a !== b,
};

function isTrue(part: readonly SqlToken[]): boolean {
  const [left, second, third] = part;
  if (!left) return true;
  if (part.length === 1) return left.value === 'TRUE' || (left.kind === 'number' && Number(left.value) !== 0);
  if (left.value === 'NOT' && part.length === 2) return second?.value === 'FALSE' || second?.value === '0';
  if (left.value === 'EXISTS' && second?.value === 'SELECT') return part.length === 3;
  if (left.value === 'TRUE' && second?.value === 'IS' && third?.value === 'TRUE') return true;
  if (/^I?LIKE$/.test(second?.value ?? '')) return third?.kind === 'string' && /^%+$/.test(third.value);
  const at = part.findIndex((token) => token.kind === 'symbol' && /^[=<>!]$/.test(token.value));
  if (at < 1) return false;
  let end = at;
  while (part[end]?.kind === 'symbol' && /^[=<>!]$/.test(part[end]?.value ?? '')) end++;
  const operator = part
    .slice(at, end)
    .map((token) => token.value)
    .join('');
  const a = part.slice(0, at);
  const b = part.slice(end);
  if (a.length === 1 && b.length === 1 && a[0]?.kind === 'number' && b[0]?.kind === 'number')
    return COMPARES[operator]?.(Number(a[0].value), Number(b[0].value)) ?? false;
  if (!/^(=|==|>=|<=|<=>)$/.test(operator) || a.length !== b.length) return false;
  return a.every(
    (token, i) => token.kind === b[i]?.kind && token.value === b[i]?.value && token.kind !== 'param',
  );
}
