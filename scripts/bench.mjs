// npm run bench: sets up, then runs every test/bench/*.bench.mjs, one after another.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/bench.ts');
