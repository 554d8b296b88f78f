import { describe, expect, it } from '@jest/globals';
import {
  type AttestationFacts,
  renderAttestation,
  toAttestations,
  toBuilderId,
} from '../../../src/buildkit/solve/attestations.ts';
import { listOutputs } from '../../../src/buildkit/solve/build-outputs.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

const builderId = 'https://github.com/o/r/actions/runs/7/attempts/2';
const published: AttestationFacts = {
  asked: { provenance: undefined, sbom: undefined, attests: [] },
  outputs: [{ type: 'image', attrs: {} }],
  isPublic: true,
  builderId,
  version: 'v0.33.1',
  environment: {},
};
const max = `type=provenance,mode=max,builder-id=${builderId}`;
const min = `type=provenance,mode=min,inline-only=true,builder-id=${builderId}`;

describe('the provenance of a build that asks for none', () => {
  it.each<[string, Partial<AttestationFacts>, readonly string[]]>([
    ['of a public repository is all of it', {}, [max]],
    ['of a private one tells nothing of the build', { isPublic: false }, [min]],
    ['of one that may be private neither', { isPublic: undefined }, [min]],
    ['names no run that is not known', { builderId: undefined }, ['type=provenance,mode=max']],
    [
      'is none beside a docker archive',
      { outputs: [...published.outputs, { type: 'docker', attrs: { dest: 'x' } }] },
      [],
    ],
    ['is none for an image that is loaded', { outputs: [{ type: 'docker', attrs: {} }] }, []],
    ['is that of any other output', { outputs: [{ type: 'oci', attrs: { dest: 'x' } }] }, [max]],
    ['is none where the job wants none', { environment: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' } }, []],
    [
      'is there where the job says that it wants it',
      { environment: { BUILDX_NO_DEFAULT_ATTESTATIONS: 'false' } },
      [max],
    ],
    ['is none with a BuildKit that makes none', { version: 'v0.10.6' }, []],
    ['is there with the first that does', { version: 'v0.11.0' }, [max]],
    ['is there with one that is no release', { version: 'master' }, [max]],
  ])('%s', (_, facts, expected) => {
    expect(toAttestations({ ...published, ...facts }).map(renderAttestation)).toEqual(expected);
  });
});

describe('the attestations of inputs, as docker/build-push-action has them', () => {
  const id = `builder-id=${builderId}`;
  it.each<[Record<string, string>, readonly string[]]>([
    [{ provenance: 'true' }, [`type=provenance,${id}`]],
    [{ provenance: 'True' }, [`type=provenance,${id}`]],
    [{ provenance: 'false' }, ['type=provenance,disabled=true']],
    [{ provenance: 'FALSE' }, ['type=provenance,disabled=true']],
    [{ provenance: '0' }, ['type=provenance,disabled=true']],
    [{ provenance: 'disabled=true' }, ['type=provenance,disabled=true']],
    [{ provenance: 'mode=min' }, [`type=provenance,mode=min,${id}`]],
    [{ provenance: 'mode=max' }, [`type=provenance,mode=max,${id}`]],
    [{ provenance: 'builder-id=foo' }, ['type=provenance,builder-id=foo']],
    [{ provenance: 'mode=max,builder-id=foo' }, ['type=provenance,mode=max,builder-id=foo']],
    [{ sbom: 'true' }, [max, 'type=sbom']],
    [{ sbom: 'false' }, [max, 'type=sbom,disabled=true']],
    [{ sbom: 'generator=image:1' }, [max, 'type=sbom,generator=image:1']],
    [{ attests: 'type=sbom,generator=image:1' }, [max, 'type=sbom,generator=image:1']],
    [{ attests: 'type=sbom,true' }, [max, 'type=sbom']],
    [{ attests: 'type=sbom,false' }, [max, 'type=sbom,disabled=true']],
    [{ attests: 'type=provenance,mode=min' }, [`type=provenance,mode=min,${id}`]],
    [{ attests: 'type=provenance,false' }, ['type=provenance,disabled=true']],
    [{ attests: 'type=provenance,disabled=1' }, ['type=provenance,disabled=1']],
    [
      { attests: 'type=provenance,mode=min\ntype=sbom,generator=a', provenance: 'mode=max', sbom: 'false' },
      [max, 'type=sbom,disabled=true'],
    ],
    [
      { attests: 'type=provenance,mode=min\ntype=sbom', provenance: 'false' },
      ['type=provenance,disabled=true', 'type=sbom'],
    ],
    [{ load: 'true', sbom: 'true' }, ['type=sbom']],
    [{ load: 'true', provenance: 'true' }, [`type=provenance,${id}`]],
    [{ attests: 'type=other,a=b' }, [max, 'type=other,a=b']],
  ])('%j', (inputs, expected) => {
    const { image } = parseInputs(toInputVariables({ tags: 'a', ...inputs }));
    const facts = { ...published, asked: image, outputs: listOutputs(image) };
    expect(toAttestations(facts).map(renderAttestation)).toEqual(expected);
  });

  it('a provenance that is asked for is there whatever the job and the outputs are', () => {
    const { image } = parseInputs({ INPUT_PROVENANCE: 'mode=min' });
    const environment = { BUILDX_NO_DEFAULT_ATTESTATIONS: 'true' };
    expect(toAttestations({ ...published, asked: image, environment, version: 'v0.10.6' })).toHaveLength(1);
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
