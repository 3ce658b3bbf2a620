import { inModules, runNode } from './processes.ts';

process.env.RUNLINE_FUZZ = '1';
const { code } = await runNode([inModules('vitest/vitest.mjs'), 'run', 'test/unit/runbook/fuzz.test.ts'], {
  show: true,
});
process.exitCode = code ?? 1;
