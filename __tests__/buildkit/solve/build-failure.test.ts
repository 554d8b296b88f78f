import { describe, expect, it } from '@jest/globals';
import { classifyBuildFailure, toBuildError } from '../../../src/buildkit/solve/build-failure.ts';
import { cacheFaults, replayTrace } from '../../helpers/trace.ts';

describe('classifyBuildFailure', () => {
  it.each([
    [
      'failing',
      'dockerfile',
      {
        exitCode: 7,
        location: 'Dockerfile:4',
        instruction: 'RUN echo one; echo "two: no such thing" >&2; exit 7',
        output: ['one', 'two: no such thing'],
      },
    ],
    ['syntax-error', 'dockerfile', { location: 'Dockerfile:2', instruction: 'COPPY a b' }],
    ['missing-file', 'dockerfile', { location: 'Dockerfile:2', instruction: 'COPY nothing-here /' }],
    ['no-such-target', 'dockerfile', { reason: 'target stage "nosuch" could not be found' }],
    ['base-unreachable', 'dockerfile', { location: 'Dockerfile:1' }],
    ['push-refused', 'push', { reason: expect.stringContaining('failed to push 127.0.0.1:9/x:1') }],
    ['git-unreachable', 'other', { reason: expect.stringContaining('unable to access') }],
    ['daemon-died', 'daemon', { reason: expect.stringContaining('Unavailable') }],
    ['blob-gone', 'cache', { reason: expect.stringContaining('BlobNotFound') }],
    ['blob-torn', 'cache', { reason: expect.stringContaining('short read') }],
    ['blob-wrong-bytes', 'cache', { reason: expect.stringContaining('unexpected commit digest') }],
    ['registry-blob-gone', 'cache', { reason: expect.stringContaining('from remote: not found') }],
    ['registry-blob-gone-in-a-step', 'cache', { reason: expect.stringContaining('from remote: not found') }],
    ['registry-gateway-killed', 'cache', { reason: expect.stringContaining('connection refused') }],
  ])('calls %s a failure of kind %s', (name, kind, facts) => {
    expect(classifyBuildFailure(replayTrace(name).trace, cacheFaults)).toMatchObject({ kind, ...facts });
  });

  it.each([
    [
      'process "/bin/sh -c false" did not complete successfully: exit code: 3',
      'dockerfile',
      /target app: exit code 3/,
    ],
    [
      'failed to push a/b:1: unexpected status: 503 Busy',
      'push',
      /not pushed: target app: failed to push a\/b:1/,
    ],
    [
      'short read: expected 5 bytes but got 3: unexpected EOF',
      'cache',
      /could not be read: target app: short read/,
    ],
  ])('names the target of a bake: %s', (words, kind, message) => {
    const text = [`ERROR: target app: failed to solve: ${words}`];
    const failure = classifyBuildFailure({ vertices: [], text }, cacheFaults);
    expect(failure).toMatchObject({ kind, reason: `target app: ${words}` });
    expect(toBuildError(failure).message).toMatch(message);
  });

  it('does not take the words of a failing instruction for a cache failure', () => {
    const text = [
      'ERROR: failed to build: failed to solve: process "/bin/sh -c echo BlobNotFound; exit 3" did not complete successfully: exit code: 3',
    ];
    expect(classifyBuildFailure({ vertices: [], text }, cacheFaults)).toMatchObject({
      kind: 'dockerfile',
      exitCode: 3,
    });
  });

  it.each([
    'invalid status response 404 Not Found for http://127.0.0.1:45061/devstoreaccount1/actions-cache/b-f3?sp=r',
    'read tcp 127.0.0.1:40012->127.0.0.1:45061: read: connection reset by peer',
    'unexpected EOF',
  ])('knows a layer that v1 of the cache could not read: %s', (words) => {
    const text = [`ERROR: failed to build: failed to solve: failed to copy: ${words}`];
    expect(classifyBuildFailure({ vertices: [], text }, cacheFaults).kind).toBe('cache');
  });

  it.each([
    'failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://registry.example/v2/hotlayer/app/blobs/sha256:1": dial tcp: connection refused',
    'failed to copy: httpReadSeeker: failed open: failed to do request: Get "http://127.0.0.1:5000/v2/acme/app/blobs/sha256:1": connection refused',
  ])('does not take a base image that cannot be read for a cache failure: %s', (reason) => {
    expect(
      classifyBuildFailure(
        { vertices: [], text: [`ERROR: failed to build: failed to solve: ${reason}`] },
        cacheFaults,
      ).kind,
    ).toBe('other');
  });

  it.each<[string, string]>([
    ['failed to copy to tar: rpc error: code = Unknown desc = io: read/write on closed pipe', 'load'],
    ['failed to copy to tar: write /tmp/image.tar: no space left on device', 'other'],
  ])('knows a Docker engine that stopped reading from a file that cannot be written: %s', (reason, kind) => {
    const text = [`ERROR: failed to build: failed to solve: ${reason}`];
    const failure = classifyBuildFailure({ vertices: [], text }, cacheFaults);
    expect(failure.kind).toBe(kind);
    expect(toBuildError(failure).message.includes('not loaded into Docker')).toBe(kind === 'load');
  });

  it('knows a daemon that was never there', () => {
    const text = [
      'ERROR: failed to build: listing workers for Build: failed to list workers: Unavailable: connection error: desc = "transport: Error while dialing: dial unix /run/b.sock: connect: no such file or directory"',
    ];
    expect(classifyBuildFailure({ vertices: [], text }, cacheFaults).kind).toBe('daemon');
  });

  it('says something when buildx said nothing', () => {
    expect(classifyBuildFailure({ vertices: [], text: [] }, cacheFaults)).toMatchObject({
      kind: 'other',
      reason: 'no reason given',
    });
  });
});

describe('toBuildError', () => {
  it('names the instruction, its place, its exit code and its last lines', () => {
    const error = toBuildError(classifyBuildFailure(replayTrace('failing').trace, cacheFaults));
    expect(error.code).toBe('build-dockerfile');
    expect(error.message).toBe(
      'The build failed at Dockerfile:4, RUN echo one; echo "two: no such thing" >&2; exit 7: exit code 7\nIts last output:\none\ntwo: no such thing',
    );
  });

  it.each(['2MiB', '200KiB/s'])(
    'says that BuildKit clipped the output of the failing step at %s',
    (limit) => {
      const failed = replayTrace('failing').trace.vertices.map((vertex) =>
        vertex.error === undefined
          ? vertex
          : {
              ...vertex,
              output: `${vertex.output}\n[output clipped, log limit ${limit} reached]\nlast words\n`,
            },
      );
      const failure = classifyBuildFailure(
        { vertices: failed, text: replayTrace('failing').trace.text },
        cacheFaults,
      );
      const { message } = toBuildError(failure);
      expect(message).toContain('last words');
      expect(message.split('\n').at(-1)).toMatch(
        new RegExp(
          `missing: BuildKit clipped it .*${limit}.*BUILDKIT_STEP_LOG_MAX_SIZE.*BUILDKIT_STEP_LOG_MAX_SPEED`,
        ),
      );
    },
  );

  it('keeps to one line for a cached layer that is gone', () => {
    const error = toBuildError(classifyBuildFailure(replayTrace('blob-gone').trace, cacheFaults));
    expect(error.code).toBe('build-cache');
    expect(error.message.split('\n')).toHaveLength(1);
  });
});
