// What a step costs beyond the shell that it needs anyway.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { startStep } from '../../core/execution/index.ts';
import { openLog } from '../../core/incident/index.ts';
import { medians, ms, table } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'runline-bench-'));
const sink = await openLog(join(folder, 'log.jsonl'), {
  subject: 'bench',
  source: 'runline://bench',
  mode: 0o600,
});
const source = { path: 'a.md', sha256: '0'.repeat(64), stepId: 'a-1', title: 'A', line: 1, endLine: 3 };

const result = await medians(
  {
    bash: () =>
      new Promise((done) => {
        spawn('bash', ['-c', 'true'], { stdio: 'ignore' }).on('close', done);
      }),
    step: async () => {
      const handle = await startStep(
        {
          run: ulid(),
          source,
          language: 'bash',
          script: 'true',
          mode: 'capture',
          risk: 'read-only',
          targets: [],
          cwd: folder,
          inputs: {},
          secretInputs: [],
          session: 'bench',
          consent: 'none-needed',
        },
        { sink, stateFolder: folder, env: process.env },
      );
      await handle.finished;
    },
  },
  100,
);
table('A step', [
  {
    'bash -c true ms': ms(result.bash),
    'step ms': ms(result.step),
    'over 3 × bash, ms': ms(result.step - 3 * result.bash),
  },
]);
rmSync(folder, { recursive: true });
