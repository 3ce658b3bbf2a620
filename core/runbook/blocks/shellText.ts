/** Shell text read without the grammar: which lines are commands, where quotes and comments are. */

/** Programs and keywords that begin a line of a runbook's shell block; only used to tell shell from other text. */
const PROGRAMS =
  'alembic|ansible(?:-playbook)?|apt(?:-get)?|argocd|awk|aws|az|base64|bash|brew|bundle|cargo|cat|cd|ceph|certbot|cf|chmod|chown|cp|crictl|crontab|curl|date|dd|declare|df|dig|dmesg|docker(?:-compose)?|du|echo|egrep|etcdctl|eval|exec|exit|export|flux|free|gcloud|gh|git|go|grep|gsutil|gunzip|gzip|head|helm|heroku|host|htop|id|ifconfig|iostat|ip|iptables|istioctl|java|journalctl|jq|just|k9s|kafka-[a-z-]+|kill|killall|knife|kubectl|kubectx|ldd|ln|ls|lsof|lsblk|make|mkdir|mongo(?:sh|dump|restore)?|mount|mv|mysql(?:dump|admin)?|nc|netstat|nginx|ngrep|nmap|node|npm|npx|nslookup|oc|openssl|openstack|patronictl|pg_[a-z]+|pgrep|ping|pip3?|pkill|pm2|pnpm|podman|popd|printf|promtool|ps|psql|pushd|pwd|pytest|python3?|railway|redis-cli|rm|rsync|ruby|rails|scp|sed|service|set|sftp|sh|shutdown|skopeo|sleep|source|sqlite3|ss|ssh|stern|strace|su|sudo|sysctl|systemctl|tail|tar|tcpdump|tee|telnet|terraform|test|timeout|top|touch|traceroute|ufw|umount|unset|unzip|uptime|vault|velero|vi|vim|virtctl|vmstat|watch|wc|wget|which|xargs|yarn|yq|zfs|zpool';

/** A line that a shell would run: a known program, a keyword, an assignment or a path. */
export const SHELL_LINE = new RegExp(
  String.raw`^\s*(?:\$ )?(?:(?:${PROGRAMS})(?:\s|$|;|\|)|(?:if|for|while|until|case)\s.*(?:;|\bin\b|then|do)|(?:then|else|elif|fi|do|done|esac)\b|[A-Za-z_]\w*=\S*|\.{0,2}/[\w./-]+(?:\s|$)|[|)}]|\w+\(\)\s*\{)`,
);

/** The lines that begin a command: blank lines, comments, continuations, heredoc bodies and quoted rests left out. */
export function commandLines(content: string): string[] {
  const lines: string[] = [];
  let continued = false;
  let until: string | null = null;
  let quote: string | null = null;
  for (const line of content.split('\n')) {
    if (until !== null) {
      if (line.trim() === until) until = null;
      continue;
    }
    const text = line.trim();
    if (quote === null && (text === '' || text.startsWith('#'))) {
      continued = false;
      continue;
    }
    if (!continued && quote === null) lines.push(text);
    const state = scanLine(line, quote);
    quote = state.quote;
    continued = quote === null && (/\\$/.test(text) || /(?:\||&&|\|\|)$/.test(text));
    if (quote === null) until = /<<-?\s*(['"]?)([A-Za-z_]\w*)\1/.exec(line)?.[2] ?? null;
  }
  return lines;
}

/** Follows quotes through a line; a comment ends it. */
function scanLine(line: string, quote: string | null): { quote: string | null } {
  let open = quote;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (open === "'") {
      if (char === "'") open = null;
    } else if (char === '\\') i++;
    else if (open === '"') {
      if (char === '"') open = null;
    } else if (char === "'" || char === '"') open = char;
    else if (char === '#' && (i === 0 || /\s/.test(line[i - 1] ?? ''))) break;
  }
  return { quote: open };
}

/** What a character of a script is, as `shellContexts` marks it. */
export const CODE = 0;
export const SINGLE_QUOTED = 1;
export const DOUBLE_QUOTED = 2;
export const COMMENT = 3;

/**
 * Marks every character of a shell script as code, quoted text or comment. Approximate where the grammar is needed
 * (`$(…)` in double quotes counts as quoted); heredoc bodies count as double-quoted text, in which `#` is no comment.
 */
export function shellContexts(script: string): Uint8Array {
  const marks = new Uint8Array(script.length);
  let context = CODE;
  let pending: string[] = [];
  for (let i = 0; i < script.length; i++) {
    const char = script[i];
    if (context === COMMENT) {
      if (char === '\n') context = CODE;
      else {
        marks[i] = COMMENT;
        continue;
      }
    }
    if (char === '\n' && context === CODE && pending.length > 0) {
      const end = heredocEnd(script, i + 1, pending);
      marks.fill(DOUBLE_QUOTED, i + 1, end);
      pending = [];
      i = end - 1;
    } else if (context === SINGLE_QUOTED) {
      marks[i] = SINGLE_QUOTED;
      if (char === "'") context = CODE;
    } else if (char === '\\') {
      marks[i] = context;
      if (i + 1 < script.length) marks[i + 1] = context;
      i++;
    } else if (context === DOUBLE_QUOTED) {
      marks[i] = DOUBLE_QUOTED;
      if (char === '"') context = CODE;
    } else if (char === "'") {
      context = SINGLE_QUOTED;
      marks[i] = SINGLE_QUOTED;
    } else if (char === '"') {
      context = DOUBLE_QUOTED;
      marks[i] = DOUBLE_QUOTED;
    } else if (char === '#' && (i === 0 || /[\s;&|()]/.test(script[i - 1] ?? ''))) {
      context = COMMENT;
      marks[i] = COMMENT;
    } else if (char === '<' && script[i + 1] === '<' && script[i - 1] !== '<' && script[i + 2] !== '<') {
      const word = /^<<-?\s*(['"]?)([A-Za-z_]\w*)\1/.exec(script.slice(i, i + 60))?.[2];
      if (word !== undefined) pending.push(word);
    }
  }
  return marks;
}

/** Offset of the line break after the last of the heredocs that begin at an offset. */
function heredocEnd(script: string, from: number, words: readonly string[]): number {
  let at = from;
  for (const word of words) {
    for (;;) {
      if (at >= script.length) return script.length;
      const lineEnd = script.indexOf('\n', at);
      const end = lineEnd === -1 ? script.length : lineEnd;
      const line = script.slice(at, end).trim();
      at = end + 1;
      if (line === word) break;
    }
  }
  return Math.min(at - 1, script.length);
}
