// What the base images of examples/ are made of on this machine.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as v from '@badrap/valita';
import { parseJson, readString } from '../src/json.ts';
import { runCommand } from '../src/process/command.ts';
import { type Parsed, parseAs } from '../src/schema.ts';
import { findProgram } from './find-program.ts';

/** Stages of base-images.dockerfile, and the names under which Docker Hub has the like. */
export const baseImages = {
  debian: 'library/debian:bookworm-slim',
  node: 'library/node:24-bookworm-slim',
  golang: 'library/golang:1.26-bookworm',
  python: 'library/python:3.11-slim-bookworm',
  nginx: 'library/nginx:stable',
} as const;

/** Of what scripts/make-base-images.ts makes them; plain JSON. */
const orderSchema = v.object({
  /** Where debootstrap and apt get Debian bookworm from. */
  mirror: v.string(),
  /** A program. */
  node: v.string(),
  /** Directories. */
  npm: v.string(),
  go: v.string(),
  /** Of these three: other versions are other images. */
  versions: v.array(v.string()),
  /** Small files of the build context, by name. */
  texts: v.record(v.string()),
});

export type BaseImageOrder = Parsed<typeof orderSchema>;

const root = path.join(import.meta.dirname, '..');
const defaultMirror = 'http://deb.debian.org/debian';
const defaultAuthorities = '/etc/ssl/certs/ca-certificates.crt';

export function parseOrder(text: string): BaseImageOrder | undefined {
  return parseAs(orderSchema, parseJson(text));
}

/** Throws one sentence that names the programs that are missing. */
export async function planOrder(): Promise<BaseImageOrder> {
  const missing: string[] = [];
  for (const name of ['debootstrap', 'docker-registry', 'runc', 'npm', 'go'])
    if ((await findProgram(name)) === undefined) missing.push(name);
  if (missing.length > 0)
    throw new Error(`the base images of examples/: ${missing.join(', ')} must be on PATH.`);
  const node = findNode();
  // npm is npm/bin/npm-cli.js.
  const npm = path.dirname(path.dirname(realpathSync((await findProgram('npm')) ?? '')));
  const go = await ask('go', 'env', 'GOROOT');
  return {
    ...{ mirror: await findMirror(), node, npm, go },
    versions: [
      await ask(node, '--version'),
      readString(parseJson(readFileSync(path.join(npm, 'package.json'), 'utf8')), 'version') ?? '',
      await ask('go', 'env', 'GOVERSION'),
    ],
    texts: {
      'ca-certificates.crt': readFileSync(process.env['SSL_CERT_FILE'] || defaultAuthorities, 'utf8'),
      npmrc: `cafile=${defaultAuthorities}\nregistry=${await ask('npm', 'config', 'get', 'registry')}\n`,
      'pip.conf': await writePipConfig(),
      'go.env': await ask('go', 'env', 'GOPROXY', 'GOSUMDB', 'GONOSUMDB', 'GONOPROXY').then(toGoEnvironment),
    },
  };
}

/** Of the version that the tag has, where npm has brought it. */
function findNode(): string {
  const bundled = path.join(root, 'node_modules', '.bin', 'node');
  return realpathSync(existsSync(bundled) ? bundled : process.execPath);
}

/** The one that apt is configured with, on a Debian bookworm. */
async function findMirror(): Promise<string> {
  const format = '$(SITE) $(RELEASE) $(COMPONENT)';
  const lines = await ask('apt-get', 'indextargets', '--format', format, 'Created-By: Packages');
  const found = lines.split('\n').map((line) => line.split(' '));
  const [mirror] =
    found.find(([, release, component]) => release === 'bookworm' && component === 'main') ?? [];
  return mirror ?? defaultMirror;
}

async function writePipConfig(): Promise<string> {
  const index =
    process.env['PIP_INDEX_URL'] || (await ask('python3', '-m', 'pip', 'config', 'get', 'global.index-url'));
  return `[global]\ncert = ${defaultAuthorities}\n${index === '' ? '' : `index-url = ${index}\n`}`;
}

function toGoEnvironment(lines: string): string {
  const [proxy = '', sums = '', noSums = '', noProxy = ''] = lines.split('\n');
  const values = { GOPROXY: proxy, GOSUMDB: sums, GONOSUMDB: noSums, GONOPROXY: noProxy };
  return Object.entries({ ...values, GOTOOLCHAIN: 'local' })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Its output; empty where it failed, which all callers have a default for. In the example, whose go.mod names the Go that it needs. */
async function ask(file: string, ...args: readonly string[]): Promise<string> {
  const cwd = path.join(root, 'examples', 'tools-image');
  const { exitCode, stdout } = await runCommand(file, args, { env: process.env, cwd });
  return exitCode === 0 ? stdout.trim() : '';
}
