import { checkPlatform } from '../inputs/platform.ts';

/** Other names of an architecture, with the variant that they mean (containerd/platforms, normalizeArch). */
const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  i386: '386',
  aarch64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
};
const systems = /^(?:linux|windows|darwin|macos|freebsd|netbsd|openbsd|wasi\w*)$/;

/**
 * A platform as BuildKit names it, `linux/arm64` of `aarch64`, `Linux/ARM64` or `linux/arm64/v8`, so that one that is
 * spelled in two ways is built once. Throws InputError for what is none.
 */
export function normalizePlatform(name: string, platform: string): string {
  const [first = '', ...others] = checkPlatform(name, platform).toLowerCase().split('/');
  const [os, written = '', variant] =
    others.length > 0 || systems.test(first) ? [first, ...others] : ['linux', first];
  if (written === '') return os;
  const architecture = architectures[written] ?? written;
  const whole = [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
  return whole
    .replace(/^([^/]+\/arm64)\/v8$/, '$1')
    .replace(/^([^/]+\/amd64)\/v1$/, '$1')
    .replace(/^([^/]+\/arm)$/, '$1/v7');
}

/** True for `linux/arm` of `linux/arm/v7`, and not of `linux/arm64`: parts count, not letters. */
export function isPlatformPrefix(prefix: string, platform: string): boolean {
  return `${platform}/`.startsWith(`${prefix}/`);
}
