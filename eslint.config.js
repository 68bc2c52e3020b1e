import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const onlyFromHttp = 'Only core/src/http talks to the network; go through its HttpClient.'
const noEnvironment = 'Packages never read the environment; take values from the app.'

export default defineConfig(
  { ignores: ['**/dist/**', '**/.turbo/**', '**/*.mjs', '**/eslint.config.js'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `isInstance` also narrows to errors of another copy of core.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/only-throw-error': ['error', { allowRethrowing: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
        { selector: 'ExportAllDeclaration', message: 'Name each export.' },
        {
          selector: "ImportDeclaration[source.value='zod'] > :not(ImportNamespaceSpecifier).specifiers",
          message: "Use `import * as z from 'zod'`: it tree-shakes.",
        },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: onlyFromHttp }],
      'no-restricted-imports': ['error', { paths: [{ name: 'ky', message: onlyFromHttp }] }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: noEnvironment },
        { object: 'globalThis', property: 'fetch', message: onlyFromHttp },
      ],
    },
  },
  {
    files: ['packages/core/src/http/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test-d.ts', '**/test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['apps/**/*.ts', 'tooling/**/*.ts', '**/bench/**/*.ts', 'proofs/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
)
