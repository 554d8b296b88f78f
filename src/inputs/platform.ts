import { InputError, quote } from '../errors.ts';

// Grammar of containerd/platforms Parse: <os>[(<version>)]/<arch>[/<variant>], or one of the two alone if it is known.
const osPart = /^[A-Za-z0-9_-]+(?:\([A-Za-z0-9_.%-]*(?:\+[A-Za-z0-9_.%-]+)*\))?$/;
const otherPart = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

const knownAlone = new Set(
  (
    'linux windows darwin macos freebsd netbsd openbsd dragonfly solaris illumos plan9 android ios aix js zos ' +
    '386 i386 amd64 x86_64 x86-64 arm armhf armel arm64 aarch64 ppc64 ppc64le loong64 mips mipsle mips64 mips64le ' +
    'riscv64 s390x wasm'
  ).split(' '),
);

/** The platform as given; throws InputError when BuildKit could not parse it. */
export function checkPlatform(name: string, platform: string): string {
  if (!isPlatform(platform)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(platform)} is not a platform; allowed is os/architecture[/variant], for example linux/amd64 or linux/arm/v7`,
    );
  }
  return platform;
}

/** True for what BuildKit can parse. */
export function isPlatform(platform: string): boolean {
  const [os = '', ...rest] = platform.split('/');
  return rest.length === 0
    ? knownAlone.has(os.toLowerCase())
    : rest.length <= 2 && osPart.test(os) && rest.every((part) => otherPart.test(part));
}
