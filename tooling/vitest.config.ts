import { defineConfig } from 'vitest/config'

// Packages find each other's sources, so tests need no build.
const conditions = ['@agent/source', 'import', 'module', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    passWithNoTests: false,
    unstubEnvs: true,
    restoreMocks: true,
  },
})
