// npm run bench: sets up, then runs every benchmark of test/bench one after another.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/bench.ts');
