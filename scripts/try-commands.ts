// Tries the commands that need no BuildKit on this machine, whatever its system: plan, serve and token of dist/cli.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseJson, readField, readString } from '../src/json.ts';

const cli = path.join(import.meta.dirname, '..', 'dist', 'cli', 'index.js');
const directory = mkdtempSync(path.join(tmpdir(), 'hotlayer-commands-'));
const answerMs = 30_000;

try {
  const token = hotlayer('token', '--scope', 'refs/heads/main:rw').trim();
  check('token', token.split('.').length === 3, token.length);
  check('plan', readField(parseJson(plan()), 'export') !== undefined, plan());
  await serve(token);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function hotlayer(...args: readonly string[]): string {
  return execFileSync(process.execPath, [cli, ...args], { cwd: directory, encoding: 'utf8' });
}

/** Of a push to main. */
function plan(): string {
  const payload = path.join(directory, 'payload.json');
  writeFileSync(payload, JSON.stringify({ repository: { default_branch: 'main' } }));
  const event = ['--event', 'push', '--ref', 'refs/heads/main', '--payload', payload];
  return hotlayer('plan', '--json', ...event);
}

/** Asks a service on a new directory for an entry, which it does not have. */
async function serve(token: string): Promise<void> {
  const child = spawn(process.execPath, [cli, 'serve', '--dir', path.join(directory, 'cache')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  try {
    const [line] = await once(createInterface(child.stdout), 'line');
    const url = readString(parseJson(String(line)), 'url') ?? '';
    const method = 'twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL';
    const response = await fetch(new URL(method, url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ key: 'k', restore_keys: [], version: '0'.repeat(64) }),
      signal: AbortSignal.timeout(answerMs),
    });
    const answer = await response.text();
    check('serve', response.status === 200 && readField(parseJson(answer), 'ok') === false, answer);
  } finally {
    child.kill();
    await ended;
  }
}

function check(command: string, isRight: boolean, found: unknown): void {
  if (!isRight) throw new Error(`hotlayer ${command} on ${process.platform} answered ${String(found)}`);
  console.log(`hotlayer ${command} works on ${process.platform}`);
}
