/**
 * The whole path as a person takes it in a real VS Code window: see what is wrong, run, fill in, refuse, confirm, declare,
 * read the panel, draft. Once on our own demo with a service that really breaks, and on two real runbooks.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type Machine, makeMachine } from '../../support/doubles.ts';
import { hasShared, SHARED } from '../../support/shared.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../harness/index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const SHOTS = join(ROOT, 'test-results');
const SETTINGS = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.minimap.enabled': false,
  // VS Code's own use of git would stand among the recorded calls.
  'git.enabled': false,
};

let window: Workbench | undefined;
let machine: Machine | undefined;
const folders: string[] = [];

afterEach(async (context) => {
  if (context.task.result?.state === 'fail')
    await window?.screenshot(join(SHOTS, `${context.task.name.replace(/\W+/g, '-')}.png`));
  await window?.close();
  window = undefined;
  await machine?.close();
  machine = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function started(options: WorkbenchOptions): Promise<Workbench> {
  window = await openWorkbench({ settings: SETTINGS, ...options });
  return window;
}

async function newMachine(): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'runline-machine-'));
  folders.push(folder);
  machine = await makeMachine(folder);
  return machine;
}

function seed(prefix: string): string {
  const name = readdirSync(join(SHARED, 'seeds')).find((file) => file.startsWith(prefix));
  if (name === undefined) throw new Error(`no seed ${prefix}`);
  return readFileSync(join(SHARED, 'seeds', name), 'utf8');
}

/** Waits until something is so; what it was at the end says why it never was. */
async function until<T>(read: () => T | Promise<T>, fine: (value: T) => boolean, what: string): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (fine(value)) return value;
    if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(value)} after 20 s`);
    await sleep(150);
  }
}

/** The 1-based line of the first fence after a text, below a heading. */
function fenceAfter(text: string, ...marks: string[]): number {
  let at = 0;
  for (const mark of marks) {
    at = text.indexOf(mark, at);
    if (at < 0) throw new Error(`no ${mark}`);
    at += mark.length;
  }
  return text.slice(0, text.indexOf('```', at)).split('\n').length;
}

/** Goes to a fence and clicks the first lens above it that holds a text. */
async function clickLensAt(w: Workbench, line: number, text: string): Promise<void> {
  // The command brings back the keyboard from a panel or terminal.
  await w.command('View: Focus First Editor Group');
  await w.goToLine(line);
  const lenses = w.page
    .locator('.editor-group-container')
    .first()
    .locator('.codelens-decoration a', { hasText: text });
  // The lens wanted is the nearest one above the cursor's line; VS Code moves lines while it draws them.
  const nearest = async (): Promise<number> => {
    const top = (await w.page.locator('.editor-group-container .current-line').first().boundingBox())?.y ?? 0;
    let best = -1;
    let distance = 60;
    for (let index = 0; index < (await lenses.count()); index++) {
      const lens = lenses.nth(index);
      const box = (await lens.isVisible()) ? await lens.boundingBox() : null;
      if (box === null || box.y > top || top - box.y >= distance) continue;
      distance = top - box.y;
      best = index;
    }
    return best;
  };
  const index = await until(nearest, (found) => found >= 0, `the lens ${text} above line ${line}`);
  await lenses.nth(index).click();
}

/** Types the word that a destructive step asks for. */
async function typeTheWord(w: Workbench): Promise<string> {
  const box = await w.waitForInput('Type ');
  const word = (await box.locator('input').getAttribute('placeholder')) ?? '';
  expect(word).not.toBe('');
  await w.answer(word);
  return word;
}

interface LoggedEvent {
  readonly type: string;
  readonly data: Record<string, unknown> & {
    readonly step?: { readonly line: number; readonly stepId: string };
  };
}

