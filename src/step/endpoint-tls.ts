import { createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../errors.ts';
import type { DaemonEndpoint } from '../inputs/endpoint.ts';
import * as log from '../log.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'BUILDER_NODE_0_AUTH_TLS_';
/** As docker/setup-buildx-action reads them, PEM each; and what the options of buildx' remote driver are called. */
const parts = [
  { variable: `${prefix}CACERT`, option: 'cacert' },
  { variable: `${prefix}CERT`, option: 'cert' },
  { variable: `${prefix}KEY`, option: 'key' },
] as const;
/** Ours: the name in the daemon's certificate, where that is not the host of the address. */
const nameVariable = `${prefix}SERVERNAME`;

/** All of them, by the options of buildx' remote driver. */
export const tlsVariables = {
  cacert: `${prefix}CACERT`,
  cert: `${prefix}CERT`,
  key: `${prefix}KEY`,
  servername: nameVariable,
} as const;

/** PEM, but for the name. */
export interface TlsTexts {
  readonly cacert: string;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly servername: string | undefined;
}

/** undefined: the connection is not encrypted. */
export function readTls(env: Environment): TlsTexts | undefined {
  const cacert = read(env, tlsVariables.cacert);
  if (cacert === undefined) return undefined;
  const { cert, key, servername } = tlsVariables;
  return { cacert, cert: read(env, cert), key: read(env, key), servername: read(env, servername) };
}

/** The options of buildx' remote driver. */
export type DriverOptions = Readonly<Record<string, string>>;

/** True where the connection is encrypted by what the environment has. */
export function hasTls(env: Environment): boolean {
  return read(env, `${prefix}CACERT`) !== undefined;
}

/** Throws InputError for certificates that cannot be used together. Nothing of them is shown. */
export function checkTls(endpoint: DaemonEndpoint, env: Environment): void {
  const given = [...parts.map(({ variable }) => variable), nameVariable].filter(
    (variable) => read(env, variable) !== undefined,
  );
  const [first] = given;
  if (first === undefined) return;
  const refuse = (name: string, why: string): never => {
    throw new InputError(name, `${name}: ${why}.`);
  };
  if (endpoint.kind !== 'tcp')
    refuse(first, `it is for an "endpoint" of tcp://, and this one is ${endpoint.kind}://; leave it out`);
  for (const { variable } of parts) {
    const pem = read(env, variable);
    if (pem !== undefined && !/^-----BEGIN [A-Z0-9 ]+-----$/m.test(pem))
      refuse(variable, 'it is not PEM (its text is not shown); give the text of the file, not its path');
  }
  if (read(env, `${prefix}CACERT`) === undefined)
    refuse(`${prefix}CACERT`, `it is missing beside ${first}: buildx does not connect with TLS without it`);
  for (const [one, other] of [
    ['CERT', 'KEY'],
    ['KEY', 'CERT'],
  ] as const) {
    const isAlone = read(env, prefix + one) !== undefined && read(env, prefix + other) === undefined;
    if (isAlone) refuse(prefix + other, `it is missing beside ${prefix}${one}`);
  }
  if (areApart(read(env, tlsVariables.cert), read(env, tlsVariables.key)))
    refuse(tlsVariables.key, `it is not the key of the certificate in ${tlsVariables.cert}`);
}

/** False where it cannot be told. */
function areApart(cert: string | undefined, key: string | undefined): boolean {
  if (cert === undefined || key === undefined) return false;
  try {
    return !new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    // buildx reads more kinds, or says itself what is wrong with it.
    return false;
  }
}

/** Writes the certificates where only this user can read them, below the job's directory, which post removes. */
export async function writeTls(env: Environment, jobDirectory: string): Promise<DriverOptions> {
  const options: Record<string, string> = {};
  for (const { variable, option } of parts) {
    const pem = read(env, variable);
    if (pem === undefined) continue;
    if (option === 'key') for (const line of pem.split(/\r?\n/)) maskLine(line);
    const file = path.join(jobDirectory, `endpoint-${option}.pem`);
    await writeFile(file, `${pem}\n`, { mode: 0o600 });
    options[option] = file;
  }
  const serverName = read(env, nameVariable);
  return serverName === undefined ? options : { ...options, servername: serverName };
}

/** Not the first and last line, which say no more than what it is. */
function maskLine(line: string): void {
  if (line.trim() !== '' && !line.startsWith('-----')) log.mask(line.trim());
}

function read(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}
