import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const parse = (inputs: Readonly<Record<string, string>>) => parseInputs(toInputVariables(inputs));

describe('inputs of a build', () => {
  it.each<[Record<string, string>]>([
    [{ 'add-hosts': 'a=1.2.3.4\nb:::1\nc=[fe80::1]\n"d=1.2.3.4,[::1]",e:1.1.1.1' }],
    [{ allow: 'device\nsecurity.insecure\ndevice=nvidia.com/gpu' }],
    [{ annotations: 'a=\nmanifest,index[linux/arm64/v8]:a.b/c=d=e,f' }],
    [{ attests: 'type=sbom,generator=a/b:c\ntype=provenance,mode=max,true' }],
    [{ provenance: '1' }],
    [{ provenance: 'mode=max,version=v1' }],
    [{ sbom: '"generator=a,b"' }],
    [
      {
        'build-contexts':
          'docker.io/library/alpine:3.20=docker-image://alpine@sha256:1\na=..\nb=git@h:o/r.git',
      },
    ],
    [{ 'build-contexts': 'a={{defaultContext}}:sub\nb=target:base\nc=http://host/a.tar.gz' }],
    [{ call: 'lint,format=json,ignorestatus=true' }],
    [{ call: 'subrequests.describe' }],
    [{ 'shm-size': '2147483648' }],
    [{ 'shm-size': '1.5 GiB' }],
    [{ 'shm-size': '64mb' }],
    [{ ulimit: 'nofile=-1\ncore=0:-1\nstack=8192' }],
    [{ network: 'default' }],
    [{ load: 'true', push: 'true', tags: 'a' }],
    [{ load: 'true', platforms: 'linux/amd64,linux/arm64' }],
    [{ sbom: 'false', provenance: 'false', outputs: 'type=docker,dest=x' }],
    [{ ssh: 'a\nb=/k\n"c=/k,/l",d' }],
    [{ 'cache-from': 'user/app:a,user/app:b' }],
  ])('%j is taken, as buildx takes it', (inputs) => {
    expect(() => parse(inputs)).not.toThrow();
  });

  it('whatever is no entry of a hidden list is not shown', () => {
    const secret = 'hunter2';
    const text = fc
      .array(fc.constantFrom(secret, '=', ',', '"', '\n', ' ', 'A', '/'), { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.constantFrom('secret-envs', 'secret-files', 'secrets'), text, (name, value) => {
        try {
          parse({ [name]: value });
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          if (error instanceof InputError)
            expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(secret);
        }
      }),
    );
  });

  it('every size that Go writes is one, and every address of a host', () => {
    const units = fc.constantFrom('', 'b', 'k', 'K', 'kb', 'KiB', 'm', 'g', 'GB', 't', 'p', ' mb');
    fc.assert(
      fc.property(fc.nat(), units, fc.ipV4(), fc.ipV6(), (number, unit, v4, v6) => {
        const inputs = { 'shm-size': `${number}${unit}`, 'add-hosts': `a:${v4}\nb=${v6}\nc:[${v6}]` };
        expect(parse(inputs).build).toMatchObject({ addHosts: [`a:${v4}`, `b=${v6}`, `c:[${v6}]`] });
      }),
    );
  });
});
