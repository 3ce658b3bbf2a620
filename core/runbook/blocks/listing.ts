/**
 * Listings: blocks that show a file instead of something to run. A script of a program language that names its own path
 * in its first lines, or that only defines, is a listing; shell scripts are not, since they are run as often as shown.
 */

const LINE_COMMENT: Readonly<Record<string, RegExp>> = {
  python: /^\s*#.*$/gm,
  ruby: /^\s*#.*$/gm,
  perl: /^\s*#.*$/gm,
  php: /^\s*(?:#|\/\/).*$|<\?php|\?>/gm,
  javascript: /^\s*\/\/.*$|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//gm,
  sql: /^\s*(?:--|#).*$|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//gm,
};

/** A comment that holds a path and nothing else: `# /opt/app/scripts/failover.py`, `// config/limits.js`. */
const OWN_PATH =
  /^\s*(?:#|\/\/|--|;|\*|\/\*|<!--)\s*(?:file(?:name)?\s*:\s*)?(?:~?\/|\.{1,2}\/)?(?:[\w.-]+\/)*[\w.-]+\.[A-Za-z]\w{0,5}\s*(?:\*\/|-->)?\s*$/i;

const DEFINES: Readonly<Record<string, RegExp>> = {
  python:
    /^(?:import |from |def |async def |class |@|#|[A-Z_][A-Z0-9_]*\s*(?::[^=]+)?=|"""|'''|[)\]}]|if __name__\b)/,
  ruby: /^(?:require|module |class |def |end\b|include |attr_|[A-Z_]+\s*=|#|[)\]}])/,
  javascript:
    /^(?:import |export |module\.exports|exports\.|const |let |var |function |async function |class |\/\/|\/\*|\*| \*|['"]use strict|[)\]}])/,
  perl: /^(?:use |package |sub |1;|#|[)\]}])/,
  php: /^(?:<\?php|\?>|use |namespace |class |function |return \[|\/\/|#|[)\]}])/,
};
const DEFINITION: Readonly<Record<string, RegExp>> = {
  python: /^(?:async )?def |^class /m,
  ruby: /^(?:module|class|def) /m,
  javascript:
    /^(?:export |module\.exports|exports\.|(?:async )?function |class |const \w+ = (?:async )?\([^)]*\) =>)/m,
  perl: /^(?:package|sub) /m,
  php: /^(?:class|function|return \[)/m,
};

/** Whether a block of a program language shows a file. */
export function isListing(language: string, content: string): boolean {
  const defines = DEFINES[language];
  if (defines === undefined) return false;
  const lines = content.split('\n');
  if (lines.slice(0, 6).some((line) => OWN_PATH.test(line))) return true;
  if (!(DEFINITION[language]?.test(content) ?? false)) return false;
  return lines.every((line) => line.trim() === '' || /^\s/.test(line) || defines.test(line));
}

/** Whether anything is left of a block once its comments are gone. */
export function hasStatements(language: string, content: string): boolean {
  const comment = LINE_COMMENT[language];
  return (comment === undefined ? content : content.replace(comment, '')).trim() !== '';
}
