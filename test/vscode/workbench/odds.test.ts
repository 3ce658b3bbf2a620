/** What goes wrong around a step: its incident's log vanishes, its inputs have awkward names. */
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openWorkbench, type Workbench } from '../harness/index.ts';

let window: Workbench | undefined;

afterEach(async () => {
  await window?.close();
  window = undefined;
});

test('an incident whose log is gone records nothing, says so, and comes back with it', {
  timeout: 60_000,
}, async () => {
  const runbook = '# R\n\n## Say\n\n```bash\necho "<__proto__> <constructor>" | tee -a said.txt\n```\n';
  window = await openWorkbench({
    workspace: { 'a-runbook.md': runbook },
    settings: { 'git.enabled': false },
  });
  const w = window;
  await w.open('a-runbook.md');
  await w.command('Runline: Declare Incident…');
  await w.pick('P1');
  await w.waitForInput('title');
  await w.answer('Gone');
  await w.statusItem('P1').waitFor();

  const folder = join(w.vscode.workspace, '.runline');
  renameSync(folder, `${folder}-away`);
  const toasts = w.page.locator('.notifications-toasts');
  await toasts.filter({ hasText: 'can no longer be read' }).waitFor();
  await w.statusItem('P1').waitFor({ state: 'detached' });

  await w.command('View: Focus First Editor Group');
  await w.clickLens('Run');
  for (const [index, value] of ['one', 'two'].entries()) {
    await w.waitForInput(`· ${index + 1} of 2`);
    await w.answer(value);
  }
  await w.waitForInput('The exact text is in the document beside this.');
  await w.pick('Run');
  await expect.poll(() => readdirSync(w.vscode.workspace), { timeout: 15_000 }).toContain('said.txt');
  expect(readdirSync(w.vscode.workspace)).not.toContain('.runline');

  renameSync(`${folder}-away`, folder);
  await w.statusItem('P1').waitFor();
});
