/** How often each rule is right on real runbooks: test/fixtures/precision.json → docs/rules/precision.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../../core/rules/index.ts';
import type { PlacesFound } from '../../test/support/corpusFindings.ts';
import { root } from './processes.ts';

/** What somebody who saw the document and the finding, and not the code, thought of one finding. */
export interface Verdict {
  readonly rule: string;
  /** Relative to the folder of real runbooks. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly severity: Severity;
  readonly verdict: 'right' | 'wrong';
  /** One sentence. */
  readonly reason: string;
}

/** What was judged of one rule. */
export interface Precision {
  readonly rule: string;
  /** Findings in the real runbooks. */
  readonly findings: number;
  /** Verdicts on places that are still found. */
  readonly judged: readonly Verdict[];
  readonly right: number;
}

/** A rule with more findings than this is judged by a sample of as many. */
export const SAMPLE = 20;

/** The least share of findings that are right, 0 to 1, of the severities that somebody has to act on. */
export const LEAST_RIGHT: Readonly<Partial<Record<Severity, number>>> = { error: 0.95, warning: 0.9 };

/** @throws {Error} where the file is missing or no JSON */
export function readVerdicts(): Verdict[] {
  return JSON.parse(readFileSync(join(root, 'test/fixtures/precision.json'), 'utf8'));
}

/** Each rule that finds something, in alphabetical order. Verdicts on places that are no longer found do not count. */
export function precisionOf(verdicts: readonly Verdict[], found: PlacesFound): Precision[] {
  return Object.entries(found).map(([rule, files]) => {
    const left = Object.entries(files).flatMap(([file, lines]) => lines.map((line) => `${file}:${line}`));
    const findings = left.length;
    const judged = verdicts.filter((verdict) => {
      if (verdict.rule !== rule) return false;
      // Two findings on a line take two verdicts, not three.
      const at = left.indexOf(`${verdict.file}:${verdict.line}`);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
    return { rule, findings, judged, right: countRight(judged) };
  });
}

export function countRight(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ verdict }) => verdict === 'right').length;
}

/** Markdown of docs/rules/precision.md, from "## How" on; the title and the note are the generator's. */
export function precisionPage(all: readonly Precision[]): string {
  const verdicts = all.flatMap(({ judged }) => judged);
  const sections = all.filter(({ judged }) => judged.length > 0).map(section);
  return `## How this was judged

The rules read eleven public repositories of runbooks and five single runbooks; none of them is part of this project. Of a rule with
more than ${SAMPLE} findings, at least ${SAMPLE} were judged, of the others what they had. The sample is drawn by the SHA-256 of "rule file line" in hexadecimal, in
ascending order, at first no more than three from one file, then any. A finding that the rule no longer makes drops out, and the next in that order is judged instead.

Who judged saw the document and the finding, and not the code. *Right* is a finding that is true of its place and worth saying at its severity:
an error is what fails or does harm, a warning what should be mended or watched, the rest what is good to know. Of errors at least ${percent(LEAST_RIGHT.error)} have
to be right, of warnings ${percent(LEAST_RIGHT.warning)}: over all, and for each rule with more than ${SAMPLE} findings. A test holds this.

| Severity | Judged | Right | Share |
|---|---|---|---|
${(['error', 'warning', 'info', 'hint'] as const).map((severity) => row(severity, withSeverity(verdicts, severity))).join('\n')}

## Rules

| Rule | Findings | Judged | Right | Share |
|---|---|---|---|---|
${all.map((one) => row(`${judgedLink(one)} | ${one.findings}`, one.judged)).join('\n')}

${sections.join('\n\n')}`;
}

function withSeverity(verdicts: readonly Verdict[], severity: Severity): Verdict[] {
  return verdicts.filter((verdict) => verdict.severity === severity);
}

function judgedLink({ rule, judged }: Precision): string {
  return judged.length === 0 ? `[${rule}](${rule}.md)` : `[${rule}](#${rule.replace('/', '')})`;
}

function row(first: string, judged: readonly Verdict[]): string {
  const right = countRight(judged);
  const share = judged.length === 0 ? '' : percent(right / judged.length);
  return `| ${first} | ${judged.length} | ${right} | ${share} |`;
}

function section({ rule, judged }: Precision): string {
  const rows = judged.map(
    ({ file, line, severity, verdict, reason }) =>
      `| ${cell(file)}:${line} | ${severity} | ${verdict} | ${cell(reason)} |`,
  );
  return `## ${rule}

[What it reports](${rule}.md)

| Place | Severity | Verdict | Reason |
|---|---|---|---|
${rows.join('\n')}`;
}

/** Words as they are: what Markdown would read as its own, or a browser as HTML, is escaped. */
function cell(text: string): string {
  return text.replace(/[\\`*_[\]|<>~]/g, '\\$&');
}

function percent(share: number | undefined): string {
  // Rounded down: 89.6 % is not 90 %.
  return share === undefined ? '' : `${Math.floor(share * 100 + 1e-9)} %`;
}
