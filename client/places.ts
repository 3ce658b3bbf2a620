/** Where a document's workspace, its `.runline` folder and its relative path are. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Uri, workspace } from 'vscode';
import { Refusal } from './messages.ts';

/** Only files can be run or logged: a diff, a git revision or an unsaved document has no folder to run in. */
export function requireFile(uri: Uri): void {
  if (uri.scheme === 'file') return;
  throw new Refusal(
    uri.scheme === 'untitled'
      ? 'This document has no folder to run in yet. Save it, then run the step again.'
      : `A step runs in its runbook's own folder, and a document of "${uri.scheme}:" has none. Open the file itself.`,
  );
}

/** The workspace of a file: its workspace folder, else the nearest folder upward with `.runline` or `.git`, else its own. */
export function workspaceOf(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder !== undefined) return folder.uri.fsPath;
  const own = dirname(uri.fsPath);
  for (let at = own; ; at = dirname(at)) {
    if (existsSync(join(at, '.runline')) || existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return own;
  }
}

/** The `.runline` folder of a file's workspace, absolute; it may not exist yet. */
export function runlineFolder(uri: Uri): string {
  return join(workspaceOf(uri), '.runline');
}

/** Path relative to the workspace, with `/`; absolute only where it lies outside. */
export function pathInWorkspace(uri: Uri): string {
  const path = relative(workspaceOf(uri), uri.fsPath);
  return (path.startsWith('..') ? uri.fsPath : path).split(sep).join('/');
}
