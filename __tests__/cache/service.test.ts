import { describe, expect, it } from '@jest/globals';
import { readUpstream } from '../../src/cache/service.ts';

const results = 'https://results.example/';
const cache = 'https://cache.example/token/';

describe('readUpstream', () => {
  it.each([
    [
      'github.com',
      { ACTIONS_CACHE_SERVICE_V2: 'True', ACTIONS_RESULTS_URL: results, ACTIONS_CACHE_URL: cache },
      { protocol: 2, url: results },
    ],
    [
      'other spellings of true',
      { ACTIONS_CACHE_SERVICE_V2: '1', ACTIONS_RESULTS_URL: results },
      { protocol: 2, url: results },
    ],
    [
      'GHES: no variable',
      { ACTIONS_RESULTS_URL: results, ACTIONS_CACHE_URL: cache },
      { protocol: 1, url: cache },
    ],
    [
      'the variable says false',
      { ACTIONS_CACHE_SERVICE_V2: 'false', ACTIONS_RESULTS_URL: results, ACTIONS_CACHE_URL: cache },
      { protocol: 1, url: cache },
    ],
    [
      'the variable is empty',
      { ACTIONS_CACHE_SERVICE_V2: '', ACTIONS_CACHE_URL: cache },
      { protocol: 1, url: cache },
    ],
    ['v1 with only the results URL', { ACTIONS_RESULTS_URL: results }, { protocol: 1, url: results }],
    [
      'v2 without a results URL',
      { ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_CACHE_URL: cache },
      { protocol: 1, url: cache },
    ],
    ['no cache service', {}, undefined],
  ])('%s', (_, env, expected) => {
    expect(readUpstream(env)).toEqual(expected);
  });
});
