/** A process that appends to a log without end and prints each id once it is acknowledged. Killed by `crash.test.ts`. */
import { writeSync } from 'node:fs';
import { openLog } from '../../../core/incident/index.ts';

const [file = '', writer = ''] = process.argv.slice(2);
const log = await openLog(file, { subject: 'INC-2031-03-04-001', source: `runline://${writer}` });

for (let n = 0; ; n++) {
  // A few at once, so that a kill also meets batches of several lines.
  const drafts = [...Array(1 + (n % 4))].map((_, i) => ({
    type: 'dev.runline.note.added',
    data: { summary: `${writer} ${n}.${i}`, text: 'x'.repeat((n * 997) % 9_000) },
  }));
  const events = await Promise.all(drafts.map((draft) => log.append(draft)));
  writeSync(1, `${events.map((event) => event.id).join('\n')}\n`);
}
