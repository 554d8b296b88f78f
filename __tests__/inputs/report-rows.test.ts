import { describe, expect, it } from '@jest/globals';
import { parseBakeInputs, parseInputs } from '../../src/inputs/inputs.ts';

describe.each([
  ['a summary is', 'SUMMARY', 'DOCKER_BUILD_SUMMARY', 'summary'],
  ['annotations are', 'CHECK-ANNOTATIONS', 'DOCKER_BUILD_CHECKS_ANNOTATIONS', 'checkAnnotations'],
] as const)('whether %s wanted', (_what, input, variable, name) => {
  it.each([
    ['nothing', {}, true],
    ['the input', { [`INPUT_${input}`]: 'false' }, false],
    ...['false', 'FALSE', ' no ', '0', 'f', 'off', 'n'].map(
      (value) => [`the variable of Docker's actions, ${value}`, { [variable]: value }, false] as const,
    ),
    ...['true', '1', 'yes', '', 'maybe'].map(
      (value) => [`that variable, ${value}`, { [variable]: value }, true] as const,
    ),
    ['both, the input the other way', { [`INPUT_${input}`]: 'true', [variable]: 'false' }, false],
    ['both, the variable the other way', { [`INPUT_${input}`]: 'false', [variable]: 'true' }, false],
  ] as const)('by %s', (_by, env, expected) => {
    expect(parseInputs(env).report[name]).toBe(expected);
    expect(parseBakeInputs(env).report[name]).toBe(expected);
  });
});
