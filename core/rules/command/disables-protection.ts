import type { BlockText } from '../../runbook/types.ts';
import { blocksOf, contentRange, excerpt, isPosixShell, perBlock } from '../support/blocks.ts';
import { programs } from '../support/programs.ts';
import type { Report, Rule } from '../types.ts';

/** A protection that is turned off, and that the document does not turn on again. */
export const disablesProtection: Rule = {
  id: 'command/disables-protection',
  title: 'A protection is turned off and not on again',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports commands that switch off what protects a system: SELinux and AppArmor, firewalls, audit logs, deletion protection, admission checks; and `chmod 777`. Where the document also turns it on again, nothing is said.',
    why: 'It is done to get on during an incident, and forgotten. Weeks later the machine still stands open, and nobody knows why.',
    wrong: '```bash\nsudo setenforce 0\nsystemctl restart ledger\n```',
    right: '```bash\nsudo setenforce 0\nsystemctl restart ledger\nsudo setenforce 1\n```',
    source: 'MITRE ATT&CK T1562, Impair Defenses: the same commands, and what becomes of them.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      if (!isPosixShell(block.effectiveLanguage)) continue;
      for (const { start, end, what, again } of turnedOff(block)) {
        if (again?.test(runbook.source.text)) continue;
        const shown = `\`${excerpt(block.content.slice(start, end), 50)}\``;
        yield {
          range: contentRange(runbook, block, start, end),
          message:
            again === null
              ? `${shown} ${what}.`
              : `${shown} turns off ${what}, and nothing in this document turns it on again. Add the step that does, and say when.`,
        };
      }
    }
  },
};

interface TurnedOff {
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly again: RegExp | null;
}

interface Protection {
  /** The program, and the command from there on, words joined by one space. */
  readonly off: RegExp;
  /** What it is, behind "turns off"; without a way back a whole predicate. */
  readonly what: string;
  /** What turns it on again, anywhere in the document; null where there is no such command. */
  readonly again: RegExp | null;
}

const PROTECTIONS: readonly Protection[] = [
  { off: /^setenforce (?:0|permissive)$/i, what: 'SELinux', again: /setenforce (?:1|enforcing)/i },
  { off: /^ufw disable$/, what: 'the firewall', again: /ufw (?:--force )?enable/ },
  {
    off: /^ip6?tables (?:-t \w+ )?(?:-F|--flush)(?: (?:INPUT|FORWARD))?$/,
    what: 'the firewall',
    again: /iptables-restore|iptables -A|netfilter-persistent|iptables-apply/,
  },
  { off: /^ip6?tables -P INPUT ACCEPT$/, what: 'the firewall', again: /-P INPUT DROP/ },
  { off: /^nft flush ruleset$/, what: 'the firewall', again: /nft -f/ },
  {
    off: /^(?:systemctl (?:(?:stop|disable|mask)(?: --now)?|--now (?:stop|disable|mask))|service) (?:firewalld|ufw|nftables|iptables|apparmor|auditd|fail2ban|falco|crowdsec)(?:\.service)?(?: stop)?$/,
    what: 'what watches or shields this machine',
    again:
      /(?:start|restart|enable|unmask)(?: --now)? (?:firewalld|ufw|nftables|iptables|apparmor|auditd|fail2ban|falco|crowdsec)|(?:firewalld|ufw|nftables|iptables|apparmor|auditd|fail2ban|falco|crowdsec) start/,
  },
  { off: /^auditctl -e 0$/, what: 'the audit of this machine', again: /auditctl -e 1/ },
  { off: /^aws cloudtrail stop-logging\b/, what: 'the audit log of the account', again: /start-logging/ },
  { off: /^aws guardduty delete-detector\b/, what: 'the detection of attacks', again: /create-detector/ },
  {
    off: /^aws \S+ \S+.* --no-deletion-protection\b/,
    what: 'deletion protection',
    again: / --deletion-protection\b/,
  },
  {
    off: /^gcloud .* --no-deletion-protection\b/,
    what: 'deletion protection',
    again: / --deletion-protection\b/,
  },
  {
    off: /^(?:kubectl|oc) delete (?:\S+ )*?(?:validating|mutating)webhookconfigurations?\b/,
    what: 'a check that the cluster makes of what is applied',
    again: /(?:apply|create|replace)\b.{0,200}webhook/i,
  },
  {
    off: /^(?:kubectl|oc) delete (?:\S+ )*?(?:networkpolic(?:y|ies)|netpol)\b/,
    what: 'a rule on who may talk to whom',
    again: /(?:apply|create|replace)\b.{0,200}(?:networkpolicy|netpol|network-polic)/i,
  },
  {
    off: /^aws s3api (?:delete-public-access-block\b|put-public-access-block .*=false)/,
    what: 'the block on public access',
    again: /put-public-access-block .{0,200}=true/,
  },
  {
    off: /^redis-cli (?:\S+ )*config set protected-mode no$/i,
    what: 'the protected mode of Redis',
    again: /protected-mode yes/i,
  },
  {
    off: /^chmod (?:-\w+ )*(?:0?777|a\+rwx|ugo\+rwx)\b/,
    what: 'lets everybody on this machine read, change and run it: give the one user or group what it needs',
    again: null,
  },
];

const MENTIONS =
  'setenforce ufw tables nft systemctl service auditctl aws gcloud kubectl oc redis-cli chmod'.split(' ');

const turnedOff = perBlock((block: BlockText): TurnedOff[] => {
  const found: TurnedOff[] = [];
  for (const { name, words, simple } of programs(block, MENTIONS)) {
    const command = [name, ...words.slice(1).map(({ value }) => value)].join(' ');
    const protection = PROTECTIONS.find(({ off }) => off.test(command));
    if (protection === undefined || /--dry-run/.test(command)) continue;
    const { what, again } = protection;
    found.push({ start: simple.start, end: simple.end, what, again });
  }
  return found;
});
