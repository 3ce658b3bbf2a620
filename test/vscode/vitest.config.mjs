import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The tests that drive a VS Code window: one at a time, each with seconds to spare for the window itself.
// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/vscode/workbench/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
