import { defineConfig } from 'vitest/config'

/** Rules need nothing and take a second; everything else gets a real PostgreSQL of its own. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'rules', include: ['src/**/rules.test.ts', 'src/lib/**/*.test.ts'] } },
      {
        test: {
          name: 'gatehouse',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['src/**/rules.test.ts', 'src/lib/**/*.test.ts', '**/node_modules/**'],
          globalSetup: ['test/postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
