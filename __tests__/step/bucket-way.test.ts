import { describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { decideCacheWay } from '../../src/step/gateway-reach.ts';

function decide(endpoint: string, gateway: string) {
  const { daemon, cache } = parseInputs({
    INPUT_CACHE: 's3',
    'INPUT_CACHE-TO-ATTRS': 'bucket=ci,region=eu-west-1',
    INPUT_GATEWAY: gateway,
    ...(endpoint === '' ? {} : { INPUT_ENDPOINT: endpoint }),
  });
  return decideCacheWay(daemon, cache, {});
}

describe('the way of cache: s3 to the bucket', () => {
  it.each([
    ['a daemon of the job', '', 'true', 'gateway', undefined],
    ['a daemon of the job, with BuildKit as client', '', 'false', 'direct', undefined],
    ['a daemon elsewhere', 'tcp://10.0.0.7:1234', 'true', 'none', /alone has the credentials of the bucket/],
    [
      'a socket of nobody',
      'unix:///nonexistent/sock',
      'true',
      'none',
      /"gateway: false" gives the credentials/,
    ],
    ['a daemon elsewhere that is asked without TLS', 'tcp://10.0.0.7:1234', 'false', 'none', /without TLS/],
    ['a socket of nobody, with BuildKit as client', 'unix:///nonexistent/sock', 'false', 'direct', undefined],
  ])('%s: "%s", gateway %s', async (_what, endpoint, gateway, kind, sentence) => {
    const way = await decide(endpoint, gateway);
    expect(way.kind).toBe(kind);
    if (sentence === undefined) expect(way.sentence).toBeUndefined();
    else expect(way.sentence).toMatch(sentence);
    expect(way.sentence ?? '').not.toContain("runner's own cache token");
  });

  it('is an error where the gateway is required and cannot be had', async () => {
    await expect(decide('tcp://10.0.0.7:1234', 'required')).rejects.toThrow(/"required" cannot be had/);
  });
});
