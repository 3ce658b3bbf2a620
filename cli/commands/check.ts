/** `runline check`: the findings of runbooks, for people, tools and CI; with `--fix` it mends what is certain. */
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import {
  checkRunbook,
  type Finding,
  rules,
  type Severity,
  type WorkspaceFiles,
} from '../../core/rules/index.ts';
import { parseRunbook } from '../../core/runbook/index.ts';
import { AlertRuleReaders } from '../../server/alertRules.ts';
import { ConfigReader, type FolderConfig, NO_CONFIG } from '../../server/projectConfig.ts';
import { ShellChecks, shellCheckProgram } from '../../server/shellcheck.ts';
import { workspaceFiles } from '../../server/workspaceFiles.ts';
import { expandPaths, type InputFile, isInside, readText, reason, slashed, workspaceOf } from '../files.ts';
import { type FixMode, fixFile } from '../fix.ts';
import { type Command, type Io, oneOf, paint, UsageError, visible } from '../io.ts';

/** One finding as the JSON form has it: lines and columns 1-based, columns in UTF-16 code units. */
interface CheckResult {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fixable: boolean;
}

const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

export const check: Command = async (args, io) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      format: { type: 'string', default: 'pretty' },
      'fail-on': { type: 'string', default: 'error' },
      'no-config': { type: 'boolean', default: false },
      shellcheck: { type: 'boolean', default: false },
      fix: { type: 'boolean', default: false },
      'fix-dry-run': { type: 'boolean', default: false },
    },
  });
  if (values.fix && values['fix-dry-run']) throw new UsageError('Give either --fix or --fix-dry-run.');
  const mode: FixMode | null = values.fix ? 'write' : values['fix-dry-run'] ? 'show' : null;
  const format = oneOf('format', values.format, ['pretty', 'json', 'sarif', 'github']);
  const failOn = oneOf('fail-on', values['fail-on'], SEVERITIES);

  const configs = values['no-config'] ? null : new ConfigReader();
  const files = expandPaths(positionals, io.cwd, values.all, configs);
  const checks = values.shellcheck ? shellChecks(io) : null;
  const alertRules = new AlertRuleReaders();
  const results: CheckResult[] = [];
  const faulty = new Set<string>();
  let unreadable = 0;
  let fixed = 0;
  let fixedFiles = 0;
  let safe = 0;
  /** The workspace and the configuration of a folder: nothing that this command does changes them. */
  const folders = new Map<string, { readonly root: string; readonly config: FolderConfig }>();
  const folderOf = (path: string) => {
    const folder = dirname(path);
    let known = folders.get(folder);
    if (known === undefined) {
      const root = rootOf(folder, io.cwd);
      known = { root, config: configs?.for(path, root) ?? NO_CONFIG };
      folders.set(folder, known);
    }
    return known;
  };
  for (const file of files) {
    const { root, config } = folderOf(file.path);
    sayFaults(config, faulty, io);
    const around = workspaceFiles(file.path, root, { alertRules: alertRules.of(root) });
    const findingsOf = (text: string) => findingsIn(text, file, around, config, checks, io);
    try {
      if (mode !== null) {
        const count = await fixFile(file, mode, findingsOf, io);
        fixed += count;
        if (count > 0) fixedFiles++;
      }
      for (const finding of await findingsOf(readText(file.path, file.name))) {
        results.push(toResult(file.name, finding));
        if (finding.fixes.some(({ preferred }) => preferred)) safe++;
      }
    } catch (error) {
      // One file that cannot be read takes nothing from the others.
      if (!(error instanceof UsageError)) throw error;
      io.err(`runline: ${visible(error.message)}\n`);
      unreadable++;
    }
  }

  if (format === 'json') io.out(`${JSON.stringify(results, null, 2)}\n`);
  else if (format === 'sarif') io.out(`${JSON.stringify(sarif(results), null, 2)}\n`);
  else if (format === 'github') io.out(results.map(githubLine).join(''));
  else pretty(results, files.length - unreadable, safe, io);
  if (mode !== null) {
    const what = `${fixed} ${fixed === 1 ? 'finding' : 'findings'} in ${fixedFiles} ${fixedFiles === 1 ? 'file' : 'files'}`;
    io.err(mode === 'write' ? `Fixed ${what}.\n` : `Would fix ${what}; nothing was written.\n`);
  }
  if (unreadable > 0 || faulty.size > 0) return 2;

  const limit = SEVERITIES.indexOf(failOn);
  return results.some((result) => SEVERITIES.indexOf(result.severity) <= limit) ? 1 : 0;
};

