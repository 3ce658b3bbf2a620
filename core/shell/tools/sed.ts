/** What a sed script does besides printing: `-i`, `w`, `e`. From documentation: the manual of GNU sed 4.9. */
import { lineEnd } from '../../text.ts';
import { judgeFile } from '../redirect.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, hasFlag, isOpaque } from '../words.ts';
import { names } from './common.ts';
import { showsSecrets } from './secretFiles.ts';
import type { Call, Outcome } from './table.ts';

const IN_PLACE = /^(?:-[nErsuz]*i|--in-place=?)(.*)$/s;

/** `-i` rewrites; `w` writes a file; `e` runs a command. */
export function sed(call: Call): Partial<Outcome> | Verdict | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-f --file')) return unknown('sed runs a script file');
  const inPlace = call.args.find((arg) => IN_PLACE.test(arg.value));
  let written: Verdict = NOTHING;
  for (const script of scriptsOf(call)) {
    if (isOpaque(script)) return unknown('the sed script is a variable');
    const { letters, files, runs } = sedCommands(script.value);
    // What `e` runs is a shell's; `s///e` and a bare `e` run what the file holds.
    if (letters.includes('e'))
      return runs.reduce(
        (sum, text) => highest(sum, call.judge.script(text)),
        unknown('sed runs commands by e', { nesting: 'opaque' }),
      );
    for (const file of files) written = highest(written, judgeFile(file, false, false));
  }
  if (!inPlace) return written === NOTHING ? showsSecrets(call, given(call) ? 0 : 1) : written;
  const suffix = IN_PLACE.exec(inPlace.value)?.[1] ?? '';
  return highest(
    verdict('local-write', 'sed -i rewrites its files', {
      preview: 'sed with the same script, without -i',
      ...(suffix === ''
        ? { captureFirst: 'cp -p of each file', inverse: 'mv of the copy back' }
        : { inverse: `mv of each copy that ends in ${suffix} back` }),
    }),
    written,
  );
}

/** The files that `-i` rewrites. */
export function sedFiles(call: Call): readonly string[] {
  return call.args.some((arg) => IN_PLACE.test(arg.value)) ? names(call, given(call) ? 0 : 1) : [];
}

const given = (call: Call): boolean => hasFlag(call.parsed, '-e --expression');

function scriptsOf(call: Call): readonly Arg[] {
  if (given(call))
    return call.parsed.flags.flatMap(({ name, value }) =>
      /^(-e|--expression)$/.test(name) && value ? [value] : [],
    );
  // BSD's `-i ''` puts the suffix in front of the script.
  const script = call.parsed.operands.find((arg) => arg.value !== '');
  return script ? [script] : [];
}

interface SedCommands {
  /** The letters of the commands, and `e` where a flag of `s` asks for it. */
  readonly letters: string;
  /** What `w` writes. */
  readonly files: readonly string[];
  /** What `e` runs. */
  readonly runs: readonly string[];
}

function sedCommands(script: string): SedCommands {
  let letters = '';
  const files: string[] = [];
  const runs: string[] = [];
  let i = 0;
  const delimited = (delimiter: string): void => {
    while (i < script.length && script[i] !== delimiter) i += script[i] === '\\' ? 2 : 1;
    i++;
  };
  const file = (): void => {
    const end = lineEnd(script, i);
    files.push(script.slice(i, end).trim());
    i = end;
  };
  while (i < script.length) {
    const char = script[i] as string;
    if (char === '/' || char === '\\') {
      const delimiter = char === '/' ? '/' : (script[++i] ?? '');
      i++;
      delimited(delimiter);
      continue;
    }
    if (char === '#') {
      i = lineEnd(script, i);
      continue;
    }
    i++;
    if (!/[a-zA-Z]/.test(char)) continue;
    // `I` and `M` behind an address are its flags.
    if (char === 'I' || char === 'M') continue;
    letters += char;
    if (char === 's' || char === 'y') {
      const delimiter = script[i++] ?? '';
      delimited(delimiter);
      delimited(delimiter);
      while (i < script.length && /[a-zA-Z0-9]/.test(script[i] as string)) {
        const flag = script[i++] as string;
        if (flag === 'e') letters += flag;
        if (flag === 'w') file();
      }
    } else if (char === 'w' || char === 'W') {
      file();
    } else if (/[aicrRebtTl]/.test(char)) {
      const end = lineEnd(script, i);
      if (char === 'e') runs.push(script.slice(i, end).trim());
      const semicolon = script.indexOf(';', i);
      i = /[btTl]/.test(char) && semicolon >= 0 ? Math.min(end, semicolon) : end;
    }
  }
  return { letters, files, runs };
}
