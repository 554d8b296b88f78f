import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { decideWorkflowPlan, maxLegs } from '../../src/workflow/decide-plan.ts';
import { toPlanOutputs } from '../../src/workflow/plan.ts';
import { readPlanInputs } from '../../src/workflow/plan-inputs.ts';
import type { Distrust } from '../../src/workflow/trust.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const defaultRunner = 'default=ubuntu-latest\nlinux/arm=ubuntu-24.04-arm\nlinux/arm64=ubuntu-24.04-arm\n';

const plan = (inputs: Readonly<Record<string, string>>, distrust?: Distrust) =>
  decideWorkflowPlan(readPlanInputs(toInputVariables({ runner: defaultRunner, ...inputs })), distrust);
const runners = (inputs: Readonly<Record<string, string>>) =>
  plan(inputs).legs.map(({ platform, runner }) => [platform, runner]);

describe('the legs of a plan', () => {
  it.each([
    ['no platform: one job on the default runner', {}, [['', 'ubuntu-latest']]],
    [
      'each platform on its runner; the longest prefix counts',
      {
        platforms: 'linux/amd64,linux/arm64\nlinux/arm/v7',
        runner: 'default=a\nlinux=b\nlinux/arm=c\nlinux/arm64=d',
      },
      [
        ['linux/amd64', 'b'],
        ['linux/arm64', 'd'],
        ['linux/arm/v7', 'c'],
      ],
    ],
    [
      'parts count, not letters',
      { platforms: 'linux/arm64', runner: 'default=a\nlinux/arm=b' },
      [['linux/arm64', 'a']],
    ],
    ['one label for all', { platforms: 'linux/arm64', runner: 'mine' }, [['linux/arm64', 'mine']]],
    [
      'several labels of one runner',
      { platforms: 'linux/s390x', runner: 'linux/s390x=self-hosted, linux , s390x' },
      [['linux/s390x', ['self-hosted', 'linux', 's390x']]],
    ],
    [
      'a platform that is spelled in several ways is built once',
      { platforms: 'aarch64, Linux/ARM64/v8, linux/arm64, x86_64, linux/amd64' },
      [
        ['linux/arm64', 'ubuntu-24.04-arm'],
        ['linux/amd64', 'ubuntu-latest'],
      ],
    ],
    ['armhf is arm/v7', { platforms: 'armhf,linux/arm' }, [['linux/arm/v7', 'ubuntu-24.04-arm']]],
    ['other systems', { platforms: 'windows/amd64' }, [['windows/amd64', 'ubuntu-latest']]],
  ])('%s', (_, inputs, expected) => {
    expect(runners(inputs)).toEqual(expected);
  });

  it('have names that are good for artifacts, and indexes in their order', () => {
    const { legs } = plan({ platforms: 'linux/arm/v7,linux/amd64' });
    expect(legs.map(({ index, name }) => [index, name])).toEqual([
      [0, 'linux-arm-v7'],
      [1, 'linux-amd64'],
    ]);
  });

  it('are as many as GitHub has outputs for, and no more', () => {
    const platforms = (count: number) =>
      Array.from({ length: count }, (_, index) => `linux/arch${index}`).join('\n');
    expect(plan({ platforms: platforms(maxLegs) }).legs).toHaveLength(maxLegs);
    expect(() => plan({ platforms: platforms(maxLegs + 1) })).toThrow(
      `input "platforms": ${maxLegs + 1} platforms would be ${maxLegs + 1} jobs; allowed are at most ${maxLegs}`,
    );
  });
});

describe('bad inputs of a plan', () => {
  it.each([
    [
      { platforms: 'linux/arm/v7/x' },
      /^input "platforms": "linux\/arm\/v7\/x" is not a platform; allowed is os\/arch/,
    ],
    [{ platforms: 'linux arm' }, /^input "platforms": "linux arm" is not a platform/],
    [{ runner: ' \n' }, /^input "runner" is empty; allowed is one label/],
    [{ runner: 'a\nb' }, /^input "runner": "b": the default is given twice/],
    [{ runner: 'linux/arm64=a\nLinux/arm64=b' }, /"Linux\/arm64=b": "linux\/arm64" is given twice/],
    [{ runner: 'default=a\nlinux//x=b' }, /"linux\/\/x" is not the beginning of a platform/],
    [{ runner: 'default=' }, /^input "runner": "default=": a label is empty/],
    [{ runner: 'a b' }, /^input "runner": "a b": a label has white space/],
    [
      { runner: 'linux/arm64=a', platforms: 'linux/amd64' },
      /^input "runner" has no runner for "linux\/amd64"/,
    ],
    [{ runner: 'linux/arm64=a' }, /^input "runner" has no runner for a build without "platforms"/],
    [{ push: 'true', images: 'ghcr.io/acme/app' }, /^input "tags" is empty, and "push" needs a tag/],
    [{ images: 'ghcr.io/acme/app:1' }, /^input "images": "ghcr.io\/acme\/app:1" has a tag/],
    [{ images: 'ghcr.io/acme/-app' }, /^input "images": "ghcr.io\/acme\/-app" is not an image tag/],
    [{ tags: 'ghcr.io/Acme/app' }, /^input "tags": "ghcr.io\/Acme\/app" is not an image tag/],
    [
      { images: 'ghcr.io/acme/app', tags: 'a b' },
      /^input "tags": "ghcr.io\/acme\/app:a b" is not an image tag/,
    ],
    [{ output: 'registry' }, /^input "output": unknown value "registry"; allowed are image, local, oci, tar/],
    [{ annotations: 'no-value' }, /^input "annotations": "no-value" is not an annotation/],
    [
      { annotations: 'index-descriptor:a=b', platforms: 'linux/a,linux/b', push: 'true', tags: 'a:1' },
      /^input "annotations": "index-descriptor:a=b": a registry keeps no descriptor of an index/,
    ],
  ])('%j', (inputs, message) => {
    expect(() => plan(inputs)).toThrow(InputError);
    expect(() => plan(inputs)).toThrow(message);
  });
});

