import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    globalSetup: 'tests/support/shared-site.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Files share a process, and what one has read of the corpus: half of the time of short files is the start of a process of their own.
    isolate: false,
  },
});
