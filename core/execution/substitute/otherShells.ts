/** Where placeholders stand in fish, PowerShell and cmd scripts: simpler languages, read as far as quotes and comments go. */
import { quote } from '../../shell/quote.ts';
import type { FindPlaces, Place, PlaceholderSpan } from './substitute.ts';

interface Quotes {
  readonly dialect: 'fish' | 'powershell' | 'cmd';
  /** What a character of code opens, by the character. */
  readonly strings: Readonly<Record<string, StringKind>>;
  /** What makes the next character literal in code. */
  readonly escape: string;
  readonly comment: RegExp | null;
}

interface StringKind {
  readonly close: string;
  readonly escape: string | null;
  readonly write: (value: string) => string;
}

const fish: Quotes = {
  dialect: 'fish',
  strings: {
    "'": { close: "'", escape: '\\', write: (value) => value.replace(/[\\']/g, '\\$&') },
    '"': { close: '"', escape: '\\', write: (value) => value.replace(/[\\"$]/g, '\\$&') },
  },
  escape: '\\',
  comment: /(?<=^|[\s;&|(])#/,
};

const single: StringKind = {
  close: "'",
  escape: null,
  write: (value) => value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&'),
};
const double: StringKind = {
  close: '"',
  escape: '`',
  write: (value) => value.replace(/[`"$\u201c\u201d\u201e]/g, '`$&'),
};
const powershell: Quotes = {
  dialect: 'powershell',
  // Longer openings first.
  strings: {
    "@'": { close: "\n'@", escape: null, write: oneLine((value) => value) },
    '@"': { close: '\n"@', escape: '`', write: oneLine(double.write) },
    "'": single,
    '"': double,
  },
  escape: '`',
  comment: /(?<=^|[\s;|&(){}])#/,
};

const cmd: Quotes = {
  dialect: 'cmd',
  strings: {
    '"': {
      close: '"',
      escape: null,
      write: (value) => {
        quote(value, 'cmd');
        return value;
      },
    },
  },
  escape: '^',
  comment: null,
};

export const fishPlaces: FindPlaces = (text, spans) => places(text, spans, fish);
export const powershellPlaces: FindPlaces = (text, spans) => places(text, spans, powershell);
export const cmdPlaces: FindPlaces = (text, spans) => places(text, spans, cmd);

function places(text: string, spans: readonly PlaceholderSpan[], quotes: Quotes): Place[] {
  const found: Place[] = [];
  const openings = Object.keys(quotes.strings);
  let open: StringKind | null = null;
  let comment = false;
  for (let at = 0; found.length < spans.length && at < text.length; ) {
    const span = spans[found.length] as PlaceholderSpan;
    if (at >= span.start) {
      found.push({
        before: 0,
        write: comment ? (value) => value.replace(/[\r\n]+/g, ' ') : writer(open, quotes),
      });
      at = span.end;
      continue;
    }
    const char = text[at] as string;
    if (comment) {
      comment = char !== '\n';
      at++;
    } else if (char === (open === null ? quotes.escape : open.escape)) {
      if (span.start === at + 1) {
        found.push({ before: 1, write: writer(open, quotes) });
        at = span.end;
      } else at += 2;
    } else if (open !== null) {
      const closes = text.startsWith(open.close, at);
      at += closes ? open.close.length : 1;
      if (closes) open = null;
    } else {
      const opening = openings.find((word) => text.startsWith(word, at));
      comment =
        quotes.comment !== null && char === '#' && (at === 0 || /[\s;&|(){}]/.test(text[at - 1] ?? ''));
      if (opening !== undefined) open = quotes.strings[opening] ?? null;
      at += opening?.length ?? 1;
    }
  }
  return found;
}

function writer(open: StringKind | null, quotes: Quotes): (value: string) => string {
  return open?.write ?? ((value) => quote(value, quotes.dialect));
}

function oneLine(write: (value: string) => string): (value: string) => string {
  return (value) => {
    if (/[\r\n]/.test(value)) throw new RangeError('a line break cannot stand in a here-string');
    return write(value);
  };
}
