import { describe, expect, it } from '@jest/globals';
import { encodePath, type S3Bucket, toBucketUrl } from '../../src/s3-client/bucket.ts';

const plain: S3Bucket = { bucket: 'caches', region: 'eu-west-1', usePathStyle: false, prefix: '' };

describe('the URL of a bucket', () => {
  it.each<[string, Partial<S3Bucket>, string]>([
    ['AWS', {}, 'https://caches.s3.eu-west-1.amazonaws.com'],
    ['AWS in China', { region: 'cn-north-1' }, 'https://caches.s3.cn-north-1.amazonaws.com.cn'],
    ['AWS, a bucket with dots', { bucket: 'a.b' }, 'https://s3.eu-west-1.amazonaws.com/a.b'],
    ['AWS, path style', { usePathStyle: true }, 'https://s3.eu-west-1.amazonaws.com/caches'],
    ['MinIO', { endpointUrl: 'http://minio:9000', usePathStyle: true }, 'http://minio:9000/caches'],
    [
      'R2',
      { endpointUrl: 'https://id.r2.cloudflarestorage.com' },
      'https://caches.id.r2.cloudflarestorage.com',
    ],
    ['GCS', { endpointUrl: 'https://storage.googleapis.com/' }, 'https://caches.storage.googleapis.com'],
    ['below a path', { endpointUrl: 'https://gate/s3/', usePathStyle: true }, 'https://gate/s3/caches'],
  ])('of %s', (_name, more, url) => {
    expect(toBucketUrl({ ...plain, ...more })).toBe(url);
  });

  it('escapes all that a signature wants escaped, and no slash', () => {
    expect(encodePath("a b/ü+=@!'()*~_-.")).toBe('a%20b/%C3%BC%2B%3D%40%21%27%28%29%2A~_-.');
  });
});
