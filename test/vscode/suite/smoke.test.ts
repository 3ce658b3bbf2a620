import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

describe('VS Code', () => {
  it('is at least the release that engines.vscode names', () => {
    const [major = 0, minor = 0] = vscode.version.split('.').map(Number);
    assert.ok(major > 1 || (major === 1 && minor >= 101), `VS Code ${vscode.version}`);
  });

  it('runs its extensions on the Node that the client is built for', () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    assert.ok(major > 22 || (major === 22 && minor >= 13), `Node ${process.versions.node}`);
  });

  it('has a trusted workspace of one folder', () => {
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  it('knows the extension under test', () => {
    assert.ok(vscode.extensions.all.some((extension) => extension.packageJSON.name === 'runline'));
  });
});
