/** Programs of Windows, by their command words. From documentation: Windows Commands. */
import type { Effect, RunMode } from './types.ts';
import { type Verdict, verdict } from './verdict.ts';
import { wordSet } from './words.ts';

const READS = wordSet(
  `dir type echo ver vol where find findstr tasklist systeminfo tracert netstat whoami hostname rem fc comp tree getmac driverquery query quser qwinsta
  qprocess pathping assoc ftype timeout waitfor sort gpresult openfiles dcdiag dsquery dsget tracerpt msinfo32 nbtstat arp`,
);
const SESSION = wordSet(
  'cd chdir pushd popd setlocal endlocal title color cls prompt path exit chcp goto shift verify subst',
);
const WRITES = wordSet('xcopy move md mkdir mklink ren rename replace clip setx expand tar esentutl makecab');
const DESTROYS = wordSet('del erase taskkill tskill logoff dsrm diskshadow');

/** The first rule whose pattern is found in the words (lower case, joined by spaces) decides; what destroys stands first. */
type Rule = readonly [pattern: RegExp, effect: Effect, mode?: RunMode];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  ping: [
    [/(^| )[-/]t( |$)/, 'read', 'stream'],
    [/./, 'read'],
  ],
  more: [[/^/, 'read', 'terminal']],
  pause: [[/^/, 'read', 'terminal']],
  choice: [
    [/\/t /, 'read'],
    [/^/, 'read', 'terminal'],
  ],
  set: [
    [/^\/p /, 'session', 'terminal'],
    [/^/, 'session'],
  ],
  copy: [
    [/(^| )nul \S/, 'destroy'],
    [/^/, 'local-write'],
  ],
  rmdir: [[/^/, 'destroy']],
  format: [
    [/\/y/, 'destroy'],
    [/^/, 'destroy', 'terminal'],
  ],
  diskpart: [
    [/\/s /, 'destroy'],
    [/^/, 'destroy', 'terminal'],
  ],
  shutdown: [
    [/[-/]a( |$)/, 'mutate'],
    [/^/, 'destroy'],
  ],
  nslookup: [
    [/^$/, 'read', 'terminal'],
    [/./, 'read'],
  ],
  cipher: [
    [/\/w/, 'destroy'],
    [/^(\/[cky])?( |$)/, 'read'],
    [/^/, 'mutate'],
  ],
  sc: [
    [/^(\\\\\S+ )?(stop|delete|pause)( |$)/, 'destroy'],
    [
      /^(\\\\\S+ )?(query|queryex|qc|qdescription|qfailure|qtriggerinfo|enumdepend|getdisplayname|getkeyname|sdshow|showsid)( |$)/,
      'read',
    ],
    [/^/, 'mutate'],
  ],
  net: [
    [/^stop( |$)|\/d(elete)?( |$)/, 'destroy'],
    [/^(user|accounts|localgroup|group|share) .*\/(add|active|domain .*\/add)/, 'mutate'],
    [/^start \S/, 'mutate'],
    [
      /^(start|view.*|statistics.*|config.*|session|file|share( \S+)?|use|user( \S+)?( \/domain)?|localgroup( \S+)?|group( \S+)?( \/domain)?|accounts( \/domain)?|time( \\\\\S+)?|help.*)?$/,
      'read',
    ],
    [/^/, 'mutate'],
  ],
  netsh: [
    [/(^| )(delete|reset|remove)( |$)/, 'destroy'],
    [/(^| )(show|dump)( |$)/, 'read'],
    [/^$/, 'mutate', 'terminal'],
    [/^/, 'mutate'],
  ],
  reg: [
    [/^(delete|restore|unload|import)( |$)/, 'destroy'],
    [/^(query|compare)( |$)/, 'read'],
    [/^export /, 'local-write'],
    [/^/, 'mutate'],
  ],
  schtasks: [
    [/\/(delete|end)( |$)|\/change .*\/disable/, 'destroy'],
    [/^$|\/query( |$)/, 'read'],
    [/^/, 'mutate'],
  ],
  wmic: [
    [/ (delete|terminate|stopservice|reboot|shutdown|win32shutdown|uninstall)( |$)/, 'destroy'],
    [/ (call|set|create)( |$)/, 'mutate'],
    [/^$/, 'mutate', 'terminal'],
    [/^/, 'read'],
  ],
  wevtutil: [
    [/^(cl|clear-log|um|uninstall-manifest)( |$)/, 'destroy'],
    [/^(epl|export-log)( |$)/, 'local-write'],
    [/^(qe|gl|el|gli|ep|gp|query-events|get-log|enum-logs|get-log-info)/, 'read'],
    [/^/, 'mutate'],
  ],
  iisreset: [
    [/\/stop/, 'destroy'],
    [/\/status/, 'read'],
    [/^/, 'mutate'],
  ],
  appcmd: [
    [/^(delete|stop|reset|clear)( |$)/, 'destroy'],
    [/^list( |$)/, 'read'],
    [/^/, 'mutate'],
  ],
  robocopy: [
    [/(^| )\/l( |$)/, 'read'],
    [/\/(mir|purge|move|mov)( |$)/, 'destroy'],
    [/^/, 'local-write'],
  ],
  route: [
    [/(^| )(delete|-f)( |$)/, 'destroy'],
    [/(^| )(add|change)( |$)/, 'mutate'],
    [/^/, 'read'],
  ],
  ipconfig: [
    [/\/release/, 'destroy'],
    [/\/(renew|flushdns|registerdns|setclassid)/, 'mutate'],
    [/^/, 'read'],
  ],
  certutil: [
    [/-(del|delstore|delkey|delreg)/, 'destroy'],
    [/-(addstore|importpfx|repairstore|setreg)/, 'mutate'],
    [/-(urlcache|decode|encode|exportpfx|decodehex|encodehex)/, 'local-write'],
    [/^/, 'read'],
  ],
  cmdkey: [
    [/\/delete/, 'destroy'],
    [/\/(add|generic)/, 'mutate'],
    [/^/, 'read'],
  ],
  klist: [
    [/purge/, 'mutate'],
    [/^/, 'read'],
  ],
  icacls: [
    [/^(?=(.* )?\/reset( |$))(?=(.* )?\/t( |$))/, 'destroy'],
    [/\/(grant|deny|remove|setowner|reset|inheritance|restore|substitute|setintegritylevel)/, 'mutate'],
    [/\/save/, 'local-write'],
    [/^/, 'read'],
  ],
  attrib: [
    [/(^| )[+-][rashix]/, 'local-write'],
    [/^/, 'read'],
  ],
  compact: [
    [/\/[cu]/, 'local-write'],
    [/^/, 'read'],
  ],
  sfc: [
    [/\/verify/, 'read'],
    [/^/, 'mutate'],
  ],
  dism: [
    [/\/(remove|disable|cleanup-image .*\/startcomponentcleanup .*\/resetbase)/, 'destroy'],
    [/\/(get-|checkhealth|scanhealth)/, 'read'],
    [/^/, 'mutate'],
  ],
  chkdsk: [
    [/\/[frxb]( |$)|\/(spotfix|offlinescanandfix)/, 'mutate'],
    [/^/, 'read'],
  ],
  chkntfs: [
    [/\/[xdct]/, 'mutate'],
    [/^/, 'read'],
  ],
  defrag: [
    [/\/a( |$)/, 'read'],
    [/^/, 'mutate'],
  ],
  w32tm: [
    [/\/stripchart(?!.*\/samples)/, 'read', 'stream'],
    [/\/(query|stripchart|monitor|tz|dumpreg)/, 'read'],
    [/^/, 'mutate'],
  ],
  bcdedit: [
    [/^$|^\/(enum|v)/, 'read'],
    [/^\/export/, 'local-write'],
    [/^/, 'destroy'],
  ],
  vssadmin: [
    [/^list/, 'read'],
    [/^(create|add)/, 'mutate'],
    [/^/, 'destroy'],
  ],
  wbadmin: [
    [/^(delete|restore|start (systemstate)?recovery|disable)/, 'destroy'],
    [/^get/, 'read'],
    [/^/, 'mutate'],
  ],
  fsutil: [
    [/(delete|setzerodata|dirty set|deletejournal|reparsepoint delete)/, 'destroy'],
    [/(query|info|list|fsinfo|queryfree|diskfree)/, 'read'],
    [/^/, 'mutate'],
  ],
  'manage-bde': [
    [/-(off|forcerecovery|wipefreespace)/, 'destroy'],
    [/-status/, 'read'],
    [/^/, 'mutate'],
  ],
  typeperf: [
    [/-(sc|q|qx)/, 'read'],
    [/^/, 'read', 'stream'],
  ],
  logman: [
    [/^(stop|delete)/, 'destroy'],
    [/^query|^$/, 'read'],
    [/^/, 'mutate'],
  ],
  pnputil: [
    [/[/-](delete|remove|d )/, 'destroy'],
    [/[/-](enum|e$)/, 'read'],
    [/^/, 'mutate'],
  ],
  auditpol: [
    [/\/(clear|remove)/, 'destroy'],
    [/\/(get|list)/, 'read'],
    [/^/, 'mutate'],
  ],
  nltest: [
    [/\/(sc_change_pwd|sc_reset|shutdown|user)/, 'mutate'],
    [/^/, 'read'],
  ],
  repadmin: [
    [/\/(removelingeringobjects|delete)/, 'destroy'],
    [/\/(show|repl(summary|single)|queue|bridgeheads|latency|istg|viewlist)/, 'read'],
    [/^/, 'mutate'],
  ],
  netdom: [
    [/^(remove|reset)/, 'destroy'],
    [/^query/, 'read'],
    [/^/, 'mutate'],
  ],
  msiexec: [
    [/\/(x|uninstall)/, 'destroy'],
    [/^/, 'mutate'],
  ],
  powercfg: [
    [
      /[/-](list|l|query|q|a|availablesleepstates|requests|lastwake|waketimers|devicequery|getactivescheme)( |$)/,
      'read',
    ],
    [/^/, 'mutate'],
  ],
  takeown: [[/^/, 'mutate']],
  gpupdate: [[/^/, 'mutate']],
  dsadd: [[/^/, 'mutate']],
  dsmod: [[/^/, 'mutate']],
  wusa: [
    [/\/uninstall/, 'destroy'],
    [/^/, 'mutate'],
  ],
  msg: [[/^/, 'mutate']],
  mountvol: [
    [/\/d( |$)|\/p( |$)/, 'destroy'],
    [/^\S* ?$|\/l( |$)/, 'read'],
    [/^/, 'mutate'],
  ],
  label: [[/^/, 'mutate']],
  notepad: [[/^/, 'local-write', 'terminal']],
  regedit: [
    [/\/s /, 'destroy'],
    [/^/, 'local-write', 'terminal'],
  ],
  runas: [[/^/, 'unknown', 'terminal']],
  rundll32: [[/^/, 'unknown']],
  mstsc: [[/^/, 'unknown', 'terminal']],
};
/** Other names of the same program. */
const SAME: Readonly<Record<string, string>> = { rd: 'rmdir', wmi: 'wmic' };

