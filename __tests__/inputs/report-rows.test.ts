import { describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../src/inputs/inputs.ts';

describe('whether a summary is wanted', () => {
  it.each([
    ['nothing', {}, true],
    ['the input', { INPUT_SUMMARY: 'false' }, false],
    ...['false', 'FALSE', ' no ', '0', 'f', 'off', 'n'].map(
      (value) =>
        [`the variable of Docker's actions, ${value}`, { DOCKER_BUILD_SUMMARY: value }, false] as const,
    ),
    ...['true', '1', 'yes', '', 'maybe'].map(
      (value) => [`that variable, ${value}`, { DOCKER_BUILD_SUMMARY: value }, true] as const,
    ),
    ['both, the input the other way', { INPUT_SUMMARY: 'true', DOCKER_BUILD_SUMMARY: 'false' }, false],
    ['both, the variable the other way', { INPUT_SUMMARY: 'false', DOCKER_BUILD_SUMMARY: 'true' }, false],
  ] as const)('by %s', (_by, env, expected) => {
    expect(parseInputs(env).report.summary).toBe(expected);
  });
});
