/** `runline check`: the findings of runbooks, for people, tools and CI. */
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { checkRunbook, type Finding, rules, type Severity } from '../../core/rules/index.ts';
import { parseRunbook } from '../../core/runbook/index.ts';
import { workspaceFiles } from '../../server/workspaceFiles.ts';
import { expandPaths, type InputFile, isInside, readText, workspaceOf } from '../files.ts';
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
    },
  });
  const format = oneOf('format', values.format, ['pretty', 'json', 'sarif', 'github']);
  const failOn = oneOf('fail-on', values['fail-on'], SEVERITIES);

  const files = expandPaths(positionals, io.cwd, values.all);
  const results: CheckResult[] = [];
  let unreadable = 0;
  for (const file of files) {
    try {
      for (const finding of await checkFile(file, io)) results.push(toResult(file.name, finding));
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
  else pretty(results, files.length - unreadable, io);
  if (unreadable > 0) return 2;

  const limit = SEVERITIES.indexOf(failOn);
  return results.some((result) => SEVERITIES.indexOf(result.severity) <= limit) ? 1 : 0;
};

async function checkFile(file: InputFile, io: Io): Promise<Finding[]> {
  const runbook = parseRunbook(readText(file.path, file.name), { path: file.path });
  return checkRunbook(runbook, workspaceFiles(file.path, rootOf(file.path, io.cwd)), {
    onError: (rule, error) => io.err(`Rule ${rule} failed on ${file.name}: ${String(error)}\n`),
  });
}

/** How far links may lead: the file's own workspace, else the current folder where the file lies in it, else its own. */
function rootOf(path: string, cwd: string): string {
  const folder = dirname(path);
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

function pretty(results: readonly CheckResult[], files: number, io: Io): void {
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
    `${checked}: ${counts.length > 0 ? counts.join(', ') : 'nothing found'}${fixable > 0 ? ` (${fixable} with a fix in the editor)` : ''}\n`,
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
