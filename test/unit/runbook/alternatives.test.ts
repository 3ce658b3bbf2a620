/** Branches of which one is wanted, with the words that tell them apart. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

function labels(content: string) {
  const step = parseRunbook(`\`\`\`bash\n${content}\n\`\`\`\n`).steps[0];
  return step?.kind === 'block' ? step.alternatives.map(({ label, commands }) => [label, ...commands]) : null;
}

describe('alternatives', () => {
  test.each([
    [
      'the word of the second names the first',
      '# Deploy via Helm\nhelm upgrade pump .\n\n# Or via kubectl\nkubectl apply -f pump.yaml',
      [
        ['Helm', 0],
        ['kubectl', 1],
      ],
    ],
    [
      'no such word in the first',
      '# Drain it\ndrain\n\n# Or for a pair\ndrain --both',
      [
        ['Drain it', 0],
        ['a pair', 1],
      ],
    ],
    [
      'or alone, and the branch below',
      'drain\n\n# OR\n\n# Fill\nfill\n',
      [
        ['First', 0],
        ['Fill', 1],
      ],
    ],
    [
      'done by hand',
      '# Option A: Drain\ndrain\n\n# Option B: Call the warden\n# by telephone',
      [['Drain', 0], ['Call the warden']],
    ],
    [
      'steps below the words',
      '# Option 1: Roll back\n\n# Find it\nlist\n# Go\nrollback\n\n# Option 2: Scale\nscale',
      [
        ['Roll back', 0, 1],
        ['Scale', 2],
      ],
    ],
    [
      'ways',
      '# Via Helm (recommended)\nhelm rollback pump\n\n# Via kubectl\nkubectl rollout undo deploy/pump',
      [
        ['Helm (recommended)', 0],
        ['kubectl', 1],
      ],
    ],
    [
      'conditions',
      '# If the pump is dry:\nfill\n\n# If the pump is flooded:\ndrain',
      [
        ['the pump is dry', 0],
        ['the pump is flooded', 1],
      ],
    ],
    [
      'conditions without a command',
      '# If dry:\n# 1. Open the valve\n\n# 2. Wait\n\n# If flooded:\n# 1. Close it',
      [['dry'], ['flooded']],
    ],
  ])('%s', (_, content, expected) => expect(labels(content)).toEqual(expected));

  test.each([
    ['one condition', '# If needed:\ndrain\n\n# Then\nfill'],
    ['one option', '# Option 1: alone\ndrain'],
    ['or more', '# Two or more\ndrain\n# or more of them\nfill'],
    ['conditions that are no headings', '# If dry, fill\nfill\n# If flooded, drain\ndrain'],
    ['steps', '# Step 1: drain\ndrain\n# Step 2: fill\nfill'],
    ['one way', '# Via Helm\nhelm rollback pump\n# Verify\nhelm status pump'],
    ['nothing', ''],
  ])('none: %s', (_, content) => expect(labels(content)).toEqual([]));
});
