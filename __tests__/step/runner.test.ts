import { describe, expect, it } from '@jest/globals';
import { checkRunnerPlatform, readRunner } from '../../src/step/runner.ts';

describe('readRunner', () => {
  it('says what to do outside of a runner', () => {
    expect(() => readRunner({})).toThrow('RUNNER_TEMP is not set');
  });

  it('takes an empty token for none', () => {
    expect(readRunner({ RUNNER_TEMP: '/t', ACTIONS_RUNTIME_TOKEN: '' }).token).toBeUndefined();
  });
});

describe('checkPlatform', () => {
  it.each([
    ['win32', /this runner is Windows.*ubuntu-latest/],
    ['darwin', /this runner is macOS.*ubuntu-latest/],
  ])('%s', (platform, message) => {
    expect(() => checkRunnerPlatform(platform)).toThrow(message);
  });

  it('linux', () => {
    expect(() => checkRunnerPlatform('linux')).not.toThrow();
  });
});
