import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRunbook, type Finding, rules } from '../../../core/rules/index.ts';
import { isRunbookPath, parseRunbook, type Runbook } from '../../../core/runbook/index.ts';
import { workspaceFiles } from '../../../server/workspaceFiles.ts';
import { SHELLCHECK, shellCheckAnswers } from '../../support/shellcheck.ts';
import { examplesFolder } from './demoShell.ts';

const EXAMPLES = [
  'demo/demo-runbook.md',
  'operations/checkout-runbook.md',
  'runbooks/database.md',
  'runbooks/ledger-api.runbook.yaml',
  'runbooks/needs-care.md',
  'runbooks/needs-care/README.md',
  'runbooks/needs-care/TideGaugeSilent.md',
  'runbooks/needs-care/from-a-stranger.md',
  'runbooks/needs-care/old-tables-sop.md',
  'runbooks/needs-care/on-nobodys-list.md',
];

/** Where the faults are shown that concern a document as a whole. */
const WHOLE: Readonly<Record<string, string>> = {
  'link/bare-localhost': 'runbooks/needs-care/on-nobodys-list.md',
  'link/orphan': 'runbooks/needs-care/on-nobodys-list.md',
  'link/runbook-url': 'runbooks/needs-care/TideGaugeSilent.md',
  'metadata/front-matter': 'runbooks/needs-care/TideGaugeSilent.md',
  'metadata/front-matter-executable': 'runbooks/needs-care/from-a-stranger.md',
  'metadata/owner': 'runbooks/needs-care/old-tables-sop.md',
  'metadata/review-missing': 'runbooks/needs-care/old-tables-sop.md',
  'structure/required-sections': 'runbooks/needs-care/TideGaugeSilent.md',
  'structure/title-matches-alert': 'runbooks/needs-care/TideGaugeSilent.md',
};

function example(path: string): Runbook {
  return parseRunbook(readFileSync(join(examplesFolder, path), 'utf8'), { path });
}

async function findingsOf(path: string): Promise<Finding[]> {
  const runbook = example(path);
  // A machine that has everything but one.
  const files = {
    ...workspaceFiles(join(examplesFolder, path), examplesFolder),
    onPath: (program: string) => program !== 'gcloud',
  };
  return checkRunbook(runbook, files, {
    ...(await shellCheckAnswers(runbook)),
    today: '2026-03-10',
    onError: (rule, error) => {
      throw new Error(`${rule} failed on ${path}`, { cause: error });
    },
  });
}

const block = (runbook: Runbook, id: string) => {
  const step = runbook.steps.find((candidate) => candidate.id === id);
  if (step?.kind !== 'block') throw new Error(`${id} is not a block`);
  return step;
};

test('discovery finds the runbooks among the examples, and nothing else', () => {
  const files = readdirSync(examplesFolder, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.split(sep).join('/'),
  );
  expect(files.filter((path) => !path.startsWith('.') && isRunbookPath(path)).sort()).toEqual(EXAMPLES);
});

describe('needs-care.md', () => {
  const here = (id: string) => id !== 'shell/shellcheck' || SHELLCHECK !== undefined;
  test.each(rules.map((rule) => rule.id).filter((id) => !(id in WHOLE) && here(id)))(
    'shows %s in the section of that name',
    async (id) => {
      const runbook = example('runbooks/needs-care.md');
      const section = runbook.sections.find(({ title }) => title === id);
      const findings = (await findingsOf('runbooks/needs-care.md')).filter(({ rule }) => rule === id);
      const inside = findings.filter(
        ({ range }) =>
          section && range.start.line >= section.range.start.line && range.end.line <= section.range.end.line,
      );
      expect(inside).not.toEqual([]);
    },
  );

  test('shows one fault a section', async () => {
    const runbook = example('runbooks/needs-care.md');
    const elsewhere = (await findingsOf('runbooks/needs-care.md')).filter(({ rule, range }) => {
      const section = runbook.sections.find(({ title }) => title === rule);
      return (
        !section || range.start.line < section.range.start.line || range.end.line > section.range.end.line
      );
    });
    // A placeholder that a shell would read as a redirection is a placeholder too, and what takes too much or
    // asks nobody destroys.
    expect(elsewhere.map(({ rule, range }) => [rule, runbook.source.slice(range)])).toEqual([
      ['placeholder/unfilled', '<pod-name>'],
      ['command/destructive', 'sudo chown -R lantern $LANTERN_DATA/'],
      ['command/destructive', 'terraform -chdir=lamps apply -auto-approve'],
    ]);
  });
});

test.each(Object.entries(WHOLE))('%s is shown by %s, and nothing else of its kind is', async (id, path) => {
  const found = (await findingsOf(path)).map(({ rule }) => rule);
  expect(found).toContain(id);
  expect(example(path).sections.map(({ title }) => title)).toContain(id);
  expect(found.filter((rule) => /^(?:metadata|structure)\//.test(rule) && WHOLE[rule] !== path)).toEqual([]);
});

test.each(EXAMPLES.filter((path) => !path.includes('needs-care')))(
  '%s has no fault of level error',
  async (path) => {
    const errors = (await findingsOf(path)).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, message, range }) => `${range.start.line + 1} ${rule} ${message}`)).toEqual(
      [],
    );
  },
);