const SAYS: Readonly<Record<Effect, string>> = {
  read: 'reads',
  session: 'changes only the session',
  'local-write': 'writes on this machine',
  mutate: 'changes state',
  destroy: 'destroys or takes out of service',
  unknown: 'runs something else',
};

/** What a program of Windows would do; undefined for one that is no program of Windows alone. */
export function judgeWindowsProgram(words: readonly string[]): Verdict | undefined {
  const name = (words[0] ?? '').toLowerCase().replace(/\.(exe|com)$/, '');
  const rest = words.slice(1).map((word) => word.toLowerCase());
  const text = rest.join(' ');
  const make = (effect: Effect, mode: RunMode = 'capture'): Verdict =>
    verdict(effect, `${effect === 'unknown' ? 'unknown: ' : ''}${name} ${SAYS[effect]}`, {
      tool: name,
      mode: asks(SAME[name] ?? name, rest) ? 'terminal' : mode,
      readsSecrets: name === 'set' && rest.length === 0,
    });
  const rules = RULES[SAME[name] ?? name];
  const known =
    rules !== undefined || READS.has(name) || SESSION.has(name) || WRITES.has(name) || DESTROYS.has(name);
  if (known && rest.includes('/?')) return verdict('read', `${name} /? prints help`, { tool: name });
  if (rules) {
    const rule = rules.find(([pattern]) => pattern.test(text));
    return rule ? make(rule[1], rule[2]) : make('unknown');
  }
  if (READS.has(name)) return make('read');
  if (SESSION.has(name)) return make('session');
  if (WRITES.has(name)) return make('local-write');
  return DESTROYS.has(name) ? make('destroy') : undefined;
}

/** Whether it asks before it goes on. */
function asks(name: string, rest: readonly string[]): boolean {
  if (name === 'rmdir') return rest.includes('/s') && !rest.includes('/q');
  if (name === 'del' || name === 'erase')
    return (
      rest.includes('/p') || (!rest.includes('/q') && rest.some((word) => /(^|\\)\*(\.\*)?$/.test(word)))
    );
  return name === 'wmic' && rest.includes('/interactive:on');
}
