// npm run build: sets up, then bundles the client, the server, the command line and the webviews into dist/.
//   --only client,server   some of them      --watch   again at every change
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/build.ts');
