/** Commands of SQL clients: psql's backslashes, sqlite's dots, the words of mysql and sqlplus. From their manuals. */
import { highest, NOTHING, unknown, type Verdict, verdict } from './verdict.ts';

const PSQL_READS =
  /^\\(d\w*\+?|d[A-Z]\w*\+?|l\+?|zS?\+?|sf\+?|sv\+?|x|t|a|timing|conninfo|c|connect|echo|qecho|warn|q|h|help|\?|pset|set|unset|setenv|getenv|encoding|errverbose|errors|g|gx|gset|p|print|r|reset|s|if|elif|else|endif|H|html|f|C|T|crosstabview|crosstabv|gdesc|bind\w*|parse|close_prepared|prompt|du|cd|copyright|lo_list\+?|restrict|unrestrict|startpipeline|endpipeline|syncpipeline|flush|flushrequest|getresults|u|use|status|R|W|nowarning|N|n|notee|nopager|P|#|rehash|C|charset|d|delimiter|query_attributes|quit)$/;
const SQLITE_READS =
  /^\.(tables|schema|databases|indexes|indices|headers?|mode|dump|stats|show|timer|timeout|width|quit|exit|help|print|bail|echo|nullvalue|separator|fullschema|dbinfo|eqp|explain|expert|sha3sum|recover|cd|dbconfig|limit|lint|prompt|scanstats|selftest|changes|connection|crlf|crnl|dbtotxt|vfsinfo|vfslist|vfsname|version|parameter|auth|binary|nonce|progress|trace|unmodule|filectrl|intck|www|open|columns?|rows?|maxrows|maxwidth|multiline|highlight|constant|keyword|large_number_rendering|decimal_sep|thousand_sep|read_line_version)$/;

/** One line of a client; `sql` judges statements inside it. */
export function judgeMeta(line: string, sql: (text: string) => Verdict): Verdict {
  if (!line.startsWith('\\')) return judgeOne(line, sql);
  const parts = line.split(/\s+(?=\\)/);
  if (parts.length > 20) return unknown('the line holds too many commands to read');
  let result = NOTHING;
  // psql's commands end where the next one begins, unless they take the rest of the line; `\\` goes back to SQL.
  for (const [i, part] of parts.entries()) {
    const rest = parts.slice(i).join(' ');
    if (part.startsWith('\\\\')) return highest(result, sql(rest.slice(2)));
    if (/^\\(copy|!|o|out|w|g|gx)\b/i.test(part)) return highest(result, judgeOne(rest, sql));
    result = highest(result, judgeOne(part, sql));
  }
  return result;
}

function judgeOne(line: string, sql: (text: string) => Verdict): Verdict {
  const [name = '', ...words] = line.replace(/;\s*$/, '').split(/\s+/);
  const target = words[0] ?? '';
  // psql runs what stands in backticks, wherever an argument may stand.
  const runs =
    name.startsWith('\\') && line.includes('`') ? unknown(`${name} runs a command of the shell`) : NOTHING;
  if (/^\\copy$/i.test(name)) return highest(runs, judgeCopy(line, sql));
  if (/^\\!/.test(name) || /^\.(shell|system)$/.test(name))
    return verdict('destroy', `${name} runs a command of the shell`);
  if (/^(\\(g|gx|o|out|w|write)|\.(output|once))$/.test(name) && words.join(' ').includes('|'))
    return verdict('destroy', `${name} hands its result to a command of the shell`);
  if (/^\\(g|gx)$/.test(name) && target !== '' && !target.startsWith('('))
    return highest(runs, verdict('local-write', 'writes its result to a file'));
  if (/^\\watch$/.test(name)) return verdict('read', '\\watch repeats the query', watched(words));
  if (PSQL_READS.test(name) || SQLITE_READS.test(name))
    return highest(runs, verdict('read', `${name} reads`));
  // MySQL's `\G` ends a statement as `;` does.
  if (/^\\G$/.test(name)) return NOTHING;
  if (
    /^(\\o|\\out|\.output|\.once|\.log|\.trace)$/.test(name) &&
    (target === '' || /^(stdout|off)$/.test(target))
  )
    return verdict('read', `${name} goes back to the screen`);
  if (
    /^\\(o|w|out|write|lo_export|tee)$/.test(name) ||
    /^\.(output|once|backup|clone|save|log|excel|archive|ar)$/.test(name)
  )
    return highest(runs, verdict('local-write', `${name} writes a file`));
  if (/^\.(import|restore)$/.test(name)) return verdict('destroy', `${name} replaces data`);
  if (/^\\lo_unlink$/.test(name)) return verdict('destroy', '\\lo_unlink deletes a large object');
  if (/^\\lo_import$/.test(name)) return verdict('mutate', '\\lo_import creates a large object');
  if (/^\\password$/.test(name)) return verdict('mutate', '\\password sets a password', { mode: 'terminal' });
  if (/^\\(e|ef|ev|edit)$/.test(name)) return unknown(`${name} runs what is edited`, { mode: 'terminal' });
  return unknown(`${name} runs statements that are not read`);
}

/** `\watch c=3` stops after three. */
function watched(words: readonly string[]): { readonly mode: 'capture' | 'stream' } {
  return { mode: words.some((word) => /^(c|count)=\d+$/.test(word)) ? 'capture' : 'stream' };
}

function judgeCopy(line: string, sql: (text: string) => Verdict): Verdict {
  if (/\bprogram\b/i.test(line)) return verdict('destroy', '\\copy … program runs a program');
  const direction = /\b(from|to)\b(?![^(]*\))/i.exec(line)?.[1]?.toLowerCase();
  const query = /^\\copy\s*\((.*)\)\s*to\b/is.exec(line)?.[1];
  const inner = query ? sql(query) : NOTHING;
  if (direction === 'from') return verdict('mutate', '\\copy … from loads rows');
  return highest(
    inner,
    /\bto\s+(p?stdout)\b/i.test(line)
      ? verdict('read', '\\copy reads')
      : verdict('local-write', '\\copy … to writes a file'),
  );
}
