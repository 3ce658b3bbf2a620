/** Which characters of a shell script stand bare: outside quotes, comments and here-documents. */

type Frame = 'code' | 'double' | 'backtick';

/**
 * Marks each character of a script: 1 where the shell would read it as syntax, 0 inside quotes, comments, here-document
 * bodies and after a backslash. `$(…)` inside double quotes is code again. One pass; never throws, whatever the text.
 * POSIX.1-2024, Shell Command Language, 2.2 Quoting, 2.3 Token Recognition, 2.7.4 Here-Document.
 */
export function bareCharacters(script: string): Uint8Array {
  const bare = new Uint8Array(script.length);
  /** Each frame holds the number of open parentheses in it. */
  const frames: { kind: Frame; depth: number }[] = [{ kind: 'code', depth: 0 }];
  let pending: { word: string; strip: boolean }[] = [];
  let i = 0;
  while (i < script.length) {
    const frame = frames[frames.length - 1] ?? { kind: 'code', depth: 0 };
    const char = script[i];
    if (char === '\n' && pending.length > 0) {
      i = skipHereDocuments(script, i + 1, pending);
      pending = [];
      continue;
    }
    if (char === '\\') {
      i += 2;
    } else if (frame.kind === 'double') {
      if (char === '"') frames.pop();
      else if (script.startsWith('$(', i)) {
        frames.push({ kind: 'code', depth: 0 });
        i++;
      } else if (char === '`') frames.push({ kind: 'backtick', depth: 0 });
      i++;
    } else if (char === "'") {
      const close = script.indexOf("'", i + 1);
      i = close < 0 ? script.length : close + 1;
    } else if (char === '"') {
      frames.push({ kind: 'double', depth: 0 });
      i++;
    } else if (char === '#' && (i === 0 || /[\s;|&()]/.test(script[i - 1] ?? ''))) {
      const end = script.indexOf('\n', i);
      i = end < 0 ? script.length : end;
    } else {
      if (char === '`') {
        if (frame.kind === 'backtick') frames.pop();
        else frames.push({ kind: 'backtick', depth: 0 });
      } else if (char === '(') frame.depth++;
      else if (char === ')') {
        if (frame.depth > 0) frame.depth--;
        else if (frames.length > 1 && frame.kind === 'code') frames.pop();
      } else if (char === '<' && script[i + 1] === '<' && script[i + 2] !== '<' && script[i - 1] !== '<') {
        const here = /^<<(-?)[ \t]*(['"]?)([\w.-]+)\2/.exec(script.slice(i, i + 120));
        if (here) {
          pending.push({ word: here[3] ?? '', strip: here[1] === '-' });
          i += here[0].length;
          continue;
        }
      }
      bare[i] = 1;
      i++;
    }
  }
  return bare;
}

function skipHereDocuments(
  script: string,
  start: number,
  documents: readonly { word: string; strip: boolean }[],
): number {
  let at = start;
  for (const { word, strip } of documents) {
    for (;;) {
      if (at >= script.length) return script.length;
      const lineEnd = script.indexOf('\n', at);
      const line = script.slice(at, lineEnd < 0 ? script.length : lineEnd);
      at = lineEnd < 0 ? script.length : lineEnd + 1;
      if ((strip ? line.replace(/^\t+/, '') : line).trimEnd() === word) break;
    }
  }
  return at;
}