/** @throws UsageError where it is not installed */
function shellChecks(io: Io): ShellChecks {
  const program = shellCheckProgram('shellcheck');
  if (program === undefined)
    throw new UsageError(
      '--shellcheck needs ShellCheck, and PATH has no program `shellcheck`. Install it, or leave the option out.',
    );
  return new ShellChecks(program, (error) =>
    io.err(`runline: ShellCheck failed: ${visible(reason(error))}\n`),
  );
}

async function findingsIn(
  text: string,
  file: InputFile,
  around: WorkspaceFiles,
  config: FolderConfig,
  checks: ShellChecks | null,
  io: Io,
): Promise<Finding[]> {
  const runbook = parseRunbook(text, { path: file.path });
  await checks?.ask(runbook);
  return checkRunbook(runbook, around, {
    severities: config.rules,
    ...(checks !== null && { shellCheck: checks.known }),
    onError: (rule, error) => io.err(`Rule ${rule} failed on ${file.name}: ${String(error)}\n`),
  });
}

/** Says what is wrong in each `.runline.yaml`, once. `faulty` holds those that were named. */
function sayFaults({ files }: FolderConfig, faulty: Set<string>, io: Io): void {
  for (const { path, problems } of files) {
    if (problems.length === 0 || faulty.has(path)) continue;
    faulty.add(path);
    const name = isInside(io.cwd, path) ? slashed(relative(io.cwd, path)) : path;
    for (const { range, message } of problems)
      io.err(
        `runline: ${visible(`${name}:${range.start.line + 1}:${range.start.character + 1}: ${message}`)}\n`,
      );
  }
}

/** How far links of a folder's files may lead: its workspace, else the current folder where it lies in that, else itself. */
function rootOf(folder: string, cwd: string): string {
  return workspaceOf(folder, isInside(cwd, folder) ? cwd : folder);
}

function toResult(file: string, finding: Finding): CheckResult {
  const { start, end } = finding.range;
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    fixable: finding.fixes.length > 0,
  };
}

/** @param safe How many of the findings `--fix` would mend. */
function pretty(results: readonly CheckResult[], files: number, safe: number, io: Io): void {
  const marks = {
    error: ['red', '✗'],
    warning: ['yellow', '▲'],
    info: ['blue', '●'],
    hint: ['dim', '○'],
  } as const;
  let file = '';
  for (const result of results) {
    if (result.file !== file) {
      io.out(`${file === '' ? '' : '\n'}${paint(io, 'bold', result.file)}\n`);
      file = result.file;
    }
    const [style, mark] = marks[result.severity];
    const place = `${result.line}:${result.column}`.padEnd(8);
    const words = `${mark} ${result.severity.padEnd(7)}`;
    io.out(
      `  ${place} ${paint(io, style, words)}  ${visible(result.message)}  ${paint(io, 'dim', result.rule)}\n`,
    );
  }
  const count = (severity: Severity) => results.filter((result) => result.severity === severity).length;
  const counts = SEVERITIES.filter((severity) => count(severity) > 0).map(
    (severity) => `${count(severity)} ${severity}`,
  );
  const checked = `${files} ${files === 1 ? 'file' : 'files'} checked`;
  const fixable = results.filter((result) => result.fixable).length;
  if (results.length > 0) io.out('\n');
  io.out(
    `${checked}: ${counts.length > 0 ? counts.join(', ') : 'nothing found'}${fixable > 0 ? ` (${fixable} with a fix in the editor${safe > 0 ? `, ${safe} with --fix` : ''})` : ''}\n`,
  );
}

/** A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function githubLine(result: CheckResult): string {
  const level = result.severity === 'error' ? 'error' : result.severity === 'warning' ? 'warning' : 'notice';
  const property = (text: string) =>
    text
      .replace(/%/g, '%25')
      .replace(/\r/g, '%0D')
      .replace(/\n/g, '%0A')
      .replace(/:/g, '%3A')
      .replace(/,/g, '%2C');
  const message = result.message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const place = `line=${result.line},endLine=${result.endLine},col=${result.column},endColumn=${result.endColumn}`;
  return `::${level} file=${property(result.file)},${place},title=${property(result.rule)}::${message}\n`;
}

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(results: readonly CheckResult[]): object {
  const level = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'runline',
            rules: rules.map((rule) => ({
              id: rule.id,
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.docs.what },
              help: { text: rule.docs.why },
              defaultConfiguration: { level: level[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: results.map((result) => ({
          ruleId: result.rule,
          ruleIndex: rules.findIndex((rule) => rule.id === result.rule),
          level: level[result.severity],
          message: { text: result.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(result.file) },
                region: {
                  startLine: result.line,
                  startColumn: result.column,
                  endLine: result.endLine,
                  endColumn: result.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}
