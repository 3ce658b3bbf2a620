import { readFileSync } from 'node:fs';
import { onPath } from './onPath.ts';
import { run } from './processes.ts';

/** Whether packages can be installed here without asking: Debian itself, as root. Its derivatives ship some in other ways. */
export function canInstall(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Installs Debian packages. @returns why that failed, or undefined */
export async function installPackages(packages: readonly string[]): Promise<string | undefined> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
  ]) {
    const { code, output } = await run('apt-get', args, { env });
    if (code !== 0) return `apt-get ${args[0]} failed (exit ${code})\n${output}`;
  }
  return undefined;
}

/** Programs that tests run for real, by the Debian package that brings them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  zsh: 'zsh',
  fish: 'fish',
  strace: 'strace',
  shellcheck: 'shellcheck',
  // Their help texts are compared with the tables of commands.
  rsync: 'rsync',
  'redis-cli': 'redis-tools',
};

/**
 * Other shells that steps can be written in, what traces their sockets, and tools whose help text is read. Where they cannot
 * be installed, the tests that need them skip themselves by name.
 */
export async function ensurePrograms(): Promise<void> {
  const missing = Object.keys(PROGRAMS).filter((name) => onPath(name) === undefined);
  if (missing.length === 0 || !canInstall()) return;
  console.log(`Installing ${missing.join(', ')} (apt-get)`);
  await installPackages(missing.map((name) => PROGRAMS[name] ?? name));
}
