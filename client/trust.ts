/** The first gate of everything that runs or writes. Checked in code on every route, since any extension can call a command. */
import { workspace } from 'vscode';
import { Refusal } from './messages.ts';

/**
 * @param what What is refused, as it begins the sentence: "Running a step".
 * @throws Refusal in an untrusted workspace.
 */
export function requireTrust(what: string): void {
  if (workspace.isTrusted) return;
  throw new Refusal(
    `${what} is off in this workspace, because it is not trusted: its runbooks could run anything on this machine. Trust the workspace if you know where it came from.`,
    [{ title: 'Manage Workspace Trust', command: 'workbench.trust.manage' }],
  );
}
