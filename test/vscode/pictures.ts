// npm run pictures: takes the pictures that the README shows, from the demo in a real VS Code, into docs/images/.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkbench, type Workbench } from './harness/index.ts';

const root = resolve(import.meta.dirname, '../..');
const images = join(root, 'docs/images');
mkdirSync(images, { recursive: true });
const runbook = readFileSync(join(root, 'examples/demo/demo-runbook.md'), 'utf8');
const lineOf = (mark: string) => runbook.slice(0, runbook.indexOf(mark)).split('\n').length;

for (const [name, theme] of [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
] as const) {
  const window = await openWorkbench({
    workspace: join(root, 'examples'),
    viewport: { width: 1440, height: 900 },
    settings: {
      'workbench.colorTheme': theme,
      'editor.minimap.enabled': false,
      'breadcrumbs.enabled': false,
      'editor.stickyScroll.enabled': false,
      'git.enabled': false,
    },
  });
  try {
    await tour(window, name);
  } finally {
    await window.close();
  }
}

async function tour(w: Workbench, theme: string): Promise<void> {
  await w.open('demo/demo-runbook.md');
  await w.page.locator('.codelens-decoration a').first().waitFor();
  await w.command('Runline: Declare Incident…');
  await w.pick('P1');
  await w.waitForInput('title');
  await w.answer('Checkout refuses every order');
  await w.webview('text=Timeline');
  await step(w, '{name=start}', 'yes');
  await step(w, '{name=break}', 'yes');
  await step(w, '{name=health}', 'yes');
  await step(w, '{name=find}', 'yes');
  await step(w, '```bash\n   grep -E', 'nothing');
  await step(w, '```bash\n   grep -F', 'nothing', 'ord-1014');
  await step(w, '{name=restart}', 'yes', 'no connections left');
  await step(w, '{name=health}', 'yes');
  await w.command('Runline: Set Status…');
  await w.pick('Mitigated');
  await w.waitForInput();
  await w.answer('restarted');
  await sleep(1500);

  // The panel alone, then the editor alone.
  await w.command('View: Toggle Primary Side Bar Visibility');
  await hidePanel(w);
  await w.screenshot(join(images, `panel-${theme}.png`));
  await w.command('View: Focus First Editor Group');
  await w.command('View: Close Editors in Other Groups');
  await w.goToLine(lineOf('{name=find}') + 14);
  await hidePanel(w);
  await w.screenshot(join(images, `editor-${theme}.png`));

  await clickLens(w, '{name=drop}');
  await w.waitForInput('Type ');
  await sleep(600);
  await w.screenshot(join(images, `consent-${theme}.png`));
  await w.escape();
  await step(w, '{name=stop}', 'yes');

  await w.command('Runline: Draft Post-Mortem');
  const [id = ''] = readdirSync(join(w.vscode.workspace, '.runline/incidents'));
  while (!readdirSync(join(w.vscode.workspace, '.runline/incidents', id)).includes('postmortem.md'))
    await sleep(200);
  await sleep(2500);
  await hidePanel(w);
  await w.screenshot(join(images, `draft-${theme}.png`));
}

/** The panel below the editors, and the pointer, out of the picture. */
async function hidePanel(w: Workbench): Promise<void> {
  if (await w.page.locator('.part.panel').isVisible()) await w.command('View: Toggle Panel Visibility');
  await w.page.mouse.move(700, 880);
  await sleep(1200);
}

/** Runs a step by its lens and waits until its result stands beside the fence. */
async function step(w: Workbench, mark: string, asks: 'nothing' | 'yes', ...inputs: string[]): Promise<void> {
  await clickLens(w, mark);
  for (const input of inputs) {
    await w.waitForInput('Value for');
    await w.answer(input);
  }
  if (asks === 'yes') {
    await w.waitForInput('The exact text is in the document beside this.');
    await w.pick('Run');
  }
  await sleep(2500);
}

async function clickLens(w: Workbench, mark: string): Promise<void> {
  await w.command('View: Focus First Editor Group');
  await w.goToLine(lineOf(mark));
  await sleep(900);
  const lenses = w.page
    .locator('.editor-group-container')
    .first()
    .locator('.codelens-decoration a', { hasText: 'Run' });
  const top = (await w.page.locator('.editor-group-container .current-line').first().boundingBox())?.y ?? 0;
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let index = 0; index < (await lenses.count()); index++) {
    const box = (await lenses.nth(index).isVisible()) ? await lenses.nth(index).boundingBox() : null;
    if (box !== null && box.y < top && top - box.y < distance) {
      distance = top - box.y;
      best = index;
    }
  }
  await lenses.nth(best).click();
}
