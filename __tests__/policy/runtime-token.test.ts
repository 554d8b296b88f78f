import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nothingSeen } from '../../src/cache/cache-record.ts';
import { chooseBackend } from '../../src/cache/choose-backend.ts';
import { mintToken, readCaller } from '../../src/embedded/signed-token.ts';
import { deriveStubToken } from '../../src/gateway/access/stub-token.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import {
  findBuildkitFault,
  readAccessClaim,
  readRuntimeToken,
  renderAccessClaim,
} from '../../src/policy/runtime-token.ts';
import { parseAccess } from '../../src/policy/token-access.ts';
import { type Job, openJob } from '../../src/step/record.ts';
import { readRunner } from '../../src/step/runner.ts';
import { decideByToken, defaultPolicyInputs, toFacts } from '../helpers/run-facts.ts';

const now = Date.now();
const seconds = Math.floor(now / 1000);
const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
const toToken = (claims: unknown, header: unknown = { alg: 'RS256' }) =>
  `${encode(JSON.stringify(header))}.${encode(JSON.stringify(claims))}.c2ln`;
const ac = JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }]);
const valid = toToken({ ac, nbf: seconds - 60, exp: seconds + 3600 });

/** Everything that readers of tokens have disagreed about, and what lies near it. */
const anyClaim = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', '[]', '{}', 'null', 1, [], ac, ` ${ac}\n`, [
    { Scope: 'x', Permission: 3 },
  ]),
  fc
    .array(
      fc.record(
        {
          Scope: fc.constantFrom<unknown>('refs/heads/main', '', 1, null),
          scope: fc.constant('refs/heads/main'),
          Permission: fc.constantFrom<unknown>(0, 1, 2, 3, 7, -1, 1.5, 1e300, '3', null),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 3 },
    )
    .map((entries) => JSON.stringify(entries)),
);
const anyTime = fc.constantFrom<unknown>(
  undefined,
  null,
  0,
  seconds - 60,
  seconds + 3600,
  1.5,
  '5',
  1e308,
  -1,
  true,
);
const anyClaims = fc.oneof(
  fc.record({ ac: anyClaim, exp: anyTime, nbf: anyTime }, { requiredKeys: [] }),
  fc.constantFrom<unknown>(null, [], 'text', 1),
);
const anyHeader = fc.constantFrom<unknown>(
  { alg: 'RS256' },
  { alg: 'none' },
  { alg: 'x' },
  {},
  [],
  'x',
  null,
);
const anyJson = (value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(value, fc.constantFrom('', '\ufeff', ' ', '\n'))
    .map(([json, before]) => `${before}${JSON.stringify(json)}`);
const anyPart = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 5, arbitrary: anyJson(value).map(encode) },
    anyJson(value).map((text) => Buffer.from(text, 'utf8').toString('base64')),
    anyJson(value).map((text) => `${encode(text)}=`),
    anyJson(value).map((text) => `${encode(text)} `),
    fc.constantFrom('', 'a', '*', '_w'),
    fc.string(),
  );
const anyToken = fc
  .tuple(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(anyPart(anyHeader), anyPart(anyClaims), fc.constantFrom('', 'c2ln', '*'))
          .map((parts) => parts.join('.')),
      },
      {
        weight: 2,
        arbitrary: fc.tuple(anyHeader, anyClaims).map(([header, claims]) => toToken(claims, header)),
      },
      fc.array(fc.string(), { maxLength: 5 }).map((parts) => parts.join('.')),
      fc.constantFrom('', ' ', valid),
    ),
    fc.constantFrom('', ' ', '\n', '\r\n'),
    fc.constantFrom('', ' ', '\n', '\r\n'),
  )
  .map((parts) => parts.join(''));

const numRuns = 3000;

