// npm start: sets up, builds, packages, and opens VS Code with Runline on examples/.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/start.ts');
