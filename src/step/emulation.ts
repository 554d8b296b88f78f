import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findTargetStep } from '../buildkit/solve/target-steps.ts';
import { InputError, quote } from '../errors.ts';
import type { BuildInputs } from '../inputs/types.ts';
import { type ChildEnvironment, runCommand } from '../process/command.ts';
import { findOnPath } from '../process/search-path.ts';
import type { Endpoint } from './endpoint.ts';

/** What BuildKit looks for on the daemon's PATH (solver/llbsolver/ops/exec_binfmt.go). */
const emulators: Readonly<Record<string, string>> = {
  arm64: 'aarch64',
  amd64: 'x86_64',
  '386': 'i386',
};
const aliases: Readonly<Record<string, string>> = {
  aarch64: 'arm64',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  i386: '386',
  armhf: 'arm',
  armel: 'arm',
};
/** Node's names that are not BuildKit's. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };
const answerTimeoutMs = 30_000;

interface EmulationFacts {
  readonly build: BuildInputs;
  readonly workspace: string;
  readonly endpoint: Endpoint;
  readonly env: ChildEnvironment;
  readonly signal: AbortSignal;
}

/**
 * Throws InputError where a step of the Dockerfile would run on a platform that the daemon can neither run nor emulate:
 * otherwise the build fails at that step, minutes later and with "exec format error". Images without such a step need no
 * emulator. What a daemon of somebody else can emulate it does not tell.
 */
export async function checkEmulation({
  build,
  workspace,
  endpoint,
  env,
  signal,
}: EmulationFacts): Promise<void> {
  const wanted = build.platforms.filter((platform) => toOs(platform) === 'linux');
  if (
    endpoint.kind === 'remote' ||
    wanted.every((platform) => toArchitecture(platform) === ownArchitecture())
  )
    return;
  const supported = await listPlatforms(endpoint, env, signal);
  if (supported.length === 0) return;
  for (const platform of wanted) {
    const architecture = toArchitecture(platform);
    if (supported.some((one) => toArchitecture(one) === architecture)) continue;
    const emulator = `buildkit-qemu-${emulators[architecture] ?? architecture}`;
    if ((await findOnPath(emulator, endpoint.searchPath)) !== undefined) continue;
    const step = await findStep(build, workspace);
    if (step === undefined) return;
    throw new InputError(
      'platforms',
      `input "platforms": ${quote(platform)} is foreign to this runner, which has no emulator for it, and the Dockerfile runs a step there (line ${step.line}: ${quote(step.text)}); allowed are ${[...new Set(supported)].join(', ')}, other platforms after docker/setup-qemu-action, or a job for this platform on a native runner (such as runs-on: ubuntu-24.04-arm); stages that only compile can say FROM --platform=$BUILDPLATFORM`,
    );
  }
}

/** Empty where the daemon does not say it in the way that is known here. */
async function listPlatforms(
  endpoint: Extract<Endpoint, { kind: 'own' }>,
  env: ChildEnvironment,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { stdout } = await runCommand(endpoint.buildctl, ['--addr', endpoint.address, 'debug', 'workers'], {
    env: { PATH: env['PATH'], HOME: env['HOME'] },
    timeoutMs: answerTimeoutMs,
    signal,
  });
  return parsePlatforms(stdout);
}

/** Of `buildctl debug workers`: a line for each worker, `ID<TAB>linux/amd64,linux/386`. Pure. */
export function parsePlatforms(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const platforms = line.trim().split(/\s+/)[1]?.split(',') ?? [];
    return platforms.every((platform) => /^\w+\/[\w./]+$/.test(platform)) ? platforms : [];
  });
}

async function findStep({ context, file, target, buildArgs }: BuildInputs, workspace: string) {
  // A build argument can choose another frontend, and what lies in a Git repository is BuildKit's to read.
  if (context.kind === 'git' || buildArgs.some(({ key }) => key === 'BUILDKIT_SYNTAX')) return undefined;
  const given = path.resolve(workspace, file ?? path.join(context.path, 'Dockerfile'));
  const lowerCase = path.join(path.dirname(given), path.basename(given).toLowerCase());
  for (const place of [given, lowerCase]) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text !== undefined) return findTargetStep(text, target);
  }
  return undefined;
}

/** Of the runner. */
function ownArchitecture(): string {
  return architectures[process.arch] ?? process.arch;
}

function toOs(platform: string): string {
  const [first = '', second] = platform.toLowerCase().split('/');
  // One alone is an operating system or an architecture.
  if (second === undefined)
    return first in aliases || !/^(?:windows|darwin|macos|freebsd|wasi\w*)$/.test(first) ? 'linux' : first;
  return first;
}

/** Without variant, in BuildKit's spelling. */
export function toArchitecture(platform: string): string {
  const parts = platform.toLowerCase().split('/');
  const written = (parts.length === 1 ? parts[0] : parts[1]) ?? '';
  return aliases[written] ?? written;
}
