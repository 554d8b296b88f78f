import { link, mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { InputError, ToolError } from '../../errors.ts';
import { parseJson, readString } from '../../json.ts';
import { type ChildEnvironment, runCommand } from '../../process/command.ts';
import { findOnPath } from '../../process/search-path.ts';
import { hashFile } from './cache.ts';
import type { ProductFacts } from './product.ts';

export type SourceBuild =
  | { readonly kind: 'built'; readonly directory: string }
  | { readonly kind: 'failed'; readonly reason: string };

const downloadTimeoutMs = 10 * 60_000;
const compileTimeoutMs = 30 * 60_000;

/**
 * Compiles the programs of a product from its Go module, whose sums Go checks, into `bin/` of a new directory below
 * `parent`. Takes minutes. Throws InputError when the module has no such version.
 */
export async function compileProduct(
  product: ProductFacts,
  version: string,
  parent: string,
  env: ChildEnvironment,
  signal: AbortSignal | undefined,
): Promise<SourceBuild> {
  const go = await findOnPath('go', env['PATH'] ?? '');
  if (go === undefined) return { kind: 'failed', reason: 'go is not on PATH' };
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(path.join(parent, `hotlayer-${product.id}-`));
  // A workspace or the module flags of the job's own Go project must not change what is built.
  const goEnv = { ...env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly -buildvcs=false' };
  const module = `github.com/${product.repository}`;

  const download = await runCommand(go, ['mod', 'download', '-json', `${module}@${version}`], {
    env: goEnv,
    cwd: directory,
    timeoutMs: downloadTimeoutMs,
    signal,
  });
  const answer = parseJson(download.stdout);
  const source = readString(answer, 'Dir');
  if (download.exitCode !== 0 || source === undefined) {
    const reason = readString(answer, 'Error') ?? download.outcome;
    if (/unknown revision|no matching versions|404 Not Found|invalid version/.test(reason)) {
      throw new InputError(
        `${product.id}-version`,
        `input "${product.id}-version": there is no ${product.name} ${version} (${firstLine(reason)}); allowed is a released version, for example ${product.example}`,
      );
    }
    return { kind: 'failed', reason: `go mod download: ${firstLine(reason)}` };
  }

  const { packages, versionVariable } = product.source;
  const build = await runCommand(
    go,
    [
      ...['build', '-trimpath', '-ldflags', `-s -w -X ${versionVariable}=${version}`],
      ...['-o', `${path.join(directory, 'bin')}/`, ...packages],
    ],
    { env: goEnv, cwd: source, timeoutMs: compileTimeoutMs, signal },
  );
  if (build.exitCode === 0) return { kind: 'built', directory };
  return { kind: 'failed', reason: `go build ${describeBuildFailure(build.stderr, build.outcome)}` };
}

/** Puts what was compiled into one file, not compressed, as the Actions cache does that; answers its SHA-256. */
export async function packBuilt(
  product: ProductFacts,
  directory: string,
  file: string,
  env: ChildEnvironment,
): Promise<string> {
  if (product.packaging === 'program') await link(path.join(directory, 'bin', product.id), file);
  else {
    const { exitCode, outcome } = await runCommand('tar', ['-c', '-f', file, '-C', directory, 'bin'], {
      env,
    });
    if (exitCode !== 0) throw new ToolError('archive', `Cannot pack ${directory}: tar ${outcome}`);
  }
  return hashFile(file);
}

/** Go's own message, and what to do where the toolchain is too old and may not fetch a newer one. */
export function describeBuildFailure(stderr: string, outcome: string): string {
  const required = /requires go >= (\S+?)[\s);,]/.exec(`${stderr} `)?.[1];
  return required === undefined
    ? outcome
    : `needs Go ${required} or newer, and this Go may not fetch it (GOTOOLCHAIN=local, or it is older than 1.21)`;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