function incidentOf(w: Workbench): { folder: string; id: string; events(): LoggedEvent[] } {
  const base = join(w.vscode.workspace, '.runline/incidents');
  const [id = ''] = readdirSync(base);
  const folder = join(base, id);
  return {
    id,
    folder,
    events: () =>
      readFileSync(join(folder, 'events.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

/** The draft, once it is there. */
async function draftOf(folder: string): Promise<string> {
  await until(
    () => readdirSync(folder),
    (names) => names.includes('postmortem.md'),
    'the draft',
  );
  return readFileSync(join(folder, 'postmortem.md'), 'utf8');
}

const finished = (events: readonly LoggedEvent[]) =>
  events.filter((event) => event.type.endsWith('step.finished'));

async function declare(w: Workbench, severity: string, title: string): Promise<void> {
  await w.command('Runline: Declare Incident…');
  await w.pick(severity);
  await w.waitForInput('title');
  await w.answer(title);
  await w.webview('text=Timeline');
}

describe('the whole path', () => {
  test('on the demo: it breaks, is diagnosed, mended, verified and written up', {
    timeout: 180_000,
  }, async () => {
    const w = await started({ workspace: join(ROOT, 'examples') });
    const text = readFileSync(join(ROOT, 'examples/demo/demo-runbook.md'), 'utf8');
    await w.open('demo/demo-runbook.md');

    const problems = await until(
      () => w.problems(),
      (rows) => rows.length > 1,
      'the problems',
    );
    expect(problems.join('\n')).toContain('placeholder');

    await declare(w, 'P1', 'Checkout refuses every order');
    const incident = incidentOf(w);
    let steps = 0;
    /** Runs a named step, with the consent that it asks for, and waits for its end to be logged. */
    const run = async (mark: string, asks: 'nothing' | 'yes' | 'word', ...inputs: string[]) => {
      await clickLensAt(w, lineOf(text, mark), 'Run');
      for (const input of inputs) {
        await w.waitForInput('Value for');
        await w.answer(input);
      }
      if (asks === 'yes') {
        await w.waitForInput('The exact text is in the document beside this.');
        await w.pick('Run');
      }
      if (asks === 'word') await typeTheWord(w);
      steps++;
      const ends = await until(
        () => finished(incident.events()),
        (events) => events.length >= steps,
        `${mark} to end`,
      );
      return ends[steps - 1]?.data.outcome;
    };
    expect(await run('{name=start}', 'yes')).toBe('succeeded');
    expect(await run('{name=break}', 'yes')).toBe('succeeded');
    expect(await run('{name=health}', 'yes')).toBe('failed');
    await until(
      () => drawnResults(w),
      (results) => results.some((result) => result.includes('✗ exit 1 · 503')),
      'the result beside the fence',
    );

    expect(await run('{name=find}', 'yes')).toBe('succeeded');
    expect(await run(`\`\`\`bash\n   grep -E`, 'nothing')).toBe('succeeded');
    expect(await run(`\`\`\`bash\n   grep -F`, 'nothing', 'ord-1014')).toBe('succeeded');
    expect(await run('{name=restart}', 'yes', 'no connections left')).toBe('succeeded');
    expect(await run('{name=health}', 'yes')).toBe('succeeded');
    await clickLensAt(w, lineOf(text, '{name=drop}'), 'destroys');
    await w.waitForInput('Type ');
    await w.answer('yes');
    await until(
      () => incident.events(),
      (events) => events.some((event) => event.type.endsWith('step.skipped')),
      'the refusal',
    );
    expect(await run('{name=drop}', 'word')).toBe('succeeded');

    // Before the incident is resolved: after that, steps are nobody's incident.
    expect(await run('{name=stop}', 'yes')).toBe('succeeded');
    const panel = await w.webview('text=Timeline');
    await panel.locator('text=/exit 1/').first().waitFor({ state: 'attached' });
    await panel.locator('button', { hasText: 'Resolve' }).click();
    await w.waitForInput();
    await w.answer('restarted');
    await until(
      () => incident.events(),
      (events) => events.some((event) => event.type.endsWith('status.changed')),
      'the status',
    );

    await w.command('Runline: Draft Post-Mortem');
    const draft = await draftOf(incident.folder);
    expect(draft).toContain('Checkout refuses every order');
    expect(draft).toContain('TODO(author)');
  });
});

/** The page's own; this file is checked without the browser's types. */
declare function getComputedStyle(element: unknown, pseudo: string): { readonly content: string };

/** What stands at the ends of lines: decorations, which are no text of the document. */
function drawnResults(w: Workbench): Promise<string[]> {
  return w.page
    .locator('.view-line span')
    .evaluateAll((spans) =>
      spans.map((span) => getComputedStyle(span, '::after').content).filter((text) => text !== 'none'),
    );
}

function lineOf(text: string, mark: string): number {
  return text.slice(0, text.indexOf(mark)).split('\n').length;
}

describe.skipIf(!hasShared)('the whole path on real runbooks', () => {
  test('seed 003: a placeholder filled, a destructive step refused, then confirmed', {
    timeout: 180_000,
  }, async () => {
    const machine = await newMachine();
    const text = seed('003');
    const w = await started({ workspace: { 'docs/RUNBOOK.md': text }, env: machine.env });
    await w.open('docs/RUNBOOK.md');

    const problems = await until(
      () => w.problems(),
      (rows) => rows.length > 5,
      'the problems',
    );
    expect(problems.join('\n')).toMatch(/redirection|reads `<task-id>`|<task-id>/);

    await declare(w, 'P0', 'The API answers 500');
    const incident = incidentOf(w);
    expect(incident.events()[0]?.data).toMatchObject({ title: 'The API answers 500' });
    await w.statusItem('P0').waitFor();

    // A step that changes something: its placeholder first, then its exact text.
    await clickLensAt(w, fenceAfter(text, 'Runbook 1', '### Diagnosis'), 'Run');
    await w.waitForInput('<task-id>');
    await w.answer('task $(id) 1');
    await w.waitForInput('The exact text is in the document beside this.');
    expect(machine.calls()).toEqual([]);
    await w.pick('Run');
    await until(
      () => machine.calls(),
      (calls) => calls.length >= 3,
      'the calls',
    );
    expect(machine.calls()).toContain(
      `aws ecs exec-task --task task $(id) 1 --command python -c 'from app.database import engine; engine.connect()'`,
    );
    await until(
      () => finished(incident.events()).length,
      (count) => count === 1,
      'the end of the step',
    );

    // A step that destroys: refused by the wrong word, run by the right one.
    const rollback = fenceAfter(text, 'Runbook 7', 'Rollback migration');
    await clickLensAt(w, rollback, 'destroys');
    await w.waitForInput('Type ');
    await w.answer('yes');
    await w.page.locator('.notifications-toasts', { hasText: 'Nothing was run' }).waitFor();
    expect(machine.calls().some((call) => call.startsWith('alembic'))).toBe(false);
    await clickLensAt(w, rollback, 'destroys');
    await typeTheWord(w);
    await until(
      () => machine.calls(),
      (calls) => calls.includes('alembic downgrade -1'),
      'the rollback',
    );
    const ends = await until(
      () => finished(incident.events()),
      (events) => events.length === 2,
      'two ends',
    );
    expect(ends[1]?.data.step?.line).toBe(rollback);
    expect(incident.events().some((event) => event.type.endsWith('step.skipped'))).toBe(true);

    const panel = await w.webview('text=Timeline');
    await panel.locator('text=The API answers 500').first().waitFor();

    await w.command('Runline: Draft Post-Mortem');
    const draft = await draftOf(incident.folder);
    expect(draft).toContain('The API answers 500');
    expect(draft).toContain('alembic downgrade -1');
    expect(draft).toContain('TODO(author)');
    expect(readFileSync(join(w.vscode.workspace, 'docs/RUNBOOK.md'), 'utf8')).toBe(text);
  });

  test('seed 000: variables asked for, severity changed, the draft in its own template', {
    timeout: 180_000,
  }, async () => {
    const machine = await newMachine();
    const { REDIS_PORT: _, ...env } = machine.env;
    const text = seed('000');
    const w = await started({ workspace: { 'docs/operations/runbook.md': text }, env });
    await w.open('docs/operations/runbook.md');
    const problems = await until(
      () => w.problems(),
      (rows) => rows.length > 3,
      'the problems',
    );
    expect(problems.join('\n')).toContain('cannot be reached');
    await declare(w, 'P1', 'Logins fail');
    const incident = incidentOf(w);

    await clickLensAt(w, fenceAfter(text, '#### 2. Initial Response'), 'commands');
    await w.pick('redis-cli');
    await w.waitForInput('REDIS_PORT');
    await w.answer('6379');
    await until(
      () => machine.calls(),
      (calls) => calls.includes('redis-cli -h 127.0.0.1 -p 6379 ping'),
      'the ping',
    );
    await until(
      () => finished(incident.events()).length,
      (count) => count === 1,
      'the end of the step',
    );

    await clickLensAt(w, fenceAfter(text, '**Scenario 1: Point-in-time Recovery**'), 'Run');
    await w.waitForInput('sg-xxxxxxxxx');
    await w.answer('sg-0123');
    await w.waitForInput('The exact text is in the document beside this.');
    await w.pick('Run');
    await until(
      () => machine.calls(),
      (calls) => calls.some((call) => call.endsWith('--vpc-security-group-ids sg-0123')),
      'the restore',
    );

    const flush = fenceAfter(text, '#### Cache Maintenance');
    await clickLensAt(w, flush, 'destroys');
    await w.waitForInput('Type ');
    await w.escape();
    await clickLensAt(w, flush, 'destroys');
    await typeTheWord(w);
    await until(
      () => machine.calls(),
      (calls) => calls.some((call) => call.includes('FLUSHALL')),
      'the flush',
    );

    await w.command('Runline: Set Severity…');
    await w.pick('P0');
    await w.waitForInput();
    await w.answer('payments are affected');
    const panel = await w.webview('text=Timeline');
    await panel.locator('text=/P1 → P0/').first().waitFor();

    await w.command('Runline: Draft Post-Mortem');
    const draft = await draftOf(incident.folder);
    expect(draft).toContain('# Incident Post-Mortem: Logins fail');
    expect(draft).toContain('| Time (UTC) | Event | Action Taken | Person |');
    expect(draft).toMatch(/FLUSHALL|Cache Maintenance/);
    expect(draft).toContain('TODO(author)');
    expect(readFileSync(join(w.vscode.workspace, 'docs/operations/runbook.md'), 'utf8')).toBe(text);
  });
});

describe('an untrusted workspace', () => {
  test('shows what is wrong and runs nothing, by any route', { timeout: 120_000 }, async () => {
    const runbook = '# R\n\n## Look\n\n```bash\ntouch ran.txt\necho <name>\n```\n';
    // What the workspace itself says hides no danger.
    const config = 'rules:\n  placeholder/redirection: off\nrunbooks: []\n';
    const w = await started({
      workspace: { 'a-runbook.md': runbook, '.runline.yaml': config },
      trust: false,
    });
    await w.open('a-runbook.md');
    await until(
      () => w.problems(),
      (rows) => rows.some((row) => row.includes('as redirections')),
      'the problems',
    );
    await clickLensAt(w, 5, 'Run');
    await w.page.locator('.notifications-toasts', { hasText: 'trust' }).first().waitFor();
    expect(readdirSync(w.vscode.workspace).sort()).toEqual(['.runline.yaml', 'a-runbook.md']);
  });
});
