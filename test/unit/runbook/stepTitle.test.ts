import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const titleBelow = (above: string): string => {
  const [step] = parseRunbook(
    `# Store\n\n## Recovery\n\n${above}\n\`\`\`bash\nuptime\n\`\`\`\n`,
  ).steps.filter((candidate) => candidate.kind === 'block');
  if (step?.kind !== 'block') throw new Error('no block');
  return step.title;
};

describe('the title of a block', () => {
  test.each([
    ['1. **Restart the service.** It takes a second.\n', 'Restart the service'],
    ['1. **Check for _leaks_**\n\n', 'Check for leaks'],
    ['2. Scale up\n', 'Scale up'],
    ['- Ask the queue: how long is it?\n', 'Ask the queue'],
    ['**Scenario 1: Region lost**\n', 'Scenario 1: Region lost'],
    ['**Diagnosis:**\n', 'Diagnosis'],
    ['- [ ] Backup verified\n', 'Backup verified'],
    ['1. **Follow one order**, for example `ord-1`.\n   It is in the log.\n', 'Follow one order'],
    ['', 'Recovery'],
    ['This is how it is done.\n', 'Recovery'],
    ['| a |\n|---|\n| b |\n', 'Recovery'],
    [`1. ${'very long '.repeat(20)}\n`, 'Recovery'],
  ])('%j → %s', (above, title) => {
    expect(titleBelow(above)).toBe(title);
  });

  test('is the id where there is nothing above', () => {
    const [step] = parseRunbook('```bash\nuptime\n```\n').steps;
    expect(step?.kind === 'block' && step.title).toBe(step?.id);
  });
});
