/** Shell text read without the grammar: which lines are commands, where quotes and comments are. */

/** Programs and keywords that begin a line of a runbook's shell block; only used to tell shell from other text. */
const PROGRAMS =
  'alembic|ansible(?:-playbook)?|apk|apt(?:-get)?|argocd|awk|aws|az|base64|bash|brew|bundle|cargo|cat|cd|ceph|certbot|cf|chmod|chown|chronyc|chroot|conntrack|consul|cp|createdb|crictl|crio|crontab|curl|date|dd|declare|df|dig|dmesg|dnf|docker(?:-compose)?|dropdb|du|echo|egrep|etcdctl|ethtool|eval|exec|exit|export|firewall-cmd|flux|free|fsck|fuser|gcloud|gh|git|go|gpg|grep|growpart|gsutil|gunzip|gzip|head|helm|heroku|host|hostnamectl|htop|id|ifconfig|iostat|ip|iptables|istioctl|java|journalctl|jq|just|k9s|kafka-[a-z-]+|kcat|kill|killall|knife|kubeadm|kubectl|kubectx|kustomize|ldd|ln|ls|lsblk|lsof|lvextend|lvs|make|minikube|mkdir|mkfs[.a-z0-9]*|mongo(?:sh|dump|restore)?|mount|mv|mysql(?:dump|admin)?|nano|nc|netstat|nft|nginx|ngrep|nmap|nmcli|node|nomad|npm|npx|nslookup|oc|ocm|odf|openssl|openstack|ovn-nbctl|ovn-sbctl|ovs-vsctl|parted|patronictl|pg_[a-z]+|pgrep|ping|pip3?|pkill|pm2|pnpm|podman|popd|printf|promtool|ps|psql|pulumi|pushd|pvs|pwd|pytest|python3?|rabbitmqctl|rails|railway|rclone|redis-cli|resize2fs|restic|rm|rpm-ostree|rsync|ruby|scp|screen|sed|service|set|sftp|sh|shred|shutdown|skopeo|sleep|snap|sops|source|sqlcmd|sqlite3|ss|ssh|stern|strace|su|sudo|swapoff|swapon|sysctl|systemctl|tail|tar|tcpdump|tee|telnet|terraform|test|timedatectl|timeout|tmux|top|touch|traceroute|trivy|truncate|ufw|umount|uname|unset|unzip|uptime|valkey-cli|vault|velero|vgs|vi|vim|virtctl|vmstat|watch|wc|wget|which|wipefs|xargs|xfs_growfs|yarn|yq|yum|zcat|zfs|zgrep|zpool';

/** A line that a shell would run: a known program, a keyword, an assignment or a path. */
export const SHELL_LINE = new RegExp(
  String.raw`^\s*(?:\$ )?(?:(?:${PROGRAMS})(?:\s|$|;|\|)|(?:if|for|while|until|case)\s.*(?:;|\bin\b|then|do)|(?:then|else|elif|fi|do|done|esac)\b|[A-Za-z_]\w*=\S*|\.{0,2}/[\w./-]+(?:\s|$)|[|)}]|\w+\(\)\s*\{)`,
);

/** The lines that begin a command: blank lines, comments, continuations, heredoc bodies and quoted rests left out. */
export function commandLines(content: string): string[] {
  const follower = new LineFollower();
  return content
    .split('\n')
    .filter((line) => follower.take(line))
    .map((line) => line.trim());
}

/** Follows a script line by line through quotes, continuations and heredocs. */
export class LineFollower {
  #continued = false;
  #until: string | null = null;
  #quote: string | null = null;

  /** Whether the next line stands by itself: no quote, continuation or heredoc is open. */
  get fresh(): boolean {
    return this.#until === null && this.#quote === null && !this.#continued;
  }

  /** Takes the next line in, and says whether a command begins on it. */
  take(line: string): boolean {
    const text = line.trim();
    if (this.#until !== null) {
      if (text === this.#until) this.#until = null;
      return false;
    }
    if (this.#quote === null && (text === '' || text.startsWith('#'))) {
      this.#continued = false;
      return false;
    }
    const begins = this.fresh;
    this.#quote = scanLine(line, this.#quote).quote;
    this.#continued = this.#quote === null && (/\\$/.test(text) || /(?:\||&&|\|\|)$/.test(text));
    if (this.#quote === null) this.#until = /(?<!<)<<-?\s*(['"]?)([A-Za-z_]\w*)\1/.exec(line)?.[2] ?? null;
    return begins;
  }
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
