/** The words of a PowerShell command: parameters, their values, and the words that are neither. */
import type { PsWord } from './powershellSyntax.ts';

/** The value of a parameter by its name (alternatives in lower case, separated by `|`), or of an abbreviation of it. */
export function option(words: readonly PsWord[], names: string): PsWord | undefined {
  const wanted = names.split('|');
  for (const [i, word] of words.entries()) {
    if (word.quoted) continue;
    const match = /^-([A-Za-z]\w*)(?::(.*))?$/s.exec(word.value);
    const given = match?.[1]?.toLowerCase();
    if (
      given === undefined ||
      !wanted.some((name) => name === given || (given.length > 2 && name.startsWith(given)))
    )
      continue;
    return match?.[2] ? { ...word, value: match[2] } : words[i + 1];
  }
  return undefined;
}

/** Whether a parameter is there (alternatives in lower case, separated by `|`), or an abbreviation of it; `:$false` is not. */
export function has(words: readonly PsWord[], names: string): boolean {
  const wanted = names.split('|');
  return words.some((word) => {
    const given = word.quoted
      ? undefined
      : /^-([A-Za-z]\w*)(?::(?!\$false$).*)?$/is.exec(word.value)?.[1]?.toLowerCase();
    return (
      given !== undefined &&
      wanted.some((name) => name === given || (given.length > 2 && name.startsWith(given)))
    );
  });
}

/** A switch that is there, and is not `:$false`. */
export function switchedOn(words: readonly PsWord[], names: string): boolean {
  const pattern = new RegExp(`^-(?:${names})(?::\\$true)?$`, 'i');
  return words.some((word) => !word.quoted && pattern.test(word.value));
}

/** Words that are no parameter and no parameter's value. */
export function positional(words: readonly PsWord[]): PsWord[] {
  const found: PsWord[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as PsWord;
    const parameter = word.quoted ? null : /^-[A-Za-z]\w*(:)?/.exec(word.value);
    if (!parameter) found.push(word);
    else if (!parameter[1] && !SWITCHES.test(word.value) && !/^-[A-Za-z]/.test(words[i + 1]?.value ?? ''))
      i++;
  }
  return found;
}

const SWITCHES =
  /^-(recurse|force|whatif|confirm|wait|passthru|raw|asplaintext|asjob|verbose|debug|quiet|usebasicparsing|useb|append|noclobber|notypeinformation|norestart|continuous|hidden|file|directory|all|skipcertificatecheck)$/i;