const two = {
  platforms: 'linux/amd64,linux/arm64',
  images: 'ghcr.io/acme/app\ndocker.io/acme/app',
  tags: '1.2\nlatest',
};

describe('what the build step gets', () => {
  it('of several platforms that are pushed: names, and a push by digest', () => {
    const { step, isMerged, images } = plan({ ...two, push: 'true' });
    expect(step).toEqual({
      tags: ['ghcr.io/acme/app', 'docker.io/acme/app'],
      push: false,
      outputs: 'type=image,push-by-digest=true,name-canonical=true,push=true',
      annotations: [],
    });
    expect(isMerged).toBe(true);
    expect(images.references).toEqual([
      'ghcr.io/acme/app:1.2',
      'docker.io/acme/app:1.2',
      'ghcr.io/acme/app:latest',
      'docker.io/acme/app:latest',
    ]);
  });

  it('has names in lower case, whatever the owner of a repository is called', () => {
    const { images } = plan({ images: 'ghcr.io/Acme/App,ghcr.io/acme/app', tags: 'V1' });
    expect(images).toEqual({ names: ['ghcr.io/acme/app'], references: ['ghcr.io/acme/app:V1'] });
  });

  it('of one platform: the tags, and no job merges', () => {
    const { step, isMerged } = plan({ platforms: 'linux/arm64', tags: 'ghcr.io/acme/app', push: 'true' });
    expect(step).toEqual({ tags: ['ghcr.io/acme/app:latest'], push: true, outputs: '', annotations: [] });
    expect(isMerged).toBe(false);
  });

  it('without a push: an image that stays where it is, for which nothing is merged', () => {
    expect(plan(two)).toMatchObject({
      isMerged: false,
      isPushed: false,
      step: { outputs: 'type=image,push=false', push: false },
    });
  });

  it('in a run of a fork: the same as without a push, and it is said', () => {
    const distrusted = plan({ ...two, push: 'true' }, 'the pull request is from the fork x/y');
    expect(distrusted).toMatchObject({ ...plan(two), isTrusted: false, notices: [expect.any(String)] });
    expect(distrusted.notices).toEqual([
      'This run gets no secrets and pushes nothing, although "push" is true: the pull request is from the fork x/y.',
    ]);
  });

  it.each(['local', 'oci', 'tar'])('for output %s: files, and no push', (output) => {
    const { step, isPushed, isMerged, notices } = plan({ ...two, output, push: 'true' });
    expect([isPushed, isMerged, step.push]).toEqual([false, false, false]);
    expect(step.outputs).toMatch(new RegExp(`^type=${output},dest=hotlayer-output`));
    expect(notices).toEqual([expect.stringContaining('The input "push" has no effect')]);
  });

  it('keeps caches apart by the name of the image, pushed or not, one platform or two', () => {
    for (const push of ['true', 'false'])
      for (const platforms of ['', 'linux/amd64', 'linux/amd64,linux/arm64'])
        expect(plan({ ...two, push, platforms }).step.tags[0]).toMatch(/^ghcr\.io\/acme\/app(?::1\.2)?$/);
  });
});

describe('annotations', () => {
  const split = (annotations: string) => {
    const { step, indexAnnotations } = plan({ ...two, push: 'true', annotations });
    return [step.annotations, indexAnnotations];
  };

  it.each([
    ['a=b', [['a=b'], ['index:a=b']]],
    ['manifest:a=b', [['manifest:a=b'], []]],
    ['manifest[linux/arm64]:a=b', [['manifest[linux/arm64]:a=b'], []]],
    ['index:a=b', [[], ['index:a=b']]],
    ['manifest,index:a=b=c', [['manifest:a=b=c'], ['index:a=b=c']]],
    ['manifest-descriptor[linux/arm64]:a=b', [[], ['manifest-descriptor[linux/arm64]:a=b']]],
    ['a=x:y,z', [['a=x:y,z'], ['index:a=x:y,z']]],
  ])('%s', (annotations, expected) => {
    expect(split(annotations)).toEqual(expected);
  });

  it('stay together where nothing is merged', () => {
    expect(plan({ annotations: 'index:a=b\nmanifest:c=d' }).step.annotations).toEqual([
      'index:a=b',
      'manifest:c=d',
    ]);
  });

  it('come through the output of the plan as they are', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', ':', '=', "'", '#') });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), (values) => {
        const entries = values.map((text, index) => `key${index}=x${text}x`);
        const inputs = readPlanInputs(toInputVariables({ runner: 'a' }));
        const decided = decideWorkflowPlan({ ...inputs, annotations: entries }, undefined);
        const output = new Map(toPlanOutputs(decided)).get('annotations') ?? '';
        const read = readPlanInputs(toInputVariables({ runner: 'a', annotations: output })).annotations;
        expect(read).toEqual(entries);
      }),
    );
  });
});

describe('what is said once', () => {
  it.each([
    [
      { ...two, runner: 'default=a\nlinux/s390x=b' },
      'Lines of the input "runner" that no platform uses: linux/s390x.',
    ],
    [{ images: 'a/b' }, 'The input "images" names the cache only: there are no "tags".'],
  ])('%j', (inputs, notice) => {
    expect(plan(inputs).notices).toEqual([notice]);
  });

  it('is nothing for the default runners', () => {
    expect(plan({}).notices).toEqual([]);
  });
});
