// npm run package: sets up, builds, and writes dist/runline.vsix.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/package.ts');
