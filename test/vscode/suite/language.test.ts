/** What the language server gives in the editor, read through the `vscode` API. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** Asks again until the answer is fine: the server starts when the first document opens. */
async function eventually<T>(read: () => Thenable<T> | T, fine: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const value = await read();
    if (fine(value)) return value;
    assert.ok(Date.now() < end, `never came: ${JSON.stringify(value)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** None while an edit is on its way: the editor drops the answer to a question about the text before. */
function quickFixes(uri: vscode.Uri, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind);
}

async function open(name: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

const own = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'runline');
const codeOf = (one: vscode.Diagnostic) => (typeof one.code === 'object' ? one.code.value : one.code);
const lensesOf = (uri: vscode.Uri) =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);

describe('a runbook in the editor', () => {
  it('shows its findings, at their places', async () => {
    const { uri } = await open('docs/RUNBOOK.md');
    const found = await eventually(
      () => own(uri),
      (list) => list.length >= 3,
    );
    const unfilled = found.find((one) => codeOf(one) === 'placeholder/unfilled');
    assert.equal(unfilled?.range.start.line, 5);
    assert.ok(found.some((one) => codeOf(one) === 'command/destructive'));
  });

  it('has one line of lenses above each block', async () => {
    const { uri } = await open('docs/RUNBOOK.md');
    const lenses = await eventually(
      () => lensesOf(uri),
      (list) => list.length > 0,
    );
    const titles = lenses.map((lens) => `${lens.range.start.line} ${lens.command?.title}`);
    assert.deepEqual(titles, ['4 ▷ Run… •', '4 ◇ 1 input', '10 ⚠ Run… destroys: pod/mailer-0', '14 ▷ Run']);
  });

  it('offers a fix that is certain, and applies it as an edit', async () => {
    const document = await open('docs/RUNBOOK.md');
    const missing = await eventually(
      () => own(document.uri).find((one) => codeOf(one) === 'language/missing'),
      (one) => one !== undefined,
    );
    assert.ok(missing);
    const wanted = (action: vscode.CodeAction) => action.edit !== undefined && /bash/.test(action.title);
    const actions = await eventually(
      () => quickFixes(document.uri, missing.range),
      (offered) => offered.some(wanted),
    );
    const fix = actions.find(wanted);
    assert.ok(fix?.edit);
    const before = document.getText();
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.lineAt(14).text, '```bash');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('fixes all that is certain by the editor’s own command', async () => {
    const document = await open('docs/RUNBOOK.md');
    const before = document.getText();
    await vscode.commands.executeCommand('editor.action.fixAll');
    await eventually(
      () => document.lineAt(14).text,
      (text) => text === '```bash',
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('writes the comment that silences a finding, and leaves the cursor at its reason', async () => {
    const document = await open('docs/RUNBOOK.md');
    const before = document.getText();
    const wanted = ({ title }: vscode.CodeAction) => title === 'Silence command/destructive here';
    const actions = await eventually(
      () => quickFixes(document.uri, new vscode.Range(11, 0, 11, 1)),
      (offered) => offered.some(wanted),
    );
    const silence = actions.find(wanted);
    assert.ok(silence?.edit);
    await vscode.workspace.applyEdit(silence.edit);
    assert.equal(document.lineAt(10).text, '<!-- runline-disable-next-line command/destructive --  -->');
    const editor = vscode.window.activeTextEditor;
    assert.deepEqual(
      [editor?.selection.active.line, editor?.selection.active.character],
      [10, '<!-- runline-disable-next-line command/destructive -- '.length],
    );
    await eventually(
      () => own(document.uri).map(codeOf),
      (codes) => !codes.includes('command/destructive') && codes.includes('suppression/no-reason'),
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('follows .runline.yaml as it comes and goes', async () => {
    const document = await open('docs/RUNBOOK.md');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.runline.yaml');
    const severity = () => own(document.uri).find((one) => codeOf(one) === 'command/destructive')?.severity;
    // To end a pod is an info.
    await eventually(severity, (one) => one === vscode.DiagnosticSeverity.Information);
    await vscode.workspace.fs.writeFile(
      file,
      new TextEncoder().encode('rules:\n  command/destructive: error\n'),
    );
    await eventually(severity, (one) => one === vscode.DiagnosticSeverity.Error);
    await vscode.workspace.fs.delete(file);
    await eventually(severity, (one) => one === vscode.DiagnosticSeverity.Information);
  });

  it('says under the pointer what a command would do', async () => {
    const { uri } = await open('docs/RUNBOOK.md');
    const hovers = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          uri,
          new vscode.Position(11, 4),
        ),
      (list) => list.length > 0,
    );
    const text = hovers
      .flatMap((hover) => hover.contents.map((part) => (typeof part === 'string' ? part : part.value)))
      .join('\n');
    assert.match(text, /destructive/);
  });

  it('does not touch the document', async () => {
    const document = await open('docs/RUNBOOK.md');
    assert.equal(document.isDirty, false);
  });
});

describe('a document that is no runbook', () => {
  it('has no findings and no lenses until it is treated as one', async () => {
    const document = await open('notes/meeting.md');
    await vscode.commands.executeCommand(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 0),
    );
    const quiet = (await lensesOf(document.uri)).filter((lens) =>
      lens.command?.command.startsWith('runline.'),
    );
    assert.deepEqual(quiet, []);
    assert.deepEqual(own(document.uri), []);
    await vscode.commands.executeCommand('runline.treatAsRunbook');
    await eventually(
      () => lensesOf(document.uri),
      (list) => list.some((lens) => lens.command?.command.startsWith('runline.')),
    );
  });
});

describe('the commands of the contract', () => {
  it('are registered', async () => {
    const all = new Set(await vscode.commands.getCommands(true));
    for (const id of 'run runCommandAtCursor cancel declareIncident setSeverity setStatus addNote draftPostmortem showIncident treatAsRunbook showLogs'.split(
      ' ',
    ))
      assert.ok(all.has(`runline.${id}`), id);
  });
});