describe('every part of Hotlayer reads a token alike', () => {
  it('policy and stub', () => {
    let read = 0;
    fc.assert(
      fc.property(anyToken, (text) => {
        const access = parseAccess(text);
        const stub = deriveStubToken(text, 'n', now);
        if (stub.kind === 'stub') {
          read += 1;
          expect(access).toEqual({ kind: 'scopes', scopes: stub.refScopes });
          // BuildKit takes the stub, whatever the runtime token looks like, and reads the same in it.
          expect(findBuildkitFault(stub.token)).toBeUndefined();
          expect(parseAccess(stub.token)).toEqual(access);
        } else expect(stub.code).toBe(access.kind === 'scopes' ? 'token-expired' : 'token-opaque');
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(numRuns / 50);
  });

  it('policy and the embedded service, which knows tokens without rights too', async () => {
    await fc.assert(
      fc.asyncProperty(anyToken, async (text) => {
        const access = readRuntimeToken(text);
        const caller = await readCaller(`Bearer ${text.trim()}`, undefined, now).catch(() => undefined);
        if (access.kind === 'scopes') expect(caller?.scopes).toEqual(access.scopes);
        else if (!/claim/.test(access.kind === 'none' ? '' : access.reason)) expect(caller).toBeUndefined();
        else if (/"ac"/.test(access.kind === 'opaque' ? access.reason : ''))
          expect(caller?.scopes).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe('a token without which there is no cache', () => {
  let directory: string;
  let job: Job;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-token-'));
    job = await openJob(directory);
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function say(text: string) {
    const env = {
      ...{ RUNNER_TEMP: directory, ACTIONS_RUNTIME_TOKEN: text },
      ACTIONS_CACHE_URL: 'http://127.0.0.1:1/',
    };
    const facts = toFacts({ access: parseAccess(text) });
    const { plan, warnings } = decideByToken(
      facts,
      defaultPolicyInputs,
      ({ kind, name }) => `${kind}-${name}`,
    );
    const backend = chooseBackend('direct', parseInputs({}).cache, readRunner(env), env);
    const findObstacle = async () => undefined;
    const access = await backend.connect({
      ...{ plans: [plan], isTip: undefined, job, drainMs: 0, findObstacle },
      compression: 'auto',
    });
    const { routes } = await access.open({
      ...{ plans: [plan], outputs: [], version: 'v0.33.1', seen: nothingSeen },
      settings: { mode: 'max', compression: 'auto', compressionLevel: undefined },
      logIn: async () => ({ kind: 'unusable', reason: 'nobody logs in without the gateway' }),
    });
    const hasCache = routes.some(({ cache }) => cache.imports.length > 0);
    return { hasCache, reason: access.describe()?.sentence, warnings };
  }

  it('is told of by one word, never by none', async () => {
    await fc.assert(
      fc.asyncProperty(anyToken, async (text) => {
        const { hasCache, reason, warnings } = await say(text);
        if (hasCache) return;
        const words = [...warnings, ...(reason === undefined ? [] : [reason])];
        expect(words[0]).toMatch(/token/i);
        // Beside it may stand what a token with fewer rights means for the next build.
        expect(words.filter((word) => !word.includes('cannot write')).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['with white space around it', ` ${valid}\n`, 'direct'],
    ['as it should be', valid, 'direct'],
    ['blank', ' \n', 'none'],
    ['with padding', `${valid.split('.')[0]}.${valid.split('.')[1]}=.x`, 'none'],
    ['with a header that is no object', toToken({ ac, nbf: 0, exp: seconds + 9 }, 'x'), 'none'],
    ['without a time, which BuildKit wants', toToken({ ac }), 'none'],
    [
      'of a signing method that BuildKit does not know',
      toToken({ ac, nbf: 0, exp: seconds + 9 }, {}),
      'none',
    ],
    ['that is over', toToken({ ac, nbf: 0, exp: seconds - 9 }), 'none'],
  ])('%s', async (_description, text, kind) => {
    const { hasCache, reason, warnings } = await say(text);
    expect(hasCache).toBe(kind === 'direct');
    const words = [...warnings, ...(reason === undefined ? [] : [reason])];
    expect(words).toHaveLength(kind === 'none' ? 1 : 0);
  });
});

it('our own tokens are tokens', async () => {
  const scopes = [{ scope: 'refs/heads/main', permission: 3 }];
  const token = await mintToken({ scopes });
  expect(readRuntimeToken(token)).toMatchObject({ kind: 'scopes', scopes });
  expect(findBuildkitFault(token)).toBeUndefined();
});

it('an access claim is written as GitHub writes it, and reads as it was written', () => {
  const scopes = [
    { scope: 'refs/heads/a', permission: 3 },
    { scope: '', permission: 1 },
  ];
  const claim = renderAccessClaim(scopes);
  expect(claim).toBe('[{"Scope":"refs/heads/a","Permission":3},{"Scope":"","Permission":1}]');
  expect(readAccessClaim(claim)).toEqual({ kind: 'scopes', scopes });
});
