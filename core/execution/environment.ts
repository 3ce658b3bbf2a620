/** The environment that a step begins with. */

/** The editor's own; its programs get confused by them, and the user's shell never had them. */
const EDITORS = /^(VSCODE_|ELECTRON_)/;

/**
 * Variables of an editor's extension host whose values are the editor's, not the user's: Node options for the host's own processes,
 * and helpers that answer to that window only.
 */
const HOSTS = ['NODE_OPTIONS', 'GIT_ASKPASS'];

/** They would change how bash reads our own lines: see "Bash Variables" in its manual. */
const UNSAFE = ['BASH_ENV', 'SHELLOPTS', 'BASHOPTS', 'POSIXLY_CORRECT', 'RUNLINE_RUN'];

/**
 * What keeps a program without a terminal from waiting for a key: pagers print, editors fail, prompts are refused.
 * An editor that fails is better than one that waits: `git commit` then says that there was a problem with it.
 */
export const GUARDS: Readonly<Record<string, string>> = {
  PAGER: 'cat',
  MANPAGER: 'cat',
  GIT_PAGER: 'cat',
  PSQL_PAGER: 'cat',
  SYSTEMD_PAGER: '',
  AWS_PAGER: '',
  BAT_PAGER: '',
  EDITOR: 'false',
  VISUAL: 'false',
  GIT_EDITOR: 'false',
  GIT_SEQUENCE_EDITOR: 'false',
  KUBE_EDITOR: 'false',
  GIT_TERMINAL_PROMPT: '0',
  DEBIAN_FRONTEND: 'noninteractive',
};

/** The names in an environment that a step must not see. */
export function removedNames(env: NodeJS.ProcessEnv): readonly string[] {
  const names = Object.keys(env);
  const inEditor = names.some((name) => EDITORS.test(name));
  return names.filter(
    (name) => EDITORS.test(name) || UNSAFE.includes(name) || (inEditor && HOSTS.includes(name)),
  );
}

/** The user's environment without the editor's part, and with the guards where no terminal stands behind the step. */
export function baseEnvironment(env: NodeJS.ProcessEnv, guarded: boolean): Record<string, string> {
  const removed = new Set(removedNames(env));
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !removed.has(name)) result[name] = value;
  }
  return guarded ? { ...result, ...GUARDS } : result;
}
