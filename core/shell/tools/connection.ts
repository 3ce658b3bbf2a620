/** What a connection string says about where a command goes, without the password in it. */
import type { TargetWord } from '../types.ts';
import type { Arg } from '../words.ts';

/**
 * The targets in a URL (`postgresql://app:secret@db-1/orders`), a list of settings (`host=db-1 dbname=orders`), a variable, or a
 * plain name, which is one of `kind`.
 */
export function connectionTargets(word: Arg, kind = 'database'): TargetWord[] {
  const { value } = word;
  const url = /^[a-z][\w+.-]*:\/\/(?:[^@/]*@)?([^/?#]*)(?:\/([^?#]*))?/i.exec(value);
  if (url) {
    const [, host = '', database = ''] = url;
    return [
      { kind: 'host', value: host === '' ? 'localhost' : host },
      ...(database === '' ? [] : [{ kind: 'database', value: database }]),
    ];
  }
  if (/^\w+=/.test(value)) {
    const found: TargetWord[] = [];
    for (const [, name = '', setting = ''] of value.matchAll(/(\w+)\s*=\s*('[^']*'|\S+)/g)) {
      const named = SETTINGS[name];
      if (named) found.push({ kind: named, value: setting.replace(/'/g, '') });
    }
    return found;
  }
  if (value === '') return [];
  return [{ kind: word.dynamic && /UR[IL]|DSN|CONN/i.test(value) ? 'url' : kind, value }];
}

const SETTINGS: Readonly<Record<string, string>> = {
  host: 'host',
  hostaddr: 'host',
  dbname: 'database',
  user: 'user',
  service: 'service',
};
