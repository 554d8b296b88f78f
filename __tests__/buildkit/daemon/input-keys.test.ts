import { describe, expect, it } from '@jest/globals';
import { toInputKeys } from '../../../src/buildkit/daemon/input-keys.ts';
import { parseSetupInputs } from '../../../src/inputs/inputs.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

const keys = (size: string, version?: string) =>
  toInputKeys(parseSetupInputs(toInputVariables({ 'gc-keep': size })).daemon, version);

describe('the size of the daemon’s cache', () => {
  it.each([
    [undefined, { maxUsedSpace: 20e9 }],
    ['v0.17.0', { maxUsedSpace: 20e9 }],
    ['v0.16.0', { gckeepstorage: 20e9 }],
    ['v0.10.6', { gckeepstorage: 20e9 }],
  ])('is what BuildKit %s knows', (version, oci) => {
    expect(keys('20GB', version)).toEqual({ worker: { oci } });
  });

  it('is none where nobody gives one', () => {
    expect(toInputKeys(parseSetupInputs({}).daemon)).toEqual({});
  });
});
