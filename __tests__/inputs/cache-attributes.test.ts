import { describe, expect, it } from '@jest/globals';
import { joinAttributes } from '../../src/inputs/cache-attributes.ts';
import { listSecretValues, parseInputs } from '../../src/inputs/inputs.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const parse = (inputs: Readonly<Record<string, string>>) => parseInputs(toInputVariables(inputs));

describe('attributes of the cache', () => {
  // README.md of moby/buildkit v0.33.1, and docs.docker.com/build/cache/backends.
  it.each([
    [
      'registry',
      'ref=localhost:5000/a/b,mode=max,compression=zstd,compression-level=3,force-compression=true,oci-mediatypes=true,image-manifest=false,ignore-error=false,registry.insecure=true',
      'ref=c/d,registry.insecure=true',
    ],
    [
      'local',
      'dest=/c,tag=x,mode=min,compression=estargz,compression-level=9,force-compression=false,oci-mediatypes=false,image-manifest=false,ignore-error=true',
      'src=/d,tag=y',
    ],
    [
      's3',
      'bucket=b,region=r,prefix=p/,blobs_prefix=x/,manifests_prefix=y/,endpoint_url=http://h:1,use_path_style=true,access_key_id=A,secret_access_key=B,session_token=C,touch_refresh=12h,upload_parallelism=8,disable_accept_encoding=true,retry_mode=adaptive,retry_max_attempts=5,mode=max,ignore-error=true',
      'bucket=b,region=r,prefix=p/,blobs_prefix=x/,manifests_prefix=y/',
    ],
    [
      'azblob',
      'account_url=https://a.blob.core.windows.net,account_name=a,container=c,prefix=p,blobs_prefix=x,manifests_prefix=y,secret_access_key=K==,mode=max,ignore-error=true',
      'account_url=https://a.blob.core.windows.net',
    ],
  ])('all that BuildKit documents pass for %s', (cache, to, from) => {
    const inputs = parse({ cache, 'cache-to-attrs': to, 'cache-from-attrs': from });
    const read = ({ attrs, secrets }: typeof inputs.cache.cacheToAttrs) =>
      Object.entries({ ...attrs, ...secrets })
        .map(([name, value]) => `${name}=${value}`)
        .sort();
    expect(read(inputs.cache.cacheToAttrs)).toEqual(to.split(',').sort());
    expect(read(inputs.cache.cacheFromAttrs)).toEqual(from.split(',').sort());
  });

  it('one a line is the same as comma separated, and a value in quotes may hold commas', () => {
    const { cacheToAttrs } = parse({
      cache: 's3',
      'cache-to-attrs': ' bucket = b \nregion=r,"prefix=a,b"\n\n',
    }).cache;
    expect(cacheToAttrs.attrs).toEqual({ bucket: 'b', region: 'r', prefix: 'a,b' });
  });

  it('credentials are apart from the others, and masked', () => {
    const inputs = parse({
      cache: 's3',
      'cache-to-attrs': 'bucket=b,access_key_id=AKIDEXAMPLE\nsecret_access_key=hunter2',
      'cache-from-attrs': 'session_token=hunter3',
    });
    expect(inputs.cache.cacheToAttrs).toEqual({
      attrs: { bucket: 'b' },
      secrets: { access_key_id: 'AKIDEXAMPLE', secret_access_key: 'hunter2' },
    });
    expect(listSecretValues(inputs)).toEqual(expect.arrayContaining(['AKIDEXAMPLE', 'hunter2', 'hunter3']));
  });

  it('what is said in one of the two inputs is true of the other', () => {
    const attrs = (values: Record<string, string>, secrets = {}) => ({ attrs: values, secrets });
    expect(
      joinAttributes('s3', {
        to: attrs({ bucket: 'b', region: 'r', upload_parallelism: '8' }, { secret_access_key: 'K' }),
        from: attrs({ region: 'q' }),
      }),
    ).toEqual({
      to: attrs({ bucket: 'b', region: 'r', upload_parallelism: '8' }, { secret_access_key: 'K' }),
      from: attrs({ bucket: 'b', region: 'q' }, { secret_access_key: 'K' }),
    });
    expect(joinAttributes('local', { to: attrs({ dest: '/c', mode: 'min' }), from: attrs({}) })).toEqual({
      to: attrs({ dest: '/c', mode: 'min' }),
      from: attrs({ src: '/c' }),
    });
    expect(joinAttributes('local', { to: attrs({}), from: attrs({ src: '/c' }) }).to).toEqual(
      attrs({ dest: '/c' }),
    );
  });

  it('a run that exports nothing needs no place for it', () => {
    const { cacheFromAttrs } = parse({
      cache: 'registry',
      'read-only': 'true',
      'cache-from-attrs': 'ref=a/b',
    }).cache;
    expect(cacheFromAttrs.attrs).toEqual({ ref: 'a/b' });
  });
});
