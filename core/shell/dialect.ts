/** Fence languages and the shell dialects that read them. */
import type { ShellDialect } from './types.ts';

const DIALECTS: Readonly<Record<string, ShellDialect>> = {
  bash: 'bash',
  sh: 'sh',
  shell: 'sh',
  posix: 'sh',
  ash: 'sh',
  dash: 'sh',
  ksh: 'bash',
  shellscript: 'bash',
  'shell-script': 'bash',
  console: 'bash',
  'shell-session': 'bash',
  shellsession: 'bash',
  'bash-session': 'bash',
  'sh-session': 'bash',
  terminal: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  powershell: 'powershell',
  pwsh: 'powershell',
  ps1: 'powershell',
  ps: 'powershell',
  posh: 'powershell',
  cmd: 'cmd',
  bat: 'cmd',
  batch: 'cmd',
  dosbatch: 'cmd',
};

/** The dialect of a fence language (any case), or null where it is no shell. */
export function dialectOf(language: string): ShellDialect | null {
  return DIALECTS[language.trim().toLowerCase()] ?? null;
}
