/** Windows cmd, by its command words. From documentation: Windows Commands. */
import { judgePlainWords } from './classify.ts';
import { readLines } from './lexical.ts';
import type { ShellScript } from './types.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from './verdict.ts';
import { wordSet } from './words.ts';

const READS = wordSet(
  'dir type echo ver vol where find findstr tasklist systeminfo ipconfig tracert nslookup netstat whoami hostname rem more fc comp tree getmac route driverquery query quser qwinsta pathping assoc ftype timeout waitfor sort gpresult certutil openfiles',
);
const SESSION = wordSet('cd chdir set pushd popd setlocal endlocal title color cls prompt path exit chcp');
const WRITES = wordSet(
  'copy xcopy move md mkdir mklink attrib ren rename compact replace clip setx expand tar',
);
const DESTROYS = wordSet(
  'del erase rd rmdir format taskkill tskill shutdown diskpart cipher logoff vssadmin bcdedit',
);

export function readCmd(script: string, masked: string): ShellScript {
  return readLines(script, masked, {
    // `#` begins no comment here, but as a line of its own it only fails.
    comment: /^(@?rem\b|::|#[^&|]*$)/i,
    continuation: /\^\s*$/,
    judge(line) {
      let total: Verdict = NOTHING;
      for (const part of line.split(/&&?|\|\|?/)) total = highest(total, judgePart(part.trim()));
      return />/.test(line.replace(/\d?>\s*(nul|&\d)/gi, ''))
        ? highest(total, verdict('local-write', 'writes a file'))
        : total;
    },
    variables(line) {
      const sets = [...line.matchAll(/\bset\s+(?:\/\w\s+)?"?([A-Za-z_]\w*)=/gi)].map(
        (match) => match[1] ?? '',
      );
      const reads = [...line.matchAll(/%([A-Za-z_]\w*)%/g)].map((match) => match[1] ?? '');
      return { reads: [...new Set(reads)], sets };
    },
  });
}

function judgePart(text: string): Verdict {
  if (text === '') return NOTHING;
  const words = text.replace(/^[@(]+\s*/, '').split(/\s+/);
  const name = (words[0] ?? '').toLowerCase();
  if (/%/.test(name)) return unknown('the command word is a variable');
  if (/^(call|start|for|if|cmd|powershell|pwsh|wsl)(\.exe)?$/.test(name))
    return unknown(`${name} runs another command`, { tool: name });
  return judgeWindowsProgram(words) ?? judgePlainWords(words);
}

/** What a program of Windows would do; undefined for one that is no program of Windows alone. */
export function judgeWindowsProgram(words: readonly string[]): Verdict | undefined {
  const name = (words[0] ?? '').toLowerCase().replace(/\.exe$/, '');
  const rest = words.slice(1).map((word) => word.toLowerCase());
  const tool = { tool: name };
  const destroys = verdict('destroy', `${name} destroys or takes out of service`, tool);
  const reads = verdict('read', `${name} reads`, tool);
  const mutates = verdict('mutate', `${name} changes state`, tool);
  switch (name) {
    case 'ping':
      return verdict('read', 'ping reads', { ...tool, ...(rest.includes('-t') ? { mode: 'stream' } : {}) });
    case 'sc':
      if (/^(query|queryex|qc|qdescription|qfailure|enumdepend|getdisplayname|sdshow)$/.test(rest[0] ?? ''))
        return reads;
      return /^(stop|delete|pause)$/.test(rest[0] ?? '') ? destroys : mutates;
    case 'net':
      if (rest[0] === 'stop' || rest.includes('/delete') || rest.includes('/d')) return destroys;
      return rest[0] === 'start' && rest.length > 1
        ? mutates
        : rest.length <= 1 || (rest[0] === 'user' && rest.length === 2) || rest[0] === 'statistics'
          ? reads
          : mutates;
    case 'netsh':
      if (rest.includes('show') || rest.includes('dump')) return reads;
      return rest.some((word) => /^(delete|reset|remove)$/.test(word)) ? destroys : mutates;
    case 'reg':
      if (/^(query|compare)$/.test(rest[0] ?? '')) return reads;
      return /^(delete|restore|unload)$/.test(rest[0] ?? '') ? destroys : mutates;
    case 'schtasks':
      if (rest.includes('/query') || rest.length === 0) return reads;
      return rest.some((word) => /^\/(delete|end)$/.test(word)) ? destroys : mutates;
    case 'wmic':
      if (rest.some((word) => /^(delete|terminate)$/.test(word)) || rest.includes('stopservice'))
        return destroys;
      return rest.some((word) => /^(call|set|create)$/.test(word)) ? mutates : reads;
    case 'wevtutil':
      return /^(cl|clear-log)$/.test(rest[0] ?? '')
        ? destroys
        : /^(qe|gl|el|gli|ep|gp)/.test(rest[0] ?? '')
          ? reads
          : mutates;
    case 'iisreset':
      if (rest.includes('/status')) return reads;
      return rest.includes('/stop') ? destroys : mutates;
    case 'robocopy':
      return rest.some((word) => /^\/(mir|purge|move|mov)$/.test(word))
        ? destroys
        : verdict('local-write', 'robocopy writes files', tool);
    case 'route':
      if (rest.includes('delete') || rest.includes('-f')) return destroys;
      return rest.includes('add') || rest.includes('change') ? mutates : reads;
    case 'ipconfig':
      if (rest.some((word) => /^\/release/.test(word))) return destroys;
      return rest.some((word) => /^\/(renew|flushdns|registerdns)/.test(word)) ? mutates : reads;
    case 'certutil':
      return rest.some((word) => /^-(del|delstore|delkey)/.test(word))
        ? destroys
        : rest.some((word) => /^-(addstore|importpfx|urlcache|decode|encode)/.test(word))
          ? mutates
          : reads;
    case 'sfc':
    case 'dism':
    case 'chkdsk':
    case 'gpupdate':
    case 'w32tm':
      if (name === 'chkdsk' && rest.every((word) => !word.startsWith('/'))) return reads;
      return name === 'w32tm' && rest.includes('/query') ? reads : mutates;
    case 'notepad':
    case 'regedit':
      return verdict('local-write', `${name} opens a window`, tool);
    case 'bcdedit':
      return rest.length === 0 || rest.includes('/enum') ? reads : destroys;
    case 'vssadmin':
      return rest[0] === 'list' ? reads : destroys;
    default:
  }
  if (READS.has(name)) return reads;
  if (SESSION.has(name)) return verdict('session', `${name} changes only the session`, tool);
  if (WRITES.has(name)) return verdict('local-write', `${name} writes on this machine`, tool);
  return DESTROYS.has(name) ? destroys : undefined;
}
