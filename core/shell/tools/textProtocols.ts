/** Commands that are sent as lines over a bare connection: HTTP, Redis, memcached, ZooKeeper, HAProxy, QEMU. From their manuals. */
import { judgeHttp } from '../http.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { plain, wordSet } from '../words.ts';
import { judgeRedis } from './redis.ts';

/** memcached, ZooKeeper's four letters, HAProxy's socket, and words that end or keep a session anywhere. */
const READS =
  /^(stats?( (items|slabs|sizes|settings|conns|detail( dump)?|cachedump.*))?|gets? .*|mg .*|version|ruok|srvr|mntr|conf|cons|envi|dump|wch[scp]|isro|dirs|gtmk|show .*|help|prompt|\?|info( .*)?|ehlo .*|helo .*|noop)$/i;
const MUTATES =
  /^(stats reset|crst|srst|stmk.*|enable .*|set (server|weight|maxconn|rate-limit|timeout|map|table|ssl|profiling|dynamic-cookie-key|severity-output) .*|add .*|new .*|commit .*|clear counters( .*)?|touch .*|incr .*|decr .*|append .*|prepend .*|cas .*|verbosity .*)$/i;
const DESTROYS =
  /^(flush_all.*|delete \S+.*|kill|shutdown( .*)?|disable .*|set server \S+ state (maint|drain).*|set maxconn \S+ .*\b0|clear (table|map|acl) .*|del .*|graceful|system_(reset|powerdown)|slabs reassign .*)$/i;

/** Names of headers, and the words of mail that only look, as they follow a request. */
const HEADER = /^[\w-]+:(\s|$)/;
const REQUEST = /^([A-Z]{3,10}) (\S+) HTTP\/\d/;
/** They only end the session, and say nothing of what it is spoken to. */
const ENDS = wordSet('quit exit logout QUIT EXIT');

/** Judges the lines sent; unknown where one is in no protocol that is known. */
export function judgeLines(text: string): Verdict {
  let result: Verdict = NOTHING;
  let asked = false;
  let ends = false;
  for (const part of text.split(/\\n|\n|;/)) {
    const line = part.replace(/\\r|\r/g, '').trim();
    if (ENDS.has(line)) ends = true;
    if (line === '' || ENDS.has(line) || (asked && HEADER.test(line))) continue;
    asked = true;
    result = highest(result, judgeLine(line));
  }
  if (asked) return result;
  return ends
    ? unknown('what it speaks to may end itself')
    : verdict('read', 'it sends nothing, and shows what it is given');
}

function judgeLine(line: string): Verdict {
  const request = REQUEST.exec(line);
  if (request) return judgeHttp({ method: plain(request[1] ?? ''), url: request[2] ?? '' });
  const [word = ''] = line.split(/\s/, 1);
  if (DESTROYS.test(line)) return verdict('destroy', `the server that gets «${word}» loses data or service`);
  if (MUTATES.test(line)) return verdict('mutate', `the server that gets «${word}» changes state`);
  if (READS.test(line)) return verdict('read', `sends «${word}», which only asks`);
  return judgeRedis(line.split(/\s+/).map(plain));
}
