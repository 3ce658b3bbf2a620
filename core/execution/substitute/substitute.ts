/** Values in place of placeholders, so that each arrives as it was typed and nothing in it is understood as code. */
import { StepRefused } from '../errors.ts';
import { cmdPlaces, fishPlaces, powershellPlaces } from './otherShells.ts';
import { shellPlaces } from './shell.ts';
import { sqlPlaces } from './sql.ts';

/** A placeholder by offsets into the text; see `core/runbook`. */
export interface PlaceholderSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What one place makes of a value. */
export interface Place {
  /** How many characters before the placeholder are replaced with it: a backslash that would change what follows. */
  readonly before: number;
  /** @throws RangeError with a clause ("a line break cannot …") where the value cannot stand there. */
  readonly write: (value: string) => string;
}

/** Finds the place of each placeholder; `spans` are in order and do not overlap. */
export type FindPlaces = (text: string, spans: readonly PlaceholderSpan[]) => readonly Place[];

const DIALECTS: Readonly<Record<string, FindPlaces>> = {
  fish: fishPlaces,
  powershell: powershellPlaces,
  pwsh: powershellPlaces,
  cmd: cmdPlaces,
  sql: sqlPlaces,
};

/**
 * Replaces placeholders with values, quoted for where each stands: a word of its own, part of a word, inside quotes, in a
 * here-document, in a comment. A placeholder without a value stays as it is.
 * @param dialect A language or dialect: `bash`, `sh`, `zsh`, `fish`, `powershell`, `cmd`, `sql`; what is unknown is read as bash.
 * @throws StepRefused (`value`) where a value has a NUL, or cannot stand where it is wanted; the message names the placeholder.
 */
export function substitute(
  content: string,
  placeholders: readonly PlaceholderSpan[],
  values: Readonly<Record<string, string>>,
  dialect: string,
): string {
  const spans = placeholders
    .filter(({ name, start, end }) => Object.hasOwn(values, name) && start < end && end <= content.length)
    .sort((a, b) => a.start - b.start)
    .filter((span, index, all) => index === 0 || span.start >= (all[index - 1]?.end ?? 0));
  if (spans.length === 0) return content;
  const places = (DIALECTS[dialect.toLowerCase()] ?? shellPlaces)(content, spans);
  const parts: string[] = [];
  let from = 0;
  spans.forEach((span, index) => {
    const place = places[index] as Place;
    parts.push(content.slice(from, span.start - place.before), write(place, span, values[span.name] ?? ''));
    from = span.end;
  });
  parts.push(content.slice(from));
  return parts.join('');
}

function write(place: Place, span: PlaceholderSpan, value: string): string {
  try {
    if (value.includes('\0')) throw new RangeError('no argument can hold a NUL character');
    return place.write(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StepRefused('value', `The value of ${span.text} cannot be used here: ${error.message}.`, {
      cause: error,
    });
  }
}