describe('demo-runbook.md', () => {
  const runbook = example('demo/demo-runbook.md');

  test('has only the faults that it tells of', async () => {
    const findings = await findingsOf('demo/demo-runbook.md');
    expect(findings.map(({ rule, range }) => [rule, runbook.source.slice(range)])).toEqual([
      ['placeholder/unfilled', '<order-id>'],
      ['command/destructive', 'rm -rf "${CHECKOUT_STATE:?}/parked"'],
    ]);
  });

  test.each([
    ['start', 'mutating', []],
    ['health', 'mutating', []],
    ['break', 'mutating', []],
    ['find', 'mutating', []],
    ['diagnosis-2', 'mutating', ['curl', 'Node alone']],
    ['diagnosis-3', 'read-only', []],
    ['diagnosis-4', 'read-only', []],
    ['diagnosis-5', 'read-only', []],
    ['restart', 'mutating', []],
    ['verify', 'mutating', ['curl', 'Node alone']],
    ['replay', 'mutating', []],
    ['drop', 'destructive', []],
    ['stop', 'mutating', []],
  ] as const)('%s is %s', (id, risk, alternatives) => {
    const step = block(runbook, id);
    expect({ runnable: step.runnable, risk: step.risk, mode: step.mode }).toEqual({
      runnable: true,
      risk,
      mode: 'capture',
    });
    expect(step.alternatives.map(({ label }) => label)).toEqual(alternatives);
  });

  test.each(['curl', 'grep', 'ls'])('asks for no consent to run %s', (tool) => {
    const commands = runbook.steps.flatMap((step) => (step.kind === 'block' ? step.commands : []));
    const risks = commands
      .filter((command) => command.tool === tool)
      .map(({ classification }) => classification.risk);
    expect(new Set(risks)).toEqual(new Set(['read-only']));
  });

  test('needs one variable and one placeholder from outside', () => {
    const blocks = runbook.steps.filter((step) => step.kind === 'block' && step.runnable);
    expect(blocks.flatMap((step) => (step.kind === 'block' ? step.variables : []))).toEqual([
      'RESTART_REASON',
    ]);
    expect(
      blocks.flatMap((step) => (step.kind === 'block' ? step.placeholders.map(({ name }) => name) : [])),
    ).toEqual(['order-id']);
  });

  test('tells how bad, who is next, and what to write', () => {
    expect(
      runbook.severityScales.map(({ levels }) => levels.map(({ id, response }) => [id, response?.seconds])),
    ).toEqual([
      [
        ['P1', 300],
        ['P2', 1800],
        ['P3', null],
      ],
    ]);
    expect(runbook.escalation.map(({ after }) => after?.seconds)).toEqual([300, 900, 3600]);
    expect(runbook.contacts.map(({ role, empty }) => [role, empty])).toEqual([
      ['On-call engineer', false],
      ['Checkout lead', false],
      ['Support desk', false],
    ]);
    expect(runbook.alerts.map(({ name, severity, response }) => [name, severity, response?.seconds])).toEqual(
      [['CheckoutHealthFailing', 'P1', 300]],
    );
    expect(runbook.templates.map(({ kind }) => kind)).toEqual(['communication', 'postmortem']);
  });
});

describe('the other examples', () => {
  test('checkout-runbook.md has menus, templates, alerts and a contact that nobody filled in', () => {
    const runbook = example('operations/checkout-runbook.md');
    const menus = runbook.steps.flatMap((step) =>
      step.kind === 'block' ? [step.alternatives.map(({ label }) => label)] : [],
    );
    expect(menus.filter((labels) => labels.length > 0)).toEqual([
      ['local development', 'Kubernetes'],
      ['local development', 'Kubernetes'],
      ['Docker Compose', 'Kubernetes'],
      ['Docker Compose', 'Kubernetes'],
    ]);
    expect(runbook.templates.map(({ kind }) => kind)).toEqual([
      'incident-log',
      'communication',
      'communication',
      'postmortem',
    ]);
    expect(runbook.alerts.map(({ name, severity }) => [name, severity])).toEqual([
      ['CheckoutDown', 'P0'],
      ['OrderQueueLong', 'P1'],
      ['ShopLatencyHigh', 'P2'],
    ]);
    expect(runbook.contacts.filter(({ empty }) => empty).map(({ role }) => role)).toEqual(["Shop's owner"]);
    expect(runbook.severityScales).toHaveLength(1);
    expect(runbook.escalation.map(({ after }) => after?.seconds)).toEqual([900, 1800, 3600, 7200]);
    expect(runbook.steps.filter((step) => step.kind === 'checklist').map((step) => step.checked)).toContain(
      true,
    );
  });

  test('database.md has severity levels in YAML, and alerts bound by bold lines', () => {
    const runbook = example('runbooks/database.md');
    const [scale] = runbook.severityScales;
    expect(scale?.source).toBe('yaml');
    expect(scale?.levels.map(({ id, name, response }) => [id, name, response?.seconds])).toEqual([
      ['P1', 'Critical', 300],
      ['P2', 'Major', 900],
      ['P3', 'Minor', 3600],
      ['P4', 'Low', null],
    ]);
    expect(runbook.alerts.map(({ name, response }) => [name, response?.seconds])).toEqual([
      ['LedgerPrimaryDown', 300],
      ['LedgerPoolExhausted', 900],
    ]);
    expect(runbook.frontMatter?.data.runbook).toBe(1);
  });
});
