/** ShellCheck where this machine has it; tests that need it skip by name where it does not. */
import type { ShellCheckAnswers } from '../../core/rules/index.ts';
import type { Runbook } from '../../core/runbook/index.ts';
import { ShellChecks, shellCheckProgram } from '../../server/shellcheck.ts';

export const SHELLCHECK = shellCheckProgram('shellcheck');

/** What it says about a runbook; nothing where it is not installed. */
export async function shellCheckAnswers(
  runbook: Runbook,
): Promise<{ readonly shellCheck?: ShellCheckAnswers }> {
  if (SHELLCHECK === undefined) return {};
  const checks = new ShellChecks(SHELLCHECK, (error) => {
    throw error;
  });
  await checks.ask(runbook);
  return { shellCheck: checks.known };
}
