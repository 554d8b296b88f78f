const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Types are checked by a tsc step of their own.
  transform: {
    '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: 'tsconfig.jest.json', diagnostics: false }],
  },
};

/** unit: pure, milliseconds; integration: loopback HTTP and child processes; e2e: a real buildkitd. */
export default {
  // A bound for what hangs; nothing asserts how fast it is.
  testTimeout: 180_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/__tests__/integration/', '/__tests__/e2e/'],
    },
    { ...base, displayName: 'integration', testMatch: ['<rootDir>/__tests__/integration/**/*.test.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/__tests__/e2e/**/*.test.ts'] },
  ],
};
