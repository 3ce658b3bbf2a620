/** A value as one literal word of a shell, or a string of SQL. */
import type { ShellDialect } from './types.ts';

/**
 * Quotes a value so that the shell hands it on unchanged, as one word.
 * Round-trips any string without NUL in bash, sh, zsh, fish and PowerShell; a NUL throws a RangeError, since no argument can hold one.
 * `cmd` has no such quoting: a value with a line break, `%`, `!` or `"` throws a RangeError there, because the word would change.
 * PowerShell 5 drops quotation marks inside arguments of native programs; PowerShell 7.3 and later do not.
 */
export function quote(value: string, dialect: ShellDialect | 'sql'): string {
  if (value.includes('\0'))
    throw new RangeError('A value with a NUL character cannot be passed as an argument.');
  switch (dialect) {
    case 'sql':
      return `'${value.replaceAll("'", "''")}'`;
    case 'powershell':
      // PowerShell takes the typographic quotes for `'` too.
      return `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
    case 'fish':
      return SAFE.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`;
    case 'cmd':
      return quoteCmd(value);
    default:
      return SAFE.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
  }
}

/** Words that mean the same with and without quotes; `=` leads zsh's path expansion and `~` a home. */
const SAFE = /^[A-Za-z0-9_@+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

function quoteCmd(value: string): string {
  if (/["%!\r\n]/.test(value)) {
    throw new RangeError(
      'cmd cannot pass a value with a line break, %, ! or " unchanged. Run the block in another shell.',
    );
  }
  // A backslash in front of the closing quote would escape it for the program that is called.
  return `"${value.replace(/\\+$/, '$&$&')}"`;
}
