import { describe, expect, it } from '@jest/globals';
import {
  type ProvenanceFacts,
  renderAttestation,
  toBuilderId,
  toDefaultProvenance,
} from '../../../src/buildkit/solve/attestations.ts';

const builderId = 'https://github.com/o/r/actions/runs/7/attempts/2';
const published: ProvenanceFacts = {
  outputs: [{ type: 'image', attrs: {} }],
  isPublic: true,
  builderId,
  version: 'v0.33.1',
  environment: {},
  isDeclined: false,
};
const max = `type=provenance,mode=max,builder-id=${builderId}`;
const min = `type=provenance,mode=min,inline-only=true,builder-id=${builderId}`;

describe('the provenance of a build that asks for none', () => {
  it.each<[string, Partial<ProvenanceFacts>, readonly string[]]>([
    ['of a public repository is all of it', {}, [max]],
    ['of a private one tells nothing of the build', { isPublic: false }, [min]],
    ['of one that may be private neither', { isPublic: undefined }, [min]],
    ['names no run that is not known', { builderId: undefined }, ['type=provenance,mode=max']],
    [
      'is none beside a docker archive',
      { outputs: [...published.outputs, { type: 'docker', attrs: { dest: 'x' } }] },
      [],
    ],
    ['is that of any other output', { outputs: [{ type: 'oci', attrs: { dest: 'x' } }] }, [max]],
    ['is none where the job wants none', { environment: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' } }, []],
    [
      'is there where the job says that it wants it',
      { environment: { BUILDX_NO_DEFAULT_ATTESTATIONS: 'false' } },
      [max],
    ],
    ['is switched off where the inputs say so', { isDeclined: true }, ['type=provenance,disabled=true']],
    ['is none with a BuildKit that makes none', { version: 'v0.10.6' }, []],
    ['is there with the first that does', { version: 'v0.11.0' }, [max]],
    ['is there with one that is no release', { version: 'master' }, [max]],
  ])('%s', (_, facts, expected) => {
    expect(toDefaultProvenance({ ...published, ...facts }).map(renderAttestation)).toEqual(expected);
  });
});

describe('the builder that a provenance names', () => {
  const run = { id: '7', attempt: '2' };
  const of = { serverUrl: 'https://github.com', repository: 'o/r', run };
  it.each([
    ['is the attempt of the run', of, builderId],
    ['is nobody without a server', { ...of, serverUrl: '' }, undefined],
    ['is nobody without a repository', { ...of, repository: '' }, undefined],
    ['is nobody without a run', { ...of, run: { id: '0', attempt: '0' } }, undefined],
  ])('%s', (_, facts, expected) => {
    expect(toBuilderId(facts)).toBe(expected);
  });
});
