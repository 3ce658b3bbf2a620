/** What one group of tests came to. */
export interface GroupResult {
  readonly group: string;
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly text: string }[];
  readonly skipped: readonly { readonly name: string; readonly reason?: string }[];
}

export function sum(results: readonly GroupResult[]): { passed: number; failed: number; skipped: number } {
  const total = (count: (result: GroupResult) => number) =>
    results.reduce((so, result) => so + count(result), 0);
  return {
    passed: total((result) => result.passed),
    failed: total((result) => result.failed.length),
    skipped: total((result) => result.skipped.length),
  };
}

/** Every failure whole, then what was skipped, then the sum alone on the last line. */
export function printSummary(results: readonly GroupResult[], remarks: readonly string[]): void {
  for (const { group, failed } of results)
    for (const { name, text } of failed) console.log(`\n✗ ${group}: ${name}\n${indent(text)}`);
  const skipped = results.flatMap((result) =>
    result.skipped.map((test) => ({ group: result.group, ...test })),
  );
  if (skipped.length > 0 || remarks.length > 0) console.log('\nSkipped');
  for (const remark of remarks) console.log(`  ${remark}`);
  for (const { group, name, reason } of skipped)
    console.log(`  ${group}: ${name}${reason === undefined ? '' : ` (${reason})`}`);
  const { passed, failed, skipped: left } = sum(results);
  console.log(`\n${passed} passed, ${failed} failed, ${left} skipped`);
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
