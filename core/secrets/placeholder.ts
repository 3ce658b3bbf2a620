/** Values that stand where a secret would, but are none. */

/** Words that say what is missing instead of being it. */
const notValues = new Set(
  (
    'true false null nil none undefined empty unset string str text char varchar required optional yes no on off ' +
    'redacted hidden masked sensitive removed omitted prompt stdin env vault n/a na tbd example'
  ).split(' '),
);

/** Amazon's documented example keys end in EXAMPLE or EXAMPLEKEY. */
const documentedExample = /EXAMPLE(?:KEY)?$/;
const variable = /^\$(?:[A-Za-z_{(\d?@*]|env:)|\$\{|\$\(|\$\(\(|`|^%(?:\(\w+\))?s$|^%\w+%$|^@\w+@$|^__\w+__$/;
const delimited = /<[^<>]*>|\{\{|\}\}|^\[[^\]]*\]?$|^\{[\w.-]*\}$|^<|^#\{/;
const masked = /^(?:x{3,}|X{3,}|\*{2,}|\.{2,}|•+|-{3,}|_{3,}|0{6,}|#{3,})|[xX]{4,}$|\*{3,}|\.{3}|…/;
const yours =
  /(?:^|[_\-.])(?:your|my|insert|enter|replace|put|paste|dummy|placeholder|fixme|todo)(?:[_\-.]|$)|_here$|-here$|^your[A-Z]/i;
/** A description in place of the thing: `strong_password`. */
const described = /^(?:strong|secure|random|generated|new|old|wrong|some|the|actual|real|long)[_-]/i;
const capitalName = /^[A-Z]+(?:_[A-Z]+)*$/;
const capitalSecretWord = /PASS|PWD|SECRET|TOKEN|KEY|CREDENTIAL/;

/**
 * Whether a value is written to be replaced, or stands for one kept elsewhere: `$VAR`, `${VAR}`, `$(cat x)`, `<token>`,
 * `{{token}}`, `[token]`, `xxx`, `***`, `abc...`, `YOUR_KEY`, `sk_live_YOUR_KEY`, `PASSWORD`.
 * Words such as `changeme` and `password` are values: somebody's system has them.
 */
export function isPlaceholder(written: string): boolean {
  const value = written.replace(/^["']+|["']+$/g, '');
  if (notValues.has(value.toLowerCase())) return true;
  if (variable.test(value) || delimited.test(value) || masked.test(value)) return true;
  if (yours.test(value) || described.test(value) || documentedExample.test(value)) return true;
  return capitalName.test(value) && capitalSecretWord.test(value);
}

/** What stock passwords are made of. */
const stockWord =
  /^(?:pass(?:word|wd|phrase|wort)?|pwd?|secrets?|strings?|admin(?:istrator)?|root|superuser|users?|username|login|tests?|testing|tester|demo|dev|local|default|guest|minio|postgres|mysql|mongo|redis|rabbit|grafana|change|me|let|in|welcome|examples?|sample|dummy|fake|foo|bar|baz|qwerty|abc|xyz|very|long|secure|strong|new|my|your|super|db|database|app|key|tokens?|value|here)+$/i;

/**
 * Whether everybody would guess a value: `password`, `minioadmin`, `Admin123!`, `db_password`. It is what a system of one's own
 * machine has, or an invented one; where a server has it, it is no secret either.
 */
export function isStock(value: string): boolean {
  const words = value.split(/[^A-Za-z]+/).filter((word) => word !== '');
  return words.length > 0 && value.length <= 80 && words.every((word) => stockWord.test(word));
}

const reference =
  /^(?:~?\.{0,2}\/|@|file:|arn:|vault:|op:\/\/|ssm:|secretsmanager:|projects\/|https?:\/\/|[\w-]+:(?:latest|\d+)$)/;
const memberPath = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/** Whether a value says where the secret is kept: a path, a store's address, a member of some object. */
export function isReference(value: string, quoted: boolean): boolean {
  if (reference.test(value)) return true;
  return !quoted && (memberPath.test(value) || value.includes('('));
}

/**
 * Whether a value looks drawn rather than named: at least eight characters, with letters and digits mixed.
 * `db-secret-2` and `prod1` are names of things; `9f3kq0z81m` is not.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return !value.split(/[-_.:/]/).every((part) => /^(?:[A-Za-z]*\d{0,3}|\d+)$/.test(part));
}
