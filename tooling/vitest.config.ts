import { defineConfig } from 'vitest/config'

// Packages find each other's sources, so tests need no build. `import` is not among them: given for all, it makes
// CommonJS packages, such as pg, get ECMAScript modules that they cannot require.
const conditions = ['@agent/source', 'module']

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
