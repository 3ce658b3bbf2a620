import { describe, expect, test } from 'vitest';
import { consentNeeded, destroyedBy, typedWord } from '../../../core/execution/index.ts';

describe('consent', () => {
  test('rises with the risk', () => {
    expect((['read-only', 'mutating', 'destructive'] as const).map(consentNeeded)).toEqual([
      'none',
      'confirm',
      'type',
    ]);
  });

  test('is about what is destroyed, not about a host that is only read', () => {
    const script = 'psql -h reader.example -c "SELECT 1"\nkubectl -n shop delete pod web-0';
    const { targets, command } = destroyedBy(script, 'bash', []);
    expect(targets).toEqual([
      { kind: 'resource', value: 'pod/web-0' },
      { kind: 'namespace', value: 'shop' },
    ]);
    expect(command).toBe('kubectl -n shop delete pod web-0');
    expect(typedWord(targets, 'clean-1')).toBe('pod/web-0');
  });

  test('falls back to the step where its destructive commands name nothing', () => {
    const { targets } = destroyedBy(
      'psql -h reader.example -c "SELECT 1"\ndocker system prune -f',
      'bash',
      [],
    );
    expect(targets).toEqual([]);
    expect(typedWord(targets, 'clean-1')).toBe('clean-1');
  });

  test('takes the targets of the whole where a language has no commands', () => {
    const all = [{ kind: 'client', value: 'psql' }];
    expect(destroyedBy('DROP TABLE t', 'sql', all)).toEqual({ targets: all, command: null });
  });
});
